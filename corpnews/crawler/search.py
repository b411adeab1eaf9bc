"""The search of one run for a newsroom's articles: a planner for each start page, and the articles that they found."""

from __future__ import annotations

import logging
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from scrapy.exceptions import CloseSpider, DontCloseSpider

from corpnews.crawler.http import (
    build_source_response,
    describe_failure,
    get_failure_status,
)
from corpnews.crawler.idle import build_idle_request
from corpnews.crawler.newest import NewestArticles
from corpnews.crawler.refusals import leads_back
from corpnews.crawler.search_requests import SearchRequests
from corpnews.crawler.start_pages import NO_PLANNER, StartPages
from corpnews.discovery import Frontier, Planner, Scope, SkipReason, SourceRequest
from corpnews.discovery.crawl_filter import FAILED_REQUESTS
from corpnews.discovery.page_classifier.classifier import find_obstacle
from corpnews.discovery.scope import NEWS_WIRE_HOSTS
from corpnews.discovery.source import LISTING_SOURCE_NAME

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scrapy import Request
    from scrapy.http import Response

    from corpnews.crawler.newsroom_spider import NewsroomSpider
    from corpnews.discovery import ArticleCandidate, SourceResponse, StartPage
    from corpnews.discovery.source_progress import PlannerActions
    from corpnews.items import Article
    from corpnews.page.page import Page

# Stats
SKIPPED_STAT_PREFIX: Final = "corpnews/skipped/"  # links and pages that give no article, by SkipReason
OBSTACLES_STAT_PREFIX: Final = "corpnews/obstacles/"  # pages in the place of articles, by the sort of wall or error
_MAX_FAILING_KEPT: Final = 50
_MAX_SKIPPED_NAMED: Final = 20  # pages in the log, for each reason
_MAX_REQUESTS_PER_BATCH: Final = 16  # articles requested at a time; the others stay in the frontier
_MAX_REQUESTS_PER_LIMITED_BATCH: Final = 500


class NewsroomSearch:
    """Turns what planners want into Scrapy requests, and responses into what planners know.

    `tried` says of each URL that was requested for a source what came of it, `failing` why pages of articles could not be had,
    `is_complete` that nothing is left to do. A search with an `end_reason` makes no more requests; `end_detail` says why,
    `is_drained` that all it had requested was read.
    """

    def __init__(self, spider: NewsroomSpider) -> None:
        self.spider = spider
        self.requests = SearchRequests(spider)
        self.start_pages = StartPages(spider)
        self.frontier = Frontier()
        self.planners: list[Planner] = []
        self.tried: dict[str, str] = {}
        self.failing: dict[str, str] = {}
        self.is_complete = self.is_drained = False
        self.end_reason = self.end_detail = ""
        self._newest = NewestArticles(limit) if (limit := spider.arguments.max_articles) else None
        self._has_revisited = False
        self._wires = NEWS_WIRE_HOSTS if spider.arguments.wire else frozenset[str]()

    def receive(
        self,
        response: Response,
        run: int | None = None,
        planner: int = NO_PLANNER,
        source_request: Mapping[str, Any] | None = None,
    ) -> Iterator[Any]:
        """Read a start page, or the response to a planner's request, by what the request carried."""
        if run not in (None, self.spider.run.number):
            return  # a request of the run that JOBDIR resumes: this run's planners make their own
        request = SourceRequest(**source_request) if source_request else SourceRequest(response.url, LISTING_SOURCE_NAME)
        source_response = self.read_response(response, request)
        if source_response.is_html:
            self.spider.reader.doubtful.add_listing(source_response.page)
        if planner == NO_PLANNER:
            yield from self.start_pages.receive(source_response)
            return
        at = self.planners[planner]
        wall = find_obstacle(source_response.page, at.start.scope) if source_response.is_html else None
        yield from self.act(at, at.receive_failure(request, wall.reason) if wall else at.receive(source_response))

    def receive_failure(self, request: Request, error: BaseException | None) -> Iterator[Any]:
        """Tell the planner that its request failed."""
        source_request, planner = SourceRequest(**request.cb_kwargs["source_request"]), request.cb_kwargs["planner"]
        if planner == NO_PLANNER:
            yield from self.start_pages.receive_failure(source_request.url, request, error)
        else:
            at, reason, status = self.planners[planner], describe_failure(error), get_failure_status(error)
            yield from self.act(at, at.receive_failure(source_request, reason, status))

    def begin(self, start: StartPage) -> Iterator[Any]:
        """Search for the newsroom's articles from this start page."""
        planner = self.build_planner(start)
        self.planners.append(planner)
        yield from self.act(planner, planner.begin())
        for candidate in self.spider.run.find_due(planner.number):
            self.frontier.add(candidate)

    def build_planner(self, start: StartPage) -> Planner:
        """The planner of the search from this start page."""
        policy = self.spider.run.build_policy(start, self.spider.settings.getint("CORPNEWS_MAX_SEARCH_REQUESTS"))
        number = len(self.planners)
        return Planner(start, self.spider.sources, self.frontier, self.spider.crawl_filter, policy, number=number)

    def act(self, planner: Planner, actions: PlannerActions) -> Iterator[Any]:
        """Make the requests that a planner wants, and read the articles that came with their links."""
        self.tried.update(actions.outcomes)
        for reason, count in actions.skipped.items():
            self.spider.crawler.stats.inc_value(f"{SKIPPED_STAT_PREFIX}{reason}", count)
        for request in actions.requests:
            yield self.requests.for_source(request, planner.number)
        for candidate in actions.inline_articles:
            yield from self.read_inline(candidate)

    def read_inline(self, candidate: ArticleCandidate) -> Iterator[Any]:
        """Read an article that came with its link."""
        yield from self.spider.reader.read_inline(candidate)

    def resume(self) -> Iterator[Any]:
        """Let the planners go on, now that all they asked for has come and was read."""
        limit = self.spider.settings.getint("DEPTH_LIMIT")
        is_too_deep = 0 < limit <= self.spider.crawler.stats.get_value("request_depth_max", 0)
        for planner in self.planners:
            is_waiting = False
            while not planner.has_ended and not is_waiting:  # what a source wants may be on the start page
                for each in self.act(planner, planner.resume(is_too_deep=is_too_deep)):
                    is_waiting = True
                    yield each

    def scheduler_empty(self) -> None:
        """Request the next articles: nothing else waits to be requested."""
        for request in self.request_articles(is_idle=False):
            self.spider.crawler.engine.crawl(request)

    def spider_idle(self) -> None:
        """Keep the spider open until nothing is left to do."""
        if self.is_drained:
            raise CloseSpider(self.end_reason)
        if not self.is_complete:
            self.spider.crawler.engine.crawl(build_idle_request(self.spider.continue_crawl, self.spider.run.number))
            raise DontCloseSpider

    def advance(self) -> Iterator[Any]:
        """Do the first of these that has anything to do; the run is complete if none has."""
        reader = self.spider.reader
        if self.end_reason:
            yield from chain(reader.read_waiting(), reader.read_doubtful(), self.release_newest(is_last=True))
            self.is_drained = True
            return
        search = (
            self.request_articles(is_idle=True),
            self.resume(),
            self.request_unlisted(),
            reader.read_waiting(),
            reader.read_doubtful(),
            self.follow_adjacent(),
            self.fall_back(),
        )
        # a limited run has to know what it has before it looks for more
        steps = (reader.read_waiting(), *search[:1], self.release_newest(is_last=False), *search[1:]) if self._newest else search
        for step in (*steps, self.release_newest(is_last=True), reader.report_withdrawn()):
            has_begun = False
            for each in step:
                has_begun = True
                yield each
            if has_begun:
                return
        self.is_complete = True

    def request_articles(self, *, is_idle: bool) -> Iterator[Request]:
        """Requests for the next articles; none while their text may still come with a list of them."""
        for candidate in self.next_batch(is_idle=is_idle):
            yield self.requests.for_article(candidate)

    def next_batch(self, *, is_idle: bool) -> list[ArticleCandidate]:
        """The next articles to request; `is_idle` says that nothing else is under way."""
        if self.end_reason or any(planner.sources.awaits_inline_articles for planner in self.planners):
            return []
        if not self._newest:
            return self.frontier.next_batch(_MAX_REQUESTS_PER_BATCH)
        needed = self._count_needed() if is_idle else 0
        chosen = self._newest.choose(self.frontier.list_pending(), needed) if needed else []
        return [each for each in chosen[:_MAX_REQUESTS_PER_LIMITED_BATCH] if self.frontier.claim(each.link.url)]

    def _count_needed(self) -> int:
        """How many articles are still to come out of a limited run."""
        done: int = self.spider.crawler.stats.get_value("item_scraped_count", 0)
        return max(self._newest.limit - done, 0) if self._newest else 0

    def hold(self, article: Article, candidate: ArticleCandidate) -> bool:
        """Whether to keep an article back, until it is known to be among the newest."""
        return self._newest is not None and self._newest.hold(article, candidate.link.url)

    def release_newest(self, *, is_last: bool) -> Iterator[Article]:
        """Yield the newest of the articles that were held back, once there are enough or no others can come."""
        needed = self._count_needed()
        if self._newest and (is_last or len(self._newest.held) >= needed):
            yield from self._newest.take(needed)

    def fall_back(self) -> Iterator[Any]:
        """Search on where nothing came of what was found."""
        for planner in self.planners:
            yield from self.act(planner, planner.fall_back())
        yield from self.request_articles(is_idle=True)

    def request_unlisted(self) -> Iterator[Request]:
        """Requests for the known articles that no source lists, once, if the run is to visit all of them."""
        if self.spider.arguments.full and not self._newest and not self._has_revisited:
            self._has_revisited = True
            for candidate in self.spider.run.find_known(planner=0):
                self.frontier.add(candidate)
            yield from self.request_articles(is_idle=True)

    def read_response(self, response: Response, source_request: SourceRequest) -> SourceResponse:
        """The response as sources parse it; the site's template learns from a page."""
        source_response = build_source_response(response, source_request)
        if source_response.is_html:
            self.spider.reader.observe(source_response.page)
        return source_response

    def follow_as_listing(self, source_response: SourceResponse, candidate: ArticleCandidate) -> Iterator[Any]:
        """Search on from an article's page that turned out to be a listing."""
        for planner in self.planners[candidate.planner : candidate.planner + 1]:
            yield from self.act(planner, planner.follow_as_listing(source_response))

    def record_article(self, candidate: ArticleCandidate, page: Page) -> Iterator[Any]:
        """Search on from the page of an article, which shows what its list is."""
        for planner in self.planners[candidate.planner : candidate.planner + 1]:
            planner.record_article_page(page)
            yield from self.act(planner, planner.record_article(candidate))

    def follow_adjacent(self) -> Iterator[Any]:
        """Request the articles that only the pages of other articles lead to."""
        for planner in self.planners:
            yield from self.act(planner, planner.adjacent.take_unlisted())
        yield from self.request_articles(is_idle=True)

    def get_scope(self, planner: int) -> Scope:
        """What belongs to the newsroom of a planner."""
        if planner < len(self.planners):
            return self.planners[planner].start.scope
        return self.build_scope(self.spider.start_urls[0])  # JOBDIR: its start page is still to come

    def find_scope(self, request: Request) -> Scope | None:
        """The site that a request must stay on; None for start pages, which may move to another site."""
        carried = request.cb_kwargs
        planner = carried["candidate"][3] if "candidate" in carried else carried.get("planner", NO_PLANNER)
        return None if planner == NO_PLANNER else self.get_scope(planner)

    def is_at_vendor(self, request: Request) -> bool:
        """Whether a platform's source requests data from its vendor's site."""
        name = request.cb_kwargs.get("source_request", {}).get("source")
        return any(source.keeps_data_at(request.url) for source in self.spider.sources if source.name == name)

    def skip_offsite(self, request: Request) -> None:
        """Report an article or a listing that is on another site."""
        url, source_request = request.cb_kwargs.get("candidate", ("",))[0], request.cb_kwargs.get("source_request")
        if source_request:
            planner = self.planners[request.cb_kwargs["planner"]]
            planner.completeness.record_failure(SourceRequest(**source_request), "redirected to another site")
        if url and leads_back(request.url, url):
            self.skip(url, SkipReason.WALL, "redirected to another site that is to lead back", obstacle="single_sign_on")
        elif url:
            self.spider.run.journal.add_fetched(url, url)
            self.skip(url, SkipReason.OFF_SITE, "redirected to another site", outcome=SkipReason.OFF_SITE)

    def wants_response(self, candidate: ArticleCandidate, run: int) -> bool:
        """Whether to read what came for an article; with JOBDIR, the run that is resumed may have requested it as well."""
        url = candidate.link.url
        return run == self.spider.run.number or not self.frontier.contains(url) or self.frontier.claim(url)

    def skip(self, url: str, reason: SkipReason, detail: str = "", *, outcome: str = "", obstacle: str = "") -> None:
        """Log and count a page without an article; `outcome` is for the store, `obstacle` the sort of wall in its place."""
        stats, stat = self.spider.crawler.stats, f"{SKIPPED_STAT_PREFIX}{reason}"
        described = self.spider.crawl_filter.describe(reason)
        skipped = stats.get_value(stat, 0)
        level = logging.WARNING if skipped < _MAX_SKIPPED_NAMED else logging.DEBUG
        self.spider.logger.log(level, "Skipped <%s>: %s", url, detail or described)
        if skipped == _MAX_SKIPPED_NAMED:
            self.spider.logger.warning("More pages are skipped (%s); -L DEBUG names them", described)
        stats.inc_value(stat)
        if obstacle:
            self.spider.crawler.stats.inc_value(f"{OBSTACLES_STAT_PREFIX}{obstacle}")
        if reason in FAILED_REQUESTS and len(self.failing) < _MAX_FAILING_KEPT:
            self.failing[url] = detail
        if outcome:
            self.spider.run.journal.record_page(url, outcome)

    def build_scope(self, start_url: str) -> Scope:
        """What belongs to a newsroom, by the URL of its start page."""
        return Scope.from_start_url(start_url, self._wires, self.spider.is_article_url)
