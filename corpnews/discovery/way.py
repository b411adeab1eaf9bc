"""The one shape of all ways of discovery: an answer in, links to articles and what to ask for next out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from corpnews.discovery.asks import Answer, Ask
    from corpnews.discovery.listing import Found, Listing
    from corpnews.discovery.scope import Scope
    from corpnews.extraction.page import Page


@dataclass(frozen=True)
class Start:
    """A newsroom's first page, and what it lists: the evidence for every other way."""

    answer: Answer
    scope: Scope
    listing: Listing

    @property
    def page(self) -> Page:
        return self.answer.page


class Way:
    """A way of finding a newsroom's articles. Ways keep no state: what they need again stands in an Ask's note.

    `name` is what `source.via` says. `is_full` says that the way leads to the whole past, not to the newest articles alone;
    `is_whole` that it brings the articles' text along, so that no detail page is asked for; `is_last_resort` that it is gone
    only where nothing else found anything. `platform` names the vendor, where the way is one's own.
    """

    name: ClassVar[str]
    platform: ClassVar[str | None] = None
    is_full: ClassVar[bool] = True
    is_whole: ClassVar[bool] = False
    is_last_resort: ClassVar[bool] = False

    def openings(self, start: Start) -> Iterable[Ask]:
        """What to ask for first; nothing where the first page gives no sign that the way is there.

        An Ask for the first page's own URL is answered with the first page, not asked for again.
        """
        raise NotImplementedError

    def read(self, answer: Answer, start: Start) -> Found:
        """What an answer says. Whatever it may hold, nothing but WayEnded is raised."""
        raise NotImplementedError

    def failed(self, ask: Ask, start: Start) -> Iterable[Ask]:  # noqa: ARG002 - most ways know no other
        """What to ask for instead, where nothing came for an ask."""
        return ()
