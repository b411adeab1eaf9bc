"""Requests for rendered pages, and the JSON that a rendered page fetched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from scrapy import Request
from scrapy.exceptions import IgnoreRequest

from corpnews.discovery.source_requests import SourceRequest, SourceResponse

if TYPE_CHECKING:
    from scrapy.http import Response

RENDER_KEY: Final = "corpnews_render"  # in request.meta: True
FETCHED_KEY: Final = "corpnews_fetched"  # in response.meta: a tuple of FetchedJson


class RenderingError(IgnoreRequest):
    """The page could not be rendered; the message says why, in one line."""


@dataclass(frozen=True, slots=True)
class FetchedJson:
    """A JSON response that a page's script fetched; `posted` is the body of its request, `posted_as` the body's media type."""

    url: str
    content_type: str
    body: bytes
    method: str = "GET"
    posted: str | None = None
    posted_as: str | None = None

    def ask(self, way: str) -> SourceRequest:
        """The same request as a SourceRequest of a source."""
        headers = (("Content-Type", self.posted_as),) if self.posted and self.posted_as else ()
        return SourceRequest(self.url, way, self.posted, headers)


def build_render_request(url: str, *, meta: dict[str, Any] | None = None, **arguments: Any) -> Request:
    """A request for the rendered page, with its listing read to the end, and the JSON that it fetches.

    It is not filtered as a duplicate: the page may have been requested before without rendering.
    """
    return Request(url, meta={**(meta or {}), RENDER_KEY: True}, dont_filter=True, **arguments)


def get_fetched_responses(response: Response, way: str) -> tuple[SourceResponse, ...]:
    """The JSON that a rendered page fetched, oldest first, as responses to requests of a source."""
    said: tuple[FetchedJson, ...] = response.meta.get(FETCHED_KEY, ())
    return tuple(SourceResponse(each.ask(way), each.url, each.body, each.content_type) for each in said)
