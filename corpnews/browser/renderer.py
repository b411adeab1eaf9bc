"""Renders pages in Chromium through scrapy-playwright, each in a browser context of its own."""

from __future__ import annotations

import asyncio
import logging
import os
import shutil
from itertools import count
from typing import TYPE_CHECKING, Any, Final

from playwright.async_api import Error
from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler  # type: ignore[import-untyped]
from scrapy_playwright.provider import PlaywrightBrowserProvider  # type: ignore[import-untyped]

from corpnews.browser.guarded_proxy import GuardedProxy, UpstreamProxy
from corpnews.browser.render_request import RenderingError
from corpnews.browser.rendered_page import RenderedPageReader, RenderLimits
from corpnews.browser.tab import GuardedTab
from corpnews.guard.address_guard import get_guard

if TYPE_CHECKING:
    from playwright.async_api import Browser
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import HtmlResponse
    from scrapy_playwright.handler import Config

    from corpnews.browser.render_request import FetchedJson

_MAX_RENDERED_PAGES: Final = 2  # at once; a page keeps one core busy while it renders
_OPEN_TIMEOUT: Final = 30.0
_CLOSE_TIMEOUT: Final = 10.0
_MAX_PAUSE: Final = 5.0
_CHROMIUM_COMMANDS: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_MISSING_EXECUTABLE: Final = "Executable doesn't exist"  # Playwright's message if it has installed no browser
_CHROMIUM_HINT: Final = "needs Chromium: run `playwright install chromium`, or install the system's (apt install chromium)"
# Without proxied UDP, WebRTC has no way round the page's proxy
_ARGUMENTS: Final = (
    "--disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync"
    " --dns-prefetch-disable --no-pings"
    " --force-webrtc-ip-handling-policy=disable_non_proxied_udp --webrtc-ip-handling-policy=disable_non_proxied_udp"
).split()
_LAUNCH_OPTIONS: Final = {
    "chromium_sandbox": os.geteuid() != 0,  # Chromium does not start as root within its sandbox
    "args": _ARGUMENTS,
    "proxy": {"server": "http://127.0.0.1:9"},  # nobody listens there: each page has its own proxy, the browser itself needs none
    "timeout": 60_000,
    # Scrapy handles signals and closes the browser
    **dict.fromkeys(("handle_sigint", "handle_sigterm", "handle_sighup"), False),
}

# It logs its start and end, and a traceback for each failure that is reported here in one line.
logging.getLogger("scrapy-playwright").setLevel(logging.CRITICAL)


class Renderer(ScrapyPlaywrightDownloadHandler):  # type: ignore[misc] # scrapy-playwright has no types
    """Starts the browser with the first page and keeps it until the run ends."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.browser_provider_cls = ChromiumProvider
        self.abort_request = lambda _: True  # the tab's guard handles the allowed requests first
        self._guard = get_guard(crawler)
        self.seconds = crawler.settings.getfloat("CORPNEWS_BROWSER_TIMEOUT", 240)
        self._names = map("rendered-{}".format, count())
        self._pages = asyncio.Semaphore(_MAX_RENDERED_PAGES)
        self._starting = asyncio.Lock()

    async def render(self, request: Request, document: HtmlResponse) -> tuple[str, tuple[FetchedJson, ...]]:
        """The HTML of the rendered page, read to the end of its listing, and the JSON that its scripts fetched.

        Raises RenderingError with the reason in one line.
        """
        tab, name = GuardedTab(document), next(self._names)
        self._guard.give(document.url)
        async with self._pages, GuardedProxy(self._guard, tab.is_on_site, _find_upstream(request)).serving() as proxy:
            try:
                await self._start()
                return await self._read(request, tab, name, proxy)
            except Error as error:
                raise RenderingError(f"browser error: {_get_first_line(error)}") from None
            except TimeoutError:
                raise RenderingError("the browser does not respond") from None
            finally:
                tab.cancel_tasks()
                await self._close_context(name)

    async def _start(self) -> None:
        """Start Playwright's driver; as a download handler, scrapy-playwright would do so at the start of the run."""
        async with self._starting:
            if not hasattr(self, "browser_provider"):
                await self._launch()

    async def _read(self, request: Request, tab: GuardedTab, name: str, proxy: str) -> tuple[str, tuple[FetchedJson, ...]]:
        opened = request.replace(url=tab.document.url, meta=_build_playwright_meta(request, tab, name, proxy))
        async with asyncio.timeout(2 * _OPEN_TIMEOUT):
            await self.download_request(opened)
        limits = RenderLimits(self.seconds, self._get_pause(request), lambda: not self._crawler.crawling)
        reader = RenderedPageReader(opened.meta["playwright_page"], tab, limits)
        try:
            async with asyncio.timeout(self.seconds + _CLOSE_TIMEOUT):
                await reader.read()
        except TimeoutError:
            if not reader.first:
                raise
        return reader.html, await tab.get_fetched()

    def _get_pause(self, request: Request) -> float:
        """Seconds between two steps on the page: the download delay of the site's slot, at most 5 s."""
        slot = self._crawler.engine.downloader.slots.get(request.meta.get("download_slot"))
        return min(slot.delay, _MAX_PAUSE) if slot else 0.0

    async def _close_context(self, name: str) -> None:
        if opened := self.context_wrappers.get(name):
            try:
                async with asyncio.timeout(_CLOSE_TIMEOUT):
                    await opened.context.close()
            except (Error, TimeoutError):  # closed already, or closed with the browser
                self.context_wrappers.pop(name, None)


class ChromiumProvider(PlaywrightBrowserProvider):  # type: ignore[misc] # scrapy-playwright has no types
    """Launches Playwright's Chromium, or the system's if there is none. PLAYWRIGHT_LAUNCH_OPTIONS override our options."""

    def __init__(self, config: Config) -> None:
        super().__init__(config)
        arguments = [*config.launch_options.get("args", ()), *_ARGUMENTS]
        self.options: dict[str, Any] = {**_LAUNCH_OPTIONS, **config.launch_options, "args": arguments}

    async def launch_browser(self) -> Browser:
        try:
            return await self._launch()
        except Error as error:
            if _MISSING_EXECUTABLE not in error.message:
                raise
        path = next(filter(None, map(shutil.which, _CHROMIUM_COMMANDS)), None)
        if path is None:
            raise RenderingError(_CHROMIUM_HINT)
        return await self._launch(executable_path=path)

    async def _launch(self, **options: str) -> Browser:
        browser: Browser = await self.browser_type.launch(**{**self.options, **options})
        return browser


def _build_playwright_meta(request: Request, tab: GuardedTab, name: str, proxy: str) -> dict[str, Any]:
    """The meta keys with which scrapy-playwright opens the page."""
    agent = request.headers.get("User-Agent")
    context = {
        "accept_downloads": False,
        "service_workers": "block",
        "reduced_motion": "reduce",
        "user_agent": agent.decode("latin-1") if agent else None,
        "proxy": {"server": proxy, "bypass": "<-loopback>"},  # without that, Chromium connects to loopback itself
    }
    return {
        "playwright": True,
        "playwright_include_page": True,
        "playwright_context": name,
        "playwright_context_kwargs": {name: value for name, value in context.items() if value is not None},
        "playwright_page_goto_kwargs": {"wait_until": "commit", "timeout": _OPEN_TIMEOUT * 1000},
        "playwright_page_init_callback": tab.guard,
    }


def _find_upstream(request: Request) -> UpstreamProxy | None:
    """The operator's proxy for a request, if there is one."""
    proxy: str | None = request.meta.get("proxy")
    return UpstreamProxy(proxy, request.headers.get("Proxy-Authorization")) if proxy else None


def _get_first_line(error: Error) -> str:
    r"""The first line of Playwright's message: the error itself, without its call log.

    >>> _get_first_line(Error("Page.goto: net::ERR_FAILED at http://example.com/\nCall log:\n  - navigating"))
    'Page.goto: net::ERR_FAILED at http://example.com/'
    """
    return next((line.strip() for line in error.message.splitlines() if line.strip()), "no message")
