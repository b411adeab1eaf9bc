"""The vendors whose lists are HTML: all releases are found, with headline and day, in few requests; odd answers end the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from corpnews.discovery import Scope, find
from corpnews.discovery.asks import Answer, Ask, WayEnded
from corpnews.discovery.listing import Found
from corpnews.discovery.way import Start
from corpnews.platforms import PLATFORMS
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
from tests.platforms.drive import HOST, drive, start_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from corpnews.discovery.way import Way
    from tests.platforms.lookalike import LookAlike

WAYS = {way.name: way for way in PLATFORMS}
# Each newsroom, and how often its way asks beside the first page.
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


def outcome(way: Way, answer: Answer, start: Start) -> Found | str:
    """What the way reads in the answer, or that it has ended."""
    try:
        return way.read(answer, start)
    except WayEnded:
        return "ended"


@pytest.mark.parametrize("name", NEWSROOMS)
def test_every_release_is_found_once_with_its_headline_and_day(name: str) -> None:
    newsroom = NEWSROOMS[name][0]()
    found = [(link.url, link.title, link.date and link.date.day) for link in drive(WAYS[newsroom.via], newsroom).links]
    pairs = zip(newsroom.paths, newsroom.releases, strict=True)
    assert sorted(found) == sorted((HOST + path, release.headline, release.day.isoformat()) for path, release in pairs)


@pytest.mark.parametrize("name", NEWSROOMS)
def test_no_more_is_asked_for_than_needed(name: str) -> None:
    make, asks = NEWSROOMS[name]
    newsroom = make()
    assert len(drive(WAYS[newsroom.via], newsroom).asks) == asks


@pytest.mark.parametrize("name", NEWSROOMS)
def test_a_vendors_way_opens_on_its_own_newsrooms_only(name: str) -> None:
    newsroom = NEWSROOMS[name][0]()
    start = start_of(newsroom)
    assert {way.name for way in PLATFORMS if list(way.openings(start))} == {newsroom.via}


@pytest.mark.parametrize("name", NEWSROOMS)
@pytest.mark.parametrize("shape", SHAPES)
def test_an_answer_of_another_shape_ends_the_way_or_gives_nothing(name: str, shape: str) -> None:
    newsroom = NEWSROOMS[name][0]()
    start, way = start_of(newsroom), WAYS[newsroom.via]
    for ask in way.openings(start):
        assert outcome(way, Answer(ask, ask.url, SHAPES[shape], "text/html"), start) in ("ended", Found())


@pytest.mark.parametrize("shape", SHAPES)
def test_no_vendors_way_opens_on_a_first_page_of_another_shape(shape: str) -> None:
    answer = Answer(Ask(HOST, "listing"), HOST, SHAPES[shape], "text/html")
    scope = Scope.of(HOST)
    start = Start(answer, scope, find(answer.page, scope))
    assert [way.name for way in PLATFORMS if list(way.openings(start))] == []


def test_a_vendor_that_gives_fewer_releases_than_asked_for_is_followed_by_its_own_pager() -> None:
    newsroom = investorroom_site.newsroom(longest=25)
    driven = drive(WAYS["investorroom"], newsroom)
    assert (len(driven.links), len(driven.asks)) == (66, 3)


def test_what_looks_like_a_release_beside_the_list_is_none() -> None:
    assert not any("annual-report" in link.url for link in drive(WAYS["investorroom"], investorroom_site.newsroom()).links)


def test_a_filter_without_a_word_for_all_years_is_asked_year_by_year() -> None:
    newsroom = notified_site.newsroom(years=("2024", "2023", "2022", "2021"))
    driven = drive(WAYS["notified"], newsroom)
    assert (len(driven.links), len(driven.asks)) == (66, 4)
