"""Mynewsdesk: the feed of releases, found by the number of the newsroom, and the later pages of the list."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from corpnews.discovery import Source, SourceRequest, SourceResult, read_listing
from corpnews.discovery.sources.feed_parser import parse_xml_feed
from corpnews.platforms.numbered_pages import get_query_number, set_query_parameters

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from corpnews.discovery import ArticleLink, SourceResponse, StartPage
    from corpnews.page.page import Page

_MYNEWSDESK_URL = re.compile(r"^(?:https?:)?//(?:[\w-]+\.)*mynewsdesk\.com(?:/|$)")
_FEED_URL = re.compile(r"(?:https?://[\w.:-]+)?/rss/source/\d+/pressrelease\b")
_LISTING_URL = re.compile(r"/pressreleases/?$")
_RELEASE_URL = re.compile(r"/pressreleases/[^/?#]+-\d+/?$")
_MAX_FEED_SCRIPT_LENGTH: Final = 500_000
_MAX_MYNEWSDESK_PAGES: Final = 1_000
_FEED_NOTE: Final = "feed"


class MynewsdeskSource(Source):
    """The feed, which holds the newest releases, then the pages of the list from where the feed ends."""

    name = "mynewsdesk"
    platform = "Mynewsdesk"

    def initial_requests(self, start: StartPage) -> Iterable[SourceRequest]:
        if not _is_mynewsdesk_page(start.page):
            return
        feed = next((url for text in _find_feed_urls(start.page) if (url := start.page.resolve_url(text))), None)
        yield (
            SourceRequest(feed, self.name, note=_FEED_NOTE)
            if feed
            else self._build_page_request(_find_listing_url(start.page), 1)
        )

    def parse(self, response: SourceResponse, start: StartPage) -> SourceResult:
        if response.request.note == _FEED_NOTE:
            articles = parse_xml_feed(response.body, response.url, response.content_type).articles
            shown = sum(_is_release_link(link) for link in start.listing.articles)
            next_page = len(articles) // shown + 1 if shown else 1
            return SourceResult(articles, (self._build_page_request(_find_listing_url(start.page), next_page),))
        articles = tuple(link for link in read_listing(response.page, start.scope).articles if _is_release_link(link))
        at = get_query_number(response.request.url, "page") or 1
        has_next = articles and at < _MAX_MYNEWSDESK_PAGES
        return SourceResult(articles, (self._build_page_request(response.request.url, at + 1),) if has_next else ())

    def _build_page_request(self, listing: str, number: int) -> SourceRequest:
        """The request for page `number` of the list; the first page has no number in its URL."""
        return SourceRequest(listing if number < 2 else set_query_parameters(listing, page=number), self.name)


def _is_release_link(link: ArticleLink) -> bool:
    return _RELEASE_URL.search(link.url) is not None


def _is_mynewsdesk_page(page: Page) -> bool:
    """Whether the page or its assets are on the vendor's host, and it is a list of releases or names their feed."""
    elements = page.root.iter("script", "link", "img", "a")
    urls = (element.get("src") or element.get("href") or "" for element in elements)
    return any(_MYNEWSDESK_URL.match(url) for url in (page.url, *urls)) and (
        _LISTING_URL.search(page.url) is not None or next(_find_feed_urls(page), None) is not None
    )


def _find_feed_urls(page: Page) -> Iterator[str]:
    """URLs of the releases' feed in links and scripts."""
    for element in page.root.iter("link", "a"):
        if found := _FEED_URL.search(element.get("href") or ""):
            yield element.get("href") or found[0]
    for script in page.root.iter("script"):
        if found := _FEED_URL.search((script.text or "")[:_MAX_FEED_SCRIPT_LENGTH]):
            yield found[0]


def _find_listing_url(page: Page) -> str:
    """The URL of the list of releases: this page, or the first link to one."""
    links = (page.resolve_url(element.get("href")) for element in page.root.iter("a"))
    return next((url for url in (page.url, *links) if url and _LISTING_URL.search(url.partition("?")[0])), page.url)
