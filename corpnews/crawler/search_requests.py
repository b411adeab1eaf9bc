"""The requests of a search: what a planner wants, and the pages and PDFs of articles. They carry numbers and strings only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scrapy import Request

from corpnews.browser.render_request import build_render_request
from corpnews.crawler.http import build_article_request, build_source_request
from corpnews.discovery.frontier import build_row

if TYPE_CHECKING:
    from corpnews.crawler.newsroom_spider import NewsroomSpider
    from corpnews.discovery import ArticleCandidate, SourceRequest


class SearchRequests:
    """Makes requests that a spider's callbacks can tell apart, in a run that JOBDIR resumes as well."""

    def __init__(self, spider: NewsroomSpider) -> None:
        self._spider = spider

    def for_source(self, source_request: SourceRequest, planner: int) -> Request:
        """The request for what a planner wants."""
        request = build_source_request(source_request, run=self._spider.run.number, planner=planner)
        return request.replace(callback=self._spider.parse, errback=self._spider.failed)

    def for_article(self, candidate: ArticleCandidate) -> Request:
        """The request for an article's page."""
        spider, url = self._spider, candidate.link.url
        request = build_article_request(url, spider.run.history.find_page(url))
        return request.replace(callback=spider.parse_article, errback=spider.article_failed, cb_kwargs=self._carry(candidate))

    def for_rendered_article(self, candidate: ArticleCandidate) -> Request:
        """The request for an article's page as a browser shows it."""
        spider, carried = self._spider, self._carry(candidate)
        request = build_render_request(candidate.link.url, cb_kwargs=carried)
        return request.replace(callback=spider.parse_article, errback=spider.article_failed)

    def for_pdf(self, url: str, candidate: ArticleCandidate) -> Request:
        """The request for the PDF with the text of an article."""
        spider, carried = self._spider, self._carry(candidate)
        return Request(url, spider.parse_pdf, errback=spider.pdf_failed, cb_kwargs=carried, dont_filter=True)

    def _carry(self, candidate: ArticleCandidate) -> dict[str, Any]:
        return {"run": self._spider.run.number, "candidate": build_row(candidate)}
