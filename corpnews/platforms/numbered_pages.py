"""Page numbers and offsets in the query of URLs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from w3lib.url import add_or_replace_parameters, url_query_parameter

from corpnews.web.text import get_short_text
from corpnews.web.urls import split_path

if TYPE_CHECKING:
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


def find_later_pages(page: Page, parameter: str) -> list[str]:
    """The URLs of the pages after this one that its pager links to, in their order; pages may be counted from 0 or from 1."""
    here = get_query_number(page.url, parameter)
    found: dict[int, str] = {}
    for link in page.root.iter("a"):
        url = page.resolve_url(link.get("href")) if f"{parameter}=" in (link.get("href") or "") else None
        number = get_query_number(url, parameter) if url else None
        if url is None or number is None or split_path(url) != split_path(page.url):
            continue
        if number > here if here is not None else get_short_text(link) != "1":
            found[number] = url
    return [found[number] for number in sorted(found)]
