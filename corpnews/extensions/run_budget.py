"""Ends a run that has used up its budget of time, requests, bytes or pages without news, or whose hours are over.

What is under way comes in, and what was read comes out, before the spider is closed; then one line says what was used up, and
where most requests went.
"""

from __future__ import annotations

from collections import deque
from datetime import datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final, Self

from itemadapter import ItemAdapter
from scrapy import signals
from scrapy.exceptions import NotConfigured
from scrapy.extensions.closespider import CloseSpider
from scrapy.utils.asyncio import call_later

from corpnews.crawler import NewsroomSpider
from corpnews.crawler.crawl_hours import CrawlHours
from corpnews.discovery.traps import describe_trap
from corpnews.web.text import plural

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from scrapy.utils.asyncio import CallLaterResult

# What is used up, by the reason for which the spider is closed, which is the setting's name in lower case
_BUDGETS: Final = {
    "closespider_timeout": "time",
    "closespider_pagecount": "requests",
    "closespider_errorcount": "errors",
    "closespider_timeout_no_item": "time without news",
    "closespider_pagecount_no_item": "pages without news",
    "corpnews_max_bytes": "bytes",
    "corpnews_max_pages_without_news": "pages without news",
    "corpnews_crawl_hours": "the hour",
}
_MAX_URLS: Final = 20_000  # the last ones show where a run went
_MIN_URLS: Final = 20


class RunBudget(CloseSpider):
    """Scrapy's CloseSpider, with budgets that it lacks, which ends newsroom spiders without losing what they have read."""

    def __init__(self, crawler: Crawler, spider: NewsroomSpider) -> None:
        super().__init__(crawler)
        self._spider = spider
        self._max_bytes = crawler.settings.getint("CORPNEWS_MAX_BYTES")
        self._max_without_news = crawler.settings.getint("CORPNEWS_MAX_PAGES_WITHOUT_NEWS")
        self._urls: deque[str] = deque(maxlen=_MAX_URLS)
        self._bytes = 0
        self._without_news = 0
        self._end_of_hours: CallLaterResult | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        if not isinstance(crawler.spider, NewsroomSpider):
            raise NotConfigured
        budget = cls(crawler, crawler.spider)
        for handler, signal in (
            (budget.begin_hours, signals.spider_opened),
            (budget.response_downloaded, signals.response_downloaded),
            (budget.item_seen, signals.item_scraped),
            (budget.item_seen, signals.item_dropped),
            (budget.end_hours, signals.spider_closed),
        ):
            crawler.signals.connect(handler, signal)
        return budget

    def begin_hours(self) -> None:
        hours = CrawlHours.parse(self.crawler.settings["CORPNEWS_CRAWL_HOURS"])
        if seconds := hours.count_seconds_left(datetime.now().astimezone()):
            self._end_of_hours = call_later(seconds, self._close_spider, "corpnews_crawl_hours")

    def end_hours(self) -> None:
        if self._end_of_hours:
            self._end_of_hours.cancel()

    def response_downloaded(self, response: Response, request: Request) -> None:
        """Count a response as it came, before it is decompressed; a page is without news until it gives an article."""
        self._urls.append(request.url)
        self._bytes += len(response.body)
        self._without_news += "candidate" in request.cb_kwargs and response.status != HTTPStatus.NOT_MODIFIED
        if 0 < self._max_bytes < self._bytes:
            self._close_spider("corpnews_max_bytes")
        elif 0 < self._max_without_news < self._without_news:
            self._close_spider("corpnews_max_pages_without_news")

    def item_seen(self, item: Any) -> None:
        """Take note of an article, be it new or known; not of copies, without end where each visit's links differ."""
        if not ItemAdapter(item).get("duplicate_of"):
            self._without_news = 0

    def _close_spider(self, reason: str) -> None:
        what, search = _BUDGETS.get(reason), self._spider.search
        if what is None:
            super()._close_spider(reason)
        elif not search.end_reason:
            setting = reason.upper()
            search.end_reason = reason
            search.end_detail = f"{what} ({setting}={self.crawler.settings[setting]}){self._describe_urls()}"

    def _describe_urls(self) -> str:
        """Where most of the requests went."""
        if len(self._urls) < _MIN_URLS:
            return ""
        pattern, what = describe_trap(self._urls)
        return f"; of the last {plural(len(self._urls), 'request')} most went to {pattern} ({what})"
