"""Scrapy's HTTP/1.1 handler, with a browser for the requests that ask for rendering."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
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


class BrowserOnDemand(HTTP11DownloadHandler):
    """Downloads as Scrapy does; a response to a request that asks for rendering is then rendered by a browser.

    The page itself is fetched under Scrapy's rules (size, timeout, redirects, proxies); the browser adds only what the page's
    scripts fetch.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._drawer: Renderer | None = None
        self._decoder = HttpCompressionMiddleware(crawler=crawler)

    async def download_request(self, request: Request) -> Response:
        if not request.meta.get(RENDER_KEY):
            return await super().download_request(request)
        drawer = self._started()
        response = await super().download_request(request)
        plain = self._decoder.process_response(request, response)
        if not isinstance(plain, HtmlResponse) or plain.status != 200:
            return response
        html, request.meta[FETCHED_KEY] = await drawer.render(request, plain)
        return plain.replace(body=html.encode(), encoding="utf-8", flags=[*plain.flags, RENDER_KEY])

    async def close(self) -> None:
        await super().close()
        if self._drawer:
            await self._drawer.close()

    def _started(self) -> Renderer:
        """The renderer, imported and created at its first use."""
        if self._drawer is None:
            try:
                from corpnews.browser.renderer import Renderer  # noqa: PLC0415 - imported only by runs that render
            except ImportError:
                raise RenderingError(BROWSER_EXTRA_HINT) from None
            self._drawer = Renderer.from_crawler(self._crawler)
        return self._drawer
