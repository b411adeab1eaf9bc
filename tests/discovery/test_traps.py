"""Endless newsrooms: the search ends by itself, and no release is missed."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from corpnews.discovery import CrawlFilter, Frontier, Planner, Scope, SourceRequest, SourceResponse, read_start_page
from corpnews.discovery.sources.listing_source import ListingSource

if TYPE_CHECKING:
    from collections.abc import Callable

HOST = "https://www.example.com"
NEWS = f"{HOST}/news/"
PAGES = 3
MOST_ASKED = 60


def items(page: int) -> str:
    return "".join(
        f"<li><i>202{4 - page}-05-0{n}</i> <a href='/news/acme-opens-plant-{page}-{n}'>Acme opens plant number {page}{n}</a></li>"
        for n in range(1, 6)
    )


def asked(url: str, name: str, default: str = "1") -> str:
    return parse_qs(urlsplit(url).query).get(name, [default])[-1]


def pager(page: int, more: str = "") -> str:
    return f"<nav class='pagination'><a href='?page={page}{more}'>Next</a></nav>"


def repeats_the_first_page(url: str, _: int) -> str:
    page = int(asked(url, "page"))
    return f"<ul>{items(page if page <= PAGES else 1)}</ul>{pager(page + 1)}"


def names_itself(url: str, _: int) -> str:
    page = int(asked(url, "page"))
    return f"<ul>{items(page)}</ul>{pager(min(page + 1, PAGES))}<link rel=next href='{url}'>"


def has_sessions(url: str, count: int) -> str:
    page = int(asked(url, "page"))
    session = f"{count:032x}"
    links = items(page).replace("-1'", f"-1?sid={session}'").replace("-2'", f"-2;jsessionid={session}'")
    return f"<ul>{links}</ul>{pager(page % PAGES + 1, f'&PHPSESSID={session}')}<a href='{url}&sid={session}'>1</a>"


def has_a_calendar(url: str, _: int) -> str:
    page, month = int(asked(url, "page")), int(asked(url, "month", "0"))
    days = "".join(f"<td><a href='/news/?date=2024-05-{day:02}'>{day}</a></td>" for day in range(1, 29))
    ever = f"<div class='month'><a href='?month={month + 1}'>»</a></div><table>{days}</table>"
    return f"<ul>{items(page)}</ul>{pager(min(page + 1, PAGES))}{ever}"


def has_filters(url: str, _: int) -> str:
    page = int(asked(url, "page"))
    query = urlsplit(url).query
    facets = "".join(
        f"<a href='?{query}&amp;{name}={value}'>{name} {value}</a>"
        for name in ("sort", "topic", "region", "type")
        for value in range(5)
    )
    return f"<ul>{items(min(page, PAGES))}</ul>{pager(min(page + 1, PAGES))}{facets}"


def loads_for_ever(url: str, _: int) -> str:
    page = int(asked(url, "page"))
    return f"<ul>{items(min(page, PAGES))}</ul><button data-url='/news/' data-next-page='{page + 1}'>More</button>"


TRAPS: dict[str, Callable[[str, int], str]] = {
    "page 1 again past the end": repeats_the_first_page,
    "a next link that names itself": names_itself,
    "session ids in links": has_sessions,
    "a calendar": has_a_calendar,
    "filters on filters": has_filters,
    "a button that never goes away": loads_for_ever,
}


@pytest.mark.parametrize("trap", TRAPS)
def test_search_of_an_endless_newsroom_ends_with_all_its_releases(trap: str) -> None:
    count = 1
    answer = SourceResponse(SourceRequest(NEWS, "listing"), NEWS, TRAPS[trap](NEWS, count).encode(), "text/html")
    plan = Planner(read_start_page(answer, Scope.from_start_url(NEWS)), [ListingSource()], Frontier(), CrawlFilter())
    asks = plan.begin().requests
    while asks:
        ask, count = asks.pop(0), count + 1
        assert count < MOST_ASKED
        asks += plan.receive(SourceResponse(ask, ask.url, TRAPS[trap](ask.url, count).encode(), "text/html")).requests
    found = {lead.link.title for lead in plan.frontier.next_batch(1000)}
    assert found == {f"Acme opens plant number {page}{n}" for page in range(1, PAGES + 1) for n in range(1, 6)}
