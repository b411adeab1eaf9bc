"""The spider of `scrapy probe`: it finds the newsroom, queries each source a few times, and extracts a sample."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Self

from scrapy import Request, signals

from corpnews.crawl.http import describe_failure, has_open_work
from corpnews.discovery import Planner, SourceRequest
from corpnews.discovery.newsroom_links import find_newsroom_links, is_home_page_url
from corpnews.platforms.source_registry import LISTING_SOURCE_NAME
from corpnews.spiders.newsroom import AnyNewsroomSpider

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.python.failure import Failure

    from corpnews.crawl import ExtractedRelease
    from corpnews.discovery import ArticleCandidate, StartPage
    from corpnews.items import Article

_SAMPLE_SIZE: Final = 5
_MAX_SAMPLE_REQUESTS: Final = 4 * _SAMPLE_SIZE  # every newsroom has some dead links
_MIN_NEWSROOM_ARTICLES: Final = 3  # a page that links to this many articles is taken for a newsroom


class ProbeSpider(AnyNewsroomSpider):
    """Probes one newsroom; `articles` is the sample."""

    name = "probe"

    def __init__(self, **given: str) -> None:
        super().__init__(**given)
        self.articles: list[Article] = []
        self._candidates: dict[str, StartPage | None] = {}
        self._sampled = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.keep_article, signals.item_scraped)
        return spider

    def keep_article(self, item: Article) -> None:
        self.articles.append(item)

    def begin(self, start: StartPage) -> Iterator[Request | ExtractedRelease]:
        """Start from this page; if it is a home page, from the best of the newsroom pages that it links to."""
        links = find_newsroom_links(start.page, start.scope) if is_home_page_url(start.response.url) else []
        if not links:
            yield from super().begin(start)
        self._candidates = dict.fromkeys(links)
        for url in links:
            further = {"url": url, "home": start}
            yield Request(url, self.parse_candidate, errback=self.candidate_failed, cb_kwargs=further, dont_filter=True)

    def parse_candidate(self, response: Response, url: str, home: StartPage) -> Iterator[Request | ExtractedRelease]:
        """Read a candidate for the start page; after the last one, start from the best."""
        answer = self.answer(response, SourceRequest(url, LISTING_SOURCE_NAME))
        self._candidates[url] = self.start_of(answer) if answer.is_html else home
        yield from self._when_all_came(home)

    def candidate_failed(self, failure: Failure) -> Iterator[Request | ExtractedRelease]:
        request: Request = failure.request  # type: ignore[attr-defined]
        self.tried[request.url] = describe_failure(failure.value)
        home = request.cb_kwargs["home"]
        self._candidates[request.cb_kwargs["url"]] = home
        yield from self._when_all_came(home)

    def _when_all_came(self, home: StartPage) -> Iterator[Request | ExtractedRelease]:
        starts = [start for start in self._candidates.values() if start]
        if len(starts) == len(self._candidates):
            enough = (start for start in starts if start is not home and len(start.listing.articles) >= _MIN_NEWSROOM_ARTICLES)
            yield from super().begin(next(enough, None) or max(starts, key=lambda start: len(start.listing.articles)))

    def plan_of(self, start: StartPage) -> Planner:
        return Planner(start, self.sources, self.frontier, self.crawl_filter, surveys=True)

    @property
    def has_leads(self) -> bool:
        return super().has_leads and len(self.articles) < _SAMPLE_SIZE and self._sampled < _MAX_SAMPLE_REQUESTS

    def next_leads(self) -> list[ArticleCandidate]:
        """Return the sample when all sources have been queried, and replacements for pages that could not be extracted."""
        if has_open_work(self.crawler) or self.reader.waiting or not self.plans or not all(plan.has_ended for plan in self.plans):
            return []
        leads = (
            self.frontier.next_batch(min(_SAMPLE_SIZE - len(self.articles), _MAX_SAMPLE_REQUESTS - self._sampled))
            if self.has_leads
            else []
        )
        self._sampled += len(leads)
        return leads

    def read_written(self, lead: ArticleCandidate) -> Iterator[ExtractedRelease]:
        if self._sampled < _SAMPLE_SIZE:
            self._sampled += 1
            yield from super().read_written(lead)
