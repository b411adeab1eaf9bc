"""The one owner of a run: its lock, its store, its unfinished files, and what counts as known."""

from __future__ import annotations

import logging
from collections import deque
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from scrapy import signals
from scrapy.exceptions import CloseSpider, DropItem, NotConfigured
from scrapy.utils.defer import deferred_from_coro
from scrapy.utils.misc import load_object

from corpnews.crawler.crawl_hours import CrawlHours
from corpnews.crawler.feed_tracker import FeedTracker, UnpublishedError, WrittenLine
from corpnews.crawler.newsroom_spider import NewsroomSpider
from corpnews.crawler.recovery import publish_part_files, recover_uploads, warn_if_forgotten
from corpnews.crawler.run_state import RunState
from corpnews.discovery.crawl_filter import SkipReason, describe_skip_reason
from corpnews.feeds.stored_files import StorageRefusedError, hide_credentials
from corpnews.items import Article
from corpnews.state import NewsroomBusyError, Store, StoreError
from corpnews.state.location import find_output_folder, find_store

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from pathlib import Path

    from scrapy.crawler import Crawler
    from twisted.python.failure import Failure

    from corpnews.state import Journal

# Stats
UNWRITTEN_STAT = "corpnews/articles/unwritten"  # articles that are in no feed for good, or not in all that took them
ERRORS_STAT = "corpnews/errors"  # exceptions by where they were raised: spider, pipeline, feed

# Where Scrapy logs exceptions with their tracebacks
_SCRAPY_LOGGERS = ("scrapy.core.scraper", "scrapy.core.engine", "scrapy.extensions.feedexport", "scrapy.utils.signal")

# The id of the article that is in the pipelines; a pipeline of the user's may put an item of any other class in its place
current_article: ContextVar[str] = ContextVar("current_article", default="")

logger = logging.getLogger(__name__)


class ArticleSkipped(DropItem):
    """A pipeline of this package does not let an article through."""

    def __init__(self, reason: SkipReason, log_level: str | None = None) -> None:
        super().__init__(describe_skip_reason(reason), log_level=log_level)
        self.reason = reason


class RunSession:
    """Opens the store when the spider starts, commits each article once its line is durable, and writes how the run ended.

    An article's line is durable when all feeds that took it have it on disk or in their storage (see FeedTracker). Where no
    feed takes articles, as with FEEDS={}, a pipeline of the user's does: then an article is known when it is through all
    pipelines. Without either, nothing is known.
    """

    def __init__(self, crawler: Crawler, spider: NewsroomSpider) -> None:
        self.crawler = crawler
        self.spider = spider
        self.folder = _get_newsroom_folder(spider)
        self.journal: Journal | None = None
        self.has_begun = False  # not in `scrapy parse` and `scrapy shell`
        self.recovered_files: list[str] = []  # those of killed runs
        self.is_locked_out = False  # whether another run of the newsroom is under way
        self._lines: deque[WrittenLine] = deque()  # in the order of their lines; committed from the front
        self._feeds: FeedTracker | None = None
        self._has_store_failed = False
        self.trouble = ""  # why the run cannot go on, in a line

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        if not isinstance(crawler.spider, NewsroomSpider):
            raise NotConfigured
        session = crawler.spider.session = cls(crawler, crawler.spider)
        for handler, signal in (
            (session.item_scraped, signals.item_scraped),
            (session.item_dropped, signals.item_dropped),
            (session.item_error, signals.item_error),
            (session.spider_error, signals.spider_error),
            (session.engine_stopped, signals.engine_stopped),
        ):
            crawler.signals.connect(handler, signal)
        for name in _SCRAPY_LOGGERS:
            logging.getLogger(name).addFilter(_is_to_be_logged)
        return session

    def open(self) -> None:
        """Lock the newsroom, open the store and publish what killed runs left. Raises CloseSpider if the run cannot begin."""
        self.has_begun = True
        hours = CrawlHours.parse(self.spider.settings["CORPNEWS_CRAWL_HOURS"])
        if hours.count_seconds_left(datetime.now().astimezone()) == 0:
            self.spider.search.end_detail = f"the hour (CORPNEWS_CRAWL_HOURS={hours})"
            raise CloseSpider("corpnews_crawl_hours")
        if not self.spider.settings.getbool("DOWNLOAD_VERIFY_CERTIFICATES"):
            logger.warning("%s: certificates are not verified (DOWNLOAD_VERIFY_CERTIFICATES)", self.spider.newsroom)
        try:
            if self.folder:
                self.folder.mkdir(parents=True, exist_ok=True)
            run = Store.open(find_store(self.spider.settings)).start_run(
                self.spider.newsroom, datetime.now(UTC), wait=self.spider.settings.getfloat("CORPNEWS_STORE_WAIT")
            )
            self.spider.run = RunState(run, self.spider.arguments, self.spider.crawl_filter)
            self.journal = self.spider.run.journal
            recover_uploads(self.crawler, self.spider.run.history, self.journal)
            self.recovered_files = publish_part_files(self.folder, self.spider.run.history)
            if self.folder:
                warn_if_forgotten(self.folder, self.spider.newsroom, self.spider.run.history)
        except NewsroomBusyError:
            self.is_locked_out = True
            raise CloseSpider("another run of this newsroom is under way") from None
        except (StoreError, StorageRefusedError) as error:
            raise CloseSpider(str(error)) from None
        except OSError as error:
            raise CloseSpider(_describe_write_error(error)) from None
        self._feeds = FeedTracker(self.crawler, self, self._lines)
        if not self._feeds.has_feeds and not self._has_own_pipelines():
            logger.warning("FEEDS is empty, and no pipeline of the project keeps articles: the next run finds all of them new")

    def item_scraped(self, item: Any) -> None:
        """Have the feeds write the item, and commit the articles that are durable by now."""
        if not self._feeds or not self.journal:
            return
        article = current_article.get()
        try:
            is_taken = self._feeds.export(item, article)
        except OSError as error:
            self._end(_describe_write_error(error))
            return
        except Exception:
            self._count_error("feed")
            logger.exception("A feed cannot write an item")
            return
        if article and not is_taken:
            if self._has_own_pipelines():
                self.journal.commit(article)
            else:
                self.journal.discard(article)
        self.flush(when_due=True)

    def item_dropped(self, item: Any, exception: BaseException) -> None:
        """Record that an article's page came to nothing, unless a later run is to read it."""
        is_for_later = isinstance(exception, ArticleSkipped) and exception.reason is SkipReason.BEYOND_MAX_ARTICLES
        self._leave_out(item, None if is_for_later else SkipReason.DROPPED)

    def item_error(self, item: Any, failure: Failure) -> None:
        """Count the exception of a pipeline; a later run reads the page again."""
        self._count_error("pipeline")
        self._leave_out(item, None)
        self._end_on_store_error(failure)

    def spider_error(self, failure: Failure) -> None:
        self._count_error("spider")
        self._end_on_store_error(failure)

    def flush(self, *, when_due: bool = False) -> None:
        """Commit the articles whose lines are durable, and write what the run has found out."""
        while self.journal and self._lines and not self._lines[0].slots:
            self.journal.commit(self._lines.popleft().article)
        if self.journal and (self.journal.is_flush_due or not when_due):
            with self._ending_on_errors():
                self.journal.flush(self._feeds.sync() if self._feeds else None)

    def begin_store(self, uri: str, size: int | None, articles: Collection[str]) -> bool:
        """Write what has been found out before a feed's file is stored; of an upload, which has a `size`, what is known then.

        Returns False if the store has failed.
        """
        self.flush()
        if self.journal and size is not None and not self._has_store_failed:
            with self._ending_on_errors():
                self.journal.begin_upload(hide_credentials(uri), size, articles)
        return not self._has_store_failed

    def end_store(self, uri: str, articles: Collection[str], refusal: str = "") -> None:
        """Note that an upload is there, or why a file was refused, which ends the run."""
        if refusal:
            self._end(refusal)
        elif self.journal:
            self.journal.end_upload(hide_credentials(uri), articles)
            self.flush()

    def engine_stopped(self) -> None:
        """Write what the feeds have stored by now, and count the articles that are not durable."""
        self.flush()
        if self.journal and self.journal.unwritten_count:
            self.crawler.stats.set_value(UNWRITTEN_STAT, self.journal.unwritten_count)

    def finish(self, verdict: str, reasons: Sequence[str], counts: Mapping[str, Any]) -> str:
        """Write what the run has learned and how it ended, once, and release the newsroom. Returns why that failed, if it did."""
        journal, self.journal = self.journal, None
        if journal:
            with self._ending_on_errors():
                run, search = self.spider.run, self.spider.search
                learned = run.collect_learned(search.planners, is_complete=search.is_complete and not search.end_detail)
                template = self.spider.reader.template.to_bytes()
                if not run.history.is_learned(template, learned):
                    journal.save_learned(template, learned)
                journal.finish(now := datetime.now(UTC), verdict, reasons, counts, oldest_run=self._get_oldest_run(now))
                return ""
        return self.trouble

    def abandon(self) -> None:
        """Leave no trace of a run that found nothing, and release the newsroom."""
        journal, self.journal = self.journal, None
        if journal:
            with self._ending_on_errors():
                journal.abandon()

    def _get_oldest_run(self, now: datetime) -> datetime | None:
        """When the oldest run that the store keeps may have begun; None if an earlier run of this day has seen to it."""
        last = next(iter(self.spider.run.history.past_runs(1)), None)
        if last and last.started.date() == now.date():
            return None
        return now - timedelta(days=self.spider.settings.getint("CORPNEWS_KEEP_RUNS"))

    @contextmanager
    def _ending_on_errors(self) -> Iterator[None]:
        try:
            yield
        except StoreError as error:
            self._end_without_store(error)
        except OSError as error:
            self._end(_describe_write_error(error))

    def _end_on_store_error(self, failure: Failure) -> None:
        if isinstance(failure.value, StoreError):
            self._end_without_store(failure.value)

    def _end_without_store(self, error: StoreError) -> None:
        self._has_store_failed = True
        self._end(str(error))

    def _end(self, reason: str) -> None:
        """End the run, once; after its end the reason is only logged."""
        if self.trouble:
            return
        self.trouble = reason
        logger.error("%s: %s", self.spider.newsroom, reason)
        if self.crawler.engine.running:
            deferred_from_coro(self.crawler.engine.close_spider_async(reason=reason))

    def _leave_out(self, item: Any, outcome: str | None) -> None:
        """Take an article back, and its page; with an `outcome` the page is recorded as that."""
        if self.journal and isinstance(item, Article):
            if current_article.get() == item.id:  # it was dropped after it was staged
                self.journal.discard(item.id, outcome)
            if outcome:
                self.journal.record_page(item.url, outcome)
            else:
                self.journal.forget(item.url)

    def _has_own_pipelines(self) -> bool:
        """Whether the project has pipelines other than these, which may keep articles themselves."""
        pipelines = self.crawler.settings.getwithbase("ITEM_PIPELINES")
        classes = [load_object(path) for path, order in pipelines.items() if order is not None]
        return any(not each.__module__.startswith("corpnews.") for each in classes)

    def _count_error(self, place: str) -> None:
        self.crawler.stats.inc_value(f"{ERRORS_STAT}/{place}")


def _is_to_be_logged(record: logging.LogRecord) -> bool:
    """Whether a log record's exception is none of those of which the session says in one line that they end the run.

    Of the URI of a feed that it names, it shows no password.
    """
    if isinstance(record.args, tuple):
        record.args = tuple(hide_credentials(each) if isinstance(each, str) else each for each in record.args)
    return not (record.exc_info and isinstance(record.exc_info[1], StoreError | UnpublishedError))


def _get_newsroom_folder(spider: NewsroomSpider) -> Path | None:
    """The folder of the newsroom's lines and run history; None if the output is not in local files."""
    output = find_output_folder(spider.settings)
    return output / spider.newsroom if output else None


def _describe_write_error(error: OSError) -> str:
    """Why the run ends, in a line."""
    return f"cannot write{f' {error.filename}' if error.filename else ''}: {error.strerror}"
