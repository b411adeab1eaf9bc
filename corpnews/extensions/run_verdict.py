"""Computes the verdict on a run and stores it in the stats and in the run history."""

from __future__ import annotations

import logging
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self

from scrapy import signals
from scrapy.exceptions import NotConfigured

from corpnews.crawler import SKIPPED_STAT_PREFIX, NewsroomSpider
from corpnews.crawler.run_session import ALREADY_RUNNING_REASON, UNWRITTEN_STAT, RunSession, get_newsroom_folder
from corpnews.discovery.firewalls import is_refused
from corpnews.items import format_utc
from corpnews.reporting import run_history as runs
from corpnews.reporting.verdict import Coverage, RunCounts, RunOutcome, judge_run

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.extensions.feedexport import FeedSlot
    from scrapy.http import Response

    from corpnews.items import Article
    from corpnews.reporting.verdict import Judgement

# Stats
VERDICT_STAT = "verdict"
REASONS_STAT = "verdict/reasons"
FILES_STAT = "verdict/files"
_BLOCKED_STAT = "verdict/blocked"
_DATED_STAT = "verdict/dated"
_UPDATED_STAT = "releases/updated"
_WITHDRAWN_STAT = "releases/withdrawn"
_UNREAD_REASONS = {
    "no article": (0, 0),
    "no headline": (0, 1),
    "no body": (1, 0),
}  # start of a reason: had it a headline, a body?

logger = logging.getLogger(__name__)


class RunVerdict:
    """Counts during the run; computes the verdict when all feeds are stored."""

    def __init__(self, crawler: Crawler, spider: NewsroomSpider) -> None:
        self.crawler = crawler
        self.spider = spider
        self.folder = get_newsroom_folder(spider)
        self.files: list[str] = []
        self.unwritten = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        if not isinstance(crawler.spider, NewsroomSpider):
            raise NotConfigured
        verdicts = cls(crawler, crawler.spider)
        crawler.signals.connect(verdicts.response_received, signals.response_received)
        crawler.signals.connect(verdicts.item_scraped, signals.item_scraped)
        crawler.signals.connect(verdicts.feed_slot_closed, signals.feed_slot_closed)
        crawler.signals.connect(verdicts.engine_stopped, signals.engine_stopped)
        return verdicts

    def response_received(self, response: Response, request: Request) -> None:
        headers = {name.decode("latin-1").lower(): b",".join(said).decode("latin-1") for name, said in response.headers.items()}
        if not request.meta.get("dont_obey_robotstxt") and is_refused(response.status, headers, response.body):
            self.crawler.stats.inc_value(_BLOCKED_STAT)

    def item_scraped(self, item: Article) -> None:
        stats = self.crawler.stats
        if item.date_published:
            stats.inc_value(_DATED_STAT)
        if stat := {"updated": _UPDATED_STAT, "withdrawn": _WITHDRAWN_STAT}.get(item.status or ""):
            stats.inc_value(stat)

    def feed_slot_closed(self, slot: FeedSlot) -> None:
        """Note the file if it was stored; the signal is sent for failed feeds, too."""
        unwritten = sum(
            count for stat, count in self.crawler.stats.get_stats().items() if stat.startswith("feedexport/failed_count/")
        )
        if unwritten == self.unwritten:
            self.files.append(slot.uri)
        self.unwritten = unwritten

    def engine_stopped(self) -> None:
        """Compute the verdict and store it."""
        run = RunOutcome(counts=self._counts(), stopped=self._stopped(), coverage=self._reach(), tried=self._tried())
        judgement = judge_run(run, self._history())
        stats = self.crawler.stats
        stats.set_value(VERDICT_STAT, judgement.verdict)
        stats.set_value(REASONS_STAT, judgement.reasons)
        stats.set_value(FILES_STAT, tuple(self.files))
        if stats.get_value("finish_reason") != ALREADY_RUNNING_REASON:  # the other run writes the history
            self._write(run, judgement)
        if session := self.crawler.get_extension(RunSession):
            session.finish(judgement.verdict, judgement.reasons, asdict(run.counts))

    def _history(self) -> list[RunOutcome]:
        if not self.folder:
            return []
        try:
            return [account.run for account in runs.read_run_records(self.folder)]
        except OSError as error:
            logger.warning("The run history cannot be read: %s", error)
            return []

    def _write(self, run: RunOutcome, judgement: Judgement) -> None:
        if not self.folder:
            return
        account = runs.RunRecord(
            newsroom=self.spider.newsroom,
            started=format_utc(self.crawler.stats.get_value("start_time")),
            ended=format_utc(datetime.now(UTC)),
            verdict=judgement.verdict,
            reasons=judgement.reasons,
            coverage=run.coverage,
            counts=run.counts,
            files=tuple(self.files),
        )
        try:
            runs.append_run_record(self.folder, account)
        except OSError as error:
            logger.error("The run history cannot be written: %s", error)

    def _counts(self) -> RunCounts:
        stats = self.crawler.stats.get_stats()
        articles = stats.get("item_scraped_count", 0)
        skipped = {
            stat.removeprefix(SKIPPED_STAT_PREFIX): count for stat, count in stats.items() if stat.startswith(SKIPPED_STAT_PREFIX)
        }
        unread = [
            (count, *had) for why, count in skipped.items() for start, had in _UNREAD_REASONS.items() if why.startswith(start)
        ]
        older = skipped.get(f"older than {self.spider.arguments.since}", 0)
        updated, withdrawn = stats.get(_UPDATED_STAT, 0), stats.get(_WITHDRAWN_STAT, 0)
        return RunCounts(
            pages=stats.get("response_received_count", 0),
            blocked=stats.get(_BLOCKED_STAT, 0),
            unchanged=stats.get("downloader/response_status_count/304", 0),
            found=len(self.spider.search.frontier) + older,
            read=articles + sum(count for count, _, _ in unread),
            headlines=articles + sum(count * headline for count, headline, _ in unread),
            dates=stats.get(_DATED_STAT, 0),
            bodies=articles + sum(count * body for count, _, body in unread),
            new=articles - updated - withdrawn - stats.get(UNWRITTEN_STAT, 0),
            updated=updated,
            withdrawn=withdrawn,
            errors=stats.get("spider_exceptions/count", 0),
        )

    def _stopped(self) -> str:
        reason = str(self.crawler.stats.get_value("finish_reason"))
        if reason != "finished" and not reason.startswith("closespider_"):
            return reason
        return "a file could not be written" if self.unwritten else ""

    def _reach(self) -> Coverage:
        some = self.spider.arguments.max_articles or self.spider.arguments.since
        if some:
            return Coverage.SOME
        return Coverage.RECENT if any(plan.policy.is_incremental for plan in self.spider.search.planners) else Coverage.ALL

    def _tried(self) -> tuple[str, ...]:
        return tuple(f"{url}: {outcome}" for url, outcome in self.spider.search.tried.items())
