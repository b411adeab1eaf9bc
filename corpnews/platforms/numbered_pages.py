"""Pagers with numbers in the query: read the numbers of their links, build the URLs of other pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from w3lib.url import add_or_replace_parameters, url_query_parameter

from corpnews.web.text import get_short_text
from corpnews.web.urls import split_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from corpnews.page.page import Page

# Bounds a wrong pager: no newsroom has as many pages.
MAX_NUMBERED_PAGES = 1000


def set_query_parameters(url: str, **parameters: object) -> str:
    """The URL with parameters of its query added or replaced.

    >>> set_query_parameters("https://example.com/news?l=5&year=2024", l=100, o=0)
    'https://example.com/news?l=100&year=2024&o=0'
    """
    return add_or_replace_parameters(url, {name: str(value) for name, value in parameters.items()})


def get_query_number(url: str, parameter: str) -> int | None:
    """The number in a parameter of the URL's query; None if it holds none.

    >>> get_query_number("https://example.com/news?page=2", "page"), get_query_number("https://example.com/news?page=x", "page")
    (2, None)
    """
    value = url_query_parameter(url, parameter) or ""
    return int(value) if value.isascii() and value.isdigit() and len(value) < 7 else None


def find_numbered_links(page: Page, parameter: str) -> Iterator[tuple[HtmlElement, int]]:
    """Links to other pages of this listing, with the number that each has in the parameter."""
    here = split_path(page.url)
    for link in page.root.iter("a"):
        href = link.get("href") or ""
        url = page.resolve_url(href) if f"{parameter}=" in href else None
        number = get_query_number(url, parameter) if url else None
        if url and number is not None and split_path(url) == here:
            yield link, number


def build_later_page_urls(page: Page, parameter: str, first: int | None = None) -> list[str]:
    """The URLs of all pages after this one, up to the highest number in the pager.

    `first` is the number of the first page; without it, the pager tells.
    """
    linked = list(find_numbered_links(page, parameter))
    if not linked:
        return []
    last = max(number for _, number in linked)
    here = get_query_number(page.url, parameter)
    if here is None:
        here = _find_first_page_number(linked) if first is None else first
    return [
        set_query_parameters(page.url, **{parameter: number})
        for number in range(here + 1, min(last, here + MAX_NUMBERED_PAGES) + 1)
    ]


def _find_first_page_number(linked: list[tuple[HtmlElement, int]]) -> int:
    """The number of the first page: 0 if the link with the text 2 leads to page=1, otherwise 1."""
    for link, number in linked:
        words = get_short_text(link).split()
        label = next((word for word in words if word.isascii() and word.isdigit() and len(word) < 7), None)
        if label:
            return max(0, number - int(label) + 1)
    return 0
