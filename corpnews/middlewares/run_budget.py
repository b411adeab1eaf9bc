"""Leaves the requests of a run that has spent its budget to the next run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from scrapy.exceptions import NotConfigured

from corpnews.crawler import NewsroomSpider
from corpnews.crawler.http import BudgetSpent

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler


class RunBudgetMiddleware:
    """Drops what still waits to be requested, PDFs excepted: their articles have been read."""

    def __init__(self, spider: NewsroomSpider) -> None:
        self._spider = spider

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        if not isinstance(crawler.spider, NewsroomSpider):
            raise NotConfigured
        return cls(crawler.spider)

    def process_request(self, request: Request) -> None:
        """Raise BudgetSpent if the search has ended."""
        if self._spider.search.end_reason and request.callback != self._spider.parse_pdf:
            raise BudgetSpent("left to the next run")
