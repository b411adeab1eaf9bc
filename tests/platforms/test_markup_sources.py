"""Vendors with HTML lists: all releases are found, with headline and date, in few requests; invalid responses end the source."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from corpnews.discovery import Scope, read_listing
from corpnews.discovery.listing import SourceResult
from corpnews.discovery.source import StartPage
from corpnews.discovery.source_requests import SourceError, SourceRequest, SourceResponse
from corpnews.platforms.source_registry import PLATFORM_SOURCES
from tests.platforms import (
    equisolve_site,
    hanweb_site,
    investis_site,
    investorroom_site,
    jsp_list_site,
    notified_site,
    trs_site,
    vsb_site,
    webplus_site,
)
from tests.platforms.query_source import LOOK_ALIKE_HOST, query_source, read_look_alike_start

if TYPE_CHECKING:
    from collections.abc import Callable

    from corpnews.discovery.source import Source
    from tests.platforms.look_alike import LookAlike

WAYS = {way.name: way for way in PLATFORM_SOURCES}
# Each newsroom, and the number of requests of its source other than the start page.
NEWSROOMS: dict[str, tuple[Callable[[], LookAlike], int]] = {
    "Notified": (notified_site.newsroom, 2),
    "Notified, pages from 1": (lambda: notified_site.newsroom(first=1), 2),
    "InvestorRoom": (investorroom_site.newsroom, 1),
    "Equisolve": (equisolve_site.newsroom, 6),
    "Investis": (investis_site.newsroom, 7),
    "Hanweb by POST": (hanweb_site.newsroom, 1),
    "Hanweb by GET": (lambda: hanweb_site.newsroom(is_get=True), 1),
    "TRS": (trs_site.newsroom, 4),
    "VSB": (vsb_site.newsroom, 4),
    "webplus": (webplus_site.newsroom, 4),
    "JSP list": (jsp_list_site.newsroom, 2),
}
SHAPES = {
    "nothing": b"",
    "JSON": b'{"items": [1, 2]}',
    "broken XML": b"<datastore><recordset><record><![CDATA[<li>",
    "another page": b"<html><body><h1>Sorry</h1><p>Something went wrong.</p></body></html>",
    "garbage": bytes(range(256)) * 40,
    "deep": b"<div>" * 5000,
}


def outcome(way: Source, answer: SourceResponse, start: StartPage) -> SourceResult | str:
    """The result of the source, or "ended"."""
    try:
        return way.parse(answer, start)
    except SourceError:
        return "ended"


@pytest.mark.parametrize("name", NEWSROOMS)
def test_every_release_is_found_once_with_headline_and_date(name: str) -> None:
    newsroom = NEWSROOMS[name][0]()
    found = [(link.url, link.title, link.date and link.date.day) for link in query_source(WAYS[newsroom.via], newsroom).links]
    pairs = zip(newsroom.paths, newsroom.releases, strict=True)
    assert sorted(found) == sorted((LOOK_ALIKE_HOST + path, release.headline, release.day.isoformat()) for path, release in pairs)


@pytest.mark.parametrize("name", NEWSROOMS)
def test_number_of_requests_is_minimal(name: str) -> None:
    make, asks = NEWSROOMS[name]
    newsroom = make()
    assert len(query_source(WAYS[newsroom.via], newsroom).asks) == asks


@pytest.mark.parametrize("name", NEWSROOMS)
def test_only_the_vendors_source_queries_its_newsrooms(name: str) -> None:
    newsroom = NEWSROOMS[name][0]()
    start = read_look_alike_start(newsroom)
    assert {way.name for way in PLATFORM_SOURCES if list(way.initial_requests(start))} == {newsroom.via}


@pytest.mark.parametrize("name", NEWSROOMS)
@pytest.mark.parametrize("shape", SHAPES)
def test_invalid_response_ends_the_source_or_has_no_articles(name: str, shape: str) -> None:
    newsroom = NEWSROOMS[name][0]()
    start, way = read_look_alike_start(newsroom), WAYS[newsroom.via]
    for ask in way.initial_requests(start):
        assert outcome(way, SourceResponse(ask, ask.url, SHAPES[shape], "text/html"), start) in ("ended", SourceResult())


@pytest.mark.parametrize("shape", SHAPES)
def test_no_platform_source_queries_an_unrelated_start_page(shape: str) -> None:
    answer = SourceResponse(SourceRequest(LOOK_ALIKE_HOST, "listing"), LOOK_ALIKE_HOST, SHAPES[shape], "text/html")
    scope = Scope.from_start_url(LOOK_ALIKE_HOST)
    start = StartPage(answer, scope, read_listing(answer.page, scope))
    assert [way.name for way in PLATFORM_SOURCES if list(way.initial_requests(start))] == []


def test_pager_is_followed_if_a_page_has_fewer_releases_than_requested() -> None:
    newsroom = investorroom_site.newsroom(longest=25)
    driven = query_source(WAYS["investorroom"], newsroom)
    assert (len(driven.links), len(driven.asks)) == (66, 3)


def test_links_next_to_the_list_are_no_releases() -> None:
    assert not any("annual-report" in link.url for link in query_source(WAYS["investorroom"], investorroom_site.newsroom()).links)


def test_filter_without_option_for_all_years_is_queried_year_by_year() -> None:
    newsroom = notified_site.newsroom(years=("2024", "2023", "2022", "2021"))
    driven = query_source(WAYS["notified"], newsroom)
    assert (len(driven.links), len(driven.asks)) == (66, 4)
