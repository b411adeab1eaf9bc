"""What a way of discovery asks for, and what comes."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from corpnews.page.page import Page

if TYPE_CHECKING:
    from collections.abc import Mapping

_AMBIGUOUS_MEDIA_TYPES = frozenset(("no content type", "text/plain", "application/octet-stream", "application/xml", "text/xml"))
_HTML_START = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)


class SourceError(ValueError):
    """The answer is none of this way's; the message says why, in a few words: "the answer is HTML"."""


@dataclass(frozen=True, slots=True)
class SourceRequest:
    """A request that the way called `way` wants to have made.

    `body` makes it a POST. `note` is the way's word to itself, which comes back with the answer. `renders` asks for a browser.
    """

    url: str
    source: str
    body: str | None = None
    headers: tuple[tuple[str, str], ...] = ()
    note: str = ""
    needs_browser: bool = False


@dataclass(frozen=True)
class SourceResponse:
    """What came for an Ask; `url` is where from in the end, after redirects, `headers` have lower-case names.

    `fetched` are the answers with data (JSON) that the page fetched by script, where a browser drew it.
    """

    request: SourceRequest
    url: str
    body: bytes
    content_type: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    data_responses: tuple[SourceResponse, ...] = ()

    def for_request(self, ask: SourceRequest) -> SourceResponse:
        """The same answer as that to another ask; the page is not parsed anew."""
        answer = replace(self, request=ask)
        answer.__dict__["page"] = self.page
        return answer

    @property
    def media_type(self) -> str:
        return self.content_type.partition(";")[0].strip().lower() or "no content type"

    @property
    def is_html(self) -> bool:
        """Whether the answer says that it is a page, or, where it does not say what it is, looks like one."""
        if "html" in self.media_type:
            return True
        return self.media_type in _AMBIGUOUS_MEDIA_TYPES and _HTML_START.match(self.body) is not None

    @cached_property
    def page(self) -> Page:
        """The answer as an HTML page, parsed once."""
        return Page.from_html(self.body, self.url, self.content_type)

    @cached_property
    def json(self) -> Any:
        """The answer as JSON. Raises WayEnded."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            message = f"the answer is no JSON ({self.media_type})"
            raise SourceError(message) from None
