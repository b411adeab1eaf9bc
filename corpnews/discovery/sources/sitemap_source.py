"""The source "sitemap": sitemaps list all pages of a site, of which the newsroom's articles are selected."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar, Final
from urllib.parse import unquote, urljoin, urlsplit

from corpnews.discovery.source import Source, SourceRequest, SourceResponse, SourceResult, StartPage
from corpnews.discovery.sources.sitemap_parser import Sitemap, SitemapEntry, parse_sitemap
from corpnews.discovery.uncertain_lists import UncertainList
from corpnews.discovery.url_patterns import ArticleUrlPatterns
from corpnews.extraction.dates.url_dates import find_date_in_url
from corpnews.extraction.structured_data.stated_values import resolve_url
from corpnews.web.text import split_terms
from corpnews.web.url_features import (
    LABEL_SEGMENTS,
    LABEL_SEGMENTS_WITH_ARTICLES,
    NEWS_STEM,
    OTHER_SEGMENTS,
    YEAR_PATTERN,
)
from corpnews.web.urls import split_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from corpnews.extraction.listing_entry import ArticleLink

_WELL_KNOWN_SITEMAP_PATHS = ("/sitemap.xml", "/sitemap_index.xml")
# Requested too if the start page lists no articles.
_FURTHER_SITEMAP_PATHS = ("/sitemap-index.xml", "/wp-sitemap.xml", "/news-sitemap.xml", "/post-sitemap.xml")
_MAX_SITEMAP_DEPTH: Final = 3
_MAX_ROBOTS_BYTES: Final = 500_000  # bytes, as many as Google reads
_MAX_SITEMAPS_IN_ROBOTS: Final = 200
_SITEMAP_LINE = re.compile(rb"^[ \t]*sitemap[ \t]*:[ \t]*(\S+)", re.IGNORECASE | re.MULTILINE)
_YEAR_OR_DAY_IN_URL = re.compile(r"20\d\d|/\d\d/\d\d/|199\d")
_ROBOTS_NOTE: Final = "robots"
_USUAL_PATH_NOTE: Final = "usual path"
_DEPTH_NOTE: Final = "depth"

# Names of sitemaps of posts; those of news are matched by NEWS_STEM.
_POST_NAMES = split_terms("post posts blog blogs article articles artikel artikelen story stories")
# Names of sitemaps without articles, whatever other words the name has.
_LABEL_NAMES = (LABEL_SEGMENTS - LABEL_SEGMENTS_WITH_ARTICLES) | split_terms(
    "cat user users tax taxonomy taxonomies image images video videos term terms"
)
# Names of sitemaps of other pages, unless the name has a word for posts or news too.
_OTHER_NAMES = OTHER_SEGMENTS | split_terms("""
page pages stores collection collections landing people member members resource resources document documents attachment
attachments archives
""")
# WordPress calls sitemaps of every content type "posts"; the type follows.
_KIND_OF_POST = re.compile(r"wp-sitemap-posts-")
_NAME_WORD = re.compile(r"[^\W\d_]+")
_YEAR_IN_SITEMAP_NAME = re.compile(rf"(?<!\d){YEAR_PATTERN}(?!\d)(?:[-_/]?(?:0[1-9]|1[0-2])(?!\d))?")
# Words in the names of all sitemaps.
_USUAL_NAME_WORDS = split_terms("sitemap sitemaps sitemapindex index xml gz txt html wp wordpress php main site google")


class SitemapSource(Source):
    """Sitemaps that robots.txt names, else those at the usual paths, one after the other; then their child sitemaps.

    A request's note is "robots", "usual path NUMBER", or "depth NUMBER" for a sitemap that robots.txt or an index names.
    """

    name: ClassVar[str] = "sitemap"

    def initial_requests(self, start: StartPage) -> Iterable[SourceRequest]:
        robots = SourceRequest(urljoin(start.scope.start_url, "/robots.txt"), self.name, note=_ROBOTS_NOTE)
        return [] if start.is_one_topic else [robots]

    def fallback_requests(self, request: SourceRequest, start: StartPage) -> Iterable[SourceRequest]:
        """Request the next usual path, unless the failed sitemap was named by an index."""
        kind, _, number = request.note.rpartition(" ")
        if kind == _DEPTH_NOTE and number != "0":
            return []
        following = int(number) + 1 if kind == _USUAL_PATH_NOTE else 0
        paths = _WELL_KNOWN_SITEMAP_PATHS if start.listing.articles else (*_WELL_KNOWN_SITEMAP_PATHS, *_FURTHER_SITEMAP_PATHS)
        return [
            SourceRequest(urljoin(start.scope.start_url, path), self.name, note=f"{_USUAL_PATH_NOTE} {following}")
            for path in paths[following : following + 1]
        ]

    def parse(self, response: SourceResponse, start: StartPage) -> SourceResult:
        if response.request.note == _ROBOTS_NOTE:
            named = self._asks(_find_robots_sitemaps(response), start, 0)
            return SourceResult(next_requests=tuple(named or self.fallback_requests(response.request, start)))
        sitemap = parse_sitemap(response)
        kind, _, number = response.request.note.rpartition(" ")
        depth = int(number) + 1 if kind == _DEPTH_NOTE else 1
        children = [child for child in sitemap.children if child.url not in (response.url, response.request.url)]
        following = self._asks(children, start, depth) if depth <= _MAX_SITEMAP_DEPTH else []
        articles, uncertain = _select_sitemap_articles(sitemap, response, start)
        return SourceResult(articles, tuple(following), uncertain)

    def _asks(self, children: Iterable[SitemapEntry], start: StartPage, depth: int) -> list[SourceRequest]:
        section = start.scope.section if start.scope.is_news else ()
        return [SourceRequest(child.url, self.name, note=f"{_DEPTH_NOTE} {depth}") for child in _sort_sitemaps(children, section)]


def _find_robots_sitemaps(response: SourceResponse) -> list[SitemapEntry]:
    lines = _SITEMAP_LINE.findall(response.body[:_MAX_ROBOTS_BYTES])[:_MAX_SITEMAPS_IN_ROBOTS]
    named = dict.fromkeys(resolve_url(response.url, line.decode("utf-8", "replace")) for line in lines)
    return [SitemapEntry(url) for url in named if url]


def _select_sitemap_articles(
    sitemap: Sitemap, response: SourceResponse, start: StartPage
) -> tuple[tuple[ArticleLink, ...], tuple[UncertainList, ...]]:
    """Return the newsroom's articles among a sitemap's URLs, newest first, and the groups of URLs that may be articles."""
    patterns = ArticleUrlPatterns.learn(start)
    if sitemap.feed:
        return tuple(link for link in sitemap.feed if patterns.is_in_section(link.url)), ()
    is_post = _rate_sitemap(response.request.url) > 0
    kept = patterns.select([entry.url for entry in sitemap.entries if not entry.is_news], is_post=is_post)
    for entry in sitemap.entries:
        is_own_news = entry.is_news and patterns.is_on_host(entry.url) and patterns.is_in_section(entry.url)
        if is_own_news or start.scope.is_article_url(entry.url):
            kept.add(entry.url)
    links = [entry.as_link() for entry in sitemap.entries if entry.url in kept]
    others = {entry.url: entry for entry in sitemap.entries if entry.url not in kept}
    uncertain = tuple(
        UncertainList(frozenset({(0, "/".join(pattern), 0)}), tuple(others[url].as_link() for url in urls))
        for pattern, urls in patterns.group(others)
    )
    return tuple(sorted(links, key=_get_sort_date, reverse=True)), uncertain


def _get_sort_date(link: ArticleLink) -> str:
    date = link.date or (find_date_in_url(link.url) if _YEAR_OR_DAY_IN_URL.search(link.url) else None) or link.modified
    return date.value if date else ""


def _find_name_words(url: str) -> set[str]:
    """Return the words of a sitemap's file name and query, or of its whole path if these say nothing.

    >>> sorted(_find_name_words("https://example.com/blog/sitemap-1.xml")), sorted(_find_name_words("https://example.com/files/news-sitemap.xml"))
    (['blog'], ['news'])
    """
    parts = urlsplit(url)
    path = _KIND_OF_POST.sub("", unquote(parts.path).lower())
    named = set(_NAME_WORD.findall(f"{path.rpartition('/')[2]}?{unquote(parts.query).lower()}")) - _USUAL_NAME_WORDS
    return named or set(_NAME_WORD.findall(path)) - _USUAL_NAME_WORDS


def _rate_sitemap(url: str, section: Sequence[str] = ()) -> int:
    """Rate a sitemap by its name: 2 for news, 1 for posts, -1 for other pages, -2 for those of authors and topics, else 0.

    >>> [_rate_sitemap(f"/{name}.xml") for name in ("press_release-sitemap", "post-sitemap2", "sitemap-1", "page", "authors/kim")]
    [2, 1, 0, -1, -2]
    """
    found = _find_name_words(url)
    is_other = not _OTHER_NAMES.isdisjoint(found)
    if not _LABEL_NAMES.isdisjoint((*found, *split_path(url.lower())[:-1])):
        return -2
    if any(map(NEWS_STEM.search, found)) or any(found.issuperset(_NAME_WORD.findall(step)) for step in section[-1:]):
        return 2
    return (not _POST_NAMES.isdisjoint(found)) - is_other


def _sort_sitemaps(children: Iterable[SitemapEntry], section: Sequence[str]) -> list[SitemapEntry]:
    """Return the sitemaps to read: news first, then newest first; those of other pages only if no name states news or posts."""
    rated = [(_rate_sitemap(child.url, section), child) for child in children]
    best = max((rating for rating, _ in rated), default=0)
    least = 0 if best > 0 else best - 1
    kept = [(rating, child) for rating, child in rated if rating >= least]
    return [child for _, child in sorted(kept, key=lambda each: (each[0], _get_sort_age(each[1])), reverse=True)]


def _get_sort_age(child: SitemapEntry) -> str:
    """Return a sort key by age: the year in the sitemap's name, else its last modification."""
    named = _YEAR_IN_SITEMAP_NAME.search(child.url)
    return re.sub(r"[_/]", "-", named[0]) if named else child.lastmod
