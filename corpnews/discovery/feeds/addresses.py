"""Finds a newsroom's feeds: declared by the start page, linked from it, or at well-known paths."""

from __future__ import annotations

import re
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin, urlsplit

from corpnews.discovery import urls
from corpnews.discovery.anchors import link_text
from corpnews.discovery.scope import host_of
from corpnews.discovery.urls import article_key, edition_free
from corpnews.discovery.words import OTHER_STEPS, label_of, labels, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corpnews.discovery.scope import Scope
    from corpnews.discovery.way import Start

FEED_TYPES = words(
    "application/rss+xml application/atom+xml application/feed+json application/rdf+xml text/rss text/rss+xml text/atom+xml"
)
# Types of feeds and of other documents.
MAYBE_TYPES = words("application/json application/xml text/xml")
FEED_ADDRESS = re.compile(
    r"(?:\.(?:rss|atom|rdf)|/(?:[\w-]*(?:rss|feed|atom)[\w-]*\.(?:xml|json)|feeds?|rss|atom))/?$|[?&](?:feed|format)=(?:rss|atom|feed)"
)
FEED_LABELS = labels(
    "rss|rss feed|rss feeds|atom|feed|news feed|subscribe rss|rss 订阅|rss订阅|flux rss|rss 2 0|subscribe via rss"
)
# Steps of a feed's path that do not name its subject.
FEED_STEPS = words(
    "feed feeds rss rss2 atom index.xml index.rss feed.xml feed.json feed.rss feed.atom rss.xml rss.rss atom.xml news.xml all.xml"
)
COMMENTS: Final = "comment"
MOST_FEEDS: Final = 4
WELL_KNOWN = ("feed/", "rss.xml", "feed.xml", "index.xml", "rss", "atom.xml")
WELL_KNOWN_OF_SECTION: Final = 2


def linked_feeds(start: Start) -> list[str]:
    """Return the feeds of the newsroom's section that the start page names; if there are none, the site's and its news feeds."""
    named: dict[tuple[str, tuple[str, ...], str], tuple[int, str]] = {}
    for url, title in chain(declared(start), anchored(start)):
        if COMMENTS not in f"{urlsplit(url).path} {title}".lower() and article_key(url) != article_key(start.page.url):
            same = (host_of(url), subject(url), urlsplit(url).query)  # as RSS and as Atom
            named.setdefault(same, (rank(url, title, start.scope), url))
    ranked = sorted(named.values(), key=itemgetter(0))
    best = [url for nearness, url in ranked if nearness == 0]
    return (best or [url for nearness, url in ranked if nearness < 3])[:MOST_FEEDS]


def declared(start: Start) -> Iterator[tuple[str, str]]:
    """Yield URL and title of the feeds in the page's link elements."""
    page = start.page
    for element in page.root.iter("link"):
        kind = (element.get("type") or "").partition(";")[0].strip().lower()
        url = page.absolute(element.get("href")) if "alternate" in (element.get("rel") or "").lower().split() else None
        if url and (kind in FEED_TYPES or (kind in MAYBE_TYPES and FEED_ADDRESS.search(url.lower()))):
            yield url, element.get("title") or ""


def anchored(start: Start) -> Iterator[tuple[str, str]]:
    """Yield URL and text of the page's links to feeds on the company's site."""
    for mark in start.page.layout.links:
        url = start.page.absolute(mark.element.get("href"))
        if url and start.scope.is_own(url):
            text = link_text(mark.element)
            if FEED_ADDRESS.search(url.lower()) or label_of(text) in FEED_LABELS:
                yield url, text


def rank(url: str, title: str, scope: Scope) -> int:
    """Rank a feed: 0 the newsroom's own, 1 a news feed, 2 the whole site's, 3 a feed of another subject."""
    about = subject(url)
    if about and about == scope.section:
        return 0
    if any(step in OTHER_STEPS for step in about) and not urls.is_news(about):
        return 3
    if urls.is_news(about) or urls.is_news((label_of(title),)) or urls.says_news(f"/{urlsplit(url).query}"):
        return 1
    return 2


def subject(url: str) -> tuple[str, ...]:
    """Return the section that a feed is of: its path without edition and feed names.

    >>> subject("https://example.com/en/press/feed/"), subject("https://example.com/feed.xml")
    (('press',), ())
    """
    path = edition_free(url)
    while path and path[-1] in FEED_STEPS:
        path = path[:-1]
    return path


def well_known_feeds(scope: Scope) -> list[str]:
    """List the usual feed URLs below the newsroom's section and at the host's root."""
    section, root = section_url(scope), urljoin(scope.start_url, "/")
    near = [urljoin(section, name) for name in WELL_KNOWN[:WELL_KNOWN_OF_SECTION]] if section != root else []
    return [*near, *(urljoin(root, name) for name in WELL_KNOWN[: len(WELL_KNOWN) - len(near)])]


def section_url(scope: Scope) -> str:
    """Return the URL of the newsroom's section, in the edition of the start page.

    >>> from corpnews.discovery.scope import Scope
    >>> section_url(Scope.of("https://example.com/en/news/2024/index.html"))
    'https://example.com/en/news/'
    """
    kept = len(urls.steps(scope.start_url)) - len(edition_free(scope.start_url)) + len(scope.section)
    path: Sequence[str] = [step for step in urlsplit(scope.start_url).path.split("/") if step][:kept]
    folder = [step for step in path if "." not in step]
    return urljoin(scope.start_url, "/".join(("", *folder, "")))
