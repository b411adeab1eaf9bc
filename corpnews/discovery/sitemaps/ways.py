"""The way that leads over a site's sitemaps."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar, Final
from urllib.parse import urljoin

from corpnews.discovery.asks import Ask, WayEnded
from corpnews.discovery.kin import Kin
from corpnews.discovery.listing import Found
from corpnews.discovery.sitemaps.names import in_reading_order, word_of
from corpnews.discovery.sitemaps.reader import Child, Sitemap, read_sitemap
from corpnews.discovery.told import told_url
from corpnews.discovery.way import Way
from corpnews.extraction.dates.stamps import date_in_url

if TYPE_CHECKING:
    from collections.abc import Iterable

    from corpnews.discovery.asks import Answer
    from corpnews.discovery.listing import ArticleLink
    from corpnews.discovery.way import Start

WELL_KNOWN = ("/sitemap.xml", "/sitemap_index.xml")
MOST_DEPTH: Final = 3
MOST_ROBOTS: Final = 500_000  # bytes, as many as Google reads
MOST_NAMED: Final = 200
SITEMAP_LINE = re.compile(rb"^[ \t]*sitemap[ \t]*:[ \t]*(\S+)", re.IGNORECASE | re.MULTILINE)
A_YEAR = re.compile(r"20\d\d|/\d\d/\d\d/|199\d")
ROBOTS: Final = "robots"
USUAL: Final = "usual path"
DEPTH: Final = "depth"


class Sitemaps(Way):
    """Sitemaps that robots.txt names, else those at the usual paths, one after the other; and what they lead on to.

    An Ask's note says what was asked for: robots.txt, the usual path of a number, or a sitemap named at a depth.
    """

    name: ClassVar[str] = "sitemap"

    def openings(self, start: Start) -> Iterable[Ask]:
        return [Ask(urljoin(start.scope.start_url, "/robots.txt"), self.name, note=ROBOTS)]

    def failed(self, request: Ask, start: Start) -> Iterable[Ask]:
        """The next of the usual paths, unless a sitemap led to the one that failed."""
        kind, _, number = request.note.rpartition(" ")
        if kind == DEPTH and number != "0":
            return []
        following = int(number) + 1 if kind == USUAL else 0
        return [
            Ask(urljoin(start.scope.start_url, path), self.name, note=f"{USUAL} {following}")
            for path in WELL_KNOWN[following : following + 1]
        ]

    def read(self, response: Answer, start: Start) -> Found:
        if response.ask.note == ROBOTS:
            named = self._asks(named_in_robots(response), start, 0)
            return Found(following=tuple(named or self.failed(response.ask, start)))
        try:
            sitemap = read_sitemap(response)
        except WayEnded:
            further = tuple(self.failed(response.ask, start))
            if not further:
                raise
            return Found(following=further)
        kind, _, number = response.ask.note.rpartition(" ")
        depth = int(number) + 1 if kind == DEPTH else 1
        children = [child for child in sitemap.children if child.url not in (response.url, response.ask.url)]
        following = self._asks(children, start, depth) if depth <= MOST_DEPTH else []
        return Found(articles_of(sitemap, response, start), tuple(following))

    def _asks(self, children: Iterable[Child], start: Start, depth: int) -> list[Ask]:
        section = start.scope.section if start.scope.is_news else ()
        return [Ask(child.url, self.name, note=f"{DEPTH} {depth}") for child in in_reading_order(children, section)]


def named_in_robots(response: Answer) -> list[Child]:
    """The sitemaps that robots.txt names."""
    lines = SITEMAP_LINE.findall(response.body[:MOST_ROBOTS])[:MOST_NAMED]
    named = dict.fromkeys(told_url(response.url, line.decode("utf-8", "replace")) for line in lines)
    return [Child(url) for url in named if url]


def articles_of(sitemap: Sitemap, response: Answer, start: Start) -> tuple[ArticleLink, ...]:
    """The newsroom's articles among a sitemap's URLs, newest first."""
    kin = Kin.of(start)
    if sitemap.feed:
        return tuple(link for link in sitemap.feed if kin.is_of_section(link.url))
    kept = kin.picked([entry.url for entry in sitemap.entries if not entry.is_news], word_of(response.ask.url))
    kept.update(
        entry.url for entry in sitemap.entries if entry.is_news and kin.is_here(entry.url) and kin.is_of_section(entry.url)
    )
    links = [entry.as_link() for entry in sitemap.entries if entry.url in kept]
    return tuple(sorted(links, key=newness, reverse=True))


def newness(link: ArticleLink) -> str:
    """A text that is the greater, the newer the article is, as far as is known."""
    date = link.date or (date_in_url(link.url) if A_YEAR.search(link.url) else None) or link.modified
    return date.value if date else ""
