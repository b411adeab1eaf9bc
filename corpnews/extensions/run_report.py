"""The report on a run: verdict, run history, notifications and the last line of the log."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

from itemadapter import ItemAdapter
from scrapy import signals
from scrapy.exceptions import NotConfigured
from scrapy.utils.asyncio import run_in_thread

from corpnews.crawler import NewsroomSpider
from corpnews.crawler.arguments import NewsroomUrlArguments
from corpnews.crawler.refusals import is_refused
from corpnews.crawler.run_session import UNWRITTEN_STAT, RunSession
from corpnews.crawler.search import SKIPPED_STAT_PREFIX
from corpnews.discovery import SkipReason
from corpnews.discovery.source import LISTING_SOURCE_NAME
from corpnews.extensions.logs import ErrorCounter
from corpnews.extensions.run_counts import (
    BLOCKED_STAT,
    DATED_STAT,
    LOGGED_ERRORS_STAT,
    UPDATED_STAT,
    WITHDRAWN_STAT,
    find_omissions,
    read_counts,
    read_obstacles,
)
from corpnews.feeds.stored_files import hide_credentials
from corpnews.items import format_utc
from corpnews.reporting.last_line import format_summary
from corpnews.reporting.run_history import RunRecord, append_run_records, build_outcome, build_run_record
from corpnews.reporting.verdict import EXIT_STATUS, Coverage, Judgement, RunOutcome, Verdict, find_usual_start, judge_run
from corpnews.state import StoreError
from corpnews.web.text import plural

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.extensions.feedexport import FeedSlot
    from scrapy.http import Response

    from corpnews.state.records import PastRun

# Stats
VERDICT_STAT: Final = "corpnews/run/verdict"

_MAX_RUNS_READ: Final = 200  # of the history; a newsroom that has been empty for longer is compared with empty runs alone

logger = logging.getLogger(__name__)


class RunReport:
    """Counts during a run; at its end computes the verdict, has it stored, sends notifications and logs the last line."""

    def __init__(self, crawler: Crawler, spider: NewsroomSpider, session: RunSession) -> None:
        self.crawler = crawler
        self.spider = spider
        self.session = session
        self.files: list[str] = []
        self.failed_feeds = 0
        self.error_counter = ErrorCounter(spider, partial(self._count, LOGGED_ERRORS_STAT))
        self.services: list[Any] = []
        if urls := crawler.settings["CORPNEWS_NOTIFY"]:
            from corpnews.reporting.notifications import parse_notify_urls  # noqa: PLC0415 - Apprise costs 0.3 s of CPU

            self.services = parse_notify_urls(urls)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        if not isinstance(crawler.spider, NewsroomSpider) or not crawler.spider.session:
            raise NotConfigured
        report = cls(crawler, crawler.spider, crawler.spider.session)
        for handler, signal in (
            (report.spider_opened, signals.spider_opened),
            (report.response_received, signals.response_received),
            (report.item_scraped, signals.item_scraped),
            (report.item_dropped, signals.item_dropped),
            (report.feed_slot_closed, signals.feed_slot_closed),
            (report.engine_stopped, signals.engine_stopped),
        ):
            crawler.signals.connect(handler, signal)
        return report

    def spider_opened(self) -> None:
        logging.getLogger().addHandler(self.error_counter)

    def response_received(self, response: Response, request: Request) -> None:
        headers = {name.decode("latin-1").lower(): b",".join(said).decode("latin-1") for name, said in response.headers.items()}
        if not request.meta.get("dont_obey_robotstxt") and is_refused(response.status, headers, response.body):
            self._count(BLOCKED_STAT)

    def item_scraped(self, item: Any) -> None:
        fields = ItemAdapter(item) if ItemAdapter.is_item(item) else {}
        if fields.get("date_published", True):  # an item of the user's need not have the field
            self._count(DATED_STAT)
        if stat := {"updated": UPDATED_STAT, "withdrawn": WITHDRAWN_STAT}.get(fields.get("status") or ""):
            self._count(stat)

    def item_dropped(self, exception: BaseException) -> None:
        self._count(f"{SKIPPED_STAT_PREFIX}{getattr(exception, 'reason', SkipReason.DROPPED)}")

    def feed_slot_closed(self, slot: FeedSlot) -> None:
        """Note the file if it was stored; the signal is sent for failed feeds, too."""
        stats = self.crawler.stats.get_stats()
        failed = sum(count for stat, count in stats.items() if stat.startswith("feedexport/failed_count/"))
        if failed == self.failed_feeds:
            self.files.append(hide_credentials(slot.uri))
        self.failed_feeds = failed

    async def engine_stopped(self) -> None:
        """Report on the run, if there was one: `scrapy parse` and `scrapy shell` begin none."""
        logging.getLogger().removeHandler(self.error_counter)
        if not self.session.has_begun:
            return
        if self.session.is_locked_out:  # the history is that of the run that is under way
            self.crawler.stats.set_value(VERDICT_STAT, Verdict.BUSY)
            logger.warning("%s: busy: another run of this newsroom is under way", self.spider.newsroom)
            return
        past_runs, known = self._read_store()
        run, history = self._build_outcome(known), [build_outcome(past) for past in reversed(past_runs)]
        judgement = judge_run(run, history)
        if self._is_named_after_host() and (usual := find_usual_start(run, history)):
            await self._report_wrong_url(judgement, usual)
        else:
            await self._report(self._build_record(run, judgement), past_runs)

    async def _report(self, record: RunRecord, past_runs: list[PastRun]) -> None:
        """Have the run recorded, and say how it ended."""
        if trouble := self.session.finish(record.verdict, record.reasons, record.details):
            record = replace(record, verdict=Verdict.FAILED, reasons=(trouble,))
        self._append_to_file(record, past_runs)
        self.crawler.stats.set_value(VERDICT_STAT, record.verdict)
        self._warn_of_fruitless_sources()
        stats = self.crawler.stats.get_stats()
        summary = format_summary(
            record,
            self._describe_skipped(),
            unwritten=stats.get(UNWRITTEN_STAT, 0),
            is_forbidden=bool(stats.get("robotstxt/forbidden")),
        )
        logger.log(logging.ERROR if EXIT_STATUS[record.verdict] else logging.INFO, "%s", summary)
        if target := self.crawler.settings["CORPNEWS_METRICS"]:
            await _write_metrics(target, record, stats)
        await self._notify(record.verdict, "; ".join(record.reasons))

    async def _report_wrong_url(self, judgement: Judgement, usual: str) -> None:
        """Say that the URL leads to no release; the run is none of the newsroom's, which is at another page of the host."""
        self.session.abandon()
        self.crawler.stats.set_value(VERDICT_STAT, Verdict.FAILED)
        reason = f"{'; '.join(judgement.reasons)}. The run is not recorded, as the newsroom is known from <{usual}>"
        logger.error("%s: failed: %s; -a name=NAME makes it another newsroom", self.spider.newsroom, reason)
        await self._notify(Verdict.FAILED, reason)

    async def _notify(self, verdict: Verdict, reason: str) -> None:
        if self.services and EXIT_STATUS[verdict]:
            from corpnews.reporting.notifications import send_notifications  # noqa: PLC0415

            await send_notifications(self.services, f"{self.spider.newsroom}: {verdict}", reason, verdict=verdict)

    def _is_named_after_host(self) -> bool:
        """Whether runs of other URLs on the same host are runs of the same newsroom."""
        arguments = self.spider.arguments
        return isinstance(arguments, NewsroomUrlArguments) and not arguments.name

    def _build_outcome(self, known: int) -> RunOutcome:
        """What the run came to, for the verdict."""
        tried = tuple(f"{url}: {outcome}" for url, outcome in self.spider.search.tried.items())
        counts = read_counts(self.spider, known)
        search = self.spider.search
        return RunOutcome(
            counts=counts,
            stopped=self._find_stop(),
            spent=search.end_detail,
            coverage=self._find_coverage(),
            start_urls=tuple(self.spider.start_urls),
            tried=tried,
            unreachable=tuple(f"{url}: {reason}" for url, reason in search.start_pages.unreachable.items()),
            omissions=tuple(find_omissions(search.planners)) if search.is_complete else (),
            listed={url: page for planner in search.planners for url, page in planner.completeness.listed.items()},
            obstacles=read_obstacles(self.spider),
            failing=search.failing,
        )

    def _build_record(self, run: RunOutcome, judgement: Judgement) -> RunRecord:
        return RunRecord(
            newsroom=self.spider.newsroom,
            started=format_utc(self.crawler.stats.get_value("start_time")),
            ended=format_utc(datetime.now(UTC)),
            verdict=judgement.verdict,
            reasons=judgement.reasons,
            coverage=run.coverage,
            counts=run.counts,
            start_urls=run.start_urls,
            files=(*map(_shorten_path, self.session.recovered_files), *self.files),
            omissions=run.omissions,
            listed=run.listed,
            obstacles=run.obstacles,
            failing=run.failing,
        )

    def _warn_of_fruitless_sources(self) -> None:
        """Name the sources that the run was limited to, did not fail and list nothing; those of later runs may not be needed."""
        planners = self.spider.search.planners
        if any(planner.policy.is_incremental for planner in planners):
            return
        found = {each.source.name for planner in planners for each in planner.sources.queried if each.link_count or each.failure}
        for name in sorted(self.spider.arguments.sources - found - {LISTING_SOURCE_NAME}):
            logger.warning("Source %s lists nothing at this newsroom; articles are those of the start page, if it has any", name)

    def _read_store(self) -> tuple[list[PastRun], int]:
        """The newsroom's earlier runs, latest first, and how many of its articles are known by now."""
        history = self.spider.run.history
        try:
            return list(history.past_runs(_MAX_RUNS_READ)), history.count_articles()
        except StoreError as error:
            logger.warning("The run history cannot be read: %s", error)
            return [], 0

    def _append_to_file(self, record: RunRecord, past_runs: list[PastRun]) -> None:
        """Write the run to `runs.jsonl`, and before it those that were killed since the last one that ended."""
        if not self.session.folder:
            return
        killed = []
        for past in past_runs:
            if past.ended:
                break
            killed.append(build_run_record(record.newsroom, past))
        try:
            append_run_records(self.session.folder, [*reversed(killed), record])
        except OSError as error:
            logger.error("The run history cannot be written: %s", error)

    def _describe_skipped(self) -> dict[str, int]:
        stats, describe = self.crawler.stats.get_stats(), self.spider.crawl_filter.describe
        return {describe(reason): count for reason in SkipReason if (count := stats.get(f"{SKIPPED_STAT_PREFIX}{reason}"))}

    def _find_stop(self) -> str:
        reason = str(self.crawler.stats.get_value("finish_reason"))
        if reason not in ("finished", "closespider_itemcount") and not self.spider.search.end_detail:
            return reason
        if unwritten := self.crawler.stats.get_value(UNWRITTEN_STAT, 0):
            return self.session.trouble or f"{plural(unwritten, 'article')} could not be written"
        return "a file could not be written" if self.failed_feeds else self.session.trouble

    def _find_coverage(self) -> Coverage:
        arguments = self.spider.arguments
        if arguments.max_articles or arguments.since or arguments.sources or self.spider.search.end_detail:
            return Coverage.SOME
        return Coverage.RECENT if any(each.policy.is_incremental for each in self.spider.search.planners) else Coverage.ALL

    def _count(self, stat: str) -> None:
        self.crawler.stats.inc_value(stat)


async def _write_metrics(target: str, record: RunRecord, stats: Mapping[str, Any]) -> None:
    from corpnews.reporting.metrics import MetricsError, write_metrics  # noqa: PLC0415 - an extra

    try:
        await run_in_thread(write_metrics, target, record, dict(stats))  # an endpoint may take its time
    except MetricsError as error:
        logger.error("The metrics cannot be written: %s", error)


def _shorten_path(path: str) -> str:
    """A file's path as the feeds have it: relative if it is below the working directory."""
    return str(Path(path).relative_to(Path.cwd())) if Path(path).is_relative_to(Path.cwd()) else path
