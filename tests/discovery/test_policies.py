"""What full and incremental crawls, surveys and limited runs request."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from corpnews.discovery import (
    ArticleLink,
    CrawlFilter,
    FullCrawl,
    IncrementalCrawl,
    SourceResponse,
    Survey,
    article_key,
)
from corpnews.discovery.source_progress import PlannerActions
from tests.discovery.scripted_sources import (
    NEWS,
    answer_requests,
    build_pages,
    build_planner,
    build_source,
    found,
    link,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def build_incremental_policy(
    *names: str, due: Iterable[str] = (), sources: Iterable[str] = ("listing",), whole: bool = True
) -> FullCrawl:
    """The policy after a run that knows these articles, some of which are due for a revisit."""
    keys = {article_key(link(name).url): name in due for name in names}

    def lookup(links: Sequence[ArticleLink]) -> dict[str, bool]:
        return {key: keys[key] for each in links if (key := article_key(each.url)) in keys}

    return IncrementalCrawl(lookup, productive_sources=frozenset(sources)) if whole else FullCrawl(lookup)


def test_start_page_without_news_ends_an_incremental_run() -> None:
    sources = build_pages(9), build_source("sitemap", "x")
    planner = build_planner(
        *sources, listed=[link("a"), link("b")], next_pages=[f"{NEWS}?page=2"], policy=build_incremental_policy("a", "b")
    )
    assert answer_requests(planner) == []
    assert found(planner) == []


def test_incremental_run_ends_with_a_page_of_known_articles() -> None:
    known = ["p3a", "p3b", "p4a", "p4b"]
    planner = build_planner(
        build_pages(9), listed=[link("new")], next_pages=[f"{NEWS}?page=2"], policy=build_incremental_policy(*known)
    )
    assert answer_requests(planner) == ["/news/?page=2", "/news/?page=3"]
    assert found(planner) == ["new", "p2a", "p2b"]


def test_known_article_that_is_due_is_requested_again_and_is_not_new() -> None:
    planner = build_planner(
        build_pages(9),
        listed=[link("a"), link("b")],
        next_pages=[f"{NEWS}?page=2"],
        policy=build_incremental_policy("a", "b", due="b"),
    )
    assert answer_requests(planner) == []
    assert found(planner) == ["b"]


def test_source_that_never_found_an_article_is_not_queried_again() -> None:
    sources = build_source("feed", "x", full=False), build_source("vendor", "new2")
    planner = build_planner(*sources, listed=[link("a")], policy=build_incremental_policy("a", sources=["vendor"]))
    assert answer_requests(planner) == ["/vendor"]
    assert found(planner) == ["new2"]


def test_run_after_an_incomplete_one_goes_on_through_known_articles() -> None:
    known = ["a", *(f"p{page}{half}" for page in range(2, 7) for half in "ab")]
    planner = build_planner(
        build_pages(9), listed=[link("a")], next_pages=[f"{NEWS}?page=2"], policy=build_incremental_policy(*known, whole=False)
    )
    assert len(answer_requests(planner)) == 8
    assert found(planner) == ["p7a", "p7b", "p8a", "p8b", "p9a", "p9b"]


def test_survey_makes_a_few_requests_of_each_source() -> None:
    pages = [f"{NEWS}?page={number}" for number in range(2, 31)]
    planner = build_planner(
        build_source("vendor", "a"),
        build_pages(30),
        build_source("sitemap", "x"),
        listed=[link("a")],
        next_pages=pages,
        policy=Survey(),
    )
    assert answer_requests(planner) == ["/vendor", *(f"/news/?page={number}" for number in range(2, 6)), "/sitemap"]


@pytest.mark.parametrize(("status", "failure"), [(404, ""), (416, ""), (403, "HTTP 403"), (None, "timed out")])
def test_page_after_the_last_one_is_no_failure(status: int | None, failure: str) -> None:
    planner = build_planner(build_pages(99), next_pages=[f"{NEWS}?page=2"])
    (request,) = planner.begin().requests
    (request,) = planner.receive(SourceResponse(request, request.url, b"")).requests
    planner.receive_failure(request, failure or f"HTTP {status}", status)
    assert planner.sources.queried[0].failure == failure


@pytest.mark.parametrize("wanted", [1, 2, 3, 5])
def test_planner_pauses_with_enough_articles_and_ends_in_the_end(wanted: int) -> None:
    planner = build_planner(
        build_source("feed", "x", "y", full=False), build_source("sitemap", "z"),
        listed=[link("a"), link("b"), link("c")], crawl_filter=CrawlFilter(max_articles=wanted),
    )  # fmt: skip
    requests = planner.begin().requests
    assert bool(requests) is (wanted > 3)
    rounds = 0
    while not planner.has_ended:
        rounds += 1
        assert rounds < 9
        answer_requests(planner, actions=PlannerActions(requests=requests))
        requests = planner.resume().requests
    assert [progress.source.name for progress in planner.sources.queried] == ["feed", "sitemap"]
