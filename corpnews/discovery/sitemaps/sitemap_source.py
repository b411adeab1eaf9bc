"""The source "sitemap": a site's XML sitemaps."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar, Final
from urllib.parse import urljoin

from corpnews.discovery.listing import SourceResult
from corpnews.discovery.sitemaps.sitemap_names import get_sitemap_subject, sort_sitemaps
from corpnews.discovery.sitemaps.sitemap_parser import ChildSitemap, Sitemap, parse_sitemap
from corpnews.discovery.source import Source
from corpnews.discovery.source_requests import SourceError, SourceRequest
from corpnews.discovery.source_values import resolve_url
from corpnews.discovery.url_patterns import ArticleUrlPatterns
from corpnews.extraction.dates.url_dates import find_date_in_url

if TYPE_CHECKING:
    from collections.abc import Iterable

    from corpnews.discovery.listing import ArticleLink
    from corpnews.discovery.source import StartPage
    from corpnews.discovery.source_requests import SourceResponse

_WELL_KNOWN_SITEMAP_PATHS = ("/sitemap.xml", "/sitemap_index.xml")
_MAX_SITEMAP_DEPTH: Final = 3
_MAX_ROBOTS_BYTES: Final = 500_000  # bytes, as many as Google reads
_MAX_SITEMAPS_IN_ROBOTS: Final = 200
_SITEMAP_LINE = re.compile(rb"^[ \t]*sitemap[ \t]*:[ \t]*(\S+)", re.IGNORECASE | re.MULTILINE)
_YEAR_OR_DAY_IN_URL = re.compile(r"20\d\d|/\d\d/\d\d/|199\d")
_ROBOTS_NOTE: Final = "robots"
_USUAL_PATH_NOTE: Final = "usual path"
_DEPTH_NOTE: Final = "depth"


class SitemapSource(Source):
    """Sitemaps that robots.txt names, else those at the usual paths, one after the other; then their child sitemaps.

    A request's note is "robots", "usual path NUMBER", or "depth NUMBER" for a sitemap that robots.txt or an index names.
    """

    name: ClassVar[str] = "sitemap"

    def initial_requests(self, start: StartPage) -> Iterable[SourceRequest]:
        return [SourceRequest(urljoin(start.scope.start_url, "/robots.txt"), self.name, note=_ROBOTS_NOTE)]

    def fallback_requests(self, request: SourceRequest, start: StartPage) -> Iterable[SourceRequest]:
        """Request the next usual path, unless the failed sitemap was named by an index."""
        kind, _, number = request.note.rpartition(" ")
        if kind == _DEPTH_NOTE and number != "0":
            return []
        following = int(number) + 1 if kind == _USUAL_PATH_NOTE else 0
        return [
            SourceRequest(urljoin(start.scope.start_url, path), self.name, note=f"{_USUAL_PATH_NOTE} {following}")
            for path in _WELL_KNOWN_SITEMAP_PATHS[following : following + 1]
        ]

    def parse(self, response: SourceResponse, start: StartPage) -> SourceResult:
        if response.request.note == _ROBOTS_NOTE:
            named = self._asks(_find_robots_sitemaps(response), start, 0)
            return SourceResult(next_requests=tuple(named or self.fallback_requests(response.request, start)))
        try:
            sitemap = parse_sitemap(response)
        except SourceError:
            further = tuple(self.fallback_requests(response.request, start))
            if not further:
                raise
            return SourceResult(next_requests=further)
        kind, _, number = response.request.note.rpartition(" ")
        depth = int(number) + 1 if kind == _DEPTH_NOTE else 1
        children = [child for child in sitemap.children if child.url not in (response.url, response.request.url)]
        following = self._asks(children, start, depth) if depth <= _MAX_SITEMAP_DEPTH else []
        return SourceResult(_select_sitemap_articles(sitemap, response, start), tuple(following))

    def _asks(self, children: Iterable[ChildSitemap], start: StartPage, depth: int) -> list[SourceRequest]:
        section = start.scope.section if start.scope.is_news else ()
        return [SourceRequest(child.url, self.name, note=f"{_DEPTH_NOTE} {depth}") for child in sort_sitemaps(children, section)]


def _find_robots_sitemaps(response: SourceResponse) -> list[ChildSitemap]:
    """Return the sitemaps that robots.txt names."""
    lines = _SITEMAP_LINE.findall(response.body[:_MAX_ROBOTS_BYTES])[:_MAX_SITEMAPS_IN_ROBOTS]
    named = dict.fromkeys(resolve_url(response.url, line.decode("utf-8", "replace")) for line in lines)
    return [ChildSitemap(url) for url in named if url]


def _select_sitemap_articles(sitemap: Sitemap, response: SourceResponse, start: StartPage) -> tuple[ArticleLink, ...]:
    """Return the newsroom's articles among a sitemap's URLs, newest first."""
    patterns = ArticleUrlPatterns.learn(start)
    if sitemap.feed:
        return tuple(link for link in sitemap.feed if patterns.is_in_section(link.url))
    kept = patterns.select(
        [entry.url for entry in sitemap.entries if not entry.is_news], get_sitemap_subject(response.request.url)
    )
    kept.update(
        entry.url
        for entry in sitemap.entries
        if entry.is_news and patterns.is_on_host(entry.url) and patterns.is_in_section(entry.url)
    )
    links = [entry.as_link() for entry in sitemap.entries if entry.url in kept]
    return tuple(sorted(links, key=_get_sort_date, reverse=True))


def _get_sort_date(link: ArticleLink) -> str:
    """Return the date to sort an article by, as far as it is known."""
    date = link.date or (find_date_in_url(link.url) if _YEAR_OR_DAY_IN_URL.search(link.url) else None) or link.modified
    return date.value if date else ""
