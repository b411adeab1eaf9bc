"""Fetches the data files of pages that are empty until a script has shown what is in these."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final, Self

from scrapy import Request
from scrapy.exceptions import NotConfigured
from scrapy.http import HtmlResponse, TextResponse

from corpnews.browser.render_request import RENDER_KEY
from corpnews.crawler import NewsroomSpider
from corpnews.page.data_files import add_data, find_data_files

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response

logger = logging.getLogger(__name__)
_OK: Final = 200
_VALIDATORS: Final = ("ETag", "Last-Modified")


class PageDataMiddleware:
    """Gives the spider such a page with its data, as other pages carry them; without them where they cannot be had.

    The page's validators are left out: the data may change where the page does not.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        if not isinstance(crawler.spider, NewsroomSpider):
            raise NotConfigured
        return cls(crawler)

    async def process_response(self, request: Request, response: Response) -> Response:
        if response.status != _OK or not isinstance(response, HtmlResponse) or RENDER_KEY in request.meta:
            return response
        body = response.body
        for url in find_data_files(response.body, response.url):
            if data := await self._fetch(url, request):
                body = add_data(body, data)
        if body is response.body:
            return response
        headers = response.headers.copy()
        for name in _VALIDATORS:
            headers.pop(name, None)
        return response.replace(body=body, headers=headers)

    async def _fetch(self, url: str, request: Request) -> str:
        """Return the text of a data file; empty if it cannot be had, or is none."""
        engine = self._crawler.engine
        try:
            fetched = await engine.download_async(Request(url, meta={"depth": request.meta.get("depth", 0)}))
        except Exception as error:  # noqa: BLE001 - whatever keeps the file away, the page remains
            logger.info("Data of <%s> not fetched: %s", request.url, error)
            return ""
        return fetched.text if fetched.status == _OK and isinstance(fetched, TextResponse) else ""
