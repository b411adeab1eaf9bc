"""Pagers whose links are calls of a script."""

from __future__ import annotations

from urllib.parse import parse_qs

import pytest

from corpnews.discovery import Scope, read_listing
from tests.discovery.listing_pages import build_bare_page

NEWS = "https://www.example.com/news/list.do"
LINKS = "<a href='javascript:goPage(2)'>2</a><a href='#' onclick='goPage(3); return false;'>3</a>"


def next_pages(html: str, url: str = NEWS) -> list[str]:
    return list(read_listing(build_bare_page(html, url), Scope.from_start_url(NEWS)).next_pages)


def test_numbers_in_a_script_are_pages_where_the_address_counts_pages() -> None:
    assert next_pages(LINKS, f"{NEWS}?board=7&pageIndex=1") == [f"{NEWS}?board=7&pageIndex={n}" for n in (2, 3)]


def test_numbers_in_a_script_are_pages_where_a_form_counts_pages() -> None:
    form = "<form action='/news/list.do'><input type=hidden name=bbs value=7><input type=hidden name=pageIndex value=1></form>"
    assert next_pages(form + LINKS) == [f"{NEWS}?bbs=7&pageIndex={n}" for n in (2, 3)]


def test_numbers_in_a_script_are_pages_where_the_script_says_where_it_goes() -> None:
    script = "<script>function goPage(n) { if (n) location.href = '/news/list.do?cpage=' + n; }</script>"
    assert next_pages(script + LINKS) == [f"{NEWS}?cpage={n}" for n in (2, 3)]


@pytest.mark.parametrize(
    "html",
    [
        LINKS,
        f"<form method=post><input type=hidden name=page value=1></form>{LINKS}",
        "<form><input type=hidden name=page></form><a href='javascript:fn_view(2)'>2</a>",
        "<form><input type=hidden name=page></form><a href='javascript:goPage(812)'>Acme opens a new plant</a>",
    ],
)
def test_script_calls_without_url_or_page_number_are_ignored(html: str) -> None:
    assert next_pages(html) == []


ASPX = "https://www.example.com/news/default.aspx"


def grid(pager: str, years: str = "") -> str:
    return f"""<form method="post" action="./default.aspx" id="aspnetForm">
        <input type="hidden" name="__VIEWSTATE" value="dDwt/+="><input type="hidden" name="__EVENTVALIDATION" value="wE">
        <input type="hidden" name="__EVENTTARGET" value=""> {years}
        <input type="submit" name="go" value="Search"><table><tr><td>{pager}</td></tr></table></form>"""


def link(number: int, text: str = "") -> str:
    return f"<td><a href=\"javascript:__doPostBack('ctl00$grid','Page${number}')\">{text or number}</a></td>"


def posted(html: str) -> list[dict[str, str]]:
    """The fields of the page's form submissions."""
    requests = read_listing(build_bare_page(html, ASPX), Scope.from_start_url(ASPX)).next_requests
    assert all(request.url == ASPX and request.source == "listing" for request in requests)
    return [
        {name: values[-1] for name, values in parse_qs(request.body or "", keep_blank_values=True).items()}
        for request in requests
    ]


@pytest.mark.parametrize(
    ("pager", "argument"),
    [
        (f"<table><tr><td><span>1</span></td>{link(2)}{link(3)}</tr></table>", "Page$2"),
        (f"<table><tr>{link(1)}<td><span>2</span></td>{link(3)}</tr></table>", "Page$3"),
        (f"<table><tr>{link(9, '...')}<td>10</td>{link(11, '...')}</tr></table>", "Page$11"),
        (f"{link(1)}{link(3)}", "Page$3"),
        (f"{link(7, 'Next')}", "Page$7"),
    ],
)
def test_the_next_page_comes_for_the_form_with_the_event_of_its_link(pager: str, argument: str) -> None:
    (fields,) = posted(grid(pager))
    assert fields == {
        "__VIEWSTATE": "dDwt/+=",
        "__EVENTVALIDATION": "wE",
        "__EVENTTARGET": "ctl00$grid",
        "__EVENTARGUMENT": argument,
    }


@pytest.mark.parametrize(
    "pager",
    [
        f"<table><tr>{link(1)}{link(2)}<td><span>3</span></td></tr></table>",
        "<a href=\"javascript:__doPostBack('grid','Sort$Date')\">Date</a>",
        "<a href=\"javascript:__doPostBack('logout','')\">Log out</a>",
        "<a href='javascript:__doPostBack()'>2</a>",
    ],
)
def test_the_last_page_and_other_events_are_not_followed(pager: str) -> None:
    assert posted(grid(pager)) == []


def test_the_years_of_a_posting_drop_down_are_requested_from_its_first_state_only() -> None:
    options = "<option value=24 {}>2024<option value=23 {}>2023<option value=22>2022"
    select = f"""<select name="year" onchange="javascript:setTimeout('__doPostBack(\\'year\\',\\'\\')', 0)">{options}</select>"""
    assert [fields["year"] for fields in posted(grid("", select.format("selected", "")))] == ["23", "22"]
    assert posted(grid("", select.format("", "selected"))) == []


def test_a_link_outside_any_form_is_no_post() -> None:
    assert posted(link(2)) == []


def state_page(page: int, pages: int) -> str:
    """Page `page` of a list whose position is only in its view state; its pager shows four numbers at a time."""
    items = "".join(
        f"<tr><td>2024-0{page}-1{n}</td>"
        f"<td><a href='/news/acme-opens-plant-{page}-{n}'>Acme opens plant number {page}{n}</a></td></tr>"
        for n in range(6)
    )
    window = range((page - 1) // 4 * 4 + 1, min(pages, (page - 1) // 4 * 4 + 4) + 1)
    numbers = "".join(f"<td><span>{page}</span></td>" if number == page else link(number) for number in window)
    before = link(window[0] - 1, "...") if window[0] > 1 else ""
    after = link(window[-1] + 1, "...") if window[-1] < pages else ""
    pager = f"<table><tr>{before}{numbers}{after}</tr></table>"
    return f"""<form method="post"><input type="hidden" name="__VIEWSTATE" value="at {page}">
        <table class="grid">{items}</table>{pager}</form>"""


def test_a_list_that_posts_its_pager_is_read_to_its_end() -> None:
    waiting, titles, requests = [state_page(1, 9)], set(), 0
    while waiting:
        listing = read_listing(build_bare_page(waiting.pop(), ASPX), Scope.from_start_url(ASPX))
        titles |= {article.title for article in listing.articles}
        requests += len(listing.next_requests)
        assert requests < 20
        arguments = [parse_qs(request.body or "")["__EVENTARGUMENT"][0] for request in listing.next_requests]
        waiting += [state_page(int(argument.removeprefix("Page$")), 9) for argument in arguments]
    assert (len(titles), requests) == (54, 8)
