"""The plan of a run: which ways of discovery to go, in which order, and when enough was found."""

from __future__ import annotations

import logging
from collections import deque
from typing import TYPE_CHECKING, Final

from corpnews.discovery.frontier import ArticleCandidate
from corpnews.discovery.policies import NO_PRIOR_RUNS
from corpnews.discovery.source_progress import PlannerActions, SourceProgress
from corpnews.discovery.source_requests import SourceError
from corpnews.discovery.sources.listing_source import ListingSource
from corpnews.web.languages import get_edition_language
from corpnews.web.urls import article_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from corpnews.discovery.crawl_filter import CrawlFilter
    from corpnews.discovery.frontier import Frontier
    from corpnews.discovery.listing import ArticleLink
    from corpnews.discovery.policies import PriorRuns
    from corpnews.discovery.source import Source, StartPage
    from corpnews.discovery.source_requests import SourceRequest, SourceResponse

# A chain of answers ends after so many in a row without an article that the run has not found before.
_MAX_FRUITLESS_RESPONSES: Final = 3
_MAX_REQUESTS_PER_PLANNER: Final = 3000
# So many requests of one way are under way at a time.
_MAX_OPEN_REQUESTS_PER_SOURCE: Final = 4
# So many requests does a plan make of each way that it only surveys.
_MAX_SURVEY_REQUESTS_PER_SOURCE: Final = 4

logger = logging.getLogger(__name__)


class Planner:
    """Goes one way after the other, the cheapest and fullest first, and ends when they add nothing.

    What the ways find stands in the frontier. The first page's own links are the evidence: a way that leads to the whole past
    and names them all has the newsroom complete; the listing is then only sampled, and no further way is gone. A plan that
    `surveys` goes each way a little instead. After a run that had the newsroom whole, only the ways that led to articles are
    gone, each until it names nothing but what is known.
    """

    def __init__(
        self,
        start: StartPage,
        ways: Iterable[Source],
        frontier: Frontier,
        limits: CrawlFilter,
        earlier: PriorRuns = NO_PRIOR_RUNS,
        *,
        number: int = 0,
        surveys: bool = False,
    ) -> None:
        self.start = start
        self.frontier = frontier
        self.crawl_filter = limits
        self.prior_runs = earlier
        self.number = number
        self.surveys = surveys
        self.source_progress: list[SourceProgress] = []
        asked = {_get_request_key(start.response.request), article_key(start.response.url)}
        self._barren = dict.fromkeys(asked, 0)  # what was asked for: answers in a row before it that added nothing
        self._refused: set[str] = set()
        self._holds = False  # as many articles were found as are wanted: it is to be seen whether they are some
        openings = ((way, list(way.initial_requests(start))) for way in ways)
        self._to_go = deque(SourceProgress(way, asks, _get_listed_keys(start)) for way, asks in openings if asks)

    @property
    def awaits_inline_articles(self) -> bool:
        """Whether a way that brings the articles' text along has not ended, so that detail pages had better wait."""
        return any(progress.source.has_full_text for progress in (*self._open(), *self._to_go))

    @property
    def has_ended(self) -> bool:
        return not self._to_go and not self._open()

    def begin(self) -> PlannerActions:
        """Take in what the first page lists, and begin the first way."""
        step, answer, links = PlannerActions(), self.start.response, self.start.listing.articles
        step.outcomes[answer.request.url] = _describe_links(links)
        added = self._add(links, ListingSource.name, answer.url, step)
        if self._is_past(links):  # first pages list the newest
            self._to_go.clear()
        if self.prior_runs.is_complete:
            self._to_go = deque(each for each in self._to_go if self._may_bring_news(each.source))
            if links and not added:
                self._to_go = deque(each for each in self._to_go if _lists_newest_first(each.source))
        return self._go_on(step)

    def _may_bring_news(self, way: Source) -> bool:
        """Whether the way led to articles before; where listing pages lead may have changed."""
        return way.name == ListingSource.name or way.name in self.prior_runs.productive_sources

    def receive(self, answer: SourceResponse) -> PlannerActions:
        """Read what came for an ask."""
        progress, step = self._progress_of(answer.request), PlannerActions()
        progress.open_count -= 1
        progress.response_count += 1
        self._take_in(progress, answer, step)
        return self._go_on(step)

    def receive_failure(self, ask: SourceRequest, reason: str) -> PlannerActions:
        """Note that nothing came for an ask; its way may know another one."""
        progress, step = self._progress_of(ask), PlannerActions(outcomes={ask.url: reason})
        progress.open_count -= 1
        further = list(progress.source.fallback_requests(ask, self.start))
        if not further and not (progress.link_count and _is_past_the_end(reason)):
            progress.failure = reason
        self._queue(progress, further, 0)
        return self._go_on(step)

    def follow_as_listing(self, answer: SourceResponse) -> PlannerActions:
        """Read a detail page that turned out to be a listing page."""
        step = PlannerActions()
        progress = next((each for each in self.source_progress if each.source.name == ListingSource.name), None)
        if progress is None:
            progress = SourceProgress(ListingSource(), [], set())
            self.source_progress.append(progress)
        self._take_in(progress, answer, step)
        return self._go_on(step)

    def has_requested(self, url: str) -> bool:
        """Whether the page at `url` is one of the newsroom's listing pages."""
        return article_key(url) in self._barren

    def resume(self) -> PlannerActions:
        """Go on where nothing is under way: with what waits for the articles found so far to be read, or without an answer.

        What was asked for and never answered is given up: a redirect may have led elsewhere.
        """
        self._holds = False
        for progress in self._open():
            if progress.open_count:
                progress.open_count = 0
                progress.failure = progress.failure or "no answer"
        return self._go_on(PlannerActions())

    def _open(self) -> list[SourceProgress]:
        return [progress for progress in self.source_progress if not progress.has_ended]

    def _progress_of(self, ask: SourceRequest) -> SourceProgress:
        return next(each for each in reversed(self.source_progress) if each.source.name == ask.source)

    def _take_in(self, progress: SourceProgress, answer: SourceResponse, step: PlannerActions) -> None:
        try:
            found = progress.source.parse(answer, self.start)
        except SourceError as ended:
            progress.failure = step.outcomes[answer.request.url] = str(ended)
            return
        step.outcomes[answer.request.url] = _describe_links(found.articles)
        added = self._add(found.articles, progress.source.name, answer.url, step)
        progress.link_count += len(found.articles)
        progress.new_count += added
        progress.unconfirmed_keys -= {article_key(link.url) for link in found.articles}
        barren = 0 if added else self._barren.get(_get_request_key(answer.request), 0)
        if not added and (found.articles or progress.source.name == ListingSource.name):  # indexes only lead on
            barren += _MAX_FRUITLESS_RESPONSES if self.prior_runs.is_complete and found.articles else 1
        if added and progress.deferred:
            self._queue(progress, progress.deferred, 0)
            progress.deferred = ()
        if barren < _MAX_FRUITLESS_RESPONSES and not self._is_past(found.articles):
            self._queue(progress, found.next_requests, barren)

    def _is_past(self, links: Iterable[ArticleLink]) -> bool:
        """Whether all that came is too old, and so what would follow."""
        dates = [link.date for link in links if link.date]
        return bool(dates) and all(map(self.crawl_filter.is_too_old, dates))

    def _add(self, links: Iterable[ArticleLink], via: str, source: str, step: PlannerActions) -> int:
        """Put the links that are the newsroom's articles into the frontier; how many of them are new.

        What earlier runs know is no news after a run that had the newsroom whole; before that it shows how far they came.
        """
        added = 0
        wanted = [link for link in links if self._is_ours(link.url) and not self._is_refused(link, step)]
        known = self.prior_runs.lookup(wanted)
        for link in wanted:
            key = article_key(link.url)
            lead = ArticleCandidate(link, via, source, self.number)
            is_new = self.frontier.add(lead)
            added += is_new and not (key in known and self.prior_runs.is_complete)
            if not known.get(key, True):
                self.frontier.claim(link.url)
            elif link.inline_article and self.frontier.claim(link.url):
                step.inline_articles.append(lead)
        return added

    def _is_ours(self, url: str) -> bool:
        """Whether the URL is a page or PDF of the newsroom's site, and none that was read as a listing."""
        scope = self.start.scope
        return (scope.contains(url) or scope.contains_document(url)) and article_key(url) not in self._barren

    def _is_refused(self, link: ArticleLink, step: PlannerActions) -> bool:
        """Whether the link is none of what was asked for; each is counted once."""
        objection, key = self.crawl_filter.rejection(link), article_key(link.url)
        if objection and key not in self._refused and not self.frontier.contains(link.url):
            self._refused.add(key)
            step.skipped[objection] += 1
        return objection is not None

    def _queue(self, progress: SourceProgress, asks: Iterable[SourceRequest], barren: int) -> None:
        """Put the asks that have not been made before in line."""
        for ask in asks:
            key = f"{ask.source} on the first page" if self._is_answered(ask) else _get_request_key(ask)
            if key in self._barren or len(self._barren) >= _MAX_REQUESTS_PER_PLANNER or not self._may_ask(ask):
                continue
            if self.surveys and progress.request_count + len(progress.pending) >= _MAX_SURVEY_REQUESTS_PER_SOURCE:
                break
            self._barren[key] = barren
            progress.pending.append(ask)

    def _may_ask(self, ask: SourceRequest) -> bool:
        """Whether the ask is for the company's own servers, in a language that is wanted, and for no article."""
        listing = ask.source == ListingSource.name
        in_scope = self.start.scope.contains(ask.url) if listing else self.start.scope.is_on_company_site(ask.url)
        return (
            in_scope
            and self.crawl_filter.has_language(get_edition_language(ask.url))
            and not (listing and self.frontier.contains(ask.url))
        )

    def _go_on(self, step: PlannerActions) -> PlannerActions:
        """Make the next asks of the ways that are being gone; when all have ended, go the next one."""
        while not self._holds:
            for progress in self.source_progress:
                self._make(progress, step)
            if self._open() or not self._begin_next_way():
                break
            self._holds = self.crawl_filter.max_articles is not None and len(self.frontier) >= self.crawl_filter.max_articles
        return step

    def _make(self, progress: SourceProgress, step: PlannerActions) -> None:
        while progress.pending and progress.open_count < _MAX_OPEN_REQUESTS_PER_SOURCE:
            ask = progress.pending.popleft()
            progress.request_count += 1
            if self._is_answered(ask):
                self._take_in(progress, self.start.response.for_request(ask), step)
            else:
                progress.open_count += 1
                step.requests.append(ask)

    def _is_answered(self, ask: SourceRequest) -> bool:
        """Whether the first page is what the ask is for."""
        return ask.url == self.start.response.url and ask.body is None and not ask.needs_browser

    def _begin_next_way(self) -> bool:
        """Begin the next way that is needed; False when there is none."""
        for progress in self.source_progress:
            if not progress.is_reported:
                progress.is_reported = True
                logger.info("By %s", progress)
        while self._to_go:
            progress = self._to_go.popleft()
            if self._is_needed(progress.source):
                self._begin(progress)
                return True
        return False

    def _is_needed(self, way: Source) -> bool:
        if way.is_last_resort:
            return not len(self.frontier)
        return way.name == ListingSource.name or self.surveys or not self._is_complete

    @property
    def _is_complete(self) -> bool:
        """Whether a way that leads to the whole past was confirmed by all that came after it."""
        complete = next((at for at, progress in enumerate(self.source_progress) if progress.is_complete), None)
        return complete is not None and not any(progress.new_count for progress in self.source_progress[complete + 1 :])

    def _begin(self, progress: SourceProgress) -> None:
        """Begin a way; where the newsroom is complete, with its first and last page, the others to follow if these add any."""
        sampled = self._is_complete and not self.surveys
        openings = progress.initial_requests
        if sampled and len(openings) > 1:
            openings, progress.deferred = [openings[0], openings[-1]], tuple(openings[1:-1])
        self.source_progress.append(progress)
        self._queue(progress, openings, _MAX_FRUITLESS_RESPONSES - 1 if sampled else 0)


def _describe_links(links: Sequence[ArticleLink]) -> str:
    return f"{len(links)} links to articles"


def _get_listed_keys(start: StartPage) -> set[str]:
    return {article_key(link.url) for link in start.listing.articles}


def _is_past_the_end(reason: str) -> bool:
    """Whether a request failed as one does for the page after the last one.

    >>> _is_past_the_end("HTTP 404"), _is_past_the_end("HTTP 403"), _is_past_the_end("timed out")
    (True, False, False)
    """
    return reason in ("HTTP 400", "HTTP 404", "HTTP 410", "HTTP 416")


def _lists_newest_first(way: Source) -> bool:
    """Whether the way's first answer has what is new, even where the first listing page has not."""
    return way.name != ListingSource.name and (way.platform is not None or not way.is_exhaustive)


def _get_request_key(ask: SourceRequest) -> str:
    """What tells one request from another: its URL, however spelt, what is sent, and whether a browser is to draw it."""
    further = " ".join(filter(None, (ask.body, "drawn" if ask.needs_browser else None)))
    return f"{article_key(ask.url)} {further}" if further else article_key(ask.url)
