"""Exactly the articles of a listing come out, with titles and dates, and its further pages."""

from __future__ import annotations

import pytest

from corpnews.discovery import Scope, find
from tests.discovery.listings import CASES, HOST, Case
from tests.discovery.odd_listings import CASES as ODD_CASES
from tests.discovery.pages import bare_page, page_of
from tests.discovery.world_listings import CASES as WORLD_CASES

ALL_CASES = [*CASES, *WORLD_CASES, *ODD_CASES]


@pytest.mark.parametrize("case", ALL_CASES, ids=lambda case: case.name)
def test_exactly_the_articles_of_a_listing_come_out(case: Case) -> None:
    listing = find(page_of(case.content, case.url, case.language), Scope.of(case.url))
    found = {link.url.removeprefix(HOST): (link.title, link.date.value if link.date else None) for link in listing.articles}
    assert found == case.articles


@pytest.mark.parametrize("case", ALL_CASES, ids=lambda case: case.name)
def test_a_listing_leads_on_to_its_other_pages_only(case: Case) -> None:
    listing = find(page_of(case.content, case.url, case.language), Scope.of(case.url))
    assert {url.removeprefix(HOST) for url in listing.next_pages} == case.next_pages


def test_links_that_are_never_closed_are_read_in_time() -> None:
    find(
        bare_page("<a href='/news/acme-opens-a-new-plant'>Acme opens a new plant " * 3000, f"{HOST}/news/"),
        Scope.of(f"{HOST}/news/"),
    )


@pytest.mark.parametrize(
    "html", ["", "<a>", "<a href='http://[x/'>y</a>", "<table><tr><a href=/news/a>b", "<a href='/news/\x00'>a</a>"]
)
def test_an_odd_page_raises_nothing(html: str) -> None:
    find(bare_page(html, f"{HOST}/news/"), Scope.of(f"{HOST}/news/"))
