"""CSS selectors that a newsroom declares; what they select wins over what extraction finds."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from cssselect import HTMLTranslator
from lxml.etree import XPath

from corpnews.extraction.dates import find_dates
from corpnews.extraction.headline import Headline
from corpnews.page.layout import BodyRegion
from corpnews.web.text import normalize_space

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from corpnews.extraction.dates import FoundDate
    from corpnews.page.page import Page


@dataclass(frozen=True, slots=True)
class Selectors:
    """CSS selectors of parts of a detail page; None leaves the part to extraction."""

    headline: str | None = None
    date: str | None = None
    body: str | None = None


NO_SELECTORS = Selectors()


@lru_cache(maxsize=200)
def _compile_selector(css: str) -> XPath:
    """Compile a CSS selector.

    Raises:
        cssselect.SelectorError: The selector is invalid.
    """
    return XPath(HTMLTranslator().css_to_xpath(css))


def _select_first(page: Page, css: str | None) -> HtmlElement | None:
    return next(iter(_compile_selector(css)(page.root)), None) if css else None


def select_headline(page: Page, selectors: Selectors) -> Headline | None:
    element = _select_first(page, selectors.headline)
    if element is None:
        return None
    text = normalize_space("".join(element.itertext()))
    inside = set(element.iter())
    blocks = tuple(block for block in page.layout.blocks if block.box.element in inside)
    return Headline(text, "selector", blocks[0] if blocks else None, blocks=blocks) if text else None


def select_date(page: Page, selectors: Selectors) -> tuple[FoundDate, str] | None:
    element = _select_first(page, selectors.date)
    if element is None:
        return None
    written = [element.get("datetime") or "", normalize_space("".join(element.itertext()))]
    found = (date for text in written for date in find_dates(text, [page.language_tag or ""]))
    date = next(found, None)
    return (date, "selector") if date else None


def select_region(page: Page, selectors: Selectors) -> BodyRegion | None:
    element = _select_first(page, selectors.body)
    return find_element_region(page, element) if element is not None else None


def find_element_region(page: Page, element: HtmlElement) -> BodyRegion | None:
    """Return the box of the element with all blocks inside, or None if it has no box or no text."""
    box = next((box for box in page.layout.boxes if box.element is element), None)
    if box is None:
        return None
    blocks = tuple(block for block in page.layout.blocks if any(around is box for around in block.box.ancestors()))
    return BodyRegion(box, blocks) if blocks else None
