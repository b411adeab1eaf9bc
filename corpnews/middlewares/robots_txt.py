"""robots.txt as RFC 9309 has it, and its Crawl-delay."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    IgnoreRequest,
)
from scrapy.utils.httpobj import urlparse_cached

from corpnews.crawler.http import ForbiddenByRobotsTxt, RobotsTxtUnanswered, describe_failure

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from scrapy.robotstxt import RobotParser

_MAX_BYTES: Final = 500 * 1024  # RFC 9309, 2.5: a crawler reads at least so much
_MAX_CRAWL_DELAY: Final = 10.0  # seconds
_TIMEOUT: Final = 20.0  # seconds; a server that takes connections and never answers is tried three times
# Hosts without a server, of which each page fails for this reason; redirects without end (2.3.1.2); files above the size limit
_FORBIDS_NOTHING: Final = (CannotResolveHostError, DownloadConnectionRefusedError, DownloadCancelledError, IgnoreRequest)


class NewsroomRobotsTxtMiddleware(RobotsTxtMiddleware):
    """Scrapy's middleware with RFC 9309's rules for failures: robots.txt with 4xx allows all of a host, 5xx and timeouts nothing.

    A Crawl-delay becomes the delay between the host's downloads, 10 seconds at most; AutoThrottle does not shorten it.
    Without AutoThrottle the operator sets the pauses.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._unreachable: dict[str, tuple[type[ForbiddenByRobotsTxt], str]] = {}  # by host and port: what to raise
        self._tried: set[tuple[str, str]] = set()  # schemes with host and port
        self._responses: dict[str, Response] = {}  # by host and port

    async def process_request(self, request: Request) -> Response | None:  # type: ignore[override]
        """Obey robots.txt; a source that asks for robots.txt itself gets the one that has come already."""
        url = urlparse_cached(request)
        if url.path == "/robots.txt":
            request.meta.setdefault("download_timeout", min(_TIMEOUT, self.crawler.settings.getfloat("DOWNLOAD_TIMEOUT")))
        await super().process_request(request)
        known = self._responses.get(url.netloc) if url.path == "/robots.txt" else None
        return known.replace(request=request) if known else None

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """Scrapy reads one robots.txt a host; that of the other scheme is read, too, if no server answered for the first."""
        url = urlparse_cached(request)
        if url.netloc in self._unreachable and (url.scheme, url.netloc) not in self._tried:
            del self._unreachable[url.netloc], self._parsers[url.netloc]
        self._tried.add((url.scheme, url.netloc))
        return await super().robot_parser(request)

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        if failure := self._unreachable.get(urlparse_cached(request).netloc):
            kind, reason = failure
            raise kind(f"forbidden, as robots.txt cannot be read: {reason}")
        try:
            super().process_request_2(rp, request)
        except IgnoreRequest as error:
            raise ForbiddenByRobotsTxt(str(error)) from None
        agent = self._robotstxt_useragent or request.headers.get(b"User-Agent") or self._default_useragent
        if rp and self.crawler.settings.getbool("AUTOTHROTTLE_ENABLED") and (delay := rp.crawl_delay(agent)):
            self._slow_down(request, min(delay, _MAX_CRAWL_DELAY))

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        if response.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise _UnreachableError(f"HTTP {response.status}")
        body = response.body[:_MAX_BYTES] if response.status == HTTPStatus.OK else b""
        read = response.replace(body=body)
        self._responses[netloc] = read
        await super()._parse_robots(read, netloc, request)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        if not isinstance(exc, _FORBIDS_NOTHING):
            has_answer = isinstance(exc, _UnreachableError)
            failure = (ForbiddenByRobotsTxt, str(exc)) if has_answer else (RobotsTxtUnanswered, describe_failure(exc))
            self._unreachable[netloc] = failure
        super()._robots_error(exc, netloc)

    def _slow_down(self, request: Request, delay: float) -> None:
        """Have the downloader wait so many seconds between the requests to a host, if it does not wait longer already."""
        downloader = self.crawler.engine.downloader
        key = downloader.get_slot_key(request)
        if key not in downloader.per_slot_settings:
            downloader.per_slot_settings[key] = {"delay": delay, "jitter": 0}  # for the slot that follows an idle one
            if slot := downloader.slots.get(key):
                slot.delay, slot.jitter = max(slot.delay, delay), 0
        request.meta["autothrottle_dont_adjust_delay"] = True


class _UnreachableError(Exception):
    """The server failed to give its robots.txt."""
