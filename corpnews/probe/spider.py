"""The spider of `scrapy probe`: it finds the newsroom, queries each source a few times, and extracts a sample."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final, Self

from scrapy import Request, signals

from corpnews.crawler.http import describe_failure
from corpnews.crawler.search import NewsroomSearch
from corpnews.discovery import Planner, SourceRequest
from corpnews.discovery.newsroom_links import find_newsroom_links, is_home_page_url
from corpnews.discovery.policies import Survey
from corpnews.discovery.source import LISTING_SOURCE_NAME
from corpnews.spiders.newsroom import AnyNewsroomSpider

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.python.failure import Failure

    from corpnews.discovery import ArticleCandidate, StartPage
    from corpnews.items import Article

_SAMPLE_SIZE: Final = 5
_MAX_SAMPLE_REQUESTS: Final = 4 * _SAMPLE_SIZE  # every newsroom has some dead links
_MIN_NEWSROOM_ARTICLES: Final = 3  # a page that links to this many articles is taken for a newsroom


class ProbeSearch(NewsroomSearch):
    """Surveys the sources of the best start page, then takes a sample of the articles."""

    spider: ProbeSpider

    def __init__(self, spider: ProbeSpider) -> None:
        super().__init__(spider)
        self._home: StartPage | None = None
        self._candidates: dict[str, StartPage | None] = {}
        self._sampled = 0

    def begin(self, start: StartPage) -> Iterator[Any]:
        """Start from this page; if it is a home page, from the best of the newsroom pages that it links to."""
        links = find_newsroom_links(start.page, start.scope) if is_home_page_url(start.response.url) else []
        if not links:
            yield from super().begin(start)
        self._home = start
        self._candidates = dict.fromkeys(links)
        for url in links:
            callback, errback = self.spider.parse_candidate, self.spider.candidate_failed
            yield Request(url, callback, errback=errback, cb_kwargs={"url": url}, dont_filter=True)

    def add_candidate(self, url: str, response: Response | None) -> Iterator[Any]:
        """Read a candidate for the start page, None if it could not be fetched; after the last one, start from the best."""
        page = self.read_response(response, SourceRequest(url, LISTING_SOURCE_NAME)) if response else None
        self._candidates[url] = self.read_start_page(page) if page and page.is_html else self._home
        starts = [start for start in self._candidates.values() if start]
        if len(starts) == len(self._candidates):
            newsrooms = (
                start for start in starts if start is not self._home and len(start.listing.articles) >= _MIN_NEWSROOM_ARTICLES
            )
            yield from super().begin(next(newsrooms, None) or max(starts, key=lambda start: len(start.listing.articles)))

    def build_planner(self, start: StartPage) -> Planner:
        return Planner(start, self.spider.sources, self.frontier, self.spider.crawl_filter, Survey())

    def next_batch(self, *, is_idle: bool) -> list[ArticleCandidate]:
        """Return the sample when all sources have been queried, and replacements for pages that could not be extracted."""
        if not is_idle or self.spider.reader.waiting or not all(planner.has_ended for planner in self.planners):
            return []
        wanted = min(_SAMPLE_SIZE - len(self.spider.articles), _MAX_SAMPLE_REQUESTS - self._sampled)
        candidates = self.frontier.next_batch(max(wanted, 0))
        self._sampled += len(candidates)
        return candidates

    def read_inline(self, candidate: ArticleCandidate) -> Iterator[Any]:
        if self._sampled < _SAMPLE_SIZE:
            self._sampled += 1
            yield from super().read_inline(candidate)


class ProbeSpider(AnyNewsroomSpider):
    """Probes one newsroom; `articles` is the sample."""

    name = "probe"
    search_type: ClassVar[type[NewsroomSearch]] = ProbeSearch
    search: ProbeSearch

    def __init__(self, **given: str) -> None:
        super().__init__(**given)
        self.articles: list[Article] = []

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.keep_article, signals.item_scraped)
        return spider

    def keep_article(self, item: Article) -> None:
        self.articles.append(item)

    def parse_candidate(self, response: Response, url: str) -> Iterator[Any]:
        """Read a page that the home page links to as the newsroom."""
        yield from self.search.add_candidate(url, response)

    def candidate_failed(self, failure: Failure) -> Iterator[Any]:
        """Leave out a page that could not be fetched."""
        request: Request = failure.request  # type: ignore[attr-defined]
        self.search.tried[request.url] = describe_failure(failure.value)
        yield from self.search.add_candidate(request.cb_kwargs["url"], None)
