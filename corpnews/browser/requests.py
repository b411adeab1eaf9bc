"""Requests for a page as a browser draws it, and what the page fetched by script meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from scrapy import Request
from scrapy.exceptions import IgnoreRequest

from corpnews.discovery.asks import Answer, Ask

if TYPE_CHECKING:
    from scrapy.http import Response

DRAWN: Final = "drawn"  # in a request's meta
FETCHED: Final = "fetched"  # in its response's


class NotDrawn(IgnoreRequest):
    """No browser could draw the page; the message says why, in one line."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer with JSON that a page fetched by script; `posted` is what the page sent along, `posted_as` its media type."""

    url: str
    content_type: str
    body: bytes
    method: str = "GET"
    posted: str | None = None
    posted_as: str | None = None

    def ask(self, way: str) -> Ask:
        """The request that it answers, as one of `way`."""
        headers = (("Content-Type", self.posted_as),) if self.posted and self.posted_as else ()
        return Ask(self.url, way, self.posted, headers)


def drawn(url: str, *, meta: dict[str, Any] | None = None, **arguments: Any) -> Request:
    """A request for `url` as a browser draws it: the listing to its end, and the JSON it came from.

    The page that came without a browser may have been asked for before, or stand in the cache: this one is another.
    """
    asked = {**(meta or {}), DRAWN: True, "dont_cache": True}
    return Request(url, meta=asked, dont_filter=True, **arguments)


def fetched(response: Response, way: str) -> tuple[Answer, ...]:
    """What a drawn page fetched by script, oldest first, as answers to Asks of `way`."""
    said: tuple[Fetched, ...] = response.meta.get(FETCHED, ())
    return tuple(Answer(each.ask(way), each.url, each.body, each.content_type) for each in said)
