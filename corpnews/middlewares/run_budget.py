"""Leaves requests to the next run: those of a run that has spent its budget, and those to a host that has had its share."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Self

from scrapy import signals
from scrapy.exceptions import NotConfigured
from scrapy.utils.httpobj import urlparse_cached

from corpnews.crawler import NewsroomSpider
from corpnews.crawler.http import BudgetSpent

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response


class RunBudgetMiddleware:
    """Drops what still waits to be requested, PDFs excepted: their articles have been read."""

    def __init__(self, spider: NewsroomSpider) -> None:
        self._spider = spider
        settings = spider.crawler.settings
        self._requests, self._bytes = Counter[str](), Counter[str]()  # by host
        self._budgets = (
            ("requests to", "CORPNEWS_MAX_REQUESTS_PER_HOST", settings.getint("CORPNEWS_MAX_REQUESTS_PER_HOST"), self._requests),
            ("bytes from", "CORPNEWS_MAX_BYTES_PER_HOST", settings.getint("CORPNEWS_MAX_BYTES_PER_HOST"), self._bytes),
        )

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        if not isinstance(crawler.spider, NewsroomSpider):
            raise NotConfigured
        middleware = cls(crawler.spider)
        crawler.signals.connect(middleware.response_downloaded, signals.response_downloaded)
        return middleware

    def process_request(self, request: Request) -> None:
        """Raise BudgetSpent if the search has ended, or if the host has had its share of the run."""
        search, host = self._spider.search, urlparse_cached(request).hostname or ""
        if request.callback != self._spider.parse_pdf:
            if search.end_reason:
                raise BudgetSpent("left to the next run")
            for what, setting, limit, used in self._budgets:
                if 0 < limit <= used[host]:
                    search.end_detail = search.end_detail or f"{what} {host} ({setting}={limit})"
                    raise BudgetSpent(f"{host} has had its share of the run")
        self._requests[host] += 1

    def response_downloaded(self, response: Response, request: Request) -> None:
        """Count a response as it came, before it is decompressed."""
        self._bytes[urlparse_cached(request).hostname or ""] += len(response.body)
