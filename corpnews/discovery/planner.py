"""The planner of a run: which sources to query, in which order, and when enough was found."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from corpnews.discovery.adjacent_articles import AdjacentArticles
from corpnews.discovery.completeness.completeness import Completeness
from corpnews.discovery.completeness.omissions import Omission, OmissionKind
from corpnews.discovery.exploration import Exploration
from corpnews.discovery.intake import MAX_FRUITLESS_RESPONSES, PAST_THE_END, Intake, are_oldest_first
from corpnews.discovery.listing_reader import read_listing
from corpnews.discovery.policies import FULL_CRAWL, FullCrawl
from corpnews.discovery.source import (
    LISTING_SOURCE_NAME,
    Listing,
    Source,
    SourceError,
    SourceRequest,
    SourceResponse,
    SourceResult,
    StartPage,
)
from corpnews.discovery.source_progress import PlannerActions, SourceProgress, SourceQueue
from corpnews.discovery.traps import describe_trap
from corpnews.discovery.uncertain_lists import ListSampling
from corpnews.extraction.listing_entry import ArticleLink
from corpnews.web.text import plural
from corpnews.web.url_features import is_home_page_url

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from corpnews.discovery.crawl_filter import CrawlFilter
    from corpnews.discovery.frontier import ArticleCandidate, Frontier
    from corpnews.discovery.uncertain_lists import UncertainList
    from corpnews.page.page import Page

_MIN_LISTED: Final = 3  # by the page that stands for a start page without articles


class Planner:
    """Queries one source after the other, and puts what they list into the frontier.

    Once a source has the newsroom complete, the listing is only sampled, and no further source is queried. The policy tells
    full and incremental crawls and surveys apart. Requests and responses are exchanged with the caller, by the planner's
    `number` where several search one site.
    """

    def __init__(
        self,
        start: StartPage,
        sources: Iterable[Source],
        frontier: Frontier,
        crawl_filter: CrawlFilter,
        policy: FullCrawl = FULL_CRAWL,
        *,
        number: int = 0,
    ) -> None:
        self.start = start
        self.frontier = frontier
        self.crawl_filter = crawl_filter
        self.policy = policy
        self.number = number
        self.sources = SourceQueue(start, sources, trusts_complete_sources=policy.trusts_complete_sources)
        self.completeness = Completeness(start)
        self.intake = Intake(start, frontier, crawl_filter, policy, number)
        self.exploration = Exploration(start, self.intake, self.sources)
        self.adjacent = AdjacentArticles(start.scope, self.sources, self.completeness, self.intake)
        self._sampling = ListSampling()
        self._has_article = False
        self._is_all_refused = False  # none of the listed pages was an article
        self._wanted = crawl_filter.max_articles  # with so many the search pauses; whether they are articles is still to be seen

    @property
    def has_ended(self) -> bool:
        return self.sources.has_ended and not self._sampling.is_waiting

    def begin(self) -> PlannerActions:
        """Take the articles that the start page lists, and query the first source."""
        actions, response, links = PlannerActions(), self.start.response, self.start.listing.articles
        new = self._add_links(LISTING_SOURCE_NAME, response, self.start.listing, links, actions)
        self.intake.record_next(response, self.start.listing.next_requests)
        self.exploration.record_next(response, self.start.listing.next_requests)
        if self.crawl_filter.are_too_old(links):  # start pages list the newest
            self.sources.keep(lambda _: False)
        else:
            self.exploration.add_candidates(response, links, self.start.listing.totals)
        if not links:
            self.sources.query_feeds_later()
        self._sample(self.start.listing.uncertain_lists, response, actions)
        self.sources.keep(lambda source: self.policy.may_query(source, knows_start_page=bool(links) and not new))
        if self.policy.productive_listings:
            requests = [SourceRequest(url, LISTING_SOURCE_NAME) for url in self.policy.productive_listings]
            self.completeness.record_next(response, requests)
            self.intake.add_requests(self.sources.listing, requests, MAX_FRUITLESS_RESPONSES - 1)
        return self._advance(actions)

    def receive(self, response: SourceResponse) -> PlannerActions:
        progress, actions = self.sources.find(response.request), PlannerActions()
        progress.open_count -= 1
        progress.response_count += 1
        self._parse(progress, response, actions)
        return self._advance(actions)

    def receive_failure(self, request: SourceRequest, reason: str, status: int | None = None) -> PlannerActions:
        """Take note that a request failed, with the HTTP `status` if there was one."""
        progress, actions = self.sources.find(request), PlannerActions()
        progress.open_count -= 1
        self._record_failure(progress, request, reason, actions, is_past_end=status in PAST_THE_END)
        return self._advance(actions)

    def follow_as_listing(self, response: SourceResponse) -> PlannerActions:
        """Take a detail page that turned out to be a listing page."""
        actions = PlannerActions()
        self.intake.record_listing(response.request)
        self._parse(self.sources.listing, response, actions)
        return self._advance(actions)

    def record_article_page(self, page: Page) -> None:
        """Take note of the articles and the newsroom to which the page of an article leads."""
        self.adjacent.record(page)
        self.exploration.add_newsroom(page)

    def record_article(self, candidate: ArticleCandidate) -> PlannerActions:
        """Take note that the page of a candidate is an article: if it was a sample, its list may be one of articles."""
        actions = PlannerActions()
        self._has_article, self._is_all_refused = True, False
        if proven := self._sampling.record_article(candidate.link.url):
            self.start.list_places.update(proven.places)
            self._sampling.is_waiting = False
            for page in self._sampling.take_unread():
                if page is self.start.response:
                    self.start = replace(self.start, listing=read_listing(page.page, self.start.scope, self.start.list_places))
                self._parse(self.sources.find(page.request), page, actions, is_proven=True)
        return self._advance(actions)

    def find_omissions(self) -> Iterator[Omission]:
        """Yield what the search did not get: lost pages, traps, listings and releases that are missing."""
        yield from self.completeness.find_omissions(is_whole=self.intake.is_unlimited)
        if self.intake.is_budget_spent:
            yield Omission(OmissionKind.TRAP, *describe_trap(self.completeness.urls))
        yield from self.exploration.find_omissions() if self.policy.explores else ()

    def resume(self, *, is_too_deep: bool = False) -> PlannerActions:
        """Continue when nothing is under way: with sources that waited for the found articles to be read.

        Requests without a response are given up: they left the site, or reached Scrapy's limit of depth (`is_too_deep`).
        """
        self._sampling.is_waiting = False
        if self._wanted is not None and self.crawl_filter.max_articles is not None:
            self._wanted = len(self.frontier) + self.crawl_filter.max_articles
        if self.sources.give_up():
            self.intake.is_budget_spent = self.intake.is_budget_spent or is_too_deep
        return self._advance(PlannerActions())

    def fall_back(self) -> PlannerActions:
        """Take the articles of lists next to the newsroom's own, and query the last resorts, if no listed page was an article."""
        actions = PlannerActions()
        has_links = len(self.frontier) or self.start.listing.other_articles
        if has_links and self.policy.explores and not self._has_article:
            self._is_all_refused = not self.policy.lookup(self.start.listing.articles)
        if not self._is_all_refused:
            return actions
        others = self.start.listing.other_articles
        self.start = replace(self.start, listing=Listing())
        self.intake.add_articles(others, LISTING_SOURCE_NAME, self.start.response.url, actions, needs_date=True)
        self.sources.await_last_resorts()
        for progress in self.sources.queried:
            if request := progress.failed_request:
                self.intake.add_requests(progress, list(progress.source.fallback_requests(request, self.start)))
        return self._advance(actions)

    def _parse(
        self, progress: SourceProgress, response: SourceResponse, actions: PlannerActions, *, is_proven: bool = False
    ) -> None:
        """Have the source parse a response, take the articles, and queue what follows while there is anything new.

        The articles of a list that `is_proven` by samples were new, although the samples are known by now.
        """
        try:
            result = progress.source.parse(response, self.start)
        except SourceError as error:
            self._record_failure(progress, response.request, str(error), actions)
            return
        is_listing = progress.source.name == LISTING_SOURCE_NAME
        others = [link for link in result.other_articles if self.start.scope.url_pattern(link.url) in self.start.shared_sections]
        self.intake.add_articles(others, LISTING_SOURCE_NAME, response.url, actions, needs_date=True)
        links = self.exploration.select_articles(response, result.articles) if is_listing else result.articles
        self._sample(() if self.start.is_off_topic(response.url) else result.uncertain_lists, response, actions)
        new = self._add_links(progress.source.name, response, result, links, actions) or int(is_proven and bool(links))
        self.completeness.record_next(response, result.next_requests)
        self.intake.record_next(response, result.next_requests)
        self.exploration.record_next(response, result.next_requests)
        if is_listing:
            self._record_listing(response, result, links, new, actions)
        progress.record(links, new)
        if new:
            self.intake.add_requests(progress, progress.deferred)
        fruitless = 0 if new else self.intake.count_fruitless(response, links, is_sample=self.sources.is_complete)
        is_last = self.exploration.is_copy(response) or self.crawl_filter.are_too_old(links)
        if fruitless < MAX_FRUITLESS_RESPONSES and not is_last:
            self.intake.add_requests(progress, result.next_requests, fruitless)

    def _record_failure(
        self, progress: SourceProgress, request: SourceRequest, reason: str, actions: PlannerActions, *, is_past_end: bool = False
    ) -> None:
        """Take note that a request brought nothing that its source can read; the source may have a fallback."""
        actions.outcomes[request.url] = reason
        fallbacks = list(progress.source.fallback_requests(request, self.start))
        if not fallbacks:
            if not (progress.link_count and is_past_end):
                progress.failure, progress.failed_request = reason, request
            self.completeness.record_failure(request, reason, is_past_end=is_past_end)
        self.intake.add_requests(progress, fallbacks)

    def _add_links(
        self, source: str, response: SourceResponse, result: SourceResult, links: Sequence[ArticleLink], actions: PlannerActions
    ) -> int:
        """Take the `links` of a source's result, and what that says of their number; returns how many of them are new."""
        actions.outcomes[response.request.url] = plural(len(links), "article link")
        new = self.intake.add_articles(links, source, response.url, actions)
        self._wanted = None if are_oldest_first(links) else self._wanted  # the newest ones come last
        known, is_partial = len(self.policy.lookup(links)), len(links) < len(result.articles)
        self.completeness.record(response, links, result.totals, known=known, is_partial=is_partial)
        return new

    def _record_listing(
        self, response: SourceResponse, result: SourceResult, links: Sequence[ArticleLink], new: int, actions: PlannerActions
    ) -> None:
        """Have exploration learn from a listing page, which may turn out to be an article or to stand for the start page."""
        article = self.exploration.find_article(response) if response.is_html else None
        if article or not new:
            self.intake.record_fruitless(response.request)
        if article:
            link = ArticleLink(article.url)
            self.intake.add_articles([link], LISTING_SOURCE_NAME, article.page_url, actions, needs_date=True)
        if response.is_html and (new or not article) and not self.crawl_filter.are_too_old(links):
            self.exploration.record(response, links, new, result.totals)
        if len(links) >= _MIN_LISTED and not self.start.listing.articles and not is_home_page_url(response.url):
            self.start = replace(self.start, listing=Listing(tuple(links)))  # it stands for the start page, which lists nothing

    def _sample(self, lists: Iterable[UncertainList], response: SourceResponse, actions: PlannerActions) -> None:
        """Have some pages of uncertain lists fetched, to see whether they are articles."""
        source = response.request.source
        listed = len(self.start.listing.articles) + self.sources.count_links(source if source == LISTING_SOURCE_NAME else None)
        samples = self._sampling.add(lists, response, self.frontier, listed=0 if self._is_all_refused else listed)
        self.intake.add_articles(samples, source, response.url, actions, needs_date=True)

    def _advance(self, actions: PlannerActions) -> PlannerActions:
        """Make the next requests of the open sources; when all have ended, query the next source."""
        while self._wanted is None or len(self.frontier) < self._wanted:
            for progress in self.sources.queried:
                self._make_requests(progress, actions)
            if self.sources.open or self._sampling.is_waiting:
                break
            if not self._explore() and not self._query_next_source():
                break
        return actions

    @property
    def _has_articles(self) -> bool:
        """Whether pages were listed that may be articles."""
        return len(self.frontier) > 0 and not self._is_all_refused

    def _explore(self) -> bool:
        """Request the likeliest listing candidate, once the listing itself was queried; returns False if there is none."""
        is_enough = self.intake.is_budget_spent or self.exploration.request_count >= self.policy.max_explored
        if self.sources.awaits_listing or is_enough or not self.policy.explores or self.sources.is_complete:
            return False
        request = self.exploration.next_request(has_articles=self._has_articles)
        if request is not None:
            self.intake.add_requests(self.sources.listing, [request], MAX_FRUITLESS_RESPONSES - 1, explores=True)
        return request is not None

    def _make_requests(self, progress: SourceProgress, actions: PlannerActions) -> None:
        for request in progress.take_pending():
            if self.intake.is_for_start_page(request):
                self._parse(progress, self.start.response.for_request(request), actions)
            else:
                progress.open_count += 1
                actions.requests.append(request)

    def _query_next_source(self) -> bool:
        """Query the next source that is needed; returns False if there is none."""
        self.sources.log_ended()
        is_sample = self.sources.is_complete
        progress = self.sources.next_needed(has_articles=self._has_articles)
        if progress is None:
            return False
        self.completeness.record_next(self.start.response, (*progress.initial_requests, *progress.deferred))
        self.intake.add_requests(progress, progress.initial_requests, MAX_FRUITLESS_RESPONSES - 1 if is_sample else 0)
        return True
