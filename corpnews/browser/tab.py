"""Guards one tab of the browser: which requests it may make, and the JSON responses it got."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from time import monotonic
from typing import TYPE_CHECKING, Final

from playwright.async_api import Error

from corpnews.archive.site_index import get_archive_site
from corpnews.browser.render_request import FetchedJson

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from playwright.async_api import Page, Request, Response, Route, WebSocketRoute
    from scrapy.http import HtmlResponse

# Images, fonts, videos, frames and tracking requests bring no link.
_ALLOWED_RESOURCES: Final = frozenset(["script", "stylesheet", "xhr", "fetch"])
_DATA_RESOURCES: Final = frozenset(["xhr", "fetch"])
_JSON_MEDIA_TYPE: Final = re.compile(r"^\s*(?:application|text)/(?:[\w.+-]+\+)?json\b", re.IGNORECASE)
_MAX_FETCHED_RESPONSES: Final = 300
_MAX_FETCHED_BYTES: Final = 32 * 1024 * 1024
_MAX_REQUEST_TIME: Final = 8.0  # a longer request is a long poll
_MAX_REPEATED_REQUESTS: Final = 3  # a request repeated more often is a poll


class GuardedTab:
    """Keeps a tab on its page and that page's site, and collects the JSON that the page fetches.

    `document` is the page that Scrapy downloaded; the tab gets it instead of requesting it again.
    """

    def __init__(self, document: HtmlResponse) -> None:
        self.document = document
        self.site = get_archive_site(document.url)
        self.is_guarded = False
        self.is_shown = False
        self.bytes = 0
        self._waiting: dict[Request, float] = {}
        self._asked: dict[tuple[str, str], int] = {}
        self._fetched: dict[Response, FetchedJson] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def guard(self, page: Page, _: object) -> None:
        """Install the guard on a page that has opened nothing yet."""
        page.on("request", self._sent)
        page.on("requestfinished", self._done)
        page.on("requestfailed", self._done)
        page.on("response", self._answered)
        page.on("popup", lambda popup: self._start(_close_popup(popup)))
        await page.context.route("**/*", lambda route: route.abort())  # of popups; requests of the page itself come to `_route`
        await page.route("**/*", self._route)
        await page.route_web_socket("**/*", _refuse_websocket)
        self.is_guarded = True

    @property
    def is_busy(self) -> bool:
        """Whether a request is open that may change the page."""
        now = monotonic()
        return any(now - since < _MAX_REQUEST_TIME for since in self._waiting.values())

    async def fetched(self) -> tuple[FetchedJson, ...]:
        """The JSON responses so far, in order of arrival."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=_MAX_REQUEST_TIME)
        return tuple(each for each in self._fetched.values() if each.body)

    def forget(self) -> None:
        """Cancel the open tasks."""
        for task in self._tasks:
            task.cancel()

    async def _route(self, route: Route) -> None:
        request = route.request
        if request.is_navigation_request():
            await self._show(route)
        elif request.resource_type in _ALLOWED_RESOURCES and get_archive_site(request.url) == self.site:
            await route.continue_()
        else:
            await route.abort()

    async def _show(self, route: Route) -> None:
        """Fulfil the first navigation with the document; abort all others, so that the tab stays on its page."""
        if self.is_shown or route.request.frame.parent_frame is not None:
            await route.abort("aborted")  # any other error code would show an error page
            return
        self.is_shown = True
        kept = {"content-type": (self.document.headers.get("Content-Type") or b"text/html").decode("latin-1")}
        if cookies := self.document.headers.getlist("Set-Cookie"):
            kept["set-cookie"] = b"\n".join(cookies).decode("latin-1")
        await route.fulfill(status=200, headers=kept, body=self.document.body)

    def _sent(self, request: Request) -> None:
        if request.resource_type not in _ALLOWED_RESOURCES or get_archive_site(request.url) != self.site:
            return
        asked = (request.url, request.post_data or "")
        self._asked[asked] = self._asked.get(asked, 0) + 1
        if self._asked[asked] <= _MAX_REPEATED_REQUESTS:
            self._waiting[request] = monotonic()

    def _done(self, request: Request) -> None:
        self._waiting.pop(request, None)

    def _answered(self, response: Response) -> None:
        kind, request = response.headers.get("content-type", ""), response.request
        is_data = request.resource_type in _DATA_RESOURCES and response.ok and _JSON_MEDIA_TYPE.match(kind)
        if is_data and len(self._fetched) < _MAX_FETCHED_RESPONSES and self.bytes < _MAX_FETCHED_BYTES:
            posted = (request.method, request.post_data, request.headers.get("content-type"))
            self._fetched[response] = FetchedJson(response.url, kind, b"", *posted)
            self._start(self._keep(response))

    async def _keep(self, response: Response) -> None:
        try:
            body = await response.body()
        except Error:  # the browser has discarded it already
            return
        if self.bytes + len(body) <= _MAX_FETCHED_BYTES:
            self.bytes += len(body)
            self._fetched[response] = replace(self._fetched[response], body=body)

    def _start(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def _close_popup(popup: Page) -> None:
    try:
        await popup.close()
    except Error:  # closed already
        return


async def _refuse_websocket(socket: WebSocketRoute) -> None:
    await socket.close()
