"""The source "feed": a newsroom's RSS, Atom, RDF and JSON feeds."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final
from urllib.parse import urlsplit

from w3lib.url import add_or_replace_parameter, url_query_parameter

from corpnews.discovery.asks import Ask, WayEnded
from corpnews.discovery.feeds.addresses import linked_feeds, subject, well_known_feeds
from corpnews.discovery.feeds.json_feed import read_json_feed
from corpnews.discovery.feeds.xml_feed import Feed, read_xml_feed
from corpnews.discovery.kin import Kin
from corpnews.discovery.listing import Found
from corpnews.discovery.way import Way

if TYPE_CHECKING:
    from collections.abc import Iterable

    from corpnews.discovery.asks import Answer
    from corpnews.discovery.way import Start

PAGED: Final = "paged"
MOST_PAGES: Final = 1_000


class Feeds(Way):
    """Feeds that the start page declares or links to."""

    name: ClassVar[str] = "feed"
    is_full: ClassVar[bool] = False

    def openings(self, start: Start) -> Iterable[Ask]:
        return [Ask(url, self.name) for url in linked_feeds(start)]

    def read(self, response: Answer, start: Start) -> Found:
        """Parse a feed; of a site-wide feed only the articles of the newsroom's section are returned."""
        feed = read_feed(response)
        articles = feed.articles
        if not is_own(response.ask.url, start):
            kin = Kin.of(start)
            articles = tuple(link for link in articles if kin.is_of_section(link.url))
        return Found(articles, tuple(Ask(url, self.name) for url in [older(feed, response)] if url))


class WellKnownFeeds(Feeds):
    """Feeds at well-known paths, tried one after the other: only for newsrooms where no other source found anything."""

    is_last_resort: ClassVar[bool] = True

    def openings(self, start: Start) -> Iterable[Ask]:
        return self._attempt(0, start)

    def read(self, response: Answer, start: Start) -> Found:
        try:
            found = super().read(response, start)
        except WayEnded:
            found = Found()
        if found.articles or not response.ask.note:
            return found
        further = tuple(self.failed(response.ask, start))
        if not further:
            raise WayEnded("none of the usual paths leads to a feed")
        return Found(following=further)

    def failed(self, request: Ask, start: Start) -> Iterable[Ask]:
        return self._attempt(int(request.note) + 1, start) if request.note else ()

    def _attempt(self, number: int, start: Start) -> list[Ask]:
        return [Ask(url, self.name, note=str(number)) for url in well_known_feeds(start.scope)[number : number + 1]]


def read_feed(response: Answer) -> Feed:
    """Parse a feed of any format. Raises SourceError if the response is not a feed."""
    if "json" in response.content_type.lower() or response.body[:100].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return read_json_feed(response.json, response.url)
    return read_xml_feed(response.body, response.url, response.content_type)


def is_own(url: str, start: Start) -> bool:
    """Whether the feed is that of the newsroom's section, not the whole site's."""
    return subject(url) == start.scope.section


def older(feed: Feed, response: Answer) -> str | None:
    """Return the URL of the feed's next page: the one it names, or for WordPress the next page number."""
    if feed.older or "wordpress" not in feed.generator.lower() or not feed.articles:
        return feed.older
    page = url_query_parameter(response.ask.url, PAGED) or "1"
    if not page.isdecimal() or int(page) >= MOST_PAGES or urlsplit(response.ask.url).scheme not in ("http", "https"):
        return None
    return add_or_replace_parameter(response.ask.url, PAGED, str(int(page) + 1))
