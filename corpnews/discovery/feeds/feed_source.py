"""The source "feed": a newsroom's RSS, Atom, RDF and JSON feeds."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final
from urllib.parse import urlsplit

from w3lib.url import add_or_replace_parameter, url_query_parameter

from corpnews.discovery.feeds.feed_urls import find_linked_feeds, get_feed_subject, list_well_known_feeds
from corpnews.discovery.feeds.json_feed import parse_json_feed
from corpnews.discovery.feeds.xml_feed import Feed, parse_xml_feed
from corpnews.discovery.listing import SourceResult
from corpnews.discovery.source import Source
from corpnews.discovery.source_requests import SourceError, SourceRequest
from corpnews.discovery.url_patterns import ArticleUrlPatterns

if TYPE_CHECKING:
    from collections.abc import Iterable

    from corpnews.discovery.source import StartPage
    from corpnews.discovery.source_requests import SourceResponse

_WORDPRESS_PAGE_PARAMETER: Final = "paged"
_MAX_FEED_PAGES: Final = 1_000


class FeedSource(Source):
    """Feeds that the start page declares or links to."""

    name: ClassVar[str] = "feed"
    is_exhaustive: ClassVar[bool] = False

    def initial_requests(self, start: StartPage) -> Iterable[SourceRequest]:
        return [SourceRequest(url, self.name) for url in find_linked_feeds(start)]

    def parse(self, response: SourceResponse, start: StartPage) -> SourceResult:
        """Parse a feed; of a site-wide feed only the articles of the newsroom's section are returned."""
        feed = _parse_feed(response)
        articles = feed.articles
        if not _is_section_feed(response.request.url, start):
            patterns = ArticleUrlPatterns.learn(start)
            articles = tuple(link for link in articles if patterns.is_in_section(link.url))
        return SourceResult(articles, tuple(SourceRequest(url, self.name) for url in [_find_older_feed(feed, response)] if url))


class WellKnownFeedSource(FeedSource):
    """Feeds at well-known paths, tried one after the other: only for newsrooms where no other source found anything."""

    is_last_resort: ClassVar[bool] = True

    def initial_requests(self, start: StartPage) -> Iterable[SourceRequest]:
        return self._attempt(0, start)

    def parse(self, response: SourceResponse, start: StartPage) -> SourceResult:
        try:
            found = super().parse(response, start)
        except SourceError:
            found = SourceResult()
        if found.articles or not response.request.note:
            return found
        further = tuple(self.fallback_requests(response.request, start))
        if not further:
            raise SourceError("none of the usual paths leads to a feed")
        return SourceResult(next_requests=further)

    def fallback_requests(self, request: SourceRequest, start: StartPage) -> Iterable[SourceRequest]:
        return self._attempt(int(request.note) + 1, start) if request.note else ()

    def _attempt(self, number: int, start: StartPage) -> list[SourceRequest]:
        return [
            SourceRequest(url, self.name, note=str(number)) for url in list_well_known_feeds(start.scope)[number : number + 1]
        ]


def _parse_feed(response: SourceResponse) -> Feed:
    """Parse a feed of any format. Raises SourceError if the response is not a feed."""
    if "json" in response.content_type.lower() or response.body[:100].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return parse_json_feed(response.json, response.url)
    return parse_xml_feed(response.body, response.url, response.content_type)


def _is_section_feed(url: str, start: StartPage) -> bool:
    """Whether the feed is that of the newsroom's section, not the whole site's."""
    return get_feed_subject(url) == start.scope.section


def _find_older_feed(feed: Feed, response: SourceResponse) -> str | None:
    """Return the URL of the feed's next page: the one it names, or for WordPress the next page number."""
    if feed.older_url or "wordpress" not in feed.generator.lower() or not feed.articles:
        return feed.older_url
    page = url_query_parameter(response.request.url, _WORDPRESS_PAGE_PARAMETER) or "1"
    if not page.isdecimal() or int(page) >= _MAX_FEED_PAGES or urlsplit(response.request.url).scheme not in ("http", "https"):
        return None
    return add_or_replace_parameter(response.request.url, _WORDPRESS_PAGE_PARAMETER, str(int(page) + 1))
