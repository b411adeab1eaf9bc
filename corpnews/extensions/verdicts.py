"""Computes the verdict on a run and stores it in the stats and in the run history."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self

from scrapy import signals
from scrapy.exceptions import NotConfigured

from corpnews import runs
from corpnews.article import stamp
from corpnews.middlewares.publishing import ALREADY_RUNNING, UNWRITTEN, Publishing, newsroom_folder
from corpnews.newsroom import SKIPPED, NewsroomSpider
from corpnews.platforms.challenges import turns_away
from corpnews.verdict import Counts, Ended, Reach, judge

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.extensions.feedexport import FeedSlot
    from scrapy.http import Response

    from corpnews.items import Article
    from corpnews.verdict import Judgement

# Stats
VERDICT = "verdict"
REASONS = "verdict/reasons"
FILES = "verdict/files"
BLOCKED = "verdict/blocked"
DATED = "verdict/dated"
UPDATED = "releases/updated"
WITHDRAWN = "releases/withdrawn"
UNREAD = {"no article": (0, 0), "no headline": (0, 1), "no body": (1, 0)}  # start of a reason: had it a headline, a body?

logger = logging.getLogger(__name__)


class Verdicts:
    """Counts during the run; computes the verdict when all feeds are stored."""

    def __init__(self, crawler: Crawler, spider: NewsroomSpider) -> None:
        self.crawler = crawler
        self.spider = spider
        self.folder = newsroom_folder(spider)
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
        if not request.meta.get("dont_obey_robotstxt") and turns_away(response.status, headers, response.body):
            self.crawler.stats.inc_value(BLOCKED)

    def item_scraped(self, item: Article) -> None:
        stats = self.crawler.stats
        if item.date_published:
            stats.inc_value(DATED)
        if stat := {"updated": UPDATED, "withdrawn": WITHDRAWN}.get(item.status):
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
        run = Ended(counts=self._counts(), stopped=self._stopped(), reach=self._reach(), tried=self._tried())
        judgement = judge(run, self._history())
        stats = self.crawler.stats
        stats.set_value(VERDICT, judgement.verdict)
        stats.set_value(REASONS, judgement.reasons)
        stats.set_value(FILES, tuple(self.files))
        if stats.get_value("finish_reason") != ALREADY_RUNNING:  # the other run writes the history
            self._write(run, judgement)
        publishing = self.crawler.get_spider_middleware(Publishing)
        if publishing:
            publishing.conclude(judgement, run.counts)

    def _history(self) -> list[Ended]:
        try:
            return [account.run for account in runs.read(self.folder)]
        except OSError as error:
            logger.warning("The run history cannot be read: %s", error)
            return []

    def _write(self, run: Ended, judgement: Judgement) -> None:
        account = runs.Account(
            newsroom=self.spider.newsroom,
            started=stamp(self.crawler.stats.get_value("start_time")),
            ended=stamp(datetime.now(UTC)),
            verdict=judgement.verdict,
            reasons=judgement.reasons,
            reach=run.reach,
            counts=run.counts,
            files=tuple(self.files),
        )
        try:
            runs.add(self.folder, account)
        except OSError as error:
            logger.error("The run history cannot be written: %s", error)

    def _counts(self) -> Counts:
        stats = self.crawler.stats.get_stats()
        articles = stats.get("item_scraped_count", 0)
        skipped = {stat.removeprefix(SKIPPED): count for stat, count in stats.items() if stat.startswith(SKIPPED)}
        unread = [(count, *had) for why, count in skipped.items() for start, had in UNREAD.items() if why.startswith(start)]
        older = skipped.get(f"older than {self.spider.arguments.since}", 0)
        updated, withdrawn = stats.get(UPDATED, 0), stats.get(WITHDRAWN, 0)
        return Counts(
            pages=stats.get("response_received_count", 0),
            blocked=stats.get(BLOCKED, 0),
            unchanged=stats.get("downloader/response_status_count/304", 0),
            found=len(self.spider.frontier) + older,
            read=articles + sum(count for count, _, _ in unread),
            headlines=articles + sum(count * headline for count, headline, _ in unread),
            dates=stats.get(DATED, 0),
            bodies=articles + sum(count * body for count, _, body in unread),
            new=articles - updated - withdrawn - stats.get(UNWRITTEN, 0),
            updated=updated,
            withdrawn=withdrawn,
            errors=stats.get("spider_exceptions/count", 0),
        )

    def _stopped(self) -> str:
        reason = str(self.crawler.stats.get_value("finish_reason"))
        if reason != "finished" and not reason.startswith("closespider_"):
            return reason
        return "a file could not be written" if self.unwritten else ""

    def _reach(self) -> Reach:
        some = self.spider.arguments.max_articles or self.spider.arguments.since
        if some:
            return Reach.SOME
        return Reach.RECENT if any(plan.earlier.is_whole for plan in self.spider.plans) else Reach.ALL

    def _tried(self) -> tuple[str, ...]:
        return tuple(f"{url}: {outcome}" for url, outcome in self.spider.tried.items())
