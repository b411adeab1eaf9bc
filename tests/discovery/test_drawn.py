from __future__ import annotations

import json
from typing import Any

import pytest

from corpnews.discovery import Scope, Start, find
from corpnews.discovery.asks import Answer, Ask, WayEnded
from corpnews.discovery.drawn import Drawn

URL = "https://acme.example/news/"
API = "https://acme.example/api/news"
SHELL = "<div id='root'></div><script src='/app.js'></script>"


def page(body: str, *fetched: Answer, needs_browser: bool = True) -> Answer:
    html = f"<html><body>{body}</body></html>".encode()
    return Answer(Ask(URL, "browser", renders=needs_browser), URL, html, "text/html; charset=utf-8", fetched=fetched)


def start(response: Answer | None = None) -> Start:
    response, scope = response or page(SHELL, needs_browser=False), Scope.of(URL)
    return Start(response, scope, find(response.page, scope))


def item(number: int) -> dict[str, str]:
    return {
        "title": f"Acme opens its plant number {number}",
        "url": f"/news/acme-opens-plant-number-{number}/",
        "date": f"2024-05-{number:02}",
    }


def data(value: Any, url: str = f"{API}?page=1", note: str = "") -> Answer:
    return Answer(Ask(url, "browser" if note else "listing", note=note), url, json.dumps(value).encode(), "application/json")


def listing(*numbers: int) -> str:
    rows = "".join(f"<li><time>{item(n)['date']}</time> <a href='{item(n)['url']}'>{item(n)['title']}</a></li>" for n in numbers)
    return f"<main><h1>News</h1><ul>{rows}</ul></main>"


def test_shell_is_drawn() -> None:
    assert list(Drawn().openings(start())) == [Ask(URL, "browser", renders=True)]


@pytest.mark.parametrize("body", [listing(1, 2, 3), "<p>There is no news.</p>"])
def test_page_that_is_no_shell_is_not_drawn(body: str) -> None:
    assert not list(Drawn().openings(start(page(f"{body}<script src='/app.js'></script>", needs_browser=False))))


def test_start_page_that_was_drawn_already_is_not_drawn_again() -> None:
    drawn = start(page(listing(1, 2, 3), data({"items": [item(n) for n in (1, 2, 3)]})))
    (request,) = Drawn().openings(drawn)
    assert not request.renders
    assert len(Drawn().read(drawn.answer.asked_as(request), drawn).articles) == 3


def test_json_that_the_page_fetched_is_read_and_goes_on_without_a_browser() -> None:
    fetched = [
        data({"items": [item(n) for n in numbers], "totalPages": 4}, f"{API}?page={at}")
        for at, numbers in ((1, (9, 8)), (2, (7, 6)))
    ]
    found = Drawn().read(page(listing(9, 8), *fetched), start())
    assert [link.date and link.date.value for link in found.articles] == ["2024-05-09", "2024-05-08", "2024-05-07", "2024-05-06"]
    (request,) = found.following
    assert (request.url, request.way, request.renders) == (f"{API}?page=3", "browser", False)
    more = Drawn().read(data({"items": [item(5)], "totalPages": 4}, request.url, request.note), start())
    assert [link.url for link in more.articles] == ["https://acme.example/news/acme-opens-plant-number-5/"]
    assert [request.url for request in more.following] == [f"{API}?page=4"]


def test_json_of_something_else_gives_way_to_the_page() -> None:
    others = {"items": [{**item(n), "url": f"/news/other-things-of-acme-{n}/"} for n in (1, 2)]}
    found = Drawn().read(page(listing(1, 2, 3), data(others), data({"user": None}), data("x")), start())
    assert [link.url[-2] for link in found.articles] == ["1", "2", "3"]


def test_article_that_only_the_page_shows_is_not_lost() -> None:
    found = Drawn().read(page(listing(1, 2, 3), data({"items": [item(1), item(2)]})), start())
    assert len(found.articles) == 3


def test_drawn_page_without_articles_ends_the_way() -> None:
    with pytest.raises(WayEnded, match="a browser drew it"):
        Drawn().read(page(""), start())


def test_portion_that_is_no_json_ends_the_way() -> None:
    with pytest.raises(WayEnded, match="no JSON"):
        Drawn().read(Answer(Ask(API, "browser", note="data"), API, b"<p>Sorry"), start())


@pytest.mark.parametrize("value", [{}, [], None, 7, {"items": []}, {"items": [None, [[]], {"title": 1}]}])
def test_portion_of_another_shape_lists_nothing(value: Any) -> None:
    found = Drawn().read(data(value, note="data"), start())
    assert (found.articles, found.following) == ((), ())
