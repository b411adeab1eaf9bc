"""Crawl policies: what distinguishes a full crawl, an incremental crawl and a survey for the planner."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf
from typing import TYPE_CHECKING, ClassVar, Final

from corpnews.discovery.source import LISTING_SOURCE_NAME, Source

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from corpnews.extraction.listing_entry import ArticleLink

    Lookup = Callable[[Sequence[ArticleLink]], Mapping[str, bool]]


_MAX_REQUESTS: Final = 3000


@dataclass(frozen=True)
class FullCrawl:
    """Every source is queried until its responses list nothing new; a complete source spares the others.

    `lookup` returns which of some links earlier runs know, by article key, and whether each is due for a revisit. A full crawl
    goes on through known articles, since no earlier run came to its end. `productive_listings` are pages that exploration found
    in earlier runs; they are queried in any case. No more than `max_requests` are made.
    """

    lookup: Lookup = field(default=lambda _: {})
    productive_listings: tuple[str, ...] = ()
    max_requests: int = _MAX_REQUESTS

    is_incremental: ClassVar[bool] = False
    trusts_complete_sources: ClassVar[bool] = True
    explores: ClassVar[bool] = True
    max_requests_per_source: ClassVar[float] = inf
    max_explored: ClassVar[float] = inf

    def may_query(self, source: Source, *, knows_start_page: bool) -> bool:  # noqa: ARG002 - for subclasses
        """Whether a source is queried; `knows_start_page` says that all articles of the start page are known."""
        return True


FULL_CRAWL = FullCrawl()


@dataclass(frozen=True)
class IncrementalCrawl(FullCrawl):
    """Only what is new since a complete crawl: `productive_sources` are queried until they list only known articles."""

    productive_sources: frozenset[str] = frozenset()

    is_incremental: ClassVar[bool] = True
    explores: ClassVar[bool] = False

    def may_query(self, source: Source, *, knows_start_page: bool) -> bool:
        """Whether the source found articles before, or is the listing; on a known start page, whether it may be ahead of it."""
        if source.name == LISTING_SOURCE_NAME:
            return not knows_start_page
        lists_newest_first = source.platform is not None or not source.is_exhaustive
        return source.name in self.productive_sources and (lists_newest_first or not knows_start_page)


@dataclass(frozen=True)
class Survey(FullCrawl):
    """Each source is queried with a few requests, whatever the others found; a few further listings are looked at."""

    trusts_complete_sources: ClassVar[bool] = False
    max_requests_per_source: ClassVar[float] = 4
    max_explored: ClassVar[float] = 8
