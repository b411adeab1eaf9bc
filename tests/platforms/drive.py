"""Queries a source without a crawl: the look-alike itself responds to each request."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from corpnews.discovery import Scope, find
from corpnews.discovery.asks import Answer, Ask
from corpnews.discovery.way import Start
from tests.helpers import Asked

if TYPE_CHECKING:
    from corpnews.discovery.listing import ArticleLink
    from corpnews.discovery.way import Way
    from tests.platforms.lookalike import LookAlike

HOST = "https://www.acme.example"
MOST_ASKS = 200


@dataclass
class Driven:
    """The links that a source found, in order, and its requests other than the start page."""

    links: list[ArticleLink] = field(default_factory=list)
    asks: list[Ask] = field(default_factory=list)


def start_of(newsroom: LookAlike) -> Start:
    answer = answered(newsroom, Ask(HOST + newsroom.start, "listing"))
    assert answer is not None
    scope = Scope.of(answer.url)
    return Start(answer, scope, find(answer.page, scope))


def answered(newsroom: LookAlike, ask: Ask) -> Answer | None:
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
            return Answer(ask, url, given.body, headers.get("content-type", ""), headers)
        url, method, body = urljoin(url, given.headers["Location"]), "GET", b""
    return None


def drive(way: Way, newsroom: LookAlike) -> Driven:
    """Make the requests of the source, none twice, as the planner does."""
    start, driven = start_of(newsroom), Driven()
    waiting, known = list(way.openings(start)), set()
    while waiting:
        ask = waiting.pop(0)
        if (ask.url, ask.body) in known:
            continue
        known.add((ask.url, ask.body))
        if ask.url != start.answer.ask.url or ask.body is not None:
            driven.asks.append(ask)
        assert len(driven.asks) < MOST_ASKS
        if answer := answered(newsroom, ask):
            found = way.read(answer, start)
            driven.links += found.articles
            waiting += found.following
        else:
            waiting += way.failed(ask, start)
    return driven
