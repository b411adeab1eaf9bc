"""The source "feed": a newsroom's feeds, declared by the start page, linked from it, or at well-known paths."""

from __future__ import annotations

import re
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING, ClassVar, Final
from urllib.parse import urljoin, urlsplit

from w3lib.url import add_or_replace_parameter, url_query_parameter

from corpnews.discovery.anchors import read_link_text
from corpnews.discovery.source import Source, SourceError, SourceRequest, SourceResponse, SourceResult, StartPage
from corpnews.discovery.sources.feed_parser import Feed, parse_json_feed, parse_xml_feed
from corpnews.discovery.url_patterns import ArticleUrlPatterns
from corpnews.web import url_features, urls
from corpnews.web.sites import get_host
from corpnews.web.text import normalize_label, split_labels, split_terms
from corpnews.web.url_features import OTHER_SEGMENTS, split_path_without_edition
from corpnews.web.urls import article_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from corpnews.discovery.scope import Scope

_WORDPRESS_PAGE_PARAMETER: Final = "paged"
_MAX_FEED_PAGES: Final = 1_000

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
_NEWS_NOTE: Final = "news"  # of a request for a feed that its title or URL calls one of news
_WELL_KNOWN_FEED_PATHS = ("feed/", "rss.xml", "feed.xml", "index.xml", "rss", "atom.xml")
_MAX_SECTION_PATHS: Final = 2


class FeedSource(Source):
    """Feeds that the start page declares or links to."""

    name: ClassVar[str] = "feed"
    is_exhaustive: ClassVar[bool] = False

    def initial_requests(self, start: StartPage) -> Iterable[SourceRequest]:
        return [SourceRequest(url, self.name, note=_NEWS_NOTE * (rank == 1)) for rank, url in _find_linked_feeds(start)]

    def parse(self, response: SourceResponse, start: StartPage) -> SourceResult:
        """Parse a feed; of a site-wide feed only the articles of the newsroom's section are returned.

        A feed that the start page names as its news is the newsroom's own, if the page lists no articles.
        """
        feed = _parse_feed(response)
        patterns = ArticleUrlPatterns.learn(start)
        articles = tuple(link for link in feed.articles if not patterns.is_other_blog(link.url))
        is_news = response.request.note == _NEWS_NOTE and not start.listing.articles
        if not is_news and _get_feed_subject(response.request.url) != start.scope.section:  # the feed of the whole site
            articles = tuple(link for link in articles if patterns.is_in_section(link.url))
        return SourceResult(articles, tuple(SourceRequest(url, self.name) for url in [_find_older_feed(feed, response)] if url))


class WellKnownFeedSource(FeedSource):
    """Feeds at well-known paths, tried one after the other: only for newsrooms where no other source found anything."""

    is_last_resort: ClassVar[bool] = True

    def initial_requests(self, start: StartPage) -> Iterable[SourceRequest]:
        return self._attempt(0, start)

    def parse(self, response: SourceResponse, start: StartPage) -> SourceResult:
        found = super().parse(response, start)
        if response.request.note and not found.articles:
            raise SourceError("the feed lists no article of the newsroom")
        return found

    def fallback_requests(self, request: SourceRequest, start: StartPage) -> Iterable[SourceRequest]:
        return self._attempt(int(request.note) + 1, start) if request.note.isdigit() else ()

    def _attempt(self, number: int, start: StartPage) -> list[SourceRequest]:
        urls = _list_well_known_feeds(start.scope)[number : number + 1]
        return [SourceRequest(url, self.name, note=str(number)) for url in urls]


def _parse_feed(response: SourceResponse) -> Feed:
    """Parse a feed of any format. Raises SourceError if the response is not a feed."""
    if "json" in response.content_type.lower() or response.body[:100].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return parse_json_feed(response.json, response.url)
    return parse_xml_feed(response.body, response.url, response.content_type)


def _find_older_feed(feed: Feed, response: SourceResponse) -> str | None:
    """Return the URL of the feed's next page: the one it names, or for WordPress the next page number."""
    if feed.older_url or "wordpress" not in feed.generator.lower() or not feed.articles:
        return feed.older_url
    page = url_query_parameter(response.request.url, _WORDPRESS_PAGE_PARAMETER) or "1"
    if not page.isdecimal() or int(page) >= _MAX_FEED_PAGES or urlsplit(response.request.url).scheme not in ("http", "https"):
        return None
    return add_or_replace_parameter(response.request.url, _WORDPRESS_PAGE_PARAMETER, str(int(page) + 1))


def _find_linked_feeds(start: StartPage) -> list[tuple[int, str]]:
    """Return rank and URL of the feeds that the start page names: those of the section, else the site's and its news feeds."""
    named: dict[tuple[str, tuple[str, ...], str], tuple[int, str]] = {}
    for url, title in chain(_iter_declared_feeds(start), _iter_feed_links(start)):
        if _COMMENT_FEED not in f"{urlsplit(url).path} {title}".lower() and article_key(url) != article_key(start.page.url):
            same = (get_host(url), _get_feed_subject(url), urlsplit(url).query)  # as RSS and as Atom
            named.setdefault(same, (_rank_feed(url, title, start.scope), url))
    ranked = sorted(named.values(), key=itemgetter(0))
    best = [feed for feed in ranked if feed[0] == 0]
    others = [] if start.is_one_topic else [feed for feed in ranked if feed[0] < 3]
    return (best or others)[:_MAX_FEEDS]


def _iter_declared_feeds(start: StartPage) -> Iterator[tuple[str, str]]:
    """Yield URL and title of the feeds in the page's link elements."""
    page = start.page
    for element in page.elements["link"]:
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
    about = _get_feed_subject(url)
    if about and about == scope.section:
        return 0
    if any(step in OTHER_SEGMENTS for step in about) and not url_features.has_news_segment(about):
        return 3
    names_news = url_features.has_news_segment((*about, normalize_label(title))) or url_features.is_news_url(
        f"/{urlsplit(url).query}"
    )
    return 1 if names_news else 2


def _get_feed_subject(url: str) -> tuple[str, ...]:
    """Return the section that a feed is of: its path without edition and feed names.

    >>> _get_feed_subject("https://example.com/en/press/feed/"), _get_feed_subject("https://example.com/feed.xml")
    (('press',), ())
    """
    path = split_path_without_edition(url)
    while path and path[-1] in _FEED_STEPS:
        path = path[:-1]
    return path


def _list_well_known_feeds(scope: Scope) -> list[str]:
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
