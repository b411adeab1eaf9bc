"""Finds a newsroom's feeds: declared by the start page, linked from it, or at well-known paths."""

from __future__ import annotations

import re
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin, urlsplit

from corpnews.discovery.anchors import read_link_text
from corpnews.discovery.scope import get_host
from corpnews.web import urls
from corpnews.web.text import normalize_label, split_labels, split_terms
from corpnews.web.url_vocabulary import OTHER_STEPS
from corpnews.web.urls import article_key, split_path_without_edition

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corpnews.discovery.scope import Scope
    from corpnews.discovery.source import StartPage

_FEED_TYPES = split_terms(
    "application/rss+xml application/atom+xml application/feed+json application/rdf+xml text/rss text/rss+xml text/atom+xml"
)
# Types of feeds and of other documents.
_AMBIGUOUS_FEED_TYPES = split_terms("application/json application/xml text/xml")
_FEED_URL = re.compile(
    r"(?:\.(?:rss|atom|rdf)|/(?:[\w-]*(?:rss|feed|atom)[\w-]*\.(?:xml|json)|feeds?|rss|atom))/?$|[?&](?:feed|format)=(?:rss|atom|feed)"
)
_FEED_LABELS = split_labels(
    "rss|rss feed|rss feeds|atom|feed|news feed|subscribe rss|rss 订阅|rss订阅|flux rss|rss 2 0|subscribe via rss"
)
# Steps of a feed's path that do not name its subject.
_FEED_STEPS = split_terms(
    "feed feeds rss rss2 atom index.xml index.rss feed.xml feed.json feed.rss feed.atom rss.xml rss.rss atom.xml news.xml all.xml"
)
_COMMENT_FEED: Final = "comment"
_MAX_FEEDS: Final = 4
_WELL_KNOWN_FEED_PATHS = ("feed/", "rss.xml", "feed.xml", "index.xml", "rss", "atom.xml")
_MAX_SECTION_PATHS: Final = 2


def find_linked_feeds(start: StartPage) -> list[str]:
    """Return the feeds of the newsroom's section that the start page names; if there are none, the site's and its news feeds."""
    named: dict[tuple[str, tuple[str, ...], str], tuple[int, str]] = {}
    for url, title in chain(_iter_declared_feeds(start), _iter_feed_links(start)):
        if _COMMENT_FEED not in f"{urlsplit(url).path} {title}".lower() and article_key(url) != article_key(start.page.url):
            same = (get_host(url), get_feed_subject(url), urlsplit(url).query)  # as RSS and as Atom
            named.setdefault(same, (_rank_feed(url, title, start.scope), url))
    ranked = sorted(named.values(), key=itemgetter(0))
    best = [url for nearness, url in ranked if nearness == 0]
    return (best or [url for nearness, url in ranked if nearness < 3])[:_MAX_FEEDS]


def _iter_declared_feeds(start: StartPage) -> Iterator[tuple[str, str]]:
    """Yield URL and title of the feeds in the page's link elements."""
    page = start.page
    for element in page.root.iter("link"):
        kind = (element.get("type") or "").partition(";")[0].strip().lower()
        url = page.resolve_url(element.get("href")) if "alternate" in (element.get("rel") or "").lower().split() else None
        if url and (kind in _FEED_TYPES or (kind in _AMBIGUOUS_FEED_TYPES and _FEED_URL.search(url.lower()))):
            yield url, element.get("title") or ""


def _iter_feed_links(start: StartPage) -> Iterator[tuple[str, str]]:
    """Yield URL and text of the page's links to feeds on the company's site."""
    for mark in start.page.layout.links:
        url = start.page.resolve_url(mark.element.get("href"))
        if url and start.scope.is_on_company_site(url):
            text = read_link_text(mark.element)
            if _FEED_URL.search(url.lower()) or normalize_label(text) in _FEED_LABELS:
                yield url, text


def _rank_feed(url: str, title: str, scope: Scope) -> int:
    """Rank a feed: 0 the newsroom's own, 1 a news feed, 2 the whole site's, 3 a feed of another subject."""
    about = get_feed_subject(url)
    if about and about == scope.section:
        return 0
    if any(step in OTHER_STEPS for step in about) and not urls.has_news_step(about):
        return 3
    if urls.has_news_step(about) or urls.has_news_step((normalize_label(title),)) or urls.is_news_url(f"/{urlsplit(url).query}"):
        return 1
    return 2


def get_feed_subject(url: str) -> tuple[str, ...]:
    """Return the section that a feed is of: its path without edition and feed names.

    >>> get_feed_subject("https://example.com/en/press/feed/"), get_feed_subject("https://example.com/feed.xml")
    (('press',), ())
    """
    path = split_path_without_edition(url)
    while path and path[-1] in _FEED_STEPS:
        path = path[:-1]
    return path


def list_well_known_feeds(scope: Scope) -> list[str]:
    """List the usual feed URLs below the newsroom's section and at the host's root."""
    section, root = _build_section_url(scope), urljoin(scope.start_url, "/")
    near = [urljoin(section, name) for name in _WELL_KNOWN_FEED_PATHS[:_MAX_SECTION_PATHS]] if section != root else []
    return [*near, *(urljoin(root, name) for name in _WELL_KNOWN_FEED_PATHS[: len(_WELL_KNOWN_FEED_PATHS) - len(near)])]


def _build_section_url(scope: Scope) -> str:
    """Return the URL of the newsroom's section, in the edition of the start page.

    >>> from corpnews.discovery.scope import Scope
    >>> _build_section_url(Scope.from_start_url("https://example.com/en/news/2024/index.html"))
    'https://example.com/en/news/'
    """
    kept = len(urls.split_path(scope.start_url)) - len(split_path_without_edition(scope.start_url)) + len(scope.section)
    path: Sequence[str] = [step for step in urlsplit(scope.start_url).path.split("/") if step][:kept]
    folder = [step for step in path if "." not in step]
    return urljoin(scope.start_url, "/".join(("", *folder, "")))
