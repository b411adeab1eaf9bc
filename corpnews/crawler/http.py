"""Scrapy's requests and responses, made from and into those of discovery. Requests carry numbers and strings only."""

from __future__ import annotations

from dataclasses import asdict
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from scrapy import Request
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.web.client import ResponseFailed

from corpnews.browser.render_request import RenderingError, build_render_request, get_fetched_responses
from corpnews.discovery import SourceResponse
from corpnews.discovery.crawl_filter import SkipReason, describe_skip_reason
from corpnews.guard.address_guard import AddressRefused
from corpnews.pdf.reader import PDF_SIGNATURE
from corpnews.state import Validators

if TYPE_CHECKING:
    from scrapy.http import Response

    from corpnews.discovery import SourceRequest
    from corpnews.state import KnownPage


class BudgetSpent(IgnoreRequest):
    """A request is left to the next run, as this one has spent its budget."""


class LeftSite(IgnoreRequest):
    """A request was redirected to another site; the search was told."""


class ForbiddenByRobotsTxt(IgnoreRequest):
    """robots.txt forbids a URL, or could not be read."""


class RobotsTxtUnanswered(ForbiddenByRobotsTxt):
    """No server answered for robots.txt."""


NOT_MODIFIED: Final = HTTPStatus.NOT_MODIFIED.value
GONE_STATUSES: Final = (HTTPStatus.NOT_FOUND.value, HTTPStatus.GONE.value)
_FAILURE_REASONS: Final[dict[type[Exception], SkipReason]] = {
    HttpError: SkipReason.HTTP_ERROR,
    DownloadTimeoutError: SkipReason.TIMED_OUT,
    DownloadCancelledError: SkipReason.TOO_LARGE,  # nothing else makes Scrapy hang up
    ResponseDataLossError: SkipReason.TRUNCATED,
    RenderingError: SkipReason.DOWNLOAD_FAILED,
    AddressRefused: SkipReason.REFUSED_ADDRESS,
    ForbiddenByRobotsTxt: SkipReason.ROBOTS_TXT,
}


def build_source_request(source_request: SourceRequest, **numbers: int) -> Request:
    """The Scrapy request of a source; `numbers` come back in its callback with the source request's fields."""
    carried = {**numbers, "source_request": asdict(source_request)}
    if source_request.needs_browser:
        return build_render_request(source_request.url).replace(cb_kwargs=carried)
    return Request(
        source_request.url,
        method="GET" if source_request.body is None else "POST",
        body=source_request.body or "",
        headers=dict(source_request.headers),
        cb_kwargs=carried,
        dont_filter=True,  # the planner makes no request twice
    )


def build_article_request(url: str, known: KnownPage | None) -> Request:
    """The request for an article's page; a known article is asked for only if it has changed, and may be gone."""
    is_online = known is not None and known.article is not None and known.article.status != "withdrawn"
    headers = build_conditional_headers(known.validators) if known and is_online else {}
    # the frontier gives each out once; where a site redirects, it may well be to a URL that was requested before
    return Request(url, headers=headers, meta={"handle_httpstatus_list": [NOT_MODIFIED, *GONE_STATUSES]}, dont_filter=True)


def build_source_response(response: Response, source_request: SourceRequest) -> SourceResponse:
    """The response to a source's request, as the source parses it."""
    headers = {
        name.decode("latin-1").lower(): values[-1].decode("latin-1") for name, values in response.headers.items() if values
    }
    fetched = get_fetched_responses(response, source_request.source)
    return SourceResponse(source_request, response.url, response.body, headers.get("content-type", ""), headers, fetched)


def read_validators(response: Response) -> Validators:
    """The response's ETag and Last-Modified headers."""
    etag, modified = (response.headers.get(name) for name in ("ETag", "Last-Modified"))
    return Validators(etag.decode("latin-1") if etag else None, modified.decode("latin-1") if modified else None)


def build_conditional_headers(validators: Validators) -> dict[str, str]:
    """The headers with which a request asks for what has changed since a response with these validators."""
    headers = {"If-None-Match": validators.etag, "If-Modified-Since": validators.last_modified}
    return {name: value for name, value in headers.items() if value}


def is_pdf_response(response: Response) -> bool:
    """Whether the response says that it is a PDF, or begins like one."""
    media_type: bytes = (response.headers.get("Content-Type") or b"").lower()
    return b"pdf" in media_type or response.body.startswith(PDF_SIGNATURE)


def get_failure_status(error: BaseException | None) -> int | None:
    """The HTTP status of a failed request, if there was a response."""
    return error.response.status if isinstance(error, HttpError) else None


def has_server_answered(error: BaseException | None) -> bool:
    """Whether there was a response, of whatever kind, or none was asked for."""
    reason = get_failure_reason(error)
    is_lost = reason in (SkipReason.DOWNLOAD_FAILED, SkipReason.TIMED_OUT) and not isinstance(error, IgnoreRequest)
    return not (is_lost or isinstance(error, RobotsTxtUnanswered))


def get_failure_reason(error: BaseException | None) -> SkipReason:
    """Why a request failed, as counted in the stats."""
    reasons = (reason for kind, reason in _FAILURE_REASONS.items() if isinstance(error, kind))
    return next(reasons, SkipReason.DOWNLOAD_FAILED)


def describe_failure(error: BaseException | None) -> str:
    """Why a request failed, in a few words."""
    if isinstance(error, HttpError):
        return f"HTTP {error.response.status}"
    if isinstance(error, IgnoreRequest):
        return str(error)
    if isinstance(error, CannotResolveHostError):
        return "no such host; is its name spelled right?"
    reason = get_failure_reason(error)
    if reason is not SkipReason.DOWNLOAD_FAILED:
        return describe_skip_reason(reason)
    if isinstance(error, DownloadFailedError) and isinstance(error.__cause__, ResponseFailed):
        return str(error.__cause__.reasons[0].getErrorMessage()).rstrip(".")  # its own text is a list of objects
    return f"{type(error).__name__}: {error}".rstrip(": ")
