"""Guards one tab of the browser: which requests it may make, and the JSON responses it got."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from dataclasses import replace
from time import monotonic
from typing import TYPE_CHECKING, Final

from playwright.async_api import Error

from corpnews.browser.render_request import FetchedJson
from corpnews.web.sites import get_host, get_site

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from playwright.async_api import Page, Request, Response, Route, WebSocketRoute
    from scrapy.http import HtmlResponse

# Images, fonts, videos, frames and tracking requests bring no link.
_ALLOWED_RESOURCES: Final = frozenset(["script", "stylesheet", "xhr", "fetch"])
_DATA_RESOURCES: Final = frozenset(["xhr", "fetch"])
_JSON_MEDIA_TYPE: Final = re.compile(r"^\s*(?:application|text)/(?:[\w.+-]+\+)?json\b", re.IGNORECASE)
# Connections that are no requests, and that `route` therefore does not see
_WITHOUT_OTHER_CONNECTIONS: Final = (
    "for (const name of ['RTCPeerConnection', 'webkitRTCPeerConnection', 'WebTransport']) delete window[name];"
)
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
        self.site = get_site(get_host(document.url))
        self._is_opened = False
        self._byte_count = 0
        self._open: dict[Request, float] = {}
        self._request_counts = Counter[tuple[str, str]]()
        self._fetched: dict[Response, FetchedJson] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def guard(self, page: Page, _: object) -> None:
        """Install the guard on a page that has opened nothing yet."""
        page.on("request", self._mark_sent)
        page.on("requestfinished", self._mark_done)
        page.on("requestfailed", self._mark_done)
        page.on("response", self._collect)
        page.on("popup", lambda popup: self._start(_close_popup(popup)))
        await page.context.route("**/*", lambda route: route.abort())  # of popups; requests of the page itself come to `_route`
        await page.route("**/*", self._route)
        await page.route_web_socket("**/*", _refuse_websocket)
        await page.add_init_script(_WITHOUT_OTHER_CONNECTIONS)

    @property
    def is_busy(self) -> bool:
        """Whether a request is open that may change the page."""
        now = monotonic()
        return any(now - since < _MAX_REQUEST_TIME for since in self._open.values())

    async def get_fetched(self) -> tuple[FetchedJson, ...]:
        """The JSON responses so far, in order of arrival."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=_MAX_REQUEST_TIME)
        return tuple(each for each in self._fetched.values() if each.body)

    def cancel_tasks(self) -> None:
        """Cancel the open tasks."""
        for task in self._tasks:
            task.cancel()

    def _allows(self, request: Request) -> bool:
        return request.resource_type in _ALLOWED_RESOURCES and self.is_on_site(request.url)

    def is_on_site(self, url: str) -> bool:
        """Whether a URL is on the page's site."""
        return get_site(get_host(url)) == self.site

    async def _route(self, route: Route) -> None:
        request = route.request
        if request.is_navigation_request():
            await self._open_document(route)
        elif self._allows(request):
            await route.continue_()
        else:
            await route.abort()

    async def _open_document(self, route: Route) -> None:
        """Fulfil the first navigation with the document; abort all others, so that the tab stays on its page."""
        if self._is_opened or route.request.frame.parent_frame is not None:
            await route.abort("aborted")  # any other error code would show an error page
            return
        self._is_opened = True
        headers = {"content-type": (self.document.headers.get("Content-Type") or b"text/html").decode("latin-1")}
        if cookies := self.document.headers.getlist("Set-Cookie"):
            headers["set-cookie"] = b"\n".join(cookies).decode("latin-1")
        await route.fulfill(status=200, headers=headers, body=self.document.body)

    def _mark_sent(self, request: Request) -> None:
        if not self._allows(request):
            return
        key = (request.url, request.post_data or "")
        self._request_counts[key] += 1
        if self._request_counts[key] <= _MAX_REPEATED_REQUESTS:
            self._open[request] = monotonic()

    def _mark_done(self, request: Request) -> None:
        self._open.pop(request, None)

    def _collect(self, response: Response) -> None:
        content_type, request = response.headers.get("content-type", ""), response.request
        is_data = request.resource_type in _DATA_RESOURCES and response.ok and _JSON_MEDIA_TYPE.match(content_type)
        if is_data and len(self._fetched) < _MAX_FETCHED_RESPONSES and self._byte_count < _MAX_FETCHED_BYTES:
            sent = request.post_data, request.headers.get("content-type")
            self._fetched[response] = FetchedJson(response.url, content_type, b"", *sent)
            self._start(self._read_body(response))

    async def _read_body(self, response: Response) -> None:
        try:
            body = await response.body()
        except Error:  # the browser has discarded it already
            return
        if self._byte_count + len(body) <= _MAX_FETCHED_BYTES:
            self._byte_count += len(body)
            self._fetched[response] = replace(self._fetched[response], body=body)

    def _start(self, coroutine: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(coroutine)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def _close_popup(popup: Page) -> None:
    try:
        await popup.close()
    except Error:  # closed already
        return


async def _refuse_websocket(socket: WebSocketRoute) -> None:
    await socket.close()
