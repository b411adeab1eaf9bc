from __future__ import annotations

import json
from typing import Any

import pytest

from corpnews.discovery import Scope, StartPage, read_listing
from corpnews.discovery.source import SourceError, SourceRequest, SourceResponse
from corpnews.discovery.sources.rendered_listing_source import RenderedListingSource

URL = "https://acme.example/news/"
API = "https://acme.example/api/news"
SHELL = "<div id='root'></div><script src='/app.js'></script>"


def page(body: str, *fetched: SourceResponse, needs_browser: bool = True) -> SourceResponse:
    html = f"<html><body>{body}</body></html>".encode()
    return SourceResponse(
        SourceRequest(URL, "browser", needs_browser=needs_browser), URL, html, "text/html; charset=utf-8", data_responses=fetched
    )


def start(response: SourceResponse | None = None) -> StartPage:
    response, scope = response or page(SHELL, needs_browser=False), Scope.from_start_url(URL)
    return StartPage(response, scope, read_listing(response.page, scope))


def item(number: int) -> dict[str, str]:
    return {
        "title": f"Acme opens its plant number {number}",
        "url": f"/news/acme-opens-plant-number-{number}/",
        "date": f"2024-05-{number:02}",
    }


def data(value: Any, url: str = f"{API}?page=1", note: str = "") -> SourceResponse:
    return SourceResponse(
        SourceRequest(url, "browser" if note else "listing", note=note), url, json.dumps(value).encode(), "application/json"
    )


def listing(*numbers: int) -> str:
    rows = "".join(f"<li><time>{item(n)['date']}</time> <a href='{item(n)['url']}'>{item(n)['title']}</a></li>" for n in numbers)
    return f"<main><h1>News</h1><ul>{rows}</ul></main>"


def test_shell_is_rendered() -> None:
    assert list(RenderedListingSource().initial_requests(start())) == [SourceRequest(URL, "browser", needs_browser=True)]


@pytest.mark.parametrize("body", [listing(1, 2, 3), "<p>There is no news.</p>"])
def test_page_that_is_not_a_shell_is_not_rendered(body: str) -> None:
    assert not list(
        RenderedListingSource().initial_requests(start(page(f"{body}<script src='/app.js'></script>", needs_browser=False)))
    )


def test_rendered_start_page_is_not_rendered_again() -> None:
    drawn = start(page(listing(1, 2, 3), data({"items": [item(n) for n in (1, 2, 3)]})))
    (request,) = RenderedListingSource().initial_requests(drawn)
    assert not request.needs_browser
    assert len(RenderedListingSource().parse(drawn.response.for_request(request), drawn).articles) == 3


def test_json_that_the_page_fetched_is_read_and_goes_on_without_a_browser() -> None:
    fetched = [
        data({"items": [item(n) for n in numbers], "totalPages": 4}, f"{API}?page={at}")
        for at, numbers in ((1, (9, 8)), (2, (7, 6)))
    ]
    found = RenderedListingSource().parse(page(listing(9, 8), *fetched), start())
    assert [link.date and link.date.value for link in found.articles] == ["2024-05-09", "2024-05-08", "2024-05-07", "2024-05-06"]
    (request,) = found.next_requests
    assert (request.url, request.source, request.needs_browser) == (f"{API}?page=3", "browser", False)
    more = RenderedListingSource().parse(data({"items": [item(5)], "totalPages": 4}, request.url, request.note), start())
    assert [link.url for link in more.articles] == ["https://acme.example/news/acme-opens-plant-number-5/"]
    assert [request.url for request in more.next_requests] == [f"{API}?page=4"]


def test_the_page_is_read_if_its_json_holds_other_things() -> None:
    others = {"items": [{**item(n), "url": f"/news/other-things-of-acme-{n}/"} for n in (1, 2)]}
    found = RenderedListingSource().parse(page(listing(1, 2, 3), data(others), data({"user": None}), data("x")), start())
    assert [link.url[-2] for link in found.articles] == ["1", "2", "3"]


def test_article_that_only_the_page_shows_is_not_lost() -> None:
    found = RenderedListingSource().parse(page(listing(1, 2, 3), data({"items": [item(1), item(2)]})), start())
    assert len(found.articles) == 3


def test_rendered_page_without_articles_is_a_source_error() -> None:
    with pytest.raises(SourceError, match="no article links in the rendered page"):
        RenderedListingSource().parse(page(""), start())


def test_data_that_is_not_json_is_a_source_error() -> None:
    with pytest.raises(SourceError, match="not JSON"):
        RenderedListingSource().parse(SourceResponse(SourceRequest(API, "browser", note="data"), API, b"<p>Sorry"), start())


@pytest.mark.parametrize("value", [{}, [], None, 7, {"items": []}, {"items": [None, [[]], {"title": 1}]}])
def test_json_of_another_shape_lists_nothing(value: Any) -> None:
    found = RenderedListingSource().parse(data(value, note="data"), start())
    assert (found.articles, found.next_requests) == ((), ())
