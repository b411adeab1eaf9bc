"""Refuses requests that would lead inside a network, whatever named them: links, redirects, feeds, sitemaps, the store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from scrapy.exceptions import NotConfigured
from scrapy.utils.httpobj import urlparse_cached

from corpnews.crawler import NewsroomSpider
from corpnews.guard.address_guard import get_guard

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler


class AddressGuardMiddleware:
    """Judges the URL of every request, before its robots.txt is fetched and before a name is resolved."""

    def __init__(self, spider: NewsroomSpider) -> None:
        self._spider = spider
        self._guard = get_guard(spider.crawler)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        if not isinstance(crawler.spider, NewsroomSpider):
            raise NotConfigured
        return cls(crawler.spider)

    def process_request(self, request: Request) -> None:
        """Raise AddressRefused for a URL that a crawl must not request."""
        session = self._spider.session
        if not (session and session.has_begun) and not request.meta.get("depth") and "redirect_urls" not in request.meta:
            self._guard.give(request.url)  # the URL of `scrapy parse URL` and `scrapy shell URL`
        self._guard.check_url(urlparse_cached(request))
