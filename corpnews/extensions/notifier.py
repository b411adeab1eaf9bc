"""Sends notifications about runs that ended with another verdict than `ok` or `unchanged`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from scrapy import signals
from scrapy.exceptions import NotConfigured

from corpnews.crawler import NewsroomSpider
from corpnews.extensions.run_verdict import REASONS_STAT, VERDICT_STAT
from corpnews.reporting.verdict import EXIT_STATUS, Verdict

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class Notifier:
    """Tells the services in CORPNEWS_NOTIFY of a run that needs attention; Apprise is imported only if there are any."""

    def __init__(self, crawler: Crawler, spider: NewsroomSpider) -> None:
        from corpnews.reporting import notifications  # noqa: PLC0415 - it costs start-up time

        self.crawler = crawler
        self.spider = spider
        self.send = notifications.send_notifications
        self.services = notifications.parse_notify_urls(crawler.settings["CORPNEWS_NOTIFY"])

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        if not crawler.settings["CORPNEWS_NOTIFY"] or not isinstance(crawler.spider, NewsroomSpider):
            raise NotConfigured
        notifier = cls(crawler, crawler.spider)
        crawler.signals.connect(notifier.engine_stopped, signals.engine_stopped)
        return notifier

    async def engine_stopped(self) -> None:
        verdict: Verdict = self.crawler.stats.get_value(VERDICT_STAT)
        if EXIT_STATUS[verdict]:
            title = f"{self.spider.newsroom}: {verdict}"
            await self.send(self.services, title, "; ".join(self.crawler.stats.get_value(REASONS_STAT)), verdict=verdict)
