"""What the planner knows of each source that it queries, and what it wants done next."""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpnews.web.text import plural

if TYPE_CHECKING:
    from corpnews.discovery.crawl_filter import SkipReason
    from corpnews.discovery.frontier import ArticleCandidate
    from corpnews.discovery.source import Source, SourceRequest


@dataclass(slots=True)
class PlannerActions:
    """What to do next: requests to make, and articles whose content came with their links.

    `skipped` counts the links that were left out, by reason; `outcomes` describes for each URL what its response contained.
    """

    requests: list[SourceRequest] = field(default_factory=list)
    inline_articles: list[ArticleCandidate] = field(default_factory=list)
    skipped: Counter[SkipReason] = field(default_factory=Counter)
    outcomes: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class SourceProgress:
    """The state of one source in a run.

    `deferred` are initial requests that are only made if the others list new articles. `unconfirmed_keys` are the articles of
    the start page that the source has not listed yet. `link_count` counts the article links that came, `new_count` those of
    them that the run had not found before. `failure` says why the source was given up, if it was.
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
    is_logged: bool = False

    @property
    def has_ended(self) -> bool:
        return not self.open_count and not self.pending

    @property
    def is_complete(self) -> bool:
        """Whether this is an exhaustive source of a vendor that came to its end and listed all articles of the start page."""
        is_vendors = self.source.platform is not None and self.source.is_exhaustive and self.response_count > 0
        return is_vendors and self.link_count > 0 and not self.failure and not self.unconfirmed_keys

    def __str__(self) -> str:
        failure = f"; given up: {self.failure}" if self.failure else ""
        links, requests = plural(self.link_count, "article link"), plural(self.request_count, "request")
        return f"{self.source.name}: {links} in {requests}, {self.new_count} new{failure}"
