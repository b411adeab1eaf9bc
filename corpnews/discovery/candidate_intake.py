"""Which of the links that sources list become article candidates of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpnews.discovery.frontier import ArticleCandidate, Frontier
from corpnews.extraction.structured_data.stated_values import MAX_URL_LENGTH
from corpnews.web.urls import article_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from corpnews.discovery.crawl_filter import CrawlFilter
    from corpnews.discovery.policies import FullCrawl
    from corpnews.discovery.scope import Scope
    from corpnews.discovery.source_progress import PlannerActions
    from corpnews.extraction.listing_entry import ArticleLink


class CandidateIntake:
    """Adds the newsroom's articles to the frontier, within the run's limits; `is_listing` tells the URLs of listings."""

    def __init__(
        self,
        scope: Scope,
        frontier: Frontier,
        crawl_filter: CrawlFilter,
        policy: FullCrawl,
        planner: int,
        is_listing: Callable[[str], bool],
    ) -> None:
        self._scope = scope
        self._frontier = frontier
        self._filter = crawl_filter
        self._policy = policy
        self._planner = planner
        self._is_listing = is_listing
        self._skipped: set[str] = set()

    def add(
        self, links: Iterable[ArticleLink], via: str, source_url: str, actions: PlannerActions, *, needs_date: bool = False
    ) -> int:
        """Add the links that are articles of the newsroom; returns how many of them are new.

        Known articles that are not due are not given out again; those that came with their content go into `actions`.
        """
        wanted = [link for link in links if self._is_in_scope(link.url) and not self._skip(link, actions)]
        known = self._policy.lookup(wanted)
        new = 0
        for link in wanted:
            key = article_key(link.url)
            candidate = ArticleCandidate(link, via, source_url, self._planner, needs_date=needs_date)
            is_first = self._frontier.add(candidate)
            new += is_first and self._policy.is_new(is_known=key in known)
            if not known.get(key, True):
                self._frontier.claim(link.url)
            elif link.inline_article and self._frontier.claim(link.url):
                actions.inline_articles.append(candidate)
        return new

    def _is_in_scope(self, url: str) -> bool:
        """Whether the URL is a page or PDF of the newsroom, no longer than servers accept, and is not that of a listing."""
        if len(url) > MAX_URL_LENGTH or self._is_listing(url) or self._scope.is_article_url(url) is False:
            return False
        return self._scope.contains(url) or self._scope.contains_document(url)

    def _skip(self, link: ArticleLink, actions: PlannerActions) -> bool:
        """Whether the link is outside the run's limits; each such article is counted once."""
        reason, key = self._filter.rejection(link), article_key(link.url)
        if reason and key not in self._skipped and not self._frontier.contains(link.url):
            self._skipped.add(key)
            actions.skipped[reason] += 1
        return reason is not None
