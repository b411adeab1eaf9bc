"""The planner of a run: which sources to query, in which order, and when enough was found."""

from __future__ import annotations

import logging
from collections import deque
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from corpnews.discovery.candidate_intake import CandidateIntake
from corpnews.discovery.completeness import Completeness, Omission, OmissionKind
from corpnews.discovery.exploration import Exploration
from corpnews.discovery.policies import FULL_CRAWL, FullCrawl
from corpnews.discovery.source import LISTING_SOURCE_NAME, Source, SourceError, SourceRequest, SourceResponse, StartPage
from corpnews.discovery.source_progress import PlannerActions, SourceProgress
from corpnews.discovery.sources.listing_source import ListingSource
from corpnews.discovery.traps import SessionCopies, describe_trap
from corpnews.discovery.uncertain_lists import ListSampling
from corpnews.extraction.structured_data.stated_values import MAX_URL_LENGTH
from corpnews.web.languages import get_edition_language
from corpnews.web.text import plural
from corpnews.web.urls import article_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from corpnews.discovery.crawl_filter import CrawlFilter
    from corpnews.discovery.frontier import ArticleCandidate, Frontier
    from corpnews.discovery.uncertain_lists import UncertainList
    from corpnews.extraction.listing_entry import ArticleLink

# A chain of requests ends after this many responses in a row that list nothing new.
_MAX_FRUITLESS_RESPONSES: Final = 3
_MAX_REQUESTS: Final = 3000
_MAX_OPEN_REQUESTS_PER_SOURCE: Final = 4
# With so many articles, what a newsroom's lists look like is known.
_FEW_ARTICLES: Final = 3
# Statuses of the page after the last one.
_PAST_THE_END: Final = frozenset(
    (HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND, HTTPStatus.GONE, HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
)

logger = logging.getLogger(__name__)


class Planner:
    """Queries one source after the other, the cheapest and most complete first, and puts what they list into the frontier.

    The start page's own links are the evidence: an exhaustive source of a vendor that lists them all has the newsroom
    complete; the listing is then only sampled, and no further source is queried. The policy tells full and incremental crawls
    and surveys apart. Requests and responses are exchanged with the caller, by the planner's `number` where several search
    one site.
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
        max_requests: int = _MAX_REQUESTS,
    ) -> None:
        self.start = start
        self.frontier = frontier
        self.crawl_filter = crawl_filter
        self.policy = policy
        self.number = number
        self._max_requests = max_requests
        self.source_progress: list[SourceProgress] = []  # of the sources that are or were queried, in order
        keys = {start.response.request.key, article_key(start.response.url)}
        self._requested = dict.fromkeys(keys, 0)  # by key: how many responses in a row before it listed nothing new
        self._intake = CandidateIntake(start.scope, frontier, crawl_filter, policy, number, self._requested)
        self.exploration = Exploration(start)
        self._sampling = ListSampling()
        self.completeness = Completeness(start)
        self._session_copies = SessionCopies()
        self._is_budget_spent = False
        self._wanted = crawl_filter.max_articles  # with so many the search pauses; whether they are articles is still to be seen
        listed = {article_key(link.url) for link in start.listing.articles}
        requests = ((source, list(source.initial_requests(start))) for source in sources)
        self._waiting = deque(SourceProgress(source, initial, set(listed)) for source, initial in requests if initial)

    @property
    def awaits_inline_articles(self) -> bool:
        """Whether a source that delivers the articles' content has not ended: detail pages should wait for it."""
        return any(progress.source.has_full_text for progress in (*self._open_sources(), *self._waiting))

    @property
    def is_unlimited(self) -> bool:
        """Whether the search goes to the end of all listings."""
        return self.policy.explores and not self.crawl_filter.is_limited

    @property
    def has_ended(self) -> bool:
        return not self._waiting and not self._open_sources()

    def begin(self) -> PlannerActions:
        """Take the articles that the start page lists, and query the first source."""
        actions, response, links = PlannerActions(), self.start.response, self.start.listing.articles
        actions.outcomes[response.request.url] = _describe_links(links)
        new = self._intake.add(links, LISTING_SOURCE_NAME, response.url, actions)
        self._session_copies.contains_all(links)
        self._wanted = None if _are_oldest_first(links) else self._wanted
        self.completeness.record(response, links, known=len(self.policy.lookup(links)))
        if self._are_too_old(links):  # start pages list the newest
            self._waiting.clear()
        else:
            self.exploration.add_candidates(response, links)
        self._sample(self.start.listing.uncertain_lists, response, actions)
        is_known = bool(links) and not new
        self._waiting = deque(each for each in self._waiting if self.policy.may_query(each.source, knows_start_page=is_known))
        if self.policy.productive_listings:
            requests = [SourceRequest(url, LISTING_SOURCE_NAME) for url in self.policy.productive_listings]
            self.completeness.record_next(response, requests)
            self._queue(self._get_listing_progress(), requests, _MAX_FRUITLESS_RESPONSES - 1)
        return self._advance(actions)

    def receive(self, response: SourceResponse) -> PlannerActions:
        """Take the response to a request."""
        progress, actions = self._find_progress(response.request), PlannerActions()
        progress.open_count -= 1
        progress.response_count += 1
        self._parse(progress, response, actions)
        return self._advance(actions)

    def receive_failure(self, request: SourceRequest, reason: str, status: int | None = None) -> PlannerActions:
        """Take note that a request failed, with the HTTP `status` if there was one; its source may have a fallback."""
        progress, actions = self._find_progress(request), PlannerActions(outcomes={request.url: reason})
        progress.open_count -= 1
        fallbacks = list(progress.source.fallback_requests(request, self.start))
        if not fallbacks and not (progress.link_count and status in _PAST_THE_END):
            progress.failure = reason
        if not fallbacks:
            self.completeness.record_failure(request, reason, is_past_end=status in _PAST_THE_END)
        self._queue(progress, fallbacks, 0)
        return self._advance(actions)

    def follow_as_listing(self, response: SourceResponse) -> PlannerActions:
        """Take a detail page that turned out to be a listing page."""
        actions = PlannerActions()
        self._parse(self._get_listing_progress(), response, actions)
        return self._advance(actions)

    def record_article(self, candidate: ArticleCandidate) -> PlannerActions:
        """Take note that the page of a candidate that needed a date is an article: its list may be one of articles."""
        actions = PlannerActions()
        if proven := self._sampling.record_article(candidate.link.url):
            place, pages = proven
            self.start.list_places.add(place)
            for page in pages:
                self._parse(self._get_listing_progress(), page, actions)
        return self._advance(actions)

    def find_omissions(self) -> list[Omission]:
        """Return what the search did not get: lost pages, traps, listings and releases that are missing."""
        omissions = [*self.completeness.find_omissions(is_whole=self.is_unlimited)]
        if self._is_budget_spent:
            omissions.append(Omission(OmissionKind.TRAP, *describe_trap(self.completeness.urls)))
        fruitless = self.exploration.describe_fruitless()
        omissions += [Omission(OmissionKind.NOT_FOLLOWED, *described, is_minor=True) for described in fruitless]
        left_out = self.find_likely_listings() if self.policy.explores and self.exploration.is_budget_spent else []
        return [*omissions, *(Omission(OmissionKind.NOT_FOLLOWED, url, "") for url in left_out)]

    def find_likely_listings(self) -> list[str]:
        """Return the likely listings that were not requested, the likeliest first."""
        return self.exploration.find_likely_listings(self._may_explore)

    def has_requested(self, url: str) -> bool:
        """Whether the page at `url` was requested as a listing."""
        return article_key(url) in self._requested

    def resume(self, *, is_too_deep: bool = False) -> PlannerActions:
        """Continue when nothing is under way: with sources that waited for the found articles to be read.

        Requests without a response are given up: a redirect may have led off the site, or the limit of Scrapy's depth was
        reached (`is_too_deep`).
        """
        if self._wanted is not None and self.crawl_filter.max_articles is not None:
            self._wanted = len(self.frontier) + self.crawl_filter.max_articles
        for progress in self._open_sources():
            if progress.open_count:
                progress.open_count = 0
                self._is_budget_spent = self._is_budget_spent or is_too_deep
                progress.failure = progress.failure or "no response"
        return self._advance(PlannerActions())

    def _open_sources(self) -> list[SourceProgress]:
        return [progress for progress in self.source_progress if not progress.has_ended]

    def _get_listing_progress(self) -> SourceProgress:
        progress = next((each for each in self.source_progress if each.source.name == LISTING_SOURCE_NAME), None)
        if progress is None:
            progress = SourceProgress(ListingSource(), [], set())
            self.source_progress.append(progress)
        return progress

    def _find_progress(self, request: SourceRequest) -> SourceProgress:
        return next(each for each in reversed(self.source_progress) if each.source.name == request.source)

    def _parse(self, progress: SourceProgress, response: SourceResponse, actions: PlannerActions) -> None:
        """Have the source parse a response, take the articles, and queue what follows while there is anything new."""
        try:
            result = progress.source.parse(response, self.start)
        except SourceError as error:
            progress.failure = actions.outcomes[response.request.url] = str(error)
            self.completeness.record_failure(response.request, str(error))
            return
        links, is_listing = result.articles, progress.source.name == LISTING_SOURCE_NAME
        if is_listing:
            links = self.exploration.select_articles(response, links)
            if self._session_copies.contains_all(links):
                logger.info("<%s> lists known articles under URLs with other queries, such as session ids", response.request.url)
                links = ()
        self._sample(result.uncertain_lists, response, actions)
        actions.outcomes[response.request.url] = _describe_links(links)
        new = self._intake.add(links, progress.source.name, response.url, actions)
        self._wanted = None if _are_oldest_first(links) else self._wanted  # the newest ones come last
        is_partial = len(links) < len(result.articles)
        self.completeness.record(response, links, known=len(self.policy.lookup(links)), is_partial=is_partial)
        self.completeness.record_next(response, result.next_requests)
        if is_listing and response.is_html and not self._are_too_old(links):
            self.exploration.record(response, links, new)
        progress.link_count += len(links)
        progress.new_count += new
        progress.unconfirmed_keys -= {article_key(link.url) for link in links}
        if new and progress.deferred:
            self._queue(progress, progress.deferred, 0)
            progress.deferred = ()
        fruitless = 0 if new else self._count_fruitless(progress, response, links)
        if fruitless < _MAX_FRUITLESS_RESPONSES and not self._are_too_old(links):
            self._queue(progress, result.next_requests, fruitless)

    def _sample(self, lists: Iterable[UncertainList], response: SourceResponse, actions: PlannerActions) -> None:
        """Have some pages of uncertain lists fetched, to see whether they are articles, while hardly any were found."""
        if len(self.start.listing.articles) + sum(each.link_count for each in self.source_progress) >= _FEW_ARTICLES:
            return
        for each in lists:
            samples = self._sampling.add(each, response)
            self._intake.add(samples, LISTING_SOURCE_NAME, response.url, actions, needs_date=True)

    def _count_fruitless(self, progress: SourceProgress, response: SourceResponse, links: Sequence[ArticleLink]) -> int:
        """Count the responses in a row that list nothing new, up to this one; indexes without articles do not count."""
        before = self._requested.get(response.request.key, 0)
        if self.policy.ends_with_known(lists_articles=bool(links)):
            return _MAX_FRUITLESS_RESPONSES
        return before + 1 if links or progress.source.name == LISTING_SOURCE_NAME else before

    def _are_too_old(self, links: Iterable[ArticleLink]) -> bool:
        """Whether all dated links are older than the run wants, and so what follows them."""
        dates = [link.date for link in links if link.date]
        return bool(dates) and all(map(self.crawl_filter.is_too_old, dates))

    def _queue(
        self, progress: SourceProgress, requests: Iterable[SourceRequest], fruitless: int, *, explores: bool = False
    ) -> None:
        """Queue the requests that were not made before; those that explore are none of the requests that a source may make."""
        limit = None if explores else self.policy.max_requests_per_source
        for request in requests:
            key = f"{request.source} on the start page" if self._is_start_page(request) else request.key
            if key in self._requested or not self._may_request(request, progress.source):
                continue
            if len(self._requested) >= self._max_requests:
                self._is_budget_spent = True
                break
            if limit is not None and progress.request_count + len(progress.pending) >= limit:
                break
            self._requested[key] = fruitless
            progress.pending.append(request)

    def _may_request(self, request: SourceRequest, source: Source) -> bool:
        """Whether the request stays on the company's or the vendor's site and in the wanted languages, and is for no article."""
        scope, url, is_listing = self.start.scope, request.url, request.source == LISTING_SOURCE_NAME
        if len(url) > MAX_URL_LENGTH:
            return False
        in_scope = scope.contains(url) if is_listing else scope.is_on_company_site(url) or source.keeps_data_at(url)
        is_article = is_listing and self.frontier.contains(url)
        return in_scope and not is_article and self.crawl_filter.has_language(get_edition_language(url))

    def _advance(self, actions: PlannerActions) -> PlannerActions:
        """Make the next requests of the open sources; when all have ended, query the next source."""
        while self._wanted is None or len(self.frontier) < self._wanted:
            for progress in self.source_progress:
                self._make_requests(progress, actions)
            if self._open_sources():
                break
            if self._explore():
                continue
            if not self._query_next_source():
                break
        return actions

    def _explore(self) -> bool:
        """Request the likeliest listing candidate, once the listing itself was queried; returns False if there is none."""
        is_listing_next = any(each.source.name == LISTING_SOURCE_NAME for each in self._waiting)
        most = self.policy.max_explored
        is_enough = self._is_budget_spent or (most is not None and self.exploration.request_count >= most)
        if is_listing_next or is_enough or not self.policy.explores or self._is_complete:
            return False
        url = self.exploration.next_url(self._may_explore, has_articles=len(self.frontier) > 0)
        if url is None:
            return False
        request = SourceRequest(url, LISTING_SOURCE_NAME)
        self._queue(self._get_listing_progress(), [request], _MAX_FRUITLESS_RESPONSES - 1, explores=True)
        return True

    def _may_explore(self, url: str) -> bool:
        request = SourceRequest(url, LISTING_SOURCE_NAME)
        return request.key not in self._requested and self._may_request(request, self._get_listing_progress().source)

    def _make_requests(self, progress: SourceProgress, actions: PlannerActions) -> None:
        while progress.pending and progress.open_count < _MAX_OPEN_REQUESTS_PER_SOURCE:
            request = progress.pending.popleft()
            progress.request_count += 1
            if self._is_start_page(request):
                self._parse(progress, self.start.response.for_request(request), actions)
            else:
                progress.open_count += 1
                actions.requests.append(request)

    def _is_start_page(self, request: SourceRequest) -> bool:
        """Whether the request is for the start page, which was fetched already."""
        return request.url == self.start.response.url and request.body is None and not request.needs_browser

    def _query_next_source(self) -> bool:
        """Begin to query the next source that is needed; returns False if there is none."""
        for progress in self.source_progress:
            if not progress.is_logged:
                progress.is_logged = True
                logger.info("Source %s", progress)
        while self._waiting:
            progress = self._waiting.popleft()
            if self._is_needed(progress.source):
                self._query(progress)
                return True
        return False

    def _is_needed(self, source: Source) -> bool:
        if source.is_last_resort:
            return not len(self.frontier)
        return source.name == LISTING_SOURCE_NAME or not self._is_complete

    @property
    def _is_complete(self) -> bool:
        """Whether a source has the whole newsroom, and no source after it listed anything else."""
        if not self.policy.trusts_complete_sources:
            return False
        complete = next((at for at, progress in enumerate(self.source_progress) if progress.is_complete), None)
        return complete is not None and not any(progress.new_count for progress in self.source_progress[complete + 1 :])

    def _query(self, progress: SourceProgress) -> None:
        """Queue a source's initial requests; of a complete newsroom the first and the last, the others if these list more."""
        is_sample, initial = self._is_complete, progress.initial_requests
        if is_sample and len(initial) > 1:
            initial, progress.deferred = [initial[0], initial[-1]], tuple(initial[1:-1])
        self.source_progress.append(progress)
        self.completeness.record_next(self.start.response, progress.initial_requests)
        self._queue(progress, initial, _MAX_FRUITLESS_RESPONSES - 1 if is_sample else 0)


def _describe_links(links: Sequence[ArticleLink]) -> str:
    return plural(len(links), "article link")


def _are_oldest_first(links: Sequence[ArticleLink]) -> bool:
    """Whether dated links begin with the oldest one."""
    days = [link.date.day for link in links if link.date]
    return len(days) > 1 and days[0] < days[-1] and days == sorted(days)
