"""What a run adds to the profile of its newsroom, which `scrapy report --html` shows."""

from __future__ import annotations

import heapq
import logging
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final, Self

from scrapy import signals
from scrapy.exceptions import NotConfigured
from scrapy.http import HtmlResponse

from corpnews.crawler import NewsroomSpider
from corpnews.items import Article
from corpnews.page.page import Page
from corpnews.reporting.profile import MAX_SAMPLES, NewsroomProfile
from corpnews.state import StoreError
from corpnews.web.urls import article_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from corpnews.crawler.run_session import RunSession

_MAX_PAGES_HELD: Final = 12  # of which some are listings
_MAX_PAGE_SIZE: Final = 1_000_000  # bytes

logger = logging.getLogger(__name__)


class LineProfile:
    """Counts the fields and removed texts of new lines, and keeps a few pages next to their lines.

    Which pages are kept depends on their URLs alone: those with the lowest hashes.
    """

    def __init__(self, spider: NewsroomSpider, session: RunSession) -> None:
        self.spider = spider
        self.session = session
        self.run_profile = NewsroomProfile()
        self._pages: list[tuple[int, str]] = []  # a heap with the highest hash first, negated
        self._responses: dict[str, HtmlResponse] = {}
        self._samples: dict[str, Article] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        if not isinstance(crawler.spider, NewsroomSpider) or not crawler.spider.session:
            raise NotConfigured
        profile = cls(crawler.spider, crawler.spider.session)
        crawler.signals.connect(profile.response_received, signals.response_received)
        crawler.signals.connect(profile.item_scraped, signals.item_scraped)
        crawler.signals.connect(profile.engine_stopped, signals.engine_stopped)
        return profile

    def response_received(self, response: Response) -> None:
        """Hold the page if its hash is among the lowest."""
        if not isinstance(response, HtmlResponse) or len(response.body) > _MAX_PAGE_SIZE:
            return
        key = article_key(response.url)
        if key in self._responses:
            return
        heapq.heappush(self._pages, (-int.from_bytes(blake2b(key.encode(), digest_size=8).digest()), key))
        self._responses[key] = response
        if len(self._pages) > _MAX_PAGES_HELD:
            _, dropped = heapq.heappop(self._pages)
            del self._responses[dropped]
            self._samples.pop(dropped, None)

    def item_scraped(self, item: Any) -> None:
        if isinstance(item, Article) and item.status != "withdrawn":
            if item.status == "new":
                self.run_profile.count(item)
            key = article_key(item.url)
            if key in self._responses:
                self._samples[key] = item

    def engine_stopped(self) -> None:
        """Add what the run wrote to the newsroom's profile."""
        if not self.session.journal or not (self.run_profile.lines or self._samples):
            return
        try:
            profile = NewsroomProfile.from_json(self.spider.run.history.read_profile())
            profile.add(self.run_profile)
            for key in sorted(self._samples)[:MAX_SAMPLES]:
                profile.add_sample(self._samples[key], _iter_texts(self._responses[key]))
            self.session.journal.save_profile(profile.to_json())
        except StoreError as error:
            logger.warning("What reports show of the lines cannot be kept: %s", error)


def _iter_texts(response: HtmlResponse) -> Iterator[str]:
    content_type = response.headers.get("Content-Type")
    page = Page.from_html(response.body, response.url, content_type.decode("latin-1") if content_type else None)
    for block in page.layout.blocks:
        yield block.spaced_text
