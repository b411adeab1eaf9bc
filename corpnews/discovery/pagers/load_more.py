"""Pages that a script appends to the list ("Load more"): with URL and number in data attributes, or without an address."""

from __future__ import annotations

import re
from itertools import islice
from operator import methodcaller
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

from w3lib.url import add_or_replace_parameters

from corpnews.discovery.anchors import count_words, read_link_text
from corpnews.discovery.script_links import iter_attribute_urls
from corpnews.discovery.vocabulary import NEXT_LABELS, READ_MORE_LABELS
from corpnews.page.zones import is_hidden_by_state
from corpnews.web import url_features
from corpnews.web.text import normalize_label, split_terms
from corpnews.web.urls import get_query

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from lxml.etree import _Element

    from corpnews.page.page import Page

# Names of attributes with a URL, the number of the next page, that of this page, the number of pages, the name of the parameter.
_ENDPOINT = re.compile(r"data-(?:[\w-]*url|endpoint|href|path|action|api|source)")
_NEXT_PAGE = re.compile(r"data-(?:next(?:-?page)?|load-page)")
_THIS_PAGE = re.compile(r"data-(?:current-?)?page(?:d|-?num(?:ber)?)?")
_PAGE_COUNT = re.compile(r"data-(?:(?:total|max|last|num|max-num)-?pages?|pages|page-?count)")
_PARAMETER = re.compile(r"data-(?:page-)?param(?:eter)?|data-page-key")
_PAGE_PLACEHOLDER = re.compile(
    r"\{\{?\s*(?:page\w*|#)\s*\}?\}|%7B(?:%7B)?page\w*%7D(?:%7D)?|\[page\]|__page__|%page%|:page\b", re.IGNORECASE
)
_URL_WITH_PLACEHOLDER = re.compile(
    rf"(?:https?://|/|\?)[^\s\"'<>{{}}]{{0,300}}?(?:{_PAGE_PLACEHOLDER.pattern})[^\s\"'<>{{}}]{{0,100}}", re.IGNORECASE
)
_MAX_OPTIONS_LENGTH = 5_000
_NUMBER_PLACEHOLDER = "-number-of-page-"
# Elements that lists and buttons are made of, with an attribute for a script
_LOADER_TAGS = "a button div ul ol section nav span main article table tbody".split()
_is_data_name = methodcaller("startswith", "data-")
# An attribute may also stand on one of so many elements above.
_MAX_BOXES_ABOVE = 4
_MAX_LOADED_PAGES = 200
_MAX_LOADERS = 20
_URL_STARTS = ("/", "?", "http", ".")
# Parameters that count articles, not pages.
_OFFSET_PARAMETERS = split_terms("start offset o from skip begin first startrecord limitstart")
_MAX_CONTROLS = 2_000
_USUAL_PARAMETER = "page"
_NUMBERED_PATH = re.compile(r"(.*)/page/(\d{1,5})/?")
_NUMBER_AT_END = re.compile(r"([^?]*/)(\d{1,3})(/?)")
_NUMBER = re.compile(r"\d+")
_FILE_NAME = re.compile(r"\.\w{2,5}$")
_MAX_LABEL_LENGTH = 40
_MIN_LABEL_WORDS = 1.5  # "next" alone may turn the pictures of a carousel


def find_load_more_pages(page: Page) -> Iterator[str]:
    """Yield the URLs of the pages that buttons and lists name: all if the last number is known, else the next one."""
    loaders = [each for each in page.root.iter(*_LOADER_TAGS) if any(map(_is_data_name, each.keys()))]
    yield from islice(_iter_next_of_templates(page, loaders), _MAX_LOADERS)
    named = (each for each in loaders if any(_ENDPOINT.fullmatch(name) or _PAGE_COUNT.fullmatch(name) for name in each.attrib))
    for element in islice(named, _MAX_LOADERS):
        said = _read_data_attributes(element)
        numbers = _read_page_numbers(said, page.url)
        template = _find_url_template(page, said) if numbers else None
        if template:
            yield from (template.replace(_NUMBER_PLACEHOLDER, str(number)) for number in numbers)


def _iter_next_of_templates(page: Page, loaders: Iterable[_Element]) -> Iterator[str]:
    """Yield the page after this one by each URL with a placeholder for the number, wherever an element's options have it."""
    options = (value for each in loaders for name, value in each.items() if name.startswith("data-"))
    for value in options:
        text = value[:_MAX_OPTIONS_LENGTH].replace("\\/", "/")
        for found in _URL_WITH_PLACEHOLDER.findall(text) if _PAGE_PLACEHOLDER.search(text) else ():
            url = page.resolve_url(_PAGE_PLACEHOLDER.sub(_NUMBER_PLACEHOLDER, found)) or ""
            before, placeholder, after = url.partition(_NUMBER_PLACEHOLDER)
            number = page.url.removeprefix(before).removesuffix(after)
            if placeholder:
                yield f"{before}{int(number) + 1 if number.isdecimal() and len(number) < 6 else 2}{after}"


def _read_page_numbers(said: Mapping[str, str], url: str) -> range:
    """Return the numbers of the pages after the one at `url`; empty if no attribute has a number.

    Where the URL has no number, the page is the first one, and another number is that of the page to load.
    """
    following, here, last = (_find_number(said, name) for name in (_NEXT_PAGE, _THIS_PAGE, _PAGE_COUNT))
    if following is None and here is None and last is None:
        return range(0)
    if here and here > 1 and str(here) not in _NUMBER.findall(url):
        following = following or here
    first = max(2, following or (here or 0) + 1)
    return range(first, min(first if last is None else last, first + _MAX_LOADED_PAGES) + 1)


def _read_data_attributes(element: _Element) -> dict[str, str]:
    """Return the data attributes of the element and of those close above it, its own first."""
    said: dict[str, str] = {}
    for each in (element, *islice(element.iterancestors(), _MAX_BOXES_ABOVE)):
        for name, value in each.items():
            if name.startswith("data-"):
                said.setdefault(name, value.strip())
    return said


def _find_number(said: Mapping[str, str], pattern: re.Pattern[str]) -> int | None:
    values = (value for name, value in said.items() if pattern.fullmatch(name))
    return next((int(value) for value in values if value.isascii() and value.isdigit() and len(value) < 6), None)


def _find_url_template(page: Page, said: Mapping[str, str]) -> str | None:
    """Return the pages' URL with a placeholder for the number: of an endpoint, or of the page itself by its page parameter."""
    address = next((value for name, value in said.items() if _ENDPOINT.fullmatch(name) and value.startswith(_URL_STARTS)), None)
    name = next((value for each, value in said.items() if _PARAMETER.fullmatch(each) and value.isidentifier()), None)
    url = page.url if address is None else page.resolve_url(_PAGE_PLACEHOLDER.sub(_NUMBER_PLACEHOLDER, address))
    if url is None or _NUMBER_PLACEHOLDER in url:
        return url
    parameter = name or find_page_parameter(url) or (address and _USUAL_PARAMETER)
    return add_or_replace_parameters(url, {parameter: _NUMBER_PLACEHOLDER}) if parameter else None


def find_page_parameter(url: str) -> str | None:
    """Return the query parameter that counts pages, not articles, as it is spelled in the URL."""
    pairs = parse_qsl(urlsplit(url).query, keep_blank_values=True)
    counting = (name for name, value in pairs if url_features.is_page_parameter(name.lower()) and (value.isdigit() or not value))
    return next((name for name in counting if name.lower() not in _OFFSET_PARAMETERS), None)


def iter_pages_after_fragment(page: Page, count: int) -> Iterator[str]:
    """Yield the URL of the page after an HTML fragment of `count` items, which has no pager of its own."""
    if not count or next(page.root.iter("title", "nav", "header", "footer"), None) is not None:
        return
    if numbered := _NUMBER_AT_END.fullmatch(page.url):
        yield f"{numbered[1]}{int(numbered[2]) + 1}{numbered[3]}"
    pairs = parse_qsl(urlsplit(page.url).query)
    for name, value in pairs:
        if url_features.is_page_parameter(name.lower()) and value.isascii() and value.isdigit() and len(value) < 7:
            step = count if name.lower() in _OFFSET_PARAMETERS else 1
            yield add_or_replace_parameters(page.url, {name: str(int(value) + step)})
            return


def find_dead_end(page: Page) -> str:
    """Return the label of a control that leads to older releases without an address; empty if there is none."""
    with_address = {element for element, _, _ in iter_attribute_urls(page)}
    for element in islice(page.root.iter("button", "a", "input"), _MAX_CONTROLS):
        has_address = element in with_address or page.resolve_url(element.get("href")) is not None
        if element.get("disabled") is None and not has_address:
            label = element.get("value") or "" if element.tag == "input" else read_link_text(element)
            if len(label) <= _MAX_LABEL_LENGTH and _is_next_label(normalize_label(label)) and not _is_hidden(element):
                return label
    return ""


def guess_next_pages(url: str) -> Mapping[str, str]:
    """Return the usual URLs of the page after that at `url`, by the way they are numbered: many lists have them besides a button.

    >>> guess_next_pages("https://example.com/news/")
    {'page': 'https://example.com/news/?page=2', 'path': 'https://example.com/news/page/2/'}
    >>> guess_next_pages("https://example.com/news/page/2/")
    {'path': 'https://example.com/news/page/3/'}
    """
    path, question, query = url.partition("?")
    counted, numbered = get_query(url).get(_USUAL_PARAMETER), _NUMBERED_PATH.fullmatch(path)
    if counted is not None and not counted.isdigit():
        return {}
    after = {_USUAL_PARAMETER: add_or_replace_parameters(url, {_USUAL_PARAMETER: f"{int(counted or 1) + 1}"})}
    if counted or _FILE_NAME.search(path.rpartition("/")[2]):
        return after
    above, number = (numbered[1], int(numbered[2])) if numbered else (path.rstrip("/"), 1)
    in_path = {"path": f"{above}/page/{number + 1}/{question}{query}"}
    return in_path if numbered else after | in_path


def _is_next_label(label: str) -> bool:
    return label in NEXT_LABELS and label not in READ_MORE_LABELS and count_words(label) >= _MIN_LABEL_WORDS


def _is_hidden(element: _Element) -> bool:
    """Whether the control or what is around it is hidden: there is nothing more to show."""
    return any(is_hidden_by_state(each) for each in (element, *islice(element.iterancestors(), 3)))
