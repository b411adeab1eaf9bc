"""Pages drawn by Chromium, through scrapy-playwright: a context and a page of their own for each, closed whatever happens."""

from __future__ import annotations

import asyncio
import base64
import logging
from itertools import count
from typing import TYPE_CHECKING, Any, Final

from playwright.async_api import Error
from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler  # type: ignore[import-untyped]

from corpnews.browser.chromium import Chromium
from corpnews.browser.reading import Limits, Reading
from corpnews.browser.requests import NotDrawn
from corpnews.browser.tab import Tab

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import HtmlResponse

    from corpnews.browser.requests import Fetched

AT_ONCE: Final = 2  # a page takes a core while it draws
OPENING: Final = 30.0
CLOSING: Final = 10.0
LONGEST_PAUSE: Final = 5.0

# It says with a traceback what is said here in one line, and in two lines that it starts and ends.
logging.getLogger("scrapy-playwright").setLevel(logging.CRITICAL)


class Drawer(ScrapyPlaywrightDownloadHandler):  # type: ignore[misc] # scrapy-playwright has no types
    """Starts a browser with the first page and keeps it until the run ends."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.browser_provider_cls = Chromium
        self.abort_request = lambda _: True  # what the tab's guard did not let through before
        self.seconds = crawler.settings.getfloat("BROWSER_SECONDS", 240)
        self._names = map("drawn-{}".format, count())
        self._pages = asyncio.Semaphore(AT_ONCE)
        self._starting = asyncio.Lock()

    async def draw(self, request: Request, document: HtmlResponse) -> tuple[str, tuple[Fetched, ...]]:
        """The page as its scripts have drawn it, to the end of what it lists, and the JSON that they fetched meanwhile.

        Raises NotDrawn, with the reason in one line.
        """
        tab, name = Tab(document), next(self._names)
        async with self._pages:
            try:
                await self._start()
                return await self._read(request, tab, name)
            except Error as error:
                raise NotDrawn(f"the browser says: {first_line(error)}") from None
            except TimeoutError:
                raise NotDrawn("the browser does not answer") from None
            finally:
                tab.forget()
                await self._close_context(name)

    async def _start(self) -> None:
        """Start Playwright's driver, which this class's own start would do before any page is asked for."""
        async with self._starting:
            if not hasattr(self, "browser_provider"):
                await self._launch()

    async def _read(self, request: Request, tab: Tab, name: str) -> tuple[str, tuple[Fetched, ...]]:
        opened = request.replace(url=tab.document.url, meta=meta_for(request, tab, name))
        async with asyncio.timeout(2 * OPENING):
            await self.download_request(opened)
        page = opened.meta["playwright_page"]
        limits = Limits(self.seconds, self._pause(request), lambda: not self._crawler.crawling)
        reading = Reading(page, tab, limits)
        try:
            async with asyncio.timeout(self.seconds + CLOSING):
                await reading.read()
        except TimeoutError:
            if not reading.whole:
                raise
        return reading.html, await tab.fetched()

    def _pause(self, request: Request) -> float:
        """The pause that the site is due between two requests, as Scrapy's throttle has it by now."""
        slot = self._crawler.engine.downloader.slots.get(request.meta.get("download_slot"))
        return min(slot.delay, LONGEST_PAUSE) if slot else 0.0

    async def _close_context(self, name: str) -> None:
        opened = self.context_wrappers.get(name)
        if opened:
            try:
                async with asyncio.timeout(CLOSING):
                    await opened.context.close()
            except (Error, TimeoutError):  # it is gone, or goes when the browser ends
                self.context_wrappers.pop(name, None)


def meta_for(request: Request, tab: Tab, name: str) -> dict[str, Any]:
    """What scrapy-playwright is told of a page to open."""
    agent = request.headers.get("User-Agent")
    context = {
        "accept_downloads": False,
        "service_workers": "block",
        "reduced_motion": "reduce",
        "user_agent": agent.decode("latin-1") if agent else None,
        "proxy": proxy_of(request.meta, request.headers.get("Proxy-Authorization")),
    }
    return {
        "playwright": True,
        "playwright_include_page": True,
        "playwright_context": name,
        "playwright_context_kwargs": {name: value for name, value in context.items() if value is not None},
        "playwright_page_goto_kwargs": {"wait_until": "commit", "timeout": OPENING * 1000},
        "playwright_page_init_callback": tab.guard,
    }


def proxy_of(meta: Mapping[str, Any], credentials: bytes | None) -> dict[str, str] | None:
    """The proxy that Scrapy was told to use, as Playwright is told; Scrapy keeps its `credentials` in a header."""
    if not meta.get("proxy"):
        return None
    user, _, password = base64.b64decode((credentials or b"").partition(b" ")[2]).decode().partition(":")
    return {"server": meta["proxy"], "username": user, "password": password} if user else {"server": meta["proxy"]}


def first_line(error: Error) -> str:
    r"""The line of Playwright's message that says what went wrong; a drawing of it follows.

    >>> first_line(Error("Page.goto: net::ERR_FAILED at http://example.com/\nCall log:\n  - navigating"))
    'Page.goto: net::ERR_FAILED at http://example.com/'
    """
    return next((line.strip() for line in error.message.splitlines() if line.strip()), "nothing")
