"""What the planner knows of each source that it queries, in which order it queries them, and what it wants done next."""

from __future__ import annotations

import logging
from collections import Counter, deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from corpnews.discovery.source import LISTING_SOURCE_NAME
from corpnews.discovery.sources.listing_source import ListingSource
from corpnews.web.text import plural
from corpnews.web.urls import article_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from corpnews.discovery.crawl_filter import SkipReason
    from corpnews.discovery.frontier import ArticleCandidate
    from corpnews.discovery.source import Source, SourceRequest, StartPage
    from corpnews.extraction.listing_entry import ArticleLink

_MAX_OPEN_REQUESTS: Final = 4  # of a source

logger = logging.getLogger(__name__)


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
    failed_request: SourceRequest | None = None
    is_logged: bool = False

    @property
    def has_ended(self) -> bool:
        return not self.open_count and not self.pending

    @property
    def is_complete(self) -> bool:
        """Whether this is an exhaustive source of a vendor that came to its end and listed all articles of the start page."""
        is_vendors = self.source.platform is not None and self.source.is_exhaustive and self.response_count > 0
        return is_vendors and self.link_count > 0 and not self.failure and not self.unconfirmed_keys

    def take_pending(self) -> Iterator[SourceRequest]:
        """Yield the next requests, as long as few enough are under way."""
        while self.pending and self.open_count < _MAX_OPEN_REQUESTS:
            self.request_count += 1
            yield self.pending.popleft()

    def defer_requests(self) -> None:
        """Keep the first and the last initial request, and defer the others."""
        self.deferred = tuple(self.initial_requests[1:-1])
        self.initial_requests = [each for each in self.initial_requests if each not in self.deferred]

    def record(self, links: Sequence[ArticleLink], new: int) -> None:
        """Record the links of a response, of which so many are `new` to the run."""
        self.link_count += len(links)
        self.new_count += new
        self.unconfirmed_keys -= {article_key(link.url) for link in links}

    def __str__(self) -> str:
        failure = f"; given up: {self.failure}" if self.failure else ""
        links, requests = plural(self.link_count, "article link"), plural(self.request_count, "request")
        return f"{self.source.name}: {links} in {requests}, {self.new_count} new{failure}"


class SourceQueue:
    """The sources of a run: those that are or were `queried`, and those that wait, the cheapest and most complete first.

    An exhaustive source of a vendor that lists all articles of the start page has the newsroom complete, where the policy
    `trusts_complete_sources`: the sources after it are not needed, unless one of them lists something else.
    """

    def __init__(self, start: StartPage, sources: Iterable[Source], *, trusts_complete_sources: bool) -> None:
        self.queried: list[SourceProgress] = []
        self._trusts_complete_sources = trusts_complete_sources
        listed = {article_key(link.url) for link in start.listing.articles}
        requests = ((source, list(source.initial_requests(start))) for source in sources)
        self._waiting = deque(SourceProgress(source, initial, set(listed)) for source, initial in requests if initial)
        self._last_resorts: list[SourceProgress] = []  # those that were not needed, as there were articles

    @property
    def open(self) -> list[SourceProgress]:
        """The sources that wait for responses, or have requests to make."""
        return [progress for progress in self.queried if not progress.has_ended]

    @property
    def has_ended(self) -> bool:
        return not self._waiting and not self.open

    @property
    def awaits_inline_articles(self) -> bool:
        """Whether a source that delivers the articles' content has not ended: detail pages should wait for it."""
        return any(progress.source.has_full_text for progress in (*self.open, *self._waiting))

    @property
    def is_complete(self) -> bool:
        """Whether a source has the whole newsroom, and no source after it listed anything else."""
        if not self._trusts_complete_sources:
            return False
        complete = next((at for at, progress in enumerate(self.queried) if progress.is_complete), None)
        return complete is not None and not any(progress.new_count for progress in self.queried[complete + 1 :])

    @property
    def has_vendors_source(self) -> bool:
        """Whether a source of the newsroom's vendor has or is to list the articles."""
        return any(progress.source.platform and not progress.failure for progress in (*self.queried, *self._waiting))

    @property
    def has_exhaustive(self) -> bool:
        """Whether a source that has all articles of the newsroom listed some."""
        queried = (progress for progress in self.queried if progress.source.name != LISTING_SOURCE_NAME)
        return any(progress.source.is_exhaustive and progress.link_count and not progress.failure for progress in queried)

    @property
    def awaits_listing(self) -> bool:
        return any(progress.source.name == LISTING_SOURCE_NAME for progress in self._waiting)

    def query_feeds_later(self) -> None:
        """Move the listing before generic sources, which are judged by what the listings of the newsroom list."""

        def is_generic(progress: SourceProgress) -> bool:
            return progress.source.platform is None and progress.source.name != LISTING_SOURCE_NAME

        self._waiting = deque(sorted(self._waiting, key=is_generic))

    @property
    def listing(self) -> SourceProgress:
        """The progress of the listing source, which need not have requests of its own."""
        progress = next((each for each in self.queried if each.source.name == LISTING_SOURCE_NAME), None)
        if progress is None:
            progress = SourceProgress(ListingSource(), [], set())
            self.queried.append(progress)
        return progress

    def count_links(self, name: str | None = None) -> int:
        """Count the article links that have come, or those from the source of that name."""
        return sum(progress.link_count for progress in self.queried if name in (None, progress.source.name))

    def find(self, request: SourceRequest) -> SourceProgress:
        """The progress of the source that made a request."""
        if request.source == LISTING_SOURCE_NAME:
            return self.listing
        return next(each for each in reversed(self.queried) if each.source.name == request.source)

    def keep(self, is_wanted: Callable[[Source], bool]) -> None:
        self._waiting = deque(progress for progress in self._waiting if is_wanted(progress.source))

    def next_needed(self, *, has_articles: bool) -> SourceProgress | None:
        """Take the next source that is to be queried; None if none is needed.

        Where the newsroom is complete, all but its first and last request are deferred.
        """
        while self._waiting:
            progress = self._waiting.popleft()
            is_needed = progress.source.name == LISTING_SOURCE_NAME or not self.is_complete
            if not has_articles if progress.source.is_last_resort else is_needed:
                if self.is_complete:
                    progress.defer_requests()
                self.queried.append(progress)
                return progress
            if progress.source.is_last_resort:
                self._last_resorts.append(progress)
        return None

    def give_up(self) -> bool:
        """Give up the requests without a response; returns whether there were any."""
        waiting = [progress for progress in self.open if progress.open_count]
        for progress in waiting:
            progress.open_count, progress.failure = 0, progress.failure or "no response"
        return bool(waiting)

    def log_ended(self) -> None:
        """Log each source that was queried, once."""
        for progress in self.queried:
            if not progress.is_logged:
                progress.is_logged = True
                logger.info("Source %s", progress)

    def await_last_resorts(self) -> None:
        """Have the last resorts queried that were not needed."""
        self._waiting.extend(self._last_resorts)
        self._last_resorts.clear()
