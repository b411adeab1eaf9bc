"""Keeps a crawl on the site of its newsroom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.downloadermiddlewares.offsite import OffsiteMiddleware
from scrapy.utils.httpobj import urlparse_cached

from corpnews.crawler import NewsroomSpider
from corpnews.crawler.http import LeftSite, is_pdf_response
from corpnews.guard.address_guard import get_guard
from corpnews.web.urls import is_pdf_url

if TYPE_CHECKING:
    from scrapy import Request, Spider
    from scrapy.http import Response


class NewsroomOffsiteMiddleware(OffsiteMiddleware):
    """Drops requests that leave the newsroom's site, such as those from redirects, and reports them to the spider.

    The site is `spider.search.find_scope(request)`; it is None for start pages, which may redirect to any site. PDFs may be
    on any site, and nothing else that comes for a PDF's URL; a vendor's data may be on the vendor's site. Other spiders get
    Scrapy's own filter by `allowed_domains`.
    """

    def process_request(self, request: Request, spider: Spider | None = None) -> None:  # noqa: ARG002 - Scrapy's signature
        newsroom = self.crawler.spider
        if not isinstance(newsroom, NewsroomSpider):
            super().process_request(request)
            return
        if not is_pdf_url(request.url):
            self._check(newsroom, request)

    def process_response(self, request: Request, response: Response) -> Response:
        """Drop what came from another site for a PDF's URL and is no PDF."""
        newsroom = self.crawler.spider
        if isinstance(newsroom, NewsroomSpider) and is_pdf_url(request.url) and not is_pdf_response(response):
            self._check(newsroom, request)
        return response

    def _check(self, newsroom: NewsroomSpider, request: Request) -> None:
        scope = newsroom.search.find_scope(request)
        if scope is None or scope.allows(request.url) or newsroom.search.is_at_vendor(request):
            return
        if get_guard(self.crawler).find_objection(urlparse_cached(request)):
            return  # AddressGuardMiddleware refuses it, and says more
        self.stats.inc_value("offsite/filtered")
        newsroom.search.skip_offsite(request)
        raise LeftSite("redirected to another site")
