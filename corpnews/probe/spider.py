"""The spider of `scrapy probe`: it finds the newsroom, queries each source a few times, and extracts a sample."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Self

from scrapy import Request, signals

from corpnews.discovery import Ask, Plan
from corpnews.discovery.home import is_home, newsroom_links
from corpnews.newsroom.exchange import is_busy, why
from corpnews.spiders.newsroom import AnyNewsroom
from corpnews.ways import LISTING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.python.failure import Failure

    from corpnews.discovery import Lead, Start
    from corpnews.items import Article
    from corpnews.newsroom import Release

SAMPLE: Final = 5
MOST_TRIED: Final = 4 * SAMPLE  # every newsroom has some dead links
ENOUGH_LINKS: Final = 3  # a page that links to this many articles is taken for a newsroom


class Probe(AnyNewsroom):
    """Probes one newsroom; `articles` is the sample."""

    name = "probe"

    def __init__(self, **given: str) -> None:
        super().__init__(**given)
        self.articles: list[Article] = []
        self._candidates: dict[str, Start | None] = {}
        self._sampled = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.keep, signals.item_scraped)
        return spider

    def keep(self, item: Article) -> None:
        self.articles.append(item)

    def begin(self, start: Start) -> Iterator[Request | Release]:
        """Start from this page; if it is a home page, from the best of the newsroom pages that it links to."""
        links = newsroom_links(start.page, start.scope) if is_home(start.answer.url) else []
        if not links:
            yield from super().begin(start)
        self._candidates = dict.fromkeys(links)
        for url in links:
            further = {"url": url, "home": start}
            yield Request(url, self.parse_candidate, errback=self.candidate_failed, cb_kwargs=further, dont_filter=True)

    def parse_candidate(self, response: Response, url: str, home: Start) -> Iterator[Request | Release]:
        """Read a candidate for the start page; after the last one, start from the best."""
        answer = self.answer(response, Ask(url, LISTING))
        self._candidates[url] = self.start_of(answer) if answer.is_html else home
        yield from self._when_all_came(home)

    def candidate_failed(self, failure: Failure) -> Iterator[Request | Release]:
        request: Request = failure.request  # type: ignore[attr-defined]
        self.tried[request.url] = why(failure.value)
        home = request.cb_kwargs["home"]
        self._candidates[request.cb_kwargs["url"]] = home
        yield from self._when_all_came(home)

    def _when_all_came(self, home: Start) -> Iterator[Request | Release]:
        starts = [start for start in self._candidates.values() if start]
        if len(starts) == len(self._candidates):
            enough = (start for start in starts if start is not home and len(start.listing.articles) >= ENOUGH_LINKS)
            yield from super().begin(next(enough, None) or max(starts, key=lambda start: len(start.listing.articles)))

    def plan_of(self, start: Start) -> Plan:
        return Plan(start, self.ways, self.frontier, self.limits, surveys=True)

    @property
    def has_leads(self) -> bool:
        return super().has_leads and len(self.articles) < SAMPLE and self._sampled < MOST_TRIED

    def next_leads(self) -> list[Lead]:
        """Return the sample when all sources have been queried, and replacements for pages that could not be extracted."""
        if is_busy(self.crawler) or self.reader.waiting or not self.plans or not all(plan.has_ended for plan in self.plans):
            return []
        leads = self.frontier.take(min(SAMPLE - len(self.articles), MOST_TRIED - self._sampled)) if self.has_leads else []
        self._sampled += len(leads)
        return leads

    def read_written(self, lead: Lead) -> Iterator[Release]:
        if self._sampled < SAMPLE:
            self._sampled += 1
            yield from super().read_written(lead)
