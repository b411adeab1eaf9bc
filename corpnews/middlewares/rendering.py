"""Renders the responses to requests that ask for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Self

from scrapy import signals
from scrapy.http import HtmlResponse

from corpnews.browser.render_request import FETCHED_KEY, RENDER_KEY, RenderingError

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from corpnews.browser.renderer import Renderer

BROWSER_EXTRA_HINT: Final = (
    "needs a browser: pip install 'corpnews[browser]', and `playwright install chromium` or the system's Chromium"
)


class RenderingMiddleware:
    """Renders pages in a browser that starts with the first request from `build_render_request`.

    Scrapy downloads the page itself, with the project's download handler, timeout, size limit, proxy and cache; the browser
    fetches only what the page's scripts request.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._renderer: Renderer | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        middleware = cls(crawler)
        crawler.signals.connect(middleware.close, signals.engine_stopped)
        return middleware

    def process_request(self, request: Request) -> None:
        """Load the renderer before the page is downloaded. Raises RenderingError if the browser extra is not installed."""
        if not request.meta.get(RENDER_KEY) or self._renderer:
            return
        try:
            from corpnews.browser.renderer import Renderer  # noqa: PLC0415 - imported only by runs that render
        except ImportError:
            raise RenderingError(BROWSER_EXTRA_HINT) from None
        self._renderer = Renderer.from_crawler(self._crawler)

    async def process_response(self, request: Request, response: Response) -> Response:
        """Replace the page by its rendered form. Raises RenderingError with the reason in one line."""
        if not request.meta.get(RENDER_KEY) or not self._renderer or response.status != 200:
            return response
        if not isinstance(response, HtmlResponse):
            return response
        html, request.meta[FETCHED_KEY] = await self._renderer.render(request, response)
        headers = response.headers.copy()
        headers["Content-Type"] = "text/html; charset=utf-8"
        return response.replace(body=html.encode(), encoding="utf-8", headers=headers, flags=[*response.flags, RENDER_KEY])

    async def close(self) -> None:
        if self._renderer:
            await self._renderer.close()
