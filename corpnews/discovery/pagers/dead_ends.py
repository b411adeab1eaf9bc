"""Controls that would show older releases and have no address: "Load more" buttons, pages that a script or a form turns."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final

from w3lib.url import add_or_replace_parameters

from corpnews.discovery.anchors import count_words, read_link_text
from corpnews.discovery.vocabulary import NEXT_LABELS, READ_MORE_LABELS
from corpnews.page.zones import is_hidden_by_state
from corpnews.web.text import normalize_label
from corpnews.web.urls import get_query

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.html import HtmlElement

    from corpnews.page.page import Page

_MAX_CONTROLS: Final = 2_000
_USUAL_PARAMETER: Final = "page"
_NUMBERED_PATH: Final = re.compile(r"(.*)/page/(\d{1,5})/?")
_FILE_NAME: Final = re.compile(r"\.\w{2,5}$")
_MAX_LABEL_LENGTH: Final = 40
_MIN_LABEL_WORDS: Final = 1.5  # "next" alone may turn the pictures of a carousel


def find_dead_end(page: Page) -> str:
    """Return the label of a control that leads to older releases without an address; empty if there is none."""
    for element in islice(page.root.iter("button", "a", "input"), _MAX_CONTROLS):
        if _leads_nowhere(element, page):
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


def _leads_nowhere(element: HtmlElement, page: Page) -> bool:
    return element.get("disabled") is None and page.resolve_url(element.get("href")) is None


def _is_next_label(label: str) -> bool:
    return label in NEXT_LABELS and label not in READ_MORE_LABELS and count_words(label) >= _MIN_LABEL_WORDS


def _is_hidden(element: HtmlElement) -> bool:
    """Whether the control or what is around it is hidden: there is nothing more to show."""
    return any(is_hidden_by_state(each) for each in (element, *islice(element.iterancestors(), 3)))
