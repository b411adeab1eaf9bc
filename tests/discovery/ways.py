"""A newsroom of ours and its first page, and a walk along a way over what its server holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpnews.discovery import Answer, Ask, Scope, Start
from corpnews.discovery.asks import WayEnded
from corpnews.discovery.listing import ArticleLink, Listing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from corpnews.discovery.way import Way

SITE = "https://www.acme.example"


def start_of(path: str = "/news/", listed: Iterable[str] = (), head: str = "", body: str = "") -> Start:
    """A first page at `path` that lists the articles at the paths `listed`."""
    url = f"{SITE}{path}"
    page = f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode()
    listing = Listing(tuple(ArticleLink(f"{SITE}{each}") for each in listed))
    return Start(Answer(Ask(url, "listing"), url, page, "text/html"), Scope.of(url), listing)


def answer_of(
    body: bytes | str, path: str = "/news/feed/", content_type: str = "application/xml", way: str = "", note: str = ""
) -> Answer:
    data = body.encode() if isinstance(body, str) else body
    return Answer(Ask(f"{SITE}{path}", way, note=note), f"{SITE}{path}", data, content_type)


def paths(links: Iterable[ArticleLink]) -> list[str]:
    return [link.url.removeprefix(SITE) for link in links]


def walked(way: Way, start: Start, files: Mapping[str, bytes | str]) -> tuple[list[str], list[str]]:
    """Go the way over a server that holds `files` by path: the paths asked for, and those of the articles found."""
    asks, asked, found = list(way.openings(start)), [], []
    while asks:
        ask = asks.pop(0)
        path = ask.url.removeprefix(SITE)
        if path in asked:
            continue
        asked.append(path)
        assert len(asked) < 50
        if path not in files:
            asks += way.failed(ask, start)
            continue
        try:
            read = way.read(answer_of(files[path], path, way=ask.way, note=ask.note), start)
        except WayEnded:
            continue
        found += paths(read.articles)
        asks += read.following
    return asked, found
