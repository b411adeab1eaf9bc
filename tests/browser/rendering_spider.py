"""A spider that renders one listing and exports the links and JSON that it found."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from scrapy import Spider
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler

from corpnews.browser.render_request import build_render_request, get_fetched_responses
from corpnews.discovery import Scope, read_listing
from corpnews.page.page import Page

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from scrapy import Request
    from scrapy.http import Response
    from twisted.python.failure import Failure


class UserDownloadHandler(HTTP11DownloadHandler):
    """A download handler that a project may declare."""

    async def download_request(self, request: Request) -> Response:
        logging.getLogger(__name__).info("UserDownloadHandler downloads %s", request.url)
        return await super().download_request(request)


class RenderedListingSpider(Spider):
    """`-a url=` is the listing; exports one line for each article link and for each JSON response that the page fetched."""

    name = "rendering"
    url: str
    custom_settings = {  # noqa: RUF012 - Scrapy's idiom
        "DOWNLOADER_MIDDLEWARES": {"corpnews.middlewares.rendering.RenderingMiddleware": 570},
        "LOG_FORMATTER": "scrapy.logformatter.LogFormatter",
        "FEEDS": {"found.jsonl": {"format": "jsonlines"}},
    }

    async def start(self) -> AsyncIterator[Any]:
        yield build_render_request(self.url, callback=self.parse, errback=self.failed)

    def parse(self, response: Response) -> Iterator[dict[str, Any]]:
        page = Page.from_html(response.body, response.url, "text/html; charset=utf-8")
        for link in read_listing(page, Scope.from_start_url(response.url)).articles:
            yield {"link": link.url, "title": link.title, "date": link.date and link.date.value}
        for answer in get_fetched_responses(response, "browser"):
            yield {"fetched": answer.url, "size": len(answer.body)}

    def failed(self, failure: Failure) -> None:
        self.logger.warning("Skipped <%s>: %s", self.url, failure.value)
