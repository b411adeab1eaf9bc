"""Lists that may be of articles: a few of their pages are fetched to see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpnews.discovery import CrawlFilter, Frontier, Planner, Scope, SourceRequest, SourceResponse, read_start_page
from corpnews.discovery.sources.listing_source import ListingSource
from corpnews.discovery.sources.sitemap_source import SitemapSource
from tests.discovery.memory_newsrooms import (
    HOST,
    items,
    page,
    release,
    respond,
    start_planner,
)

if TYPE_CHECKING:
    from collections.abc import Iterable


def test_headlines_that_nothing_names_news_are_an_article_list_if_two_of_their_pages_are_articles() -> None:
    planner = start_planner(page(items(range(8), dated=False)), "/x7/")
    planner.begin()
    samples = planner.frontier.next_batch(100)
    assert [sample.needs_date for sample in samples] == [True] * 3
    planner.record_article(samples[0])
    assert not planner.frontier.next_batch(100)
    planner.record_article(samples[2])
    assert [candidate.link.url for candidate in planner.frontier.next_batch(100)] == [HOST + release(n)[0] for n in range(3, 8)]


def test_search_waits_for_the_samples_of_a_list_and_goes_on_with_its_pages() -> None:
    def listing(numbers: Iterable[int], following: str) -> str:
        return page(f"{items(numbers, dated=False)}<a rel='next' href='{following}'>Older</a>")

    files = {"/x7/": listing(range(6), "/x7/?p=2"), "/x7/?p=2": listing(range(6, 12), "/x7/?p=3")}
    planner = start_planner(files["/x7/"], "/x7/")
    assert not planner.begin().requests
    samples = planner.frontier.next_batch(2)
    (request,) = [request for sample in samples for request in planner.record_article(sample).requests]
    planner.receive(respond("/x7/?p=2", files["/x7/?p=2"]))
    assert request.url == f"{HOST}/x7/?p=2"
    assert len(planner.frontier) == 12


def test_search_goes_on_where_the_samples_are_no_articles() -> None:
    entries = page(f"{items(range(6), dated=False)}<a rel='next' href='/x7/?p=2'>Older</a>")
    start = SourceResponse(SourceRequest(f"{HOST}/x7/", "listing"), f"{HOST}/x7/", entries.encode(), "text/html")
    planner = Planner(read_start_page(start, Scope.from_start_url(start.url)), [ListingSource()], Frontier(), CrawlFilter())
    assert not planner.begin().requests
    assert [request.url for request in planner.resume().requests] == [f"{HOST}/x7/?p=2"]


def test_group_of_a_sitemap_is_followed_once_samples_are_articles() -> None:
    urls = [f"{HOST}/plant-number-{number}-opens-in-the-port-of-oslo" for number in range(30)]
    sitemap = "".join(f"<url><loc>{url}</loc></url>" for url in (*urls, f"{HOST}/products/a-turbine-for-all-of-us"))
    empty = b"<html><h1>News</h1><p>Ask us.</p></html>"
    start = SourceResponse(SourceRequest(f"{HOST}/news/", "listing"), f"{HOST}/news/", empty, "text/html")
    frontier = Frontier()
    planner = Planner(read_start_page(start, Scope.from_start_url(start.url)), [SitemapSource()], frontier, CrawlFilter())
    (robots,) = planner.begin().requests
    (request,) = planner.receive_failure(robots, "HTTP 404", 404).requests
    planner.receive(SourceResponse(request, request.url, f"<urlset>{sitemap}</urlset>".encode(), "application/xml"))
    samples = frontier.next_batch(100)
    assert [sample.needs_date for sample in samples] == [True] * 5
    for sample in samples[1:3]:
        planner.record_article(sample)
    assert len(frontier) == 30
