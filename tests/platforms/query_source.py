"""Queries a source without a crawl: the look-alike itself responds to each request."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from corpnews.discovery import Scope, read_listing
from corpnews.discovery.source import SourceRequest, SourceResponse, StartPage
from tests.helpers import Asked

if TYPE_CHECKING:
    from corpnews.discovery.source import Source
    from corpnews.extraction.listing_entry import ArticleLink
    from tests.platforms.look_alike import LookAlike

LOOK_ALIKE_HOST = "https://www.acme.example"
MAX_SOURCE_REQUESTS = 200


@dataclass
class QueriedSource:
    """The links that a source found, in order, and its requests other than the start page."""

    links: list[ArticleLink] = field(default_factory=list)
    requests: list[SourceRequest] = field(default_factory=list)


def build_look_alike_start(body: str | bytes, url: str = f"{LOOK_ALIKE_HOST}/news/", **headers: str) -> StartPage:
    content = body.encode() if isinstance(body, str) else body
    return _read_start(SourceResponse(SourceRequest(url, "listing"), url, content, "text/html", headers))


def read_look_alike_start(newsroom: LookAlike) -> StartPage:
    response = fetch_from_look_alike(newsroom, SourceRequest(LOOK_ALIKE_HOST + newsroom.start, "listing"))
    assert response is not None
    return _read_start(response)


def _read_start(response: SourceResponse) -> StartPage:
    scope = Scope.from_start_url(response.url)
    return StartPage(response, scope, read_listing(response.page, scope))


def fetch_from_look_alike(newsroom: LookAlike, request: SourceRequest) -> SourceResponse | None:
    """The response of the look-alike after redirects; None for a failure."""
    url, method, body = request.url, "GET" if request.body is None else "POST", (request.body or "").encode()
    for _ in range(5):
        parts = urlsplit(url)
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        answer = newsroom.answer(Asked(method, path, {name.lower(): value for name, value in request.headers}, body))
        if answer is None or answer.status >= 400:
            return None
        if "Location" not in answer.headers:
            headers = {name.lower(): value for name, value in answer.headers.items()}
            return SourceResponse(request, url, answer.body, headers.get("content-type", ""), headers)
        url, method, body = urljoin(url, answer.headers["Location"]), "GET", b""
    return None


def query_source(source: Source, newsroom: LookAlike) -> QueriedSource:
    """Make the requests of the source, none twice, as the planner does."""
    start, queried = read_look_alike_start(newsroom), QueriedSource()
    waiting, known = list(source.initial_requests(start)), set()
    while waiting:
        request = waiting.pop(0)
        if (request.url, request.body) in known:
            continue
        known.add((request.url, request.body))
        if request.url != start.response.request.url or request.body is not None:
            queried.requests.append(request)
        assert len(queried.requests) < MAX_SOURCE_REQUESTS
        if response := fetch_from_look_alike(newsroom, request):
            found = source.parse(response, start)
            queried.links += found.articles
            waiting += found.next_requests
        else:
            waiting += source.fallback_requests(request, start)
    return queried
