"""The start pages of a run: their requests, and the newsroom that a home page links to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from corpnews.crawler.http import GONE_STATUSES, describe_failure, get_failure_reason, get_failure_status, has_server_answered
from corpnews.crawler.newsroom_choice import NewsroomChoice, find_newsroom_page
from corpnews.discovery import ArticleCandidate, ArticleLink, SkipReason, SourceRequest, read_start_page
from corpnews.discovery.page_classifier.classifier import find_obstacle
from corpnews.discovery.source import LISTING_SOURCE_NAME
from corpnews.items import VIA_GIVEN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scrapy import Request

    from corpnews.crawler.newsroom_spider import NewsroomSpider
    from corpnews.discovery import SourceResponse, StartPage

NO_PLANNER: Final = -1  # the number of a start page's planner, which the page is to make


class StartPages:
    """Requests the start pages, and has the search begin at each, or at the newsroom that it links to, if it is a home page.

    `unreachable` says of each start page why it could not be fetched, unless the server says that there is none.
    """

    def __init__(self, spider: NewsroomSpider) -> None:
        self.unreachable: dict[str, str] = {}
        self._spider = spider
        self._pages_of_sources: set[str] = set()  # of feeds and sitemaps that were given as start pages
        self._choices: dict[str, NewsroomChoice] = {}  # by the URL of a page that may be the newsroom

    def request(self, url: str) -> Request:
        """The request for a start page."""
        needs_browser = self._spider.render or self._spider.arguments.render
        request = SourceRequest(url, LISTING_SOURCE_NAME, needs_browser=needs_browser)
        return self._spider.search.requests.for_source(request, NO_PLANNER)

    def receive(self, response: SourceResponse) -> Iterator[Any]:
        """Read what came for a start page."""
        if response.is_html:
            yield from self._begin(response.request.url, self._read(response))
        elif (page := find_newsroom_page(response)) and page not in self._pages_of_sources:
            self._pages_of_sources.add(page)
            self._spider.logger.info(
                "<%s> is a feed or a sitemap; the page to start from is taken to be <%s>", response.url, page
            )
            yield self.request(page)
        else:
            yield from self._miss(response.request.url, response.url, SkipReason.NOT_HTML, _describe_other_type(response))

    def receive_failure(self, url: str, request: Request, error: BaseException | None) -> Iterator[Any]:
        """Take note that the start page at `url` could not be fetched."""
        reason = describe_failure(error)
        if (other := self._spider.url_without_https) and not has_server_answered(error) and url in self._spider.start_urls:
            self._spider.logger.warning("<%s>: %s; http is tried, as the URL says nothing else", url, reason)
            self._spider.start_urls, self._spider.url_without_https = [other], ""
            yield self.request(other)
            return
        if url not in self._choices and get_failure_status(error) not in GONE_STATUSES:
            self.unreachable[request.url] = reason
        yield from self._miss(url, request.url, get_failure_reason(error), reason)

    def _read(self, response: SourceResponse) -> StartPage:
        """The start page with the articles that it lists; that a wall stands in its place is reported, and the search goes on."""
        start = read_start_page(response, self._spider.search.build_scope(response.url))
        if not start.listing.articles and (kind := find_obstacle(start.page, start.scope)):
            self.unreachable[response.request.url] = kind.reason
            reason = SkipReason.WALL if kind.name == "wall" else SkipReason.ERROR_PAGE
            self._spider.search.skip(response.url, reason, kind.reason)
        return start

    def _begin(self, url: str, start: StartPage | None) -> Iterator[Any]:
        """Begin with the start page requested at `url`, or request the pages that it links to as the newsroom."""
        choice = self._choices.pop(url, None)
        if choice is not None:
            start = choice.add(url, start)
            if start is not None:
                self._spider.logger.info("The newsroom is taken to be <%s>", start.response.url)
                yield from self._spider.search.begin(start)
        elif start is not None:
            choice = NewsroomChoice(start)
            if choice.is_article:
                self._spider.logger.warning("<%s> is an article; the newsroom is looked for by its links", start.response.url)
                given = ArticleLink(start.response.url)
                self._spider.search.frontier.add(ArticleCandidate(given, VIA_GIVEN, given.url))
            self._choices.update(dict.fromkeys(choice.urls, choice))
            for newsroom in choice.urls:
                yield self.request(newsroom)
            if not choice.urls:
                yield from self._spider.search.begin(start)

    def _miss(self, requested: str, url: str, reason: SkipReason, detail: str) -> Iterator[Any]:
        """Give a start page up, or go on without a page that a home page links to as the newsroom."""
        self._spider.search.tried[requested] = detail
        if requested in self._choices:
            yield from self._begin(requested, None)
        else:
            self._spider.search.skip(url, reason, detail)


def _describe_other_type(response: SourceResponse) -> str:
    kind = "a PDF" if "pdf" in response.media_type else f"not HTML ({response.media_type})"
    return f"{kind}; the URL must be that of a page that lists the releases"
