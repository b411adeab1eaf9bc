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
    body: bytes | str, path: str = "/news/feed/", content_type: str = "application/xml", source: str = "", note: str = ""
) -> Answer:
    data = body.encode() if isinstance(body, str) else body
    return Answer(Ask(f"{SITE}{path}", source, note=note), f"{SITE}{path}", data, content_type)


def paths(links: Iterable[ArticleLink]) -> list[str]:
    return [link.url.removeprefix(SITE) for link in links]


def walked(source: Way, start: Start, files: Mapping[str, bytes | str]) -> tuple[list[str], list[str]]:
    """Go the way over a server that holds `files` by path: the paths asked for, and those of the articles found."""
    requests, requested, found = list(source.openings(start)), [], []
    while requests:
        request = requests.pop(0)
        path = request.url.removeprefix(SITE)
        if path in requested:
            continue
        requested.append(path)
        assert len(requested) < 50
        if path not in files:
            requests += source.failed(request, start)
            continue
        try:
            read = source.read(answer_of(files[path], path, source=request.way, note=request.note), start)
        except WayEnded:
            continue
        found += paths(read.articles)
        requests += read.following
    return requested, found
