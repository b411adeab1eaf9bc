from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from corpnews.discovery import (
    ArticleLink,
    CrawlFilter,
    Frontier,
    Planner,
    PriorRuns,
    Scope,
    Source,
    SourceRequest,
    SourceResponse,
    StartPage,
    article_key,
)
from corpnews.discovery.listing import InlineArticle, Listing, SourceResult
from corpnews.discovery.policies import NO_PRIOR_RUNS
from corpnews.discovery.source_requests import SourceError
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
    """A way that says what it is told to."""

    def __init__(
        self, name: str, reply: Callable[[SourceResponse], SourceResult], openings: Iterable[SourceRequest], *, full: bool = True
    ) -> None:
        self.name, self.reply, self.requests = name, reply, tuple(openings)  # type: ignore[misc]
        self.is_exhaustive = full  # type: ignore[misc]
        self.platform = name if full else None  # type: ignore[misc]

    def initial_requests(self, start: StartPage) -> Iterable[SourceRequest]:  # noqa: ARG002
        return self.requests

    def parse(self, answer: SourceResponse, start: StartPage) -> SourceResult:  # noqa: ARG002
        return self.reply(answer)


def saying(name: str, *names: str, full: bool = True) -> Scripted:
    """A way of one answer, with these articles."""
    return Scripted(
        name, lambda _: SourceResult(tuple(map(link, names))), [SourceRequest(f"https://www.example.com/{name}", name)], full=full
    )


def plan_of(
    *ways: Source,
    listed: Iterable[ArticleLink] = (),
    next_pages: Iterable[str] = (),
    limits: CrawlFilter = EVERYTHING,
    earlier: PriorRuns = NO_PRIOR_RUNS,
) -> Planner:
    answer = SourceResponse(SourceRequest(NEWS, "listing"), NEWS, b"<p>", "text/html")
    return Planner(
        StartPage(answer, Scope.from_start_url(NEWS), Listing(tuple(listed), tuple(next_pages))),
        ways,
        Frontier(),
        limits,
        earlier,
    )


def walk(plan: Planner, body: bytes = b"", step: PlannerActions | None = None) -> list[str]:
    """Answer all asks until there are no more; the addresses that were asked for."""
    asks, asked = list((step or plan.begin()).requests), []
    while asks:
        ask = asks.pop(0)
        asked.append(ask.url.removeprefix("https://www.example.com"))
        asks += plan.receive(SourceResponse(ask, ask.url, body, "text/html")).requests
        assert len(asked) < 100
    return asked


def found(plan: Planner) -> list[str]:
    return [lead.link.url.removeprefix(NEWS).strip("/") for lead in plan.frontier.next_batch(1000)]


class Pages(ListingSource):
    """Listing pages that say what they are told to."""

    def __init__(self, reply: Callable[[SourceResponse], Listing]) -> None:
        self.reply = reply

    def parse(self, answer: SourceResponse, start: StartPage) -> SourceResult:  # noqa: ARG002
        listing = self.reply(answer)
        return SourceResult(listing.articles, tuple(SourceRequest(url, self.name) for url in listing.next_pages))


def numbered(last: int) -> Pages:
    """Pages 2 to `last`, with two articles each."""

    def reply(answer: SourceResponse) -> Listing:
        page = int(answer.url.rpartition("=")[2])
        further = (f"{NEWS}?page={page + 1}",) if page < last else ()
        return Listing((link(f"p{page}a"), link(f"p{page}b")), further)

    return Pages(reply)


def test_each_article_and_listing_comes_out_once_whatever_its_spelling() -> None:
    same = (link("a"), ArticleLink("http://example.com/News/A"))
    plan = plan_of(
        Pages(lambda _: Listing()), listed=same, next_pages=(f"{NEWS}?page=2", f"{NEWS}index.html", f"{NEWS}?page=2&utm_source=x")
    )
    assert walk(plan) == ["/news/?page=2"]
    assert found(plan) == ["a"]


def test_a_walk_into_an_endless_calendar_ends() -> None:
    def reply(answer: SourceResponse) -> Listing:
        month = int(answer.url.rpartition("=")[2])
        return Listing((link("a"),), (f"{NEWS}?month={month + 1}",))

    assert len(walk(plan_of(Pages(reply), listed=[link("a")], next_pages=[f"{NEWS}?month=1"]))) == 3


def test_a_next_link_that_never_ends_is_left_after_its_limit() -> None:
    def reply(answer: SourceResponse) -> Listing:
        number = int(answer.url.rpartition("=")[2])
        return Listing((link(f"made-up-{number}"),), (f"{NEWS}?page={number + 1}",))

    plan, asks, count = plan_of(Pages(reply), next_pages=[f"{NEWS}?page=2"]), [], 0
    asks = plan.begin().requests
    while asks:
        count += 1
        ask = asks.pop(0)
        asks += plan.receive(SourceResponse(ask, ask.url, b"")).requests
    assert count < 3001


def test_a_page_of_known_articles_does_not_end_the_walk_at_once() -> None:
    pages = {f"{NEWS}topics/": Listing((link("a"),), (f"{NEWS}topics/?page=2",)), f"{NEWS}topics/?page=2": Listing((link("b"),))}
    plan = plan_of(Pages(lambda answer: pages[answer.url]), listed=[link("a")], next_pages=[f"{NEWS}topics/"])
    assert walk(plan) == ["/news/topics/", "/news/topics/?page=2"]


def test_an_article_is_not_read_as_a_listing() -> None:
    assert walk(plan_of(Pages(lambda _: Listing()), listed=[link("a")], next_pages=[f"{NEWS}a"])) == []


def test_a_way_that_has_the_whole_newsroom_leaves_the_listing_to_a_sample() -> None:
    everything = ["a", "b", *(f"p{page}{half}" for page in range(2, 31) for half in "ab")]
    pages = [f"{NEWS}?page={number}" for number in range(2, 31)]
    plan = plan_of(
        saying("vendor", *everything), numbered(30), saying("sitemap", "x"), listed=[link("a"), link("b")], next_pages=pages
    )
    assert walk(plan) == ["/vendor", "/news/?page=2", "/news/?page=30"]
    assert found(plan) == everything


def test_a_sample_that_adds_something_opens_the_whole_listing_and_the_further_ways() -> None:
    plan = plan_of(
        saying("vendor", "a", "b"), numbered(9), saying("sitemap", "x"), listed=[link("a"), link("b")],
        next_pages=[f"{NEWS}?page={number}" for number in range(2, 10)],
    )  # fmt: skip
    assert len(walk(plan)) == 1 + 8 + 1
    assert len(found(plan)) == 2 + 16 + 1


def test_a_way_that_lacks_what_the_first_page_lists_does_not_end_the_search() -> None:
    plan = plan_of(
        saying("vendor", "b", "c"), numbered(2), saying("sitemap", "d"), listed=[link("a")], next_pages=[f"{NEWS}?page=2"]
    )
    assert walk(plan) == ["/vendor", "/news/?page=2", "/sitemap"]
    assert sorted(found(plan)) == ["a", "b", "c", "d", "p2a", "p2b"]


def test_a_feed_never_counts_as_the_whole_newsroom() -> None:
    plan = plan_of(saying("feed", "a", "b", full=False), numbered(3), listed=[link("a")], next_pages=[f"{NEWS}?page=2"])
    assert walk(plan) == ["/feed", "/news/?page=2", "/news/?page=3"]


def test_a_way_that_gives_up_leaves_the_search_to_the_others() -> None:
    def gives_up(_: SourceResponse) -> SourceResult:
        message = "the answer is HTML"
        raise SourceError(message)

    plan = plan_of(Scripted("feed", gives_up, [SourceRequest(FEED, "feed")]), numbered(2), next_pages=[f"{NEWS}?page=2"])
    assert walk(plan) == ["/news/feed/", "/news/?page=2"]
    assert plan.source_progress[0].failure == "the answer is HTML"


def test_a_request_that_fails_leaves_the_search_to_the_others() -> None:
    plan = plan_of(saying("vendor", "a"), numbered(2), next_pages=[f"{NEWS}?page=2"])
    (ask,) = plan.begin().requests
    step = plan.receive_failure(ask, "HTTP 404")
    assert walk(plan, step=step) == ["/news/?page=2"]
    assert step.outcomes == {"https://www.example.com/vendor": "HTTP 404"}


def test_a_request_that_is_never_answered_leaves_the_search_to_the_others() -> None:
    plan = plan_of(saying("vendor", "a"), numbered(2), next_pages=[f"{NEWS}?page=2"])
    plan.begin()
    assert walk(plan, step=plan.resume()) == ["/news/?page=2"]


def test_last_resort_is_gone_only_where_nothing_was_found() -> None:
    guess = saying("guess", "z")
    guess.is_last_resort = True  # type: ignore[misc]
    assert walk(plan_of(guess, listed=[link("a")])) == []
    assert walk(plan_of(guess)) == ["/guess"]


def test_what_a_feed_knows_fills_what_the_listing_left_open() -> None:
    dated = ArticleLink(f"{NEWS}a/", "Acme opens plant a in the north", find_dates("2024-05-03T14:30:00+00:00")[0], language="en")
    feed = Scripted("feed", lambda _: SourceResult((dated,)), [SourceRequest(FEED, "feed")], full=False)
    plan = plan_of(feed, listed=[link("a")])
    walk(plan)
    (lead,) = plan.frontier.next_batch(9)
    assert (lead.via, lead.source_url, lead.date_source) == ("listing", NEWS, "feed")
    assert lead.link.title == "Acme opens plant a in the north"
    assert lead.listing_entry.date
    assert lead.listing_entry.date.value == "2024-05-03T14:30:00+00:00"
    assert lead.link.language == "en"


def test_links_to_other_sites_are_left_out() -> None:
    elsewhere = (ArticleLink("https://www.prnewswire.com/news-releases/a.html"), ArticleLink("https://other.example/news/b/"))
    plan = plan_of(
        Scripted("vendor", lambda _: SourceResult(elsewhere), [SourceRequest(f"{NEWS}x", "vendor")]), listed=[link("a")]
    )
    walk(plan)
    assert found(plan) == ["a"]


def test_a_pdf_of_the_company_is_an_article_too() -> None:
    plan = plan_of(listed=[ArticleLink("https://www.example.com/files/q3-results.pdf")])
    plan.begin()
    assert len(plan.frontier) == 1


def test_text_that_came_along_needs_no_detail_page() -> None:
    whole = ArticleLink(f"{NEWS}a/", "Acme opens plant a", inline_article=InlineArticle("<p>Text.</p>"))
    vendor = Scripted("vendor", lambda _: SourceResult((whole,)), [SourceRequest(f"{NEWS}x", "vendor")])
    vendor.has_full_text = True  # type: ignore[misc]
    plan = plan_of(vendor, listed=[link("a"), link("b")])
    (ask,) = plan.begin().requests
    assert plan.awaits_inline_articles
    step = plan.receive(SourceResponse(ask, ask.url, b""))
    assert [lead.link.url for lead in step.inline_articles] == [f"{NEWS}a/"]
    assert not plan.awaits_inline_articles
    assert found(plan) == ["b"]


@pytest.mark.parametrize(
    ("limits", "kept"), [(CrawlFilter(since="2024-05-01"), ["new"]), (CrawlFilter(languages=("de",)), ["new", "old"])]
)
def test_what_was_not_asked_for_is_counted_and_left_out(limits: CrawlFilter, kept: list[str]) -> None:
    english = ArticleLink("https://www.example.com/en-gb/news/a/")
    dated = [link("new", "2024-05-02"), link("old", "2024-04-30")]
    plan = plan_of(listed=[*dated, english] if limits.languages else dated, limits=limits)
    step = plan.begin()
    assert found(plan) == kept
    assert sum(step.skipped.values()) == 1


def test_pages_behind_one_that_is_too_old_are_not_asked_for() -> None:
    old = Pages(lambda _: Listing((link("old", "2023-01-02"),), (f"{NEWS}?page=3",)))
    assert walk(plan_of(old, next_pages=[f"{NEWS}?page=2"], limits=CrawlFilter(since="2024-01-01"))) == ["/news/?page=2"]


def test_listings_in_other_languages_are_not_asked_for() -> None:
    pages = ["https://www.example.com/de/news/", "https://www.example.com/fr/news/"]
    plan = plan_of(Pages(lambda _: Listing()), next_pages=pages, limits=CrawlFilter(languages=("de",)))
    assert walk(plan) == ["/de/news/"]


def test_an_ask_for_the_first_page_is_answered_with_it() -> None:
    way = Scripted(
        "embedded", lambda answer: SourceResult((link(answer.request.note),)), [SourceRequest(NEWS, "embedded", note="a")]
    )
    plan = plan_of(way)
    assert walk(plan) == []
    assert found(plan) == ["a"]


def knowing(*names: str, due: Iterable[str] = (), ways: Iterable[str] = ("listing",), whole: bool = True) -> PriorRuns:
    """What an earlier run knows: these articles, some of which are due for another look."""
    keys = {article_key(link(name).url): name in due for name in names}
    return PriorRuns(
        lambda links: {key: keys[key] for each in links if (key := article_key(each.url)) in keys}, whole, frozenset(ways)
    )


def test_first_page_without_news_ends_a_later_run() -> None:
    ways = numbered(9), saying("sitemap", "x")
    plan = plan_of(*ways, listed=[link("a"), link("b")], next_pages=[f"{NEWS}?page=2"], earlier=knowing("a", "b"))
    assert walk(plan) == []
    assert found(plan) == []


def test_later_run_goes_on_until_a_page_holds_only_known_articles() -> None:
    known = ["p3a", "p3b", "p4a", "p4b"]
    plan = plan_of(numbered(9), listed=[link("new")], next_pages=[f"{NEWS}?page=2"], earlier=knowing(*known))
    assert walk(plan) == ["/news/?page=2", "/news/?page=3"]
    assert found(plan) == ["new", "p2a", "p2b"]


def test_known_article_that_is_due_is_gone_to_again_and_is_no_news() -> None:
    plan = plan_of(numbered(9), listed=[link("a"), link("b")], next_pages=[f"{NEWS}?page=2"], earlier=knowing("a", "b", due="b"))
    assert walk(plan) == []
    assert found(plan) == ["b"]


def test_way_that_never_led_to_an_article_is_not_gone_again() -> None:
    ways = saying("feed", "x", full=False), saying("vendor", "new2")
    plan = plan_of(*ways, listed=[link("a")], earlier=knowing("a", ways=["vendor"]))
    assert walk(plan) == ["/vendor"]
    assert found(plan) == ["new2"]


def test_run_after_one_that_was_stopped_walks_through_what_is_known() -> None:
    known = ["a", *(f"p{page}{half}" for page in range(2, 7) for half in "ab")]
    plan = plan_of(numbered(9), listed=[link("a")], next_pages=[f"{NEWS}?page=2"], earlier=knowing(*known, whole=False))
    assert len(walk(plan)) == 8
    assert found(plan) == ["p7a", "p7b", "p8a", "p8b", "p9a", "p9b"]
