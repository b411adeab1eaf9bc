"""The one shape of all ways of discovery: an answer in, links to articles and what to ask for next out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from corpnews.discovery.listing import Listing, SourceResult
    from corpnews.discovery.scope import Scope
    from corpnews.discovery.source_requests import SourceRequest, SourceResponse
    from corpnews.page.page import Page


@dataclass(frozen=True)
class StartPage:
    """A newsroom's first page, and what it lists: the evidence for every other way."""

    response: SourceResponse
    scope: Scope
    listing: Listing

    @property
    def page(self) -> Page:
        return self.response.page


class Source:
    """A way of finding a newsroom's articles. Ways keep no state: what they need again stands in an Ask's note.

    `name` is what `source.via` says. `is_full` says that the way leads to the whole past, not to the newest articles alone;
    `is_whole` that it brings the articles' text along, so that no detail page is asked for; `is_last_resort` that it is gone
    only where nothing else found anything. `platform` names the vendor, where the way is one's own.
    """

    name: ClassVar[str]
    platform: ClassVar[str | None] = None
    is_exhaustive: ClassVar[bool] = True
    has_full_text: ClassVar[bool] = False
    is_last_resort: ClassVar[bool] = False

    def initial_requests(self, start: StartPage) -> Iterable[SourceRequest]:
        """What to ask for first; nothing where the first page gives no sign that the way is there.

        An Ask for the first page's own URL is answered with the first page, not asked for again.
        """
        raise NotImplementedError

    def parse(self, answer: SourceResponse, start: StartPage) -> SourceResult:
        """What an answer says. Whatever it may hold, nothing but WayEnded is raised."""
        raise NotImplementedError

    def fallback_requests(self, ask: SourceRequest, start: StartPage) -> Iterable[SourceRequest]:  # noqa: ARG002 - most ways know no other
        """What to ask for instead, where nothing came for an ask."""
        return ()
