"""How far a way of discovery has been gone, and what to do next."""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpnews.web.text import plural

if TYPE_CHECKING:
    from corpnews.discovery.frontier import ArticleCandidate
    from corpnews.discovery.source import Source
    from corpnews.discovery.source_requests import SourceRequest


@dataclass(slots=True)
class PlannerActions:
    """What to do next: requests to make, and articles that came whole.

    `refused` counts the links that were left out, by reason; `outcomes` tells of each address that was tried what came of it.
    """

    requests: list[SourceRequest] = field(default_factory=list)
    inline_articles: list[ArticleCandidate] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)
    outcomes: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class SourceProgress:
    """How far a way has been gone.

    `openings` are its first asks; `kept` those to be made only if the others add something. `missing` are the keys of the
    first page's articles that the way has not named yet. `asks` counts those that were made, `open` those under way, `answers`
    those that the site has answered; `found` the links to articles that came, `added` those that the run had not found before.
    `gave_up` says why the way was left, if it was.
    """

    source: Source
    initial_requests: list[SourceRequest]
    unconfirmed_keys: set[str]
    pending: deque[SourceRequest] = field(default_factory=deque)
    deferred: tuple[SourceRequest, ...] = ()
    request_count: int = 0
    open_count: int = 0
    response_count: int = 0
    link_count: int = 0
    new_count: int = 0
    failure: str = ""
    is_reported: bool = False

    @property
    def has_ended(self) -> bool:
        return not self.open_count and not self.pending

    @property
    def is_complete(self) -> bool:
        """Whether the way, one that a vendor made, led to its end and named all that the first page lists."""
        led_on = self.source.platform is not None and self.source.is_exhaustive and self.response_count > 0
        return led_on and self.link_count > 0 and not self.failure and not self.unconfirmed_keys

    def __str__(self) -> str:
        ended = f"; given up: {self.failure}" if self.failure else ""
        links, requests = plural(self.link_count, "link"), plural(self.request_count, "request")
        return f"{self.source.name}: {links} to articles by {requests}, {self.new_count} of them new{ended}"
