"""The spider of `scrapy probe`: it finds the newsroom, queries each source a few times, and extracts a sample."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final, Self

from scrapy import signals

from corpnews.crawler.search import NewsroomSearch
from corpnews.discovery import Planner
from corpnews.discovery.policies import Survey
from corpnews.spiders.newsroom import AnyNewsroomSpider

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scrapy.crawler import Crawler

    from corpnews.discovery import ArticleCandidate, StartPage
    from corpnews.items import Article

_SAMPLE_SIZE: Final = 5
_MAX_SAMPLE_REQUESTS: Final = 4 * _SAMPLE_SIZE  # every newsroom has some dead links


class ProbeSearch(NewsroomSearch):
    """Surveys the sources of the best start page, then takes a sample of the articles."""

    spider: ProbeSpider

    def __init__(self, spider: ProbeSpider) -> None:
        super().__init__(spider)
        self._sampled = 0

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
