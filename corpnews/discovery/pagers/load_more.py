"""Pages that a script appends to the list ("Load more"), with URL and page number in data attributes."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qsl, urlsplit

from w3lib.url import add_or_replace_parameters

from corpnews.web import url_features
from corpnews.web.text import split_terms

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.html import HtmlElement

    from corpnews.page.page import Page

_ENDPOINT_ATTRIBUTES = split_terms("""
data-url data-endpoint data-ajax-url data-load-url data-load-more-url data-more-url data-request-url data-api-url data-href
data-path data-action data-api data-source
""")
_NEXT_PAGE_ATTRIBUTES = split_terms("data-next-page data-nextpage data-next data-load-page")
_NEXT_URL_ATTRIBUTES = split_terms(
    "data-next data-next-url data-nexturl data-next-href data-next-link data-next-page data-nextpage"
)
_PAGE_NUMBER_ATTRIBUTES = split_terms("data-page data-current-page data-currentpage data-paged data-page-number data-pagenum")
_PAGE_COUNT_ATTRIBUTES = split_terms("""
data-total-pages data-totalpages data-max-pages data-maxpages data-max-page data-pages data-page-count data-pagecount
data-last-page data-max-num-pages data-num-pages
""")
_PARAMETER_ATTRIBUTES = split_terms("data-page-param data-param data-page-parameter data-parameter data-page-key")
_PAGE_PLACEHOLDER = re.compile(
    r"\{\{?\s*page\w*\s*\}?\}|%7B(?:%7B)?page\w*%7D(?:%7D)?|\[page\]|__page__|%page%|:page\b", re.IGNORECASE
)
NUMBER_PLACEHOLDER = "-number-of-page-"
_LOADER_ATTRIBUTES = _ENDPOINT_ATTRIBUTES | _PAGE_COUNT_ATTRIBUTES
# Elements that lists and buttons are made of.
_LOADER_TAGS = ("a", "button", "div", "ul", "ol", "section", "nav", "span", "main", "article", "table", "tbody")
# An attribute may also stand on one of so many elements above.
_MAX_BOXES_ABOVE = 4
_MAX_LOADED_PAGES = 200
_MAX_LOADERS = 20
_MAX_ELEMENTS = 20_000
_URL_STARTS = ("/", "?", "http", ".")
# Parameters that count articles, not pages.
_OFFSET_PARAMETERS = split_terms("start offset o from skip begin first startrecord limitstart")


class PageUrlTemplate(NamedTuple):
    """How a script builds a page's URL: a URL with a placeholder for the number, or with a parameter for it."""

    url: str
    parameter: str | None

    def page(self, number: int) -> str:
        if self.parameter is None:
            return self.url.replace(NUMBER_PLACEHOLDER, str(number))
        return _set_page_number(self.url, self.parameter, number)


def find_load_more_pages(page: Page) -> Iterator[str]:
    """Yield the URLs of the pages that buttons and lists name: all if the last number is known, else the next one."""
    loaders = (element for element in page.root.iter(*_LOADER_TAGS) if not _LOADER_ATTRIBUTES.isdisjoint(element.keys()))
    for element in islice(page.root.iter(*_LOADER_TAGS), _MAX_ELEMENTS):
        yield from _iter_next_urls(page, element)
    for element in islice(loaders, _MAX_LOADERS):
        said = _read_data_attributes(element)
        numbers = _read_page_numbers(said)
        source = _find_url_template(page, said) if numbers else None
        if source:
            yield from map(source.page, numbers)


def _iter_next_urls(page: Page, element: HtmlElement) -> Iterator[str]:
    """Yield the URL of the next part of a list that an attribute of the element holds."""
    for name in _NEXT_URL_ATTRIBUTES.intersection(element.keys()):
        value = (element.get(name) or "").strip()
        if value.startswith(_URL_STARTS) and (url := page.resolve_url(value)):
            yield url


def _read_page_numbers(said: Mapping[str, str]) -> range:
    """Return the numbers of the pages after this one; empty if no attribute has a number."""
    following, here, last = (
        _find_number(said, names) for names in (_NEXT_PAGE_ATTRIBUTES, _PAGE_NUMBER_ATTRIBUTES, _PAGE_COUNT_ATTRIBUTES)
    )
    if following is None and here is None and last is None:
        return range(0)
    first = max(2, following or (here or 0) + 1)
    return range(first, min(first if last is None else last, first + _MAX_LOADED_PAGES) + 1)


def _read_data_attributes(element: HtmlElement) -> dict[str, str]:
    """Return the data attributes of the element and of those close above it, its own first."""
    said: dict[str, str] = {}
    for each in (element, *islice(element.iterancestors(), _MAX_BOXES_ABOVE)):
        for name, value in each.items():
            if name.startswith("data-"):
                said.setdefault(name, value.strip())
    return said


def _find_number(said: Mapping[str, str], names: frozenset[str]) -> int | None:
    values = (said[name] for name in said if name in names)
    return next((int(value) for value in values if value.isascii() and value.isdigit() and len(value) < 6), None)


def _find_url_template(page: Page, said: Mapping[str, str]) -> PageUrlTemplate | None:
    """Return the URL template in the attributes: an endpoint, or the name of the page parameter of the page's own URL."""
    address = next((said[name] for name in said if name in _ENDPOINT_ATTRIBUTES and said[name].startswith(_URL_STARTS)), None)
    name = next((said[each] for each in said if each in _PARAMETER_ATTRIBUTES and said[each].isidentifier()), None)
    if address is None:
        parameter = name or find_page_parameter(page.url)
        return PageUrlTemplate(page.url, parameter) if parameter else None
    held = _PAGE_PLACEHOLDER.search(address) is not None
    url = page.resolve_url(_PAGE_PLACEHOLDER.sub(NUMBER_PLACEHOLDER, address))
    if url is None:
        return None
    return PageUrlTemplate(url, None if held else name or find_page_parameter(url) or "page")


def find_page_parameter(url: str) -> str | None:
    """Return the query parameter that counts pages, not articles, as it is spelled in the URL."""
    pairs = parse_qsl(urlsplit(url).query, keep_blank_values=True)
    counting = (name for name, value in pairs if url_features.is_page_parameter(name.lower()) and (value.isdigit() or not value))
    return next((name for name in counting if name.lower() not in _OFFSET_PARAMETERS), None)


def _set_page_number(url: str, name: str, number: int) -> str:
    return add_or_replace_parameters(url, {name: str(number)})


def iter_pages_after_fragment(page: Page, count: int) -> Iterator[str]:
    """Yield the URL of the page after an HTML fragment of `count` items, which has no pager of its own."""
    if not count or next(page.root.iter("title", "nav", "header", "footer"), None) is not None:
        return
    pairs = parse_qsl(urlsplit(page.url).query)
    for name, value in pairs:
        if url_features.is_page_parameter(name.lower()) and value.isascii() and value.isdigit() and len(value) < 7:
            step = count if name.lower() in _OFFSET_PARAMETERS else 1
            yield _set_page_number(page.url, name, int(value) + step)
            return
