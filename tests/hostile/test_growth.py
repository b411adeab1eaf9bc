"""The time to read a page grows in proportion to its size, whatever is repeated or nested on it."""

from __future__ import annotations

from time import process_time
from typing import TYPE_CHECKING, Final

import pytest

from corpnews.discovery import Scope
from corpnews.discovery.listing_reader import read_listing
from corpnews.extraction.extract import NotAnArticle, extract_page
from corpnews.page.page import Page

if TYPE_CHECKING:
    from collections.abc import Callable

URL: Final = "https://acme.example/news/"
START: Final = "<html><title>Acme opens a plant</title><body><h1>News</h1>"
TEXT: Final = "<p>The company said on Friday that its new plant in Norway will open in May and make turbines.</p>"
# Four times as much takes four times as long; if the time were quadratic, sixteen times.
TIMES: Final = 4
MOST_GROWTH: Final = 9
FEW: Final = 150


def link(number: int) -> str:
    return f"<a href='/news/plant-{number}'>Plant {number}</a> {1 + number % 28} May 2024"


def headline(number: int) -> str:
    return f"<a href='/news/acme-opens-plant-{number}'>Acme opens plant {number} in Oslo</a>"


def card(number: int) -> str:
    return f"<div class=card><h3>{headline(number)}</h3>{TEXT}</div>"


LISTINGS: Final = {
    "items in items": lambda count: "".join(f"<ul><li>{link(number)}" for number in range(count)),
    "items in nested items": lambda count: (
        "".join(f"<ul><li>{link(number)}" for number in range(40)) + "<ul>" + "".join(f"<li>{link(40 + n)}" for n in range(count))
    ),
    "boxes in boxes": lambda count: "".join(f"<ul><div>x<div>{link(number)}</div>" for number in range(count)),
    "unclosed links": lambda count: "".join(f"<ul><a href=/news/{number}><img src=/{number}.jpg>" for number in range(count)),
    "unclosed cards": lambda count: "".join(card(number).removesuffix("</div>") for number in range(count)),
    "links to one article": lambda count: "<div>" + "".join(f"<p>{link(1)}</p>" for _ in range(count)) + "</div>",
    "buttons": lambda count: "".join(f"<button onclick=\"location.href='/news/{n}'\">{n}</button>" for n in range(count)),
    "months": lambda count: "".join(f"<h2>May {1000 + number}</h2><div>{headline(number)}</div>" for number in range(count)),
    "years": lambda count: "".join(f"<p>{1990 + number % 9}</p><li>3 May<li>{headline(number)}" for number in range(count)),
}
ARTICLES: Final = {
    "cards": lambda count: "".join(map(card, range(count))),
    "unclosed items": lambda count: "".join(f"<ul><li>{link(number)}" for number in range(count)),
    "unclosed links": lambda count: "".join(f"<ul><a href=/news/{number}>x" for number in range(4 * count)),
}


def read_as_listing(html: str) -> None:
    read_listing(Page.from_html(html, URL), Scope.from_start_url(URL))


def read_as_article(html: str) -> None:
    try:
        extract_page(Page.from_html(html, f"{URL}acme-opens-a-plant"))
    except NotAnArticle:
        return


def measure(read: Callable[[str], None], html: str) -> float:
    start = process_time()
    read(html)
    return process_time() - start


@pytest.mark.parametrize(
    ("read", "shape"),
    [(read_as_listing, shape) for shape in LISTINGS.values()] + [(read_as_article, shape) for shape in ARTICLES.values()],
    ids=[*LISTINGS, *(f"{name} as an article" for name in ARTICLES)],
)
def test_time_grows_in_proportion_to_the_page(read: Callable[[str], None], shape: Callable[[int], str]) -> None:
    small, large = START + shape(FEW), START + shape(FEW * TIMES)
    read(small)  # loads what is loaded once
    assert min(measure(read, large) for _ in range(2)) < MOST_GROWTH * min(measure(read, small) for _ in range(3))
