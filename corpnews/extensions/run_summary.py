"""The last line of a run's log: verdict, numbers of articles and skipped pages, and the files written."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Self

from scrapy import signals
from scrapy.exceptions import NotConfigured

from corpnews.crawler import SKIPPED_STAT_PREFIX, NewsroomSpider
from corpnews.crawler.run_session import UNWRITTEN_STAT
from corpnews.extensions.run_verdict import FILES_STAT, REASONS_STAT, VERDICT_STAT
from corpnews.reporting.verdict import EXIT_STATUS, Verdict
from corpnews.web.text import join_list, plural

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

_ROBOTS_TXT = "robots.txt"
_ROBOTS_HINT = "The site asks robots not to read this; with leave to, add -s ROBOTSTXT_OBEY=0. "

logger = logging.getLogger(__name__)


class RunSummary:
    """Logs one line at the end of a run."""

    def __init__(self, crawler: Crawler, spider: NewsroomSpider) -> None:
        self.crawler = crawler
        self.spider = spider

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        if not isinstance(crawler.spider, NewsroomSpider):
            raise NotConfigured
        summary = cls(crawler, crawler.spider)
        crawler.signals.connect(summary.item_dropped, signals.item_dropped)
        crawler.signals.connect(summary.engine_stopped, signals.engine_stopped)
        return summary

    def item_dropped(self, exception: BaseException) -> None:
        self.crawler.stats.inc_value(f"{SKIPPED_STAT_PREFIX}{exception}")

    def engine_stopped(self) -> None:
        """Log the verdict (unless it is `ok`), its reasons and the numbers of the run."""
        verdict: Verdict = self.crawler.stats.get_value(VERDICT_STAT)
        reasons = "; ".join(self.crawler.stats.get_value(REASONS_STAT))
        told = "" if verdict is Verdict.OK else f"{verdict}: {reasons.rstrip('.')}. " if reasons else f"{verdict}, "
        level = logging.ERROR if EXIT_STATUS[verdict] else logging.INFO
        logger.log(level, "%s: %s%s%s", self.spider.newsroom, told, self._hint() if reasons else "", self._account())

    def _hint(self) -> str:
        return _ROBOTS_HINT if any(_ROBOTS_TXT in outcome for outcome in self.spider.search.tried.values()) else ""

    def _account(self) -> str:
        stats = self.crawler.stats.get_stats()
        unwritten = stats.get(UNWRITTEN_STAT, 0)
        articles, pages = stats.get("item_scraped_count", 0) - unwritten, stats.get("response_received_count", 0)
        parts = [f"{plural(articles, 'article')} from {plural(pages, 'page')}"]
        if unwritten:
            parts.append(f"{unwritten} could not be written, the next run publishes the others")
        skipped = {
            key.removeprefix(SKIPPED_STAT_PREFIX): count
            for key, count in stats.items()
            if key.startswith(SKIPPED_STAT_PREFIX) and count
        }
        if skipped:
            parts.append(f"skipped {sum(skipped.values())} ({join_list([f'{count} {why}' for why, count in skipped.items()])})")
        if errors := stats.get("spider_exceptions/count"):
            parts.append(f"{plural(errors, 'error')} in the log above")
        if files := stats[FILES_STAT]:
            parts.append(f"written to {' and '.join(files)}")
        return "; ".join(parts)
