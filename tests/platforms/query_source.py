"""Queries a source without a crawl: the look-alike itself responds to each request."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from corpnews.discovery import Scope, read_listing
from corpnews.discovery.source import StartPage
from corpnews.discovery.source_requests import SourceRequest, SourceResponse
from tests.helpers import Asked

if TYPE_CHECKING:
    from corpnews.discovery.listing import ArticleLink
    from corpnews.discovery.source import Source
    from tests.platforms.look_alike import LookAlike

LOOK_ALIKE_HOST = "https://www.acme.example"
MAX_SOURCE_REQUESTS = 200


@dataclass
class QueriedSource:
    """The links that a source found, in order, and its requests other than the start page."""

    links: list[ArticleLink] = field(default_factory=list)
    asks: list[SourceRequest] = field(default_factory=list)


def read_look_alike_start(newsroom: LookAlike) -> StartPage:
    answer = fetch_from_look_alike(newsroom, SourceRequest(LOOK_ALIKE_HOST + newsroom.start, "listing"))
    assert answer is not None
    scope = Scope.from_start_url(answer.url)
    return StartPage(answer, scope, read_listing(answer.page, scope))


def fetch_from_look_alike(newsroom: LookAlike, ask: SourceRequest) -> SourceResponse | None:
    """The response of the look-alike after redirects; None for a failure."""
    url, method, body = ask.url, "GET" if ask.body is None else "POST", (ask.body or "").encode()
    for _ in range(5):
        parts = urlsplit(url)
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        given = newsroom.answer(Asked(method, path, {name.lower(): value for name, value in ask.headers}, body))
        if given is None or given.status >= 400:
            return None
        if "Location" not in given.headers:
            headers = {name.lower(): value for name, value in given.headers.items()}
            return SourceResponse(ask, url, given.body, headers.get("content-type", ""), headers)
        url, method, body = urljoin(url, given.headers["Location"]), "GET", b""
    return None


def query_source(way: Source, newsroom: LookAlike) -> QueriedSource:
    """Make the requests of the source, none twice, as the planner does."""
    start, driven = read_look_alike_start(newsroom), QueriedSource()
    waiting, known = list(way.initial_requests(start)), set()
    while waiting:
        ask = waiting.pop(0)
        if (ask.url, ask.body) in known:
            continue
        known.add((ask.url, ask.body))
        if ask.url != start.response.request.url or ask.body is not None:
            driven.asks.append(ask)
        assert len(driven.asks) < MAX_SOURCE_REQUESTS
        if answer := fetch_from_look_alike(newsroom, ask):
            found = way.parse(answer, start)
            driven.links += found.articles
            waiting += found.next_requests
        else:
            waiting += way.fallback_requests(ask, start)
    return driven
