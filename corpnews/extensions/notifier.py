"""Sends notifications about runs that ended with another verdict than `ok` or `unchanged`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from scrapy import signals
from scrapy.exceptions import NotConfigured

from corpnews.crawl import NewsroomSpider

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class Notifier:
    """Calls Spidermon, which is imported only if the setting NOTIFY names a notifier."""

    def __init__(self, crawler: Crawler, spider: NewsroomSpider, notifiers: list[str]) -> None:
        from corpnews.reporting import notifications as monitors  # noqa: PLC0415 - it costs start-up time

        self.crawler = crawler
        self.spider = spider
        self.monitors = monitors
        self.suite: Any = monitors.build_notification_suite(crawler, notifiers)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        notifiers = crawler.settings.getlist("NOTIFY")
        if not notifiers or not isinstance(crawler.spider, NewsroomSpider):
            raise NotConfigured
        notices = cls(crawler, crawler.spider, notifiers)
        crawler.signals.connect(notices.engine_stopped, signals.engine_stopped)
        return notices

    def engine_stopped(self) -> None:
        self.monitors.send_notifications(self.suite, self.crawler, self.spider.newsroom)
