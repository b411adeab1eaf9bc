"""What keeps lines from being lost or written twice: one run at a time, and what a killed run has left is published first."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from scrapy import signals
from scrapy.exceptions import CloseSpider, NotConfigured
from scrapy.extensions.feedexport import FeedExporter
from scrapy.utils.defer import deferred_from_coro

from corpnews.feeds import Part, leftovers
from corpnews.feeds.locks import FolderLock
from corpnews.items import Article
from corpnews.newsroom import NewsroomSpider
from corpnews.newsroom.details import NotNow
from corpnews.newsroom.memory import Memory
from corpnews.phrases import number_of
from corpnews.store import Busy, Store, StoreError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from scrapy.crawler import Crawler
    from twisted.python.failure import Failure

    from corpnews.verdict import Counts, Judgement

STORE_FILE = "store.sqlite"
UNWRITTEN = "releases/unwritten"  # stats: articles whose line could not be written
ALREADY_RUNNING = "another run of this newsroom is under way"

logger = logging.getLogger(__name__)


class Publishing:
    """Holds the newsroom's folder, and its part of the store, as long as the run lasts."""

    def __init__(self, crawler: Crawler, spider: NewsroomSpider) -> None:
        self.crawler = crawler
        self.spider = spider
        self.folder = newsroom_folder(spider)
        self.lock: FolderLock | None = None
        self.memory: Memory | None = None
        self._is_ending = False

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        if not isinstance(crawler.spider, NewsroomSpider):
            raise NotConfigured
        publishing = cls(crawler, crawler.spider)
        crawler.signals.connect(publishing.item_scraped, signals.item_scraped)
        crawler.signals.connect(publishing.item_dropped, signals.item_dropped)
        crawler.signals.connect(publishing.spider_error, signals.spider_error)
        crawler.signals.connect(publishing.item_error, signals.item_error)
        crawler.signals.connect(publishing.engine_stopped, signals.engine_stopped)
        return publishing

    async def process_start(self, start: AsyncIterator[Any]) -> AsyncIterator[Any]:
        """Lock the newsroom, or end the run; publish what killed runs have left; then let the run start."""
        try:
            self.lock = FolderLock(self.folder)
            if self.lock.is_ours:
                self.memory = self.spider.memory = self._remember()
                self._salvage(self.memory)
        except Busy:
            raise CloseSpider(ALREADY_RUNNING) from None
        except StoreError as error:
            raise CloseSpider(str(error)) from None
        except OSError as error:
            raise CloseSpider(cannot_write(error)) from None
        if not self.lock.is_ours:
            raise CloseSpider(ALREADY_RUNNING)
        async for each in start:
            yield each

    def _remember(self) -> Memory:
        """Open the store. Raises StoreError."""
        named: str = self.spider.settings["STORE"] or str(self.folder.parent / STORE_FILE)
        where = named if "://" in named else Path(named)
        run = Store.open(where).run(self.spider.newsroom, datetime.now(UTC))
        return Memory(run, self.sync, company=self.spider.company, full=self.spider.arguments.full)

    def sync(self) -> None:
        """Return when every line so far is on disk; raise OSError where one is not. Only then may its article count as known."""
        for part in self._parts():
            part.sync()

    def item_scraped(self, item: Article) -> None:
        """Note the article whose line was written; where one could not be, end the run, and count the articles concerned."""
        error = next((part.error for part in self._parts() if part.error), None)
        if error:
            self._end(cannot_write(error))
            self.crawler.stats.inc_value(UNWRITTEN)
        elif self.memory:
            with self._ending_on_errors():
                self.memory.keep(item)

    def item_dropped(self, item: object, exception: BaseException) -> None:
        """Note that a page came to nothing, unless a later run may want it."""
        if self.memory and isinstance(item, Article):
            note = self.memory.forget if isinstance(exception, NotNow) else self.memory.nothing
            note(item.url)

    def spider_error(self, failure: Failure) -> None:
        if isinstance(failure.value, StoreError):
            self._end(str(failure.value))

    item_error = spider_error

    def flush(self) -> None:
        """Have the store note all articles whose lines are written."""
        if self.memory:
            with self._ending_on_errors():
                self.memory.flush()

    def conclude(self, judgement: Judgement, counts: Counts) -> None:
        """Have the store keep what the run has learned, and how it ended."""
        if self.memory:
            with self._ending_on_errors():
                self.spider.learn()
                self.memory.end(judgement.verdict, judgement.reasons, asdict(counts))

    def engine_stopped(self) -> None:
        if self.lock:
            self.lock.release()

    @contextmanager
    def _ending_on_errors(self) -> Iterator[None]:
        try:
            yield
        except StoreError as error:
            self._end(str(error))
        except OSError as error:
            self._end(cannot_write(error))

    def _end(self, reason: str) -> None:
        """End the run, once; one that has ended can only be told of it."""
        if self._is_ending:
            return
        self._is_ending = True
        logger.error("%s: %s", self.spider.newsroom, reason)
        if self.crawler.engine.running:
            deferred_from_coro(self.crawler.engine.close_spider_async(reason=reason))

    def _parts(self) -> Iterator[Part]:
        exporter = self.crawler.get_extension(FeedExporter)
        return (slot.file for slot in exporter.slots if isinstance(slot.file, Part)) if exporter else iter(())

    def _salvage(self, memory: Memory) -> None:
        for left in leftovers(self.folder):
            if count := left.cut():
                for line in left.lines():
                    memory.recover(line)
                memory.run.flush()  # before they are published: killed in between, all of it is done again
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
