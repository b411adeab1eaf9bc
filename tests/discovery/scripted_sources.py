"""Sources with prescribed responses, and a planner that is answered in the test."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpnews.discovery import (
    ArticleLink,
    CrawlFilter,
    Frontier,
    FullCrawl,
    Planner,
    Scope,
    Source,
    SourceRequest,
    SourceResponse,
    StartPage,
)
from corpnews.discovery.policies import FULL_CRAWL
from corpnews.discovery.source import Listing, SourceResult
from corpnews.discovery.sources.listing_source import ListingSource
from corpnews.extraction.dates import find_dates

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from corpnews.discovery.source_progress import PlannerActions

NEWS = "https://www.example.com/news/"
FEED = "https://www.example.com/news/feed/"
EVERYTHING = CrawlFilter()


def link(name: str, day: str = "") -> ArticleLink:
    return ArticleLink(f"{NEWS}{name}/", f"Acme opens plant {name}", find_dates(day)[0] if day else None)


class Scripted(Source):
    """A source with prescribed responses."""

    def __init__(
        self, name: str, reply: Callable[[SourceResponse], SourceResult], initial: Iterable[SourceRequest], *, full: bool = True
    ) -> None:
        self.name, self.reply, self.requests = name, reply, tuple(initial)  # type: ignore[misc]
        self.is_exhaustive = full  # type: ignore[misc]
        self.platform = name if full else None  # type: ignore[misc]

    def initial_requests(self, start: StartPage) -> Iterable[SourceRequest]:  # noqa: ARG002
        return self.requests

    def parse(self, response: SourceResponse, start: StartPage) -> SourceResult:  # noqa: ARG002
        return self.reply(response)


def build_source(name: str, *names: str, full: bool = True) -> Scripted:
    """A source with one response that lists these articles."""
    return Scripted(
        name, lambda _: SourceResult(tuple(map(link, names))), [SourceRequest(f"https://www.example.com/{name}", name)], full=full
    )


def build_listing(articles: Iterable[ArticleLink] = (), next_pages: Iterable[str] = ()) -> Listing:
    return Listing(tuple(articles), tuple(SourceRequest(url, ListingSource.name) for url in next_pages))


def build_planner(
    *sources: Source,
    listed: Iterable[ArticleLink] = (),
    next_pages: Iterable[str] = (),
    crawl_filter: CrawlFilter = EVERYTHING,
    policy: FullCrawl = FULL_CRAWL,
) -> Planner:
    response = SourceResponse(SourceRequest(NEWS, "listing"), NEWS, b"<p>", "text/html")
    return Planner(
        StartPage(response, Scope.from_start_url(NEWS), build_listing(listed, next_pages)),
        sources,
        Frontier(),
        crawl_filter,
        policy,
    )


def answer_requests(planner: Planner, body: bytes = b"", actions: PlannerActions | None = None) -> list[str]:
    """Answer all requests until there are no more; the paths that were requested."""
    requests, requested = list((actions or planner.begin()).requests), []
    while requests:
        request = requests.pop(0)
        requested.append(request.url.removeprefix("https://www.example.com"))
        requests += planner.receive(SourceResponse(request, request.url, body, "text/html")).requests
        assert len(requested) < 100
    return requested


def found(planner: Planner) -> list[str]:
    return [candidate.link.url.removeprefix(NEWS).strip("/") for candidate in planner.frontier.next_batch(1000)]


class Pages(ListingSource):
    """Listing pages with prescribed content."""

    def __init__(self, reply: Callable[[SourceResponse], Listing]) -> None:
        self.reply = reply

    def parse(self, response: SourceResponse, start: StartPage) -> SourceResult:  # noqa: ARG002
        return self.reply(response)


def build_pages(last: int) -> Pages:
    """Pages 2 to `last`, with two articles each."""

    def reply(response: SourceResponse) -> Listing:
        page = int(response.url.rpartition("=")[2])
        further = (f"{NEWS}?page={page + 1}",) if page < last else ()
        return build_listing((link(f"p{page}a"), link(f"p{page}b")), further)

    return Pages(reply)
