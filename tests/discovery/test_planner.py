"""Which sources a planner queries, what it requests of them, and what it takes of what they list."""

from __future__ import annotations

import pytest

from corpnews.discovery import (
    ArticleLink,
    CrawlFilter,
    SourceRequest,
    SourceResponse,
)
from corpnews.discovery.source import Listing, SourceError, SourceResult
from corpnews.extraction.dates import find_dates
from corpnews.extraction.listing_entry import InlineArticle
from tests.discovery.scripted_sources import (
    FEED,
    NEWS,
    Pages,
    Scripted,
    answer_requests,
    build_listing,
    build_pages,
    build_planner,
    build_source,
    found,
    link,
)


def test_each_article_and_listing_comes_out_once_whatever_its_spelling() -> None:
    same = (link("a"), ArticleLink("http://example.com/News/A"))
    planner = build_planner(
        Pages(lambda _: build_listing()),
        listed=same,
        next_pages=(f"{NEWS}?page=2", f"{NEWS}index.html", f"{NEWS}?page=2&utm_source=x"),
    )
    assert answer_requests(planner) == ["/news/?page=2"]
    assert found(planner) == ["a"]


def test_an_endless_calendar_ends() -> None:
    def reply(response: SourceResponse) -> Listing:
        month = int(response.url.rpartition("=")[2])
        return build_listing((link("a"),), (f"{NEWS}?month={month + 1}",))

    assert len(answer_requests(build_planner(Pages(reply), listed=[link("a")], next_pages=[f"{NEWS}?month=1"]))) == 3


def test_an_endless_next_link_ends_at_the_limit() -> None:
    def reply(response: SourceResponse) -> Listing:
        number = int(response.url.rpartition("=")[2])
        return build_listing((link(f"made-up-{number}"),), (f"{NEWS}?page={number + 1}",))

    planner, requests, count = build_planner(Pages(reply), next_pages=[f"{NEWS}?page=2"]), [], 0
    requests = planner.begin().requests
    while requests:
        count += 1
        request = requests.pop(0)
        requests += planner.receive(SourceResponse(request, request.url, b"")).requests
    assert count < 3001


def test_a_page_of_known_articles_does_not_end_the_listing_at_once() -> None:
    pages = {
        f"{NEWS}topics/": build_listing((link("a"),), (f"{NEWS}topics/?page=2",)),
        f"{NEWS}topics/?page=2": build_listing((link("b"),)),
    }
    planner = build_planner(Pages(lambda response: pages[response.url]), listed=[link("a")], next_pages=[f"{NEWS}topics/"])
    assert answer_requests(planner) == ["/news/topics/", "/news/topics/?page=2"]


def test_an_article_is_not_read_as_a_listing() -> None:
    assert answer_requests(build_planner(Pages(lambda _: build_listing()), listed=[link("a")], next_pages=[f"{NEWS}a"])) == []


def test_the_listing_is_only_sampled_after_a_source_with_the_whole_newsroom() -> None:
    everything = ["a", "b", *(f"p{page}{half}" for page in range(2, 31) for half in "ab")]
    pages = [f"{NEWS}?page={number}" for number in range(2, 31)]
    planner = build_planner(
        build_source("vendor", *everything),
        build_pages(30),
        build_source("sitemap", "x"),
        listed=[link("a"), link("b")],
        next_pages=pages,
    )
    assert answer_requests(planner) == ["/vendor", "/news/?page=2", "/news/?page=30"]
    assert found(planner) == everything


def test_a_sample_with_new_articles_leads_to_the_whole_listing_and_further_sources() -> None:
    planner = build_planner(
        build_source("vendor", "a", "b"), build_pages(9), build_source("sitemap", "x"), listed=[link("a"), link("b")],
        next_pages=[f"{NEWS}?page={number}" for number in range(2, 10)],
    )  # fmt: skip
    assert len(answer_requests(planner)) == 1 + 8 + 1
    assert len(found(planner)) == 2 + 16 + 1


def test_a_source_without_the_start_pages_articles_does_not_end_the_search() -> None:
    planner = build_planner(
        build_source("vendor", "b", "c"),
        build_pages(2),
        build_source("sitemap", "d"),
        listed=[link("a")],
        next_pages=[f"{NEWS}?page=2"],
    )
    assert answer_requests(planner) == ["/vendor", "/news/?page=2", "/sitemap"]
    assert sorted(found(planner)) == ["a", "b", "c", "d", "p2a", "p2b"]


def test_a_feed_never_counts_as_the_whole_newsroom() -> None:
    planner = build_planner(
        build_source("feed", "a", "b", full=False), build_pages(3), listed=[link("a")], next_pages=[f"{NEWS}?page=2"]
    )
    assert answer_requests(planner) == ["/feed", "/news/?page=2", "/news/?page=3"]


def test_after_a_source_error_the_other_sources_are_queried() -> None:
    def gives_up(_: SourceResponse) -> SourceResult:
        message = "the response is HTML"
        raise SourceError(message)

    feed = Scripted("feed", gives_up, [SourceRequest(FEED, "feed")])
    planner = build_planner(feed, build_pages(2), listed=[link("z")], next_pages=[f"{NEWS}?page=2"])
    assert answer_requests(planner) == ["/news/feed/", "/news/?page=2"]
    assert planner.sources.queried[0].failure == "the response is HTML"


def test_after_a_failed_request_the_other_sources_are_queried() -> None:
    planner = build_planner(build_source("vendor", "a"), build_pages(2), next_pages=[f"{NEWS}?page=2"])
    (request,) = planner.begin().requests
    actions = planner.receive_failure(request, "HTTP 404", 404)
    assert answer_requests(planner, actions=actions) == ["/news/?page=2"]
    assert actions.outcomes == {"https://www.example.com/vendor": "HTTP 404"}


def test_after_a_request_without_response_the_other_sources_are_queried() -> None:
    planner = build_planner(build_source("vendor", "a"), build_pages(2), next_pages=[f"{NEWS}?page=2"])
    planner.begin()
    assert answer_requests(planner, actions=planner.resume()) == ["/news/?page=2"]


def test_last_resort_is_queried_only_if_nothing_was_found() -> None:
    guess = build_source("guess", "z")
    guess.is_last_resort = True  # type: ignore[misc]
    assert answer_requests(build_planner(guess, listed=[link("a")])) == []
    assert answer_requests(build_planner(guess)) == ["/guess"]


def test_a_feed_fills_fields_that_the_listing_leaves_open() -> None:
    dated = ArticleLink(f"{NEWS}a/", "Acme opens plant a in the north", find_dates("2024-05-03T14:30:00+00:00")[0], language="en")
    feed = Scripted("feed", lambda _: SourceResult((dated,)), [SourceRequest(FEED, "feed")], full=False)
    planner = build_planner(feed, listed=[link("a")])
    answer_requests(planner)
    (candidate,) = planner.frontier.next_batch(9)
    assert (candidate.via, candidate.source_url, candidate.date_source) == ("listing", NEWS, "feed")
    assert candidate.link.title == "Acme opens plant a in the north"
    assert candidate.listing_entry.date
    assert candidate.listing_entry.date.value == "2024-05-03T14:30:00+00:00"
    assert candidate.link.language == "en"


def test_links_to_other_sites_are_left_out() -> None:
    elsewhere = (ArticleLink("https://www.prnewswire.com/news-releases/a.html"), ArticleLink("https://other.example/news/b/"))
    planner = build_planner(
        Scripted("vendor", lambda _: SourceResult(elsewhere), [SourceRequest(f"{NEWS}x", "vendor")]), listed=[link("a")]
    )
    answer_requests(planner)
    assert found(planner) == ["a"]


def test_urls_longer_than_servers_accept_are_left_out() -> None:
    long = f"{NEWS}?q={'a' * 3000}"
    planner = build_planner(listed=[link("a"), ArticleLink(long)], next_pages=[f"{long}&page=2"])
    assert answer_requests(planner) == []
    assert found(planner) == ["a"]


def test_a_pdf_of_the_company_is_an_article_too() -> None:
    planner = build_planner(listed=[ArticleLink("https://www.example.com/files/q3-results.pdf")])
    planner.begin()
    assert len(planner.frontier) == 1


def test_inline_article_needs_no_detail_page() -> None:
    whole = ArticleLink(f"{NEWS}a/", "Acme opens plant a", inline_article=InlineArticle("<p>Text.</p>"))
    vendor = Scripted("vendor", lambda _: SourceResult((whole,)), [SourceRequest(f"{NEWS}x", "vendor")])
    vendor.has_full_text = True  # type: ignore[misc]
    planner = build_planner(vendor, listed=[link("a"), link("b")])
    (request,) = planner.begin().requests
    assert planner.sources.awaits_inline_articles
    actions = planner.receive(SourceResponse(request, request.url, b""))
    assert [candidate.link.url for candidate in actions.inline_articles] == [f"{NEWS}a/"]
    assert not planner.sources.awaits_inline_articles
    assert found(planner) == ["b"]


@pytest.mark.parametrize(
    ("crawl_filter", "kept"), [(CrawlFilter(since="2024-05-01"), ["new"]), (CrawlFilter(languages=("de",)), ["new", "old"])]
)
def test_links_outside_the_limits_are_counted_and_left_out(crawl_filter: CrawlFilter, kept: list[str]) -> None:
    english = ArticleLink("https://www.example.com/en-gb/news/a/")
    dated = [link("new", "2024-05-02"), link("old", "2024-04-30")]
    planner = build_planner(listed=[*dated, english] if crawl_filter.languages else dated, crawl_filter=crawl_filter)
    actions = planner.begin()
    assert found(planner) == kept
    assert sum(actions.skipped.values()) == 1


def test_pages_after_one_that_is_too_old_are_not_requested() -> None:
    old = Pages(lambda _: build_listing((link("old", "2023-01-02"),), (f"{NEWS}?page=3",)))
    assert answer_requests(build_planner(old, next_pages=[f"{NEWS}?page=2"], crawl_filter=CrawlFilter(since="2024-01-01"))) == [
        "/news/?page=2"
    ]


def test_listings_in_other_languages_are_not_requested() -> None:
    pages = ["https://www.example.com/de/news/", "https://www.example.com/fr/news/"]
    planner = build_planner(Pages(lambda _: build_listing()), next_pages=pages, crawl_filter=CrawlFilter(languages=("de",)))
    assert answer_requests(planner) == ["/de/news/"]


def test_a_request_for_the_start_page_is_answered_with_it() -> None:
    source = Scripted(
        "embedded", lambda response: SourceResult((link(response.request.note),)), [SourceRequest(NEWS, "embedded", note="a")]
    )
    planner = build_planner(source)
    assert answer_requests(planner) == []
    assert found(planner) == ["a"]
