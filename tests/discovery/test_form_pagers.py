"""Pagers whose numbers submit a form, next pages in attributes and headers, links and documents that a URL does not show."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from corpnews.discovery import Scope, SourceRequest, SourceResponse, read_listing
from corpnews.discovery.listing_reader import read_start_page
from corpnews.discovery.sources.listing_source import ListingSource
from tests.discovery.listing_pages import build_bare_page

if TYPE_CHECKING:
    from corpnews.discovery.source import Listing

HOST = "https://www.acme.example"
NEWS = f"{HOST}/news/list.php"
TITLES = ("Acme opens a new plant in Oslo", "Acme names a new head of sales", "Acme builds its largest turbine yet")
ITEMS = "".join(f"<li><i>2024-05-0{n}</i> <a href='/news/{n}.php'>{title}</a></li>" for n, title in enumerate(TITLES, 1))


def read(html: str, url: str = NEWS) -> Listing:
    return read_listing(build_bare_page(f"<h1>News</h1>{html}", url), Scope.from_start_url(url))


@pytest.mark.parametrize(
    ("method", "pager"),
    [
        ("post", "<button name=page value=1 disabled>1</button><button name=page value=2>2</button>"),
        ("post", "<input type=submit name=page value=2>"),
        ("post", "<button name=page value=2>Next</button>"),
        ("post", "<a href='#' onclick='document.list.page.value=2; document.list.submit(); return false'>2</a>"),
        ("post", "<a href=\"javascript:document.forms[0].page.value='2';document.forms[0].submit()\">»</a>"),
    ],
)
def test_numbers_that_submit_a_form_are_pages(method: str, pager: str) -> None:
    form = f"<form name=list action='/news/list.php' method={method}><input type=hidden name=of value=all>"
    found = read(f"<ul>{ITEMS}</ul>{form}<input type=hidden name=page value=1>{pager}</form>").next_requests
    assert [(each.url, each.body) for each in found] == [(NEWS, "of=all&page=2")]


def test_forms_that_are_sent_in_the_url_are_pages_too() -> None:
    (found,) = read(f"<ul>{ITEMS}</ul><form action='/news/list.php'><button name=page value=2>2</button></form>").next_pages
    assert found == f"{NEWS}?page=2"


@pytest.mark.parametrize(
    "html",
    [
        "<form method=post><input name=q><button name=go value=1>Search</button></form>",
        "<form method=post><button name=page value=1>1</button></form>",
        "<form method=post><input type=hidden name=page></form><a onclick='document.f.page.value=2'>2</a>",
        "<a href='#' onclick='document.f.page.value=2; document.f.submit()'>2</a>",
        "<form method=post><input type=hidden name=page></form><a onclick='f.page.value=17;f.submit()'>Subscribe to our news</a>",
    ],
)
def test_other_buttons_are_not_pressed(html: str) -> None:
    assert read(f"<ul>{ITEMS}</ul>{html}").next_requests == ()


@pytest.mark.parametrize(
    ("html", "path"),
    [
        ("<div data-next='/news/feed/2'></div>", "/news/feed/2"),
        ("<button data-next-url='?part=b'>More</button>", "/news/list.php?part=b"),
    ],
)
def test_attribute_with_the_next_parts_url_is_followed(html: str, path: str) -> None:
    assert read(f"<ul>{ITEMS}</ul>{html}").next_pages == (f"{HOST}{path}",)
    assert read(f"<ul>{ITEMS}</ul><div data-next='slide'></div><a data-next='#top'>x</a>").next_pages == ()


@pytest.mark.parametrize(
    ("header", "paths"),
    [
        ('</news/?p=2>; rel="next"', ["/news/?p=2"]),
        ('</wp-json/>; rel="https://api.w.org/", <?p=2>; title="older"; rel=next', ["/news/list.php?p=2"]),
        ("</a>; rel=\"prev next\"", ["/a"]),
        ("</a>; rel=prev", []),
        ("</a>; rel=next-archive", []),
        ("</a>; title=next", []),
    ],
)  # fmt: skip
def test_next_page_may_be_named_in_the_link_header(header: str, paths: list[str]) -> None:
    request, body = SourceRequest(NEWS, "listing"), f"<html><h1>News</h1><ul>{ITEMS}</ul></html>".encode()
    response = SourceResponse(request, NEWS, body, "text/html", {"link": header})
    start = read_start_page(response, Scope.from_start_url(NEWS))
    found = [[each.url for each in ListingSource().initial_requests(start)]]
    found.append([each.url for each in ListingSource().parse(response, start).next_requests])
    assert found == [[f"{HOST}{path}" for path in paths]] * 2


@pytest.mark.parametrize(
    "function",
    [
        "function openItem(no) { location.href = '/news/view.php?no=' + no; }",
        "function openItem(no){window.open(\"/news/view.php?no=\"+no)}",
        "function other() {} function openItem(no) { if (no) window.location.href='view.php?no=' + no + '' }",
    ],
)  # fmt: skip
@pytest.mark.parametrize("link", ["href=\"javascript:openItem('{}')\"", "href='#' onclick='openItem({}); return false;'"])
def test_links_that_call_a_function_lead_where_it_goes(function: str, link: str) -> None:
    items = "".join(f"<li><i>2024-05-0{n}</i> <a {link.format(n)}>{title}</a></li>" for n, title in enumerate(TITLES, 1))
    found = read(f"<ul>{items}</ul><script>{function}</script>").articles
    assert [(each.url, each.title) for each in found] == [
        (f"{HOST}/news/view.php?no={n}", title) for n, title in enumerate(TITLES, 1)
    ]


def test_links_to_unknown_functions_are_none() -> None:
    items = "".join(f"<li><i>2024-05-0{n}</i> <a href='javascript:f({n})'>{title}</a></li>" for n, title in enumerate(TITLES))
    assert read(f"<ul>{items}</ul><script>function f(n) {{ show(n); }}</script>").articles == ()


@pytest.mark.parametrize("link", ["<a href='/get?file={}'>PDF</a>", "<a href='/get?file={}' type='application/pdf'>Open</a>"])
def test_documents_are_known_by_the_links_label_or_type(link: str) -> None:
    rows = "".join(f"<tr><td>{n} May 2024<td>{title}<td>{link.format(n)}</tr>" for n, title in enumerate(TITLES, 1))
    found = read(f"<table>{rows}</table>").articles
    assert [(each.url, each.title) for each in found] == [(f"{HOST}/get?file={n}", title) for n, title in enumerate(TITLES, 1)]


DECLARED = "<link rel=alternate hreflang={} href={}>"


@pytest.mark.parametrize(
    ("declared", "hosts"),
    [
        ({"en": "https://en.acme.example/news/", "de": "https://de.acme.example/aktuelles/"}, {"de.acme.example"}),
        ({"en": "https://en.acme.example/news/", "de": "https://acme.invalid/"}, set()),
        ({"en": "https://en.acme.example/news/", "de": "https://en.acme.example/de/"}, set()),
        ({"de": "https://de.acme.example/aktuelles/"}, set()),
    ],
    ids=["a host each", "another site", "one host", "without the page itself"],
)
def test_hosts_of_declared_editions_are_the_newsrooms_own(declared: dict[str, str], hosts: set[str]) -> None:
    url = "https://en.acme.example/news/"
    head = "".join(DECLARED.format(*each) for each in declared.items())
    response = SourceResponse(
        SourceRequest(url, "listing"), url, f"<html><head>{head}</head><ul>{ITEMS}</ul></html>".encode(), "text/html"
    )
    start = read_start_page(response, Scope.from_start_url(url))
    assert start.scope.sibling_hosts == hosts
    assert {each for each in start.listing.next_pages if "de.acme" in each} == {
        declared["de"] for host in hosts if host in declared["de"]
    }
