"""Years that a drop-down offers."""

from __future__ import annotations

import pytest

from corpnews.discovery import Scope, read_listing
from tests.discovery.listing_pages import build_bare_page

NEWS = "https://www.example.com/news/"
OPTIONS = "<option value=''>All years</option><option>2024</option><option>2023</option>"


def next_pages(html: str, url: str = NEWS) -> list[str]:
    return list(read_listing(build_bare_page(html, url), Scope.from_start_url(NEWS)).next_pages)


@pytest.mark.parametrize(
    "html",
    [
        f"<form method=get><select name=year>{OPTIONS}</select></form>",
        f"<form action='/news/'><select name=year>{OPTIONS}</select><input name=keywords><input type=submit name=go></form>",
        f"<select onchange=\"location.href='/news/?year='+this.value\">{OPTIONS}</select>",
        f"<select onchange=\"window.location = '?year=' + this.options[this.selectedIndex].value\">{OPTIONS}</select>",
    ],
)
def test_each_year_is_followed(html: str) -> None:
    assert next_pages(html) == [f"{NEWS}?year=2024", f"{NEWS}?year=2023"]


def test_years_that_a_script_puts_into_the_path_are_followed() -> None:
    html = f"<select onchange=\"location='/news/'+this.value+'/index.html'\">{OPTIONS}</select>"
    assert next_pages(html) == [f"{NEWS}2024/index.html", f"{NEWS}2023/index.html"]


@pytest.mark.parametrize(
    "html",
    [
        f"<select>{OPTIONS}</select>",
        f"<form method=post><select name=year>{OPTIONS}</select></form>",
        f"<form action='/careers/'><select name=year>{OPTIONS}</select></form>",
        "<form><select name=size><option>10</option><option>20</option></select></form>",
        "<form><select name=topic><option>2024</option><option>Finance</option></select></form>",
    ],
)
def test_a_drop_down_of_something_else_or_without_a_url_is_ignored(html: str) -> None:
    assert next_pages(html) == []
