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

from corpnews.crawl import NewsroomSpider
from corpnews.crawl.detail_page import LeftForLaterRun
from corpnews.feeds import PartFile, find_unfinished
from corpnews.items import Article
from corpnews.state import NewsroomBusyError, Store, StoreError
from corpnews.state.file_locks import FolderLock
from corpnews.state.memory import RunMemory
from corpnews.web.text import plural

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from scrapy.crawler import Crawler
    from twisted.python.failure import Failure

    from corpnews.reporting.verdict import Judgement, RunCounts

_STORE_FILE = "store.sqlite"
UNWRITTEN_STAT = "releases/unwritten"  # stats: articles whose line could not be written
ALREADY_RUNNING_REASON = "another run of this newsroom is under way"

logger = logging.getLogger(__name__)


class RunSession:
    """Holds the newsroom's folder, and its part of the store, as long as the run lasts."""

    def __init__(self, crawler: Crawler, spider: NewsroomSpider) -> None:
        self.crawler = crawler
        self.spider = spider
        self.folder = get_newsroom_folder(spider)
        self.lock: FolderLock | None = None
        self.memory: RunMemory | None = None
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
            if self.lock.has_lock:
                self.memory = self.spider.memory = self._remember()
                self._salvage(self.memory)
        except NewsroomBusyError:
            raise CloseSpider(ALREADY_RUNNING_REASON) from None
        except StoreError as error:
            raise CloseSpider(str(error)) from None
        except OSError as error:
            raise CloseSpider(_describe_write_error(error)) from None
        if not self.lock.has_lock:
            raise CloseSpider(ALREADY_RUNNING_REASON)
        async for each in start:
            yield each

    def _remember(self) -> RunMemory:
        """Open the store. Raises StoreError."""
        named: str = self.spider.settings["CORPNEWS_STORE"] or str(self.folder.parent / _STORE_FILE)
        where = named if "://" in named else Path(named)
        run = Store.open(where).run(self.spider.newsroom, datetime.now(UTC))
        return RunMemory(run, self.sync, company=self.spider.company, full=self.spider.arguments.full)

    def sync(self) -> None:
        """Return when every line so far is on disk; raise OSError where one is not. Only then may its article count as known."""
        for part in self._parts():
            part.sync()

    def item_scraped(self, item: Article) -> None:
        """Note the article whose line was written; where one could not be, end the run, and count the articles concerned."""
        error = next((part.error for part in self._parts() if part.error), None)
        if error:
            self._end(_describe_write_error(error))
            self.crawler.stats.inc_value(UNWRITTEN_STAT)
        elif self.memory:
            with self._ending_on_errors():
                self.memory.keep(item)

    def item_dropped(self, item: object, exception: BaseException) -> None:
        """Note that a page came to nothing, unless a later run may want it."""
        if self.memory and isinstance(item, Article):
            note = self.memory.forget if isinstance(exception, LeftForLaterRun) else self.memory.nothing
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

    def conclude(self, judgement: Judgement, counts: RunCounts) -> None:
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
            self._end(_describe_write_error(error))

    def _end(self, reason: str) -> None:
        """End the run, once; one that has ended can only be told of it."""
        if self._is_ending:
            return
        self._is_ending = True
        logger.error("%s: %s", self.spider.newsroom, reason)
        if self.crawler.engine.running:
            deferred_from_coro(self.crawler.engine.close_spider_async(reason=reason))

    def _parts(self) -> Iterator[PartFile]:
        exporter = self.crawler.get_extension(FeedExporter)
        return (slot.file for slot in exporter.slots if isinstance(slot.file, PartFile)) if exporter else iter(())

    def _salvage(self, memory: RunMemory) -> None:
        for left in find_unfinished(self.folder):
            if count := left.truncate_to_last_line():
                for line in left.read_lines():
                    memory.recover(line)
                memory.run.flush()  # before they are published: killed in between, all of it is done again
                left.publish(append=True)
                logger.warning(
                    "An earlier run did not come to its end; it had written %s: %s", plural(count, "article"), left.target
                )
            else:
                left.discard()


def get_newsroom_folder(spider: NewsroomSpider) -> Path:
    """Where the newsroom's lines and the account of its runs are."""
    return Path(spider.settings["CORPNEWS_OUTPUT_DIR"]) / spider.newsroom


def _describe_write_error(error: OSError) -> str:
    """Why the run ends, as its last line says it."""
    return f"cannot write{f' {error.filename}' if error.filename else ''}: {error.strerror}"
