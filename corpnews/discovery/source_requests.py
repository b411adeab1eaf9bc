"""What sources request, and what comes back: plain values that know nothing of Scrapy."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from corpnews.page.page import Page
from corpnews.web.urls import article_key

if TYPE_CHECKING:
    from collections.abc import Mapping

_AMBIGUOUS_MEDIA_TYPES = frozenset(("no content type", "text/plain", "application/octet-stream", "application/xml", "text/xml"))
_HTML_START = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)


class SourceError(ValueError):
    """The response cannot be parsed as this source's format. The message is a phrase for the log: "the response is HTML"."""


@dataclass(frozen=True, slots=True)
class SourceRequest:
    """A request of the source named `source`. All fields are plain values, so that it can be stored and pickled.

    A `body` makes it a POST. `note` is the source's own state, which comes back with the response. `needs_browser` has the page
    rendered by a browser.
    """

    url: str
    source: str
    body: str | None = None
    headers: tuple[tuple[str, str], ...] = ()
    note: str = ""
    needs_browser: bool = False

    @property
    def key(self) -> str:
        """What requests for the same resource share: the article key of the URL, the body, and the use of a browser."""
        further = " ".join(filter(None, (self.body, "rendered" if self.needs_browser else None)))
        return f"{article_key(self.url)} {further}" if further else article_key(self.url)


@dataclass(frozen=True)
class SourceResponse:
    """The response to a SourceRequest; `url` is the one after redirects, `headers` have lower-case names.

    `data_responses` are the JSON responses that the page fetched by script, if a browser rendered it.
    """

    request: SourceRequest
    url: str
    body: bytes
    content_type: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    data_responses: tuple[SourceResponse, ...] = ()

    def for_request(self, request: SourceRequest) -> SourceResponse:
        """Return the response as one to another request; the page is not parsed again."""
        response = replace(self, request=request)
        response.__dict__["page"] = self.page
        return response

    @property
    def media_type(self) -> str:
        return self.content_type.partition(";")[0].strip().lower() or "no content type"

    @property
    def is_html(self) -> bool:
        """Whether the content type is HTML, or is missing or generic and the body starts like HTML."""
        if "html" in self.media_type:
            return True
        return self.media_type in _AMBIGUOUS_MEDIA_TYPES and _HTML_START.match(self.body) is not None

    @cached_property
    def page(self) -> Page:
        """The body as an HTML page, parsed once."""
        return Page.from_html(self.body, self.url, self.content_type)

    @cached_property
    def json(self) -> Any:
        """The body as JSON. Raises SourceError if it is not JSON."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            raise SourceError(f"the response is not JSON ({self.media_type})") from None
