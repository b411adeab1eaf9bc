"""A run's view of the store, and what its search for articles exchanges with earlier and later runs."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Self

from corpnews.discovery import ArticleCandidate, ArticleLink, FullCrawl, IncrementalCrawl, article_key
from corpnews.discovery.completeness.omissions import OmissionKind
from corpnews.extraction.dates import FoundDate
from corpnews.items import VIA_REVISIT
from corpnews.state import History, Journal, Store
from corpnews.state.revisit import GONE_OUTCOME, MAX_REVISITS_PER_RUN, RevisitSchedule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corpnews.crawler.arguments import SpiderArguments
    from corpnews.discovery import CrawlFilter, Planner, StartPage
    from corpnews.state import StoreRun

# Listings that exploration found and later runs request, the likeliest first.
_MAX_LISTINGS_KEPT: Final = 8


class RunState:
    """What earlier runs know (`history`) and what this one adds (`journal`), for a run with these limits."""

    def __init__(self, store_run: StoreRun, arguments: SpiderArguments, crawl_filter: CrawlFilter) -> None:
        now = datetime.now(UTC)
        self.number = store_run.number
        self.history = History(store_run)
        self.journal = Journal(store_run, now)
        self.dead_links: set[str] = set()  # listed links to pages that earlier runs found gone, by their keys
        self._arguments = arguments
        self._filter = crawl_filter
        self._schedule = RevisitSchedule(now, partial(_accepts, crawl_filter), full=arguments.full)

    @classmethod
    def forgotten(cls, newsroom: str, arguments: SpiderArguments, crawl_filter: CrawlFilter) -> Self:
        """The state of a run without a session, such as `scrapy parse`: it knows nothing, and nothing is kept."""
        return cls(Store.in_memory().start_run(newsroom, datetime.now(UTC)), arguments, crawl_filter)

    def build_policy(self, start: StartPage, max_requests: int) -> FullCrawl:
        """The policy of the planner that begins at `start`: incremental after a run that came to its end.

        After one that was killed, known articles do not show that those listed after them are known.
        """
        learned = self.history.read_learned().get(self._get_search_key(start), {})
        was_killed = any(not run.ended for run in self.history.past_runs(1))
        is_complete = bool(learned.get("whole")) and not self._arguments.full and not was_killed
        listings, sources = tuple(learned.get("listings", ())), frozenset(learned.get("ways", ()))
        if is_complete:
            return IncrementalCrawl(self.lookup, listings, max_requests, sources)
        return FullCrawl(self.lookup, listings, max_requests)

    def lookup(self, links: Sequence[ArticleLink]) -> dict[str, bool]:
        """Which of the links are known, by their keys, and whether each is to be fetched again."""
        by_key = {article_key(link.url): link for link in links}
        known = self.history.find_pages(by_key)
        self.dead_links.update(key for key, page in known.items() if page.outcome == GONE_OUTCOME)
        today = self.journal.now.date()
        articles = [page.article for page in known.values() if page.article]
        self.journal.mark_listed([each.id for each in articles if each.last_seen.date() < today])
        return {key: self._schedule.is_due(page, by_key[key].modified) for key, page in known.items()}

    def find_due(self, planner: int) -> Iterator[ArticleCandidate]:
        """The known articles that are due for another visit, listed or not."""
        for known in self.history.find_due(self.journal.now, MAX_REVISITS_PER_RUN):
            if not self._filter.rejection(link := ArticleLink(known.url)):
                yield ArticleCandidate(link, VIA_REVISIT, "", planner)

    def find_known(self, planner: int) -> Iterator[ArticleCandidate]:
        """All known articles that are not withdrawn."""
        for known in self.history.find_online():
            if not self._filter.rejection(link := ArticleLink(known.url)):
                yield ArticleCandidate(link, VIA_REVISIT, "", planner)

    def collect_learned(self, planners: Sequence[Planner], *, is_complete: bool) -> dict[str, Any]:
        """What later runs are to know: by start page, which sources led to articles, and whether all were queried to the end.

        After a run that lost a page of a listing, or was stopped, the next one goes through the listings again.
        """
        is_limited = bool(self._arguments.since or self._arguments.max_articles or self._arguments.sources)
        learned = dict(self.history.read_learned())
        for planner in planners:
            key = self._get_search_key(planner.start)
            before = learned.get(key, {})
            names = {progress.source.name for progress in planner.sources.queried if progress.new_count}
            lost_pages = any(omission.kind is OmissionKind.LOST_PAGE for omission in planner.find_omissions())
            listings = dict.fromkeys((*before.get("listings", ()), *planner.exploration.productive_urls))
            learned[key] = {
                "whole": not lost_pages and (is_complete if not is_limited else bool(before.get("whole"))),
                "ways": sorted({*before.get("ways", ()), *names}),
                "listings": list(listings)[:_MAX_LISTINGS_KEPT],
            }
        return learned

    def _get_search_key(self, start: StartPage) -> str:
        """What runs share that search for the same articles: their start page and what they leave out."""
        wire = "wire" if self._arguments.wire else ""
        return " ".join(filter(None, (start.response.request.url, ",".join(sorted(self._filter.languages)), wire)))


def _accepts(crawl_filter: CrawlFilter, outcome: str) -> bool:
    """Whether this run's limits let through a page that an earlier run skipped: "too_old DATE" or "wrong_language TAG"."""
    reason, _, value = outcome.partition(" ")
    if reason == "too_old":
        return not crawl_filter.is_too_old(FoundDate(value, "day", value, 0, len(value)))
    return crawl_filter.has_language(value)
