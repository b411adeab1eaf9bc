"""Mynewsdesk: the feed of releases, found by the number of the newsroom, and the later pages of the list."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar, Final

from w3lib.url import add_or_replace_parameter, url_query_parameter

from corpnews.discovery.asks import Ask
from corpnews.discovery.data import json_values
from corpnews.discovery.feeds.xml_feed import read_xml_feed
from corpnews.discovery.finder import find
from corpnews.discovery.listing import Found
from corpnews.discovery.way import Way

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from corpnews.discovery.asks import Answer
    from corpnews.discovery.listing import ArticleLink
    from corpnews.discovery.way import Start
    from corpnews.extraction.page import Page

HOSTS = re.compile(r"^(?:https?:)?//(?:[\w-]+\.)*mynewsdesk\.com(?:/|$)")
FEED = re.compile(r"(?:https?://[\w.:-]+)?/rss/source/\d+/pressrelease\b")
LISTING = re.compile(r"/pressreleases/?$")
RELEASE = re.compile(r"/pressreleases/[^/?#]+-\d+/?$")
LONGEST_SCRIPT: Final = 500_000
MOST_PAGES: Final = 1_000
FROM_FEED: Final = "feed"


class Mynewsdesk(Way):
    """The feed, which holds the newest releases, then the pages of the list from where the feed ends."""

    name: ClassVar[str] = "mynewsdesk"
    platform: ClassVar[str | None] = "Mynewsdesk"

    def openings(self, start: Start) -> Iterable[Ask]:
        if not is_mynewsdesk(start.page):
            return
        feed = next((url for text in addresses(start.page) if (url := start.page.absolute(text))), None)
        yield Ask(feed, self.name, note=FROM_FEED) if feed else self.page(listing_of(start.page), 1)

    def read(self, answer: Answer, start: Start) -> Found:
        if answer.ask.note == FROM_FEED:
            articles = read_xml_feed(answer.body, answer.url, answer.content_type).articles
            shown = sum(is_release(link) for link in start.listing.articles)
            further = len(articles) // shown + 1 if shown else 1
            return Found(articles, (self.page(listing_of(start.page), further),))
        articles = tuple(link for link in find(answer.page, start.scope).articles if is_release(link))
        at = json_values.number(url_query_parameter(answer.ask.url, "page")) or 1
        goes_on = articles and at < MOST_PAGES
        return Found(articles, (self.page(answer.ask.url, at + 1),) if goes_on else ())

    def page(self, listing: str, number: int) -> Ask:
        """The request for page `number` of the list; the first page has no number in its URL."""
        return Ask(listing if number < 2 else add_or_replace_parameter(listing, "page", str(number)), self.name)


def is_release(link: ArticleLink) -> bool:
    return RELEASE.search(link.url) is not None


def is_mynewsdesk(page: Page) -> bool:
    """Whether the page or its assets are on the vendor's host, and it is a list of releases or names their feed."""
    elements = page.root.iter("script", "link", "img", "a")
    hosts = (element.get("src") or element.get("href") or "" for element in elements)
    return any(HOSTS.match(address) for address in (page.url, *hosts)) and (
        LISTING.search(page.url) is not None or next(addresses(page), None) is not None
    )


def addresses(page: Page) -> Iterator[str]:
    """URLs of the releases' feed in links and scripts."""
    for element in page.root.iter("link", "a"):
        if found := FEED.search(element.get("href") or ""):
            yield element.get("href") or found[0]
    for script in page.root.iter("script"):
        if found := FEED.search((script.text or "")[:LONGEST_SCRIPT]):
            yield found[0]


def listing_of(page: Page) -> str:
    """The URL of the list of releases: this page, or the first link to one."""
    links = (page.absolute(element.get("href")) for element in page.root.iter("a"))
    return next((url for url in (page.url, *links) if url and LISTING.search(url.partition("?")[0])), page.url)
