"""What a search takes of what its sources list: the requests that are made, and the links that become article candidates."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from math import inf
from typing import TYPE_CHECKING, Final

from corpnews.discovery.frontier import ArticleCandidate, Frontier
from corpnews.discovery.source import LISTING_SOURCE_NAME
from corpnews.extraction.structured_data.stated_values import MAX_URL_LENGTH
from corpnews.web.languages import get_edition_language
from corpnews.web.urls import article_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from corpnews.discovery.crawl_filter import CrawlFilter
    from corpnews.discovery.policies import FullCrawl
    from corpnews.discovery.source import Source, SourceRequest, SourceResponse, StartPage
    from corpnews.discovery.source_progress import PlannerActions, SourceProgress
    from corpnews.extraction.listing_entry import ArticleLink

# A chain of requests ends after this many responses in a row that list nothing new.
MAX_FRUITLESS_RESPONSES: Final = 3
# Statuses of the page after the last one.
PAST_THE_END: Final = frozenset(
    (HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND, HTTPStatus.GONE, HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
)


def are_oldest_first(links: Sequence[ArticleLink]) -> bool:
    """Whether dated links begin with the oldest one."""
    days = [link.date.day for link in links if link.date]
    return len(days) > 1 and days[0] < days[-1] and days == sorted(days)


class Intake:
    """Takes requests and articles, each once, within the scope and the limits of a run.

    `requested` has the key of each request, with the number of responses in a row before it that listed nothing new. The budget
    is spent if a request was left out because as many as the policy allows for had been queued. `refused` are the keys of
    articles that are not the newsroom's, whatever lists them.
    """

    def __init__(self, start: StartPage, frontier: Frontier, crawl_filter: CrawlFilter, policy: FullCrawl, planner: int) -> None:
        self.requested = dict.fromkeys((start.response.request.key, article_key(start.response.url)), 0)
        self.is_budget_spent = False
        self.refused: set[str] = set()
        self._start = start
        self.frontier = frontier
        self._filter = crawl_filter
        self._policy = policy
        self._planner = planner
        self._fruitless: set[str] = set()  # the keys of the requested pages that list nothing new: they may be articles
        self._listings: set[str] = set()  # the keys of article candidates that turned out to be listings
        self._skipped: set[str] = set()
        self._listings_of: dict[str, str] = {}  # the first listing page of each article's key
        self._continued: set[str] = set()  # listing pages that lead to further ones

    @property
    def is_unlimited(self) -> bool:
        """Whether the run goes to the end of all listings."""
        return self._policy.explores and not self._filter.is_limited

    def add_requests(
        self, progress: SourceProgress, requests: Iterable[SourceRequest], fruitless: int = 0, *, explores: bool = False
    ) -> None:
        """Queue the requests that were not made before; those that explore are none of the requests that a source may make."""
        limit = inf if explores else self._policy.max_requests_per_source
        for request in requests:
            key = f"{request.source} on the start page" if self.is_for_start_page(request) else request.key
            if key in self.requested or not self._is_wanted(request, progress.source):
                continue
            if len(self.requested) >= self._policy.max_requests:
                self.is_budget_spent = True
                break
            if progress.request_count + len(progress.pending) >= limit:
                break
            self.requested[key] = fruitless
            base_url = self._start.declared_base_url
            progress.pending.append(replace(request, base_url=base_url) if base_url else request)

    def has_requested(self, url: str) -> bool:
        """Whether the page at `url` was requested as a listing, and has not turned out to list nothing new."""
        key = article_key(url)
        return key in self.requested and key not in self._fruitless

    def record_fruitless(self, request: SourceRequest) -> None:
        self._fruitless.add(article_key(request.url))

    def record_listing(self, request: SourceRequest) -> None:
        """Record that the page of an article candidate is a listing, which other requests may turn the pages of."""
        self._listings.add(article_key(request.url))

    def may_explore(self, url: str) -> bool:
        """Whether the page at `url` may be requested as a listing, and was not."""
        return article_key(url) not in self.requested and self._is_wanted_listing(url)

    def is_for_start_page(self, request: SourceRequest) -> bool:
        """Whether the request is for the start page, which was fetched already."""
        return request.url == self._start.response.url and request.body is None and not request.needs_browser

    def record_next(self, response: SourceResponse, requests: Sequence[SourceRequest]) -> None:
        """Record that a page leads to further ones of its list."""
        if requests:
            self._continued.add(response.url)

    def count_fruitless(self, response: SourceResponse, links: Sequence[ArticleLink], *, is_sample: bool) -> int:
        """Count the responses in a row that list nothing new, up to this one.

        Indexes without articles do not count, nor do listing pages that are the first to list some of their `links`, which come
        from a feed or a sitemap, or that continue what another page begins; unless the listing is only a sample.
        """
        before = self.requested.get(response.request.key, 0)
        if self._policy.is_incremental and links:
            return MAX_FRUITLESS_RESPONSES
        if not links:
            return before + (response.request.source == LISTING_SOURCE_NAME)
        listings = {self._listings_of.get(article_key(link.url), "") for link in links}
        is_needed = response.url in listings
        if self._continues(response.url, listings, len(links)):
            self._continued |= listings
            is_needed = True
        return before if is_needed and not is_sample else before + 1

    def _continues(self, url: str, listings: set[str], count: int) -> bool:
        """Whether a page with further ones lists all articles of a page without, as the newest begin the list of their year."""
        if url not in self._continued or len(listings) != 1 or not listings.isdisjoint(self._continued):
            return False
        return sum(each in listings for each in self._listings_of.values()) <= count

    def _is_wanted(self, request: SourceRequest, source: Source) -> bool:
        """Whether the request stays on the company's or the vendor's site and in the wanted languages, and is for no article."""
        if request.source == LISTING_SOURCE_NAME:
            return self._is_wanted_listing(request.url)
        is_in_scope = self._start.scope.is_on_company_site(request.url) or source.keeps_data_at(request.url)
        return is_in_scope and self._is_wanted_url(request.url)

    def _is_wanted_listing(self, url: str) -> bool:
        may_be_listing = article_key(url) in self._listings or not self.frontier.contains(url)
        return self._start.scope.may_list(url) and may_be_listing and self._is_wanted_url(url)

    def _is_wanted_url(self, url: str) -> bool:
        return len(url) <= MAX_URL_LENGTH and self._filter.has_language(get_edition_language(url))

    def add_articles(
        self, links: Iterable[ArticleLink], via: str, source_url: str, actions: PlannerActions, *, needs_date: bool = False
    ) -> int:
        """Add the links that are articles of the newsroom; returns how many of them are new.

        Known articles that are not due are not given out again; those that came with their content go into `actions`.
        """
        is_listed = via == LISTING_SOURCE_NAME
        wanted = [link for link in links if self._is_in_scope(link.url, is_listed=is_listed) and not self._skip(link, actions)]
        known = self._policy.lookup(wanted)
        new = 0
        for link in wanted:
            key = article_key(link.url)
            candidate = ArticleCandidate(link, via, source_url, self._planner, needs_date=needs_date)
            if is_listed:
                self._listings_of.setdefault(key, source_url)
            is_first = self.frontier.add(candidate)
            new += is_first and not (self._policy.is_incremental and key in known)
            if not known.get(key, True):
                self.frontier.claim(link.url)
            elif link.inline_article and self.frontier.claim(link.url):
                actions.inline_articles.append(candidate)
        return new

    def _is_in_scope(self, url: str, *, is_listed: bool) -> bool:
        """Whether the URL is a page or PDF of the newsroom, no longer than servers accept, and is not that of a listing.

        What its listings list may be on other hosts of the company.
        """
        is_refused = article_key(url) in self.refused or self._start.scope.is_article_url(url) is False
        if len(url) > MAX_URL_LENGTH or self.has_requested(url) or is_refused:
            return False
        is_page = self._start.scope.contains_entry(url) if is_listed else self._start.scope.contains(url)
        return is_page or self._start.scope.contains_document(url)

    def _skip(self, link: ArticleLink, actions: PlannerActions) -> bool:
        """Whether the link is outside the run's limits; each such article is counted once."""
        reason, key = self._filter.rejection(link), article_key(link.url)
        if reason and key not in self._skipped and not self.frontier.contains(link.url):
            self._skipped.add(key)
            actions.skipped[reason] += 1
        return reason is not None
