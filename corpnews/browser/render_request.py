"""Requests for rendered pages, and the JSON that a rendered page fetched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from scrapy import Request
from scrapy.exceptions import IgnoreRequest

from corpnews.discovery.source_requests import SourceRequest, SourceResponse

if TYPE_CHECKING:
    from scrapy.http import Response

RENDER_KEY: Final = "drawn"  # in a request's meta
FETCHED_KEY: Final = "fetched"  # in its response's


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
    """A request for the rendered page: its listing to the end, and the JSON it came from.

    It is neither filtered nor cached: the page may have been requested before without rendering.
    """
    asked = {**(meta or {}), RENDER_KEY: True, "dont_cache": True}
    return Request(url, meta=asked, dont_filter=True, **arguments)


def get_fetched_responses(response: Response, way: str) -> tuple[SourceResponse, ...]:
    """The JSON that a rendered page fetched, oldest first, as responses to requests of a source."""
    said: tuple[FetchedJson, ...] = response.meta.get(FETCHED_KEY, ())
    return tuple(SourceResponse(each.ask(way), each.url, each.body, each.content_type) for each in said)
