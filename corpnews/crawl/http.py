"""Between the core, which asks and reads, and Scrapy, which requests and responds."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from scrapy import Request
from scrapy.exceptions import (
    DownloadCancelledError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.web.client import ResponseFailed

from corpnews.browser.render_request import build_render_request, get_fetched_responses
from corpnews.discovery import SourceResponse
from corpnews.state import Validators

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from corpnews.discovery import SourceRequest
    from corpnews.state import KnownPage

NOT_MODIFIED: Final = HTTPStatus.NOT_MODIFIED.value
GONE_STATUSES: Final = (HTTPStatus.NOT_FOUND.value, HTTPStatus.GONE.value)
_FAILURE_REASONS: Final[dict[type[Exception], str]] = {
    DownloadTimeoutError: "timed out",
    DownloadCancelledError: "too large",  # nothing else makes Scrapy hang up
    ResponseDataLossError: "broke off before its end",
}


def build_source_request(ask: SourceRequest) -> Request:
    """The request that an ask is for; the plan sees to it that none is made twice."""
    if ask.needs_browser:
        return build_render_request(ask.url)
    method = "GET" if ask.body is None else "POST"
    return Request(ask.url, method=method, body=ask.body or "", headers=dict(ask.headers), dont_filter=True)


def build_article_request(url: str, known: KnownPage | None) -> Request:
    """The request for a detail page; one that is known is asked for only if it has changed, one that is gone may be so."""
    stands = known is not None and known.article is not None and known.article.status != "withdrawn"
    headers = _build_conditional_headers(known.validators) if known and stands else {}
    # the frontier gives each out once; where a site redirects, it may well be to an address that was asked for before
    return Request(url, headers=headers, meta={"handle_httpstatus_list": [NOT_MODIFIED, *GONE_STATUSES]}, dont_filter=True)


def build_source_response(response: Response, ask: SourceRequest) -> SourceResponse:
    """The response as an answer to `ask`."""
    headers = {
        name.decode("latin-1").lower(): values[-1].decode("latin-1") for name, values in response.headers.items() if values
    }
    return SourceResponse(
        ask, response.url, response.body, headers.get("content-type", ""), headers, get_fetched_responses(response, ask.source)
    )


def read_validators(response: Response) -> Validators:
    """What the server can tell by whether the page has changed."""
    etag, modified = (response.headers.get(name) for name in ("ETag", "Last-Modified"))
    return Validators(etag.decode("latin-1") if etag else None, modified.decode("latin-1") if modified else None)


def _build_conditional_headers(validators: Validators) -> dict[str, str]:
    """The headers that ask for a page only if it has changed."""
    said = {"If-None-Match": validators.etag, "If-Modified-Since": validators.last_modified}
    return {name: value for name, value in said.items() if value}


def has_open_requests(crawler: Crawler) -> bool:
    """Whether a request is waiting or under way."""
    engine = crawler.engine
    pending = engine.scheduler is not None and engine.scheduler.has_pending_requests()
    return bool(engine.downloader.active) or pending


def has_open_work(crawler: Crawler) -> bool:
    """Whether a request is waiting or under way, or what came for one is being worked on."""
    slot = crawler.engine.scraper.slot
    return has_open_requests(crawler) or (slot is not None and not slot.is_idle())


def describe_failure(error: BaseException | None) -> str:
    """A failed request's reason, in a few words."""
    if isinstance(error, HttpError):
        return f"HTTP {error.response.status}"
    if isinstance(error, IgnoreRequest):
        return str(error)
    named = next((reason for kind, reason in _FAILURE_REASONS.items() if isinstance(error, kind)), None)
    if named:
        return named
    if isinstance(error, DownloadFailedError) and isinstance(error.__cause__, ResponseFailed):
        return str(error.__cause__.reasons[0].getErrorMessage()).rstrip(".")  # its own text is a list of objects
    return f"{type(error).__name__}: {error}".rstrip(": ")
