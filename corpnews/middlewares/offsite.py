"""Keeps a crawl on the site of its newsroom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.downloadermiddlewares.offsite import OffsiteMiddleware
from scrapy.exceptions import IgnoreRequest

from corpnews.crawler import NewsroomSpider
from corpnews.web.urls import is_pdf_url

if TYPE_CHECKING:
    from scrapy import Request, Spider


class NewsroomOffsiteMiddleware(OffsiteMiddleware):
    """Drops requests that leave the newsroom's site, such as those from redirects, and reports them to the spider.

    The site is `spider.search.find_scope(request)`; it is None for start pages, which may redirect to any site. PDFs may be
    on any site, and a vendor's data on the vendor's. Other spiders get Scrapy's own filter by `allowed_domains`.
    """

    def process_request(self, request: Request, spider: Spider | None = None) -> None:  # noqa: ARG002 - Scrapy's signature
        newsroom = self.crawler.spider
        if not isinstance(newsroom, NewsroomSpider):
            super().process_request(request)
            return
        scope = newsroom.search.find_scope(request)
        if scope is None or is_pdf_url(request.url) or scope.allows(request.url) or newsroom.search.is_at_vendor(request):
            return
        self.stats.inc_value("offsite/filtered")
        newsroom.search.skip_offsite(request)
        raise IgnoreRequest("redirected to another site")
