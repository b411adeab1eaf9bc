"""Controls that would show older releases and have no address: "Load more" buttons, pages that a script or a form turns."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from corpnews.discovery.anchors import count_words, read_link_text
from corpnews.discovery.vocabulary import NEXT_LABELS, READ_MORE_LABELS
from corpnews.page.zones import is_hidden_by_state
from corpnews.web.text import normalize_label

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from corpnews.page.page import Page

_MAX_CONTROLS: Final = 2_000
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


def _leads_nowhere(element: HtmlElement, page: Page) -> bool:
    return element.get("disabled") is None and page.resolve_url(element.get("href")) is None


def _is_next_label(label: str) -> bool:
    return label in NEXT_LABELS and label not in READ_MORE_LABELS and count_words(label) >= _MIN_LABEL_WORDS


def _is_hidden(element: HtmlElement) -> bool:
    """Whether the control or what is around it is hidden: there is nothing more to show."""
    return any(is_hidden_by_state(each) for each in (element, *islice(element.iterancestors(), 3)))
