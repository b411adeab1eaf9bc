"""A sample newsroom with its start page, and a function that queries a source of it without a network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpnews.discovery import Scope, SourceRequest, SourceResponse, StartPage
from corpnews.discovery.source import Listing, Source, SourceError
from corpnews.extraction.listing_entry import ArticleLink

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ACME_SITE = "https://www.acme.example"


def build_start_page(path: str = "/news/", listed: Iterable[str] = (), head: str = "", body: str = "") -> StartPage:
    """Build a start page at `path` that lists the articles at the paths `listed`."""
    url = f"{ACME_SITE}{path}"
    page = f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode()
    listing = Listing(tuple(ArticleLink(f"{ACME_SITE}{each}") for each in listed))
    return StartPage(SourceResponse(SourceRequest(url, "listing"), url, page, "text/html"), Scope.from_start_url(url), listing)


def build_response(
    body: bytes | str, path: str = "/news/feed/", content_type: str = "application/xml", source: str = "", note: str = ""
) -> SourceResponse:
    data = body.encode() if isinstance(body, str) else body
    return SourceResponse(SourceRequest(f"{ACME_SITE}{path}", source, note=note), f"{ACME_SITE}{path}", data, content_type)


def get_paths(links: Iterable[ArticleLink]) -> list[str]:
    return [link.url.removeprefix(ACME_SITE) for link in links]


def walk_source(source: Source, start: StartPage, files: Mapping[str, bytes | str]) -> tuple[list[str], list[str]]:
    """Query a source of a server with `files` by path; returns the requested paths, and those of the articles found."""
    requests, requested, found = list(source.initial_requests(start)), [], []
    while requests:
        request = requests.pop(0)
        path = request.url.removeprefix(ACME_SITE)
        if path in requested:
            continue
        requested.append(path)
        assert len(requested) < 50
        try:
            if path not in files:
                raise SourceError("HTTP 404")
            read = source.parse(build_response(files[path], path, source=request.source, note=request.note), start)
        except SourceError:
            requests += source.fallback_requests(request, start)
            continue
        found += get_paths(read.articles)
        requests += read.next_requests
    return requested, found
