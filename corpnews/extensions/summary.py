"""The last line of a run's log: what came out, what did not and why, and where it is."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Self

from scrapy import signals
from scrapy.exceptions import NotConfigured

from corpnews.newsroom import SKIPPED, NewsroomSpider

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.extensions.feedexport import FeedSlot

FAILURE = "failure"  # stats: why the run failed, if it did
MOST_NAMED = 6
ROBOTS = "robots.txt"
ROBOTS_HINT = "The site asks robots not to read this; with leave to, add -s ROBOTSTXT_OBEY=0. "

logger = logging.getLogger(__name__)


class Summary:
    """Log one line when all is done, and note in the stats when the run failed."""

    def __init__(self, crawler: Crawler, spider: NewsroomSpider) -> None:
        self.crawler = crawler
        self.spider = spider
        self.files: list[str] = []

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        if not isinstance(crawler.spider, NewsroomSpider):
            raise NotConfigured
        summary = cls(crawler, crawler.spider)
        crawler.signals.connect(summary.item_dropped, signals.item_dropped)
        crawler.signals.connect(summary.feed_slot_closed, signals.feed_slot_closed)
        crawler.signals.connect(summary.engine_stopped, signals.engine_stopped)
        return summary

    def item_dropped(self, exception: BaseException) -> None:
        self.crawler.stats.inc_value(f"{SKIPPED}{exception}")

    def feed_slot_closed(self, slot: FeedSlot) -> None:
        self.files.append(slot.uri)

    def engine_stopped(self) -> None:
        failure = self._failure()
        if failure:
            self.crawler.stats.set_value(FAILURE, failure)
            logger.error("%s: %s", self.spider.newsroom, failure)
        else:
            logger.info("%s: %s", self.spider.newsroom, self._account())

    def _failure(self) -> str | None:
        reason = str(self.crawler.stats.get_value("finish_reason"))
        if reason != "finished" and not reason.startswith("closespider_"):
            return f"stopped before the end ({reason}); {self._account()}"
        too_old = self.crawler.stats.get_value(f"{SKIPPED}older than {self.spider.arguments.since}", 0)
        if self.crawler.stats.get_value("item_scraped_count", 0) or too_old:
            return None
        tried = [f"{url}: {outcome}" for url, outcome in self.spider.tried.items()]
        hint = ROBOTS_HINT if any(ROBOTS in outcome for outcome in self.spider.tried.values()) else ""
        return f"no article was found. Tried {listed(tried)}. {hint}{self._account()}"

    def _account(self) -> str:
        stats = self.crawler.stats.get_stats()
        articles, pages = stats.get("item_scraped_count", 0), stats.get("response_received_count", 0)
        parts = [f"{number_of(articles, 'article')} from {number_of(pages, 'page')}"]
        skipped = {key.removeprefix(SKIPPED): count for key, count in stats.items() if key.startswith(SKIPPED) and count}
        if skipped:
            parts.append(f"skipped {sum(skipped.values())} ({listed([f'{count} {why}' for why, count in skipped.items()])})")
        if errors := stats.get("spider_exceptions/count"):
            parts.append(f"{number_of(errors, 'error')} in the log above")
        if self.files:
            parts.append(f"written to {' and '.join(self.files)}")
        return "; ".join(parts)


def number_of(number: int, noun: str) -> str:
    """Number and noun.

    >>> number_of(1, "page"), number_of(2, "page")
    ('1 page', '2 pages')
    """
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def listed(parts: list[str]) -> str:
    """The first of the parts, and how many more there are."""
    more = len(parts) - MOST_NAMED
    return ", ".join(parts[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
