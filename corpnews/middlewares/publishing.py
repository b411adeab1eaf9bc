"""What keeps lines from being lost or written twice: one run at a time, and what a killed run has left is published first."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from scrapy import signals
from scrapy.exceptions import CloseSpider, NotConfigured
from scrapy.extensions.feedexport import FeedExporter
from scrapy.utils.defer import deferred_from_coro

from corpnews.feeds import Part, leftovers
from corpnews.feeds.locks import FolderLock
from corpnews.newsroom import NewsroomSpider
from corpnews.phrases import number_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from scrapy.crawler import Crawler

UNWRITTEN = "releases/unwritten"  # stats: articles whose line could not be written
ALREADY_RUNNING = "another run of this newsroom is under way"

logger = logging.getLogger(__name__)


class Publishing:
    """Holds the newsroom's folder as long as the run lasts."""

    def __init__(self, crawler: Crawler, spider: NewsroomSpider) -> None:
        self.crawler = crawler
        self.folder = newsroom_folder(spider)
        self.lock: FolderLock | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        if not isinstance(crawler.spider, NewsroomSpider):
            raise NotConfigured
        publishing = cls(crawler, crawler.spider)
        crawler.signals.connect(publishing.item_scraped, signals.item_scraped)
        crawler.signals.connect(publishing.engine_stopped, signals.engine_stopped)
        return publishing

    async def process_start(self, start: AsyncIterator[Any]) -> AsyncIterator[Any]:
        """Lock the newsroom's folder, or end the run; publish what killed runs have left in it; then let the run start."""
        try:
            self.lock = FolderLock(self.folder)
            if self.lock.is_ours:
                self._salvage()
        except OSError as error:
            raise CloseSpider(cannot_write(error)) from None
        if not self.lock.is_ours:
            raise CloseSpider(ALREADY_RUNNING)
        async for each in start:
            yield each

    def sync(self) -> None:
        """Return when every line so far is on disk; raise OSError where one is not. Only then may its article count as known."""
        for part in self._parts():
            part.sync()

    def item_scraped(self) -> None:
        """End the run where a line could not be written; count the articles that this concerns."""
        error = next((part.error for part in self._parts() if part.error), None)
        if error:
            if not self.crawler.stats.get_value(UNWRITTEN):
                deferred_from_coro(self.crawler.engine.close_spider_async(reason=cannot_write(error)))
            self.crawler.stats.inc_value(UNWRITTEN)

    def engine_stopped(self) -> None:
        if self.lock:
            self.lock.release()

    def _parts(self) -> Iterator[Part]:
        exporter = self.crawler.get_extension(FeedExporter)
        return (slot.file for slot in exporter.slots if isinstance(slot.file, Part)) if exporter else iter(())

    def _salvage(self) -> None:
        for left in leftovers(self.folder):
            if count := left.cut():
                left.publish(add=True)
                logger.warning(
                    "An earlier run did not come to its end; it had written %s: %s", number_of(count, "article"), left.target
                )
            else:
                left.discard()


def newsroom_folder(spider: NewsroomSpider) -> Path:
    """Where the newsroom's lines and the account of its runs are."""
    return Path(spider.settings["OUTPUT_DIR"]) / spider.newsroom


def cannot_write(error: OSError) -> str:
    """Why the run ends, as its last line says it."""
    return f"cannot write{f' {error.filename}' if error.filename else ''}: {error.strerror}"
