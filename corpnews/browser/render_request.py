"""Requests for rendered pages, and the JSON that a rendered page fetched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from scrapy import Request
from scrapy.exceptions import IgnoreRequest

from corpnews.discovery.source import SourceRequest, SourceResponse

if TYPE_CHECKING:
    from scrapy.http import Response

RENDER_KEY: Final = "corpnews_render"  # in request.meta: True
FETCHED_KEY: Final = "corpnews_fetched"  # in response.meta: a tuple of FetchedJson


class RenderingError(IgnoreRequest):
    """The page could not be rendered; the message says why, in one line."""


@dataclass(frozen=True, slots=True)
class FetchedJson:
    """A JSON response that a page's script fetched; `request_body` and `request_type` are what the script sent."""

    url: str
    content_type: str
    body: bytes
    request_body: str | None = None
    request_type: str | None = None

    def build_response(self, source: str) -> SourceResponse:
        """The same as the response to a request of `source`."""
        headers = (("Content-Type", self.request_type),) if self.request_body and self.request_type else ()
        return SourceResponse(SourceRequest(self.url, source, self.request_body, headers), self.url, self.body, self.content_type)


def build_render_request(url: str, *, meta: dict[str, Any] | None = None, **arguments: Any) -> Request:
    """A request for the rendered page, with its listing read to the end, and the JSON that it fetches.

    It is not filtered as a duplicate: the page may have been requested before without rendering.
    """
    return Request(url, meta={**(meta or {}), RENDER_KEY: True}, dont_filter=True, **arguments)


def get_fetched_responses(response: Response, source: str) -> tuple[SourceResponse, ...]:
    """The JSON that a rendered page fetched, oldest first, as responses to requests of `source`."""
    fetched: tuple[FetchedJson, ...] = response.meta.get(FETCHED_KEY, ())
    return tuple(each.build_response(source) for each in fetched)
