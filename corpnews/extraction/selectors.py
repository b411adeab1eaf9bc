"""CSS selectors that a newsroom declares; what they select wins over what extraction finds."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from cssselect import HTMLTranslator, SelectorError
from lxml.etree import XPath

from corpnews.extraction.dates import find_dates
from corpnews.extraction.headline import Headline
from corpnews.extraction.people.person_names import parse_names
from corpnews.items import RemovedText
from corpnews.page.layout import BodyRegion
from corpnews.page.page import Page
from corpnews.web.text import normalize_space

if TYPE_CHECKING:
    from lxml.etree import _Element

    from corpnews.extraction.dates import FoundDate


@dataclass(frozen=True, slots=True)
class Selectors:
    """CSS selectors of parts of a detail page. None, or a selector without a match, leaves the part to extraction.

    Attributes:
        headline: The first match is the headline.
        date: The first match contains the date of publication, in `datetime` or in its text.
        body: The blocks in the first match are the body; boilerplate is still removed from it.
        author: Each match contains names of authors.
        section: The first match is the section.
        images: The matches and the <img> elements inside are the article's images.
        remove: The matches are removed from the page before all else.
    """

    headline: str | None = None
    date: str | None = None
    body: str | None = None
    author: str | None = None
    section: str | None = None
    images: str | None = None
    remove: str | None = None

    def check(self) -> None:
        """Raise a ValueError that names the first invalid selector."""
        for name, css in asdict(self).items():
            if css is not None:
                _compile_selector(css, name)


NO_SELECTORS = Selectors()


@lru_cache(maxsize=200)
def _compile_selector(css: str, name: str) -> XPath:
    try:
        return XPath(HTMLTranslator().css_to_xpath(css))
    except (SelectorError, TypeError) as error:
        raise ValueError(f"selector {name}={css!r} is no CSS selector: {error}") from None


def _select_all(page: Page, selectors: Selectors, name: str) -> list[_Element]:
    css = getattr(selectors, name)
    return list(_compile_selector(css, name)(page.root)) if css is not None else []


def _select_first(page: Page, selectors: Selectors, name: str) -> _Element | None:
    return next(iter(_select_all(page, selectors, name)), None)


def _get_text(element: _Element) -> str:
    return normalize_space("".join(element.itertext()))


def remove_selected(page: Page, selectors: Selectors) -> tuple[Page, tuple[RemovedText, ...]]:
    """Return the page without the elements that `remove` selects, and their texts. The page itself is not changed."""
    if not _select_all(page, selectors, "remove"):
        return page, ()
    page = Page(page.url, deepcopy(page.root), is_truncated=page.is_truncated)
    selected = set(_select_all(page, selectors, "remove")) - {page.root}
    outermost = [element for element in page.root.iter() if element in selected and selected.isdisjoint(element.iterancestors())]
    removed = tuple(RemovedText(text, "selector") for text in map(_get_text, outermost) if text)
    for element in outermost:
        _remove_element(element)
    return page, removed


def _remove_element(element: _Element) -> None:
    """Remove an element from its tree, but not the text behind it."""
    parent, previous = element.getparent(), element.getprevious()
    if parent is None:
        return
    if previous is not None:
        previous.tail = (previous.tail or "") + (element.tail or "")
    else:
        parent.text = (parent.text or "") + (element.tail or "")
    parent.remove(element)


def select_headline(page: Page, selectors: Selectors) -> Headline | None:
    element = _select_first(page, selectors, "headline")
    if element is None:
        return None
    text, inside = _get_text(element), set(element.iter())
    blocks = tuple(block for block in page.layout.blocks if block.box.element in inside)
    return Headline(text, "selector", blocks[0] if blocks else None, blocks=blocks) if text else None


def select_date(page: Page, selectors: Selectors) -> tuple[FoundDate, str] | None:
    element = _select_first(page, selectors, "date")
    if element is None:
        return None
    texts = (element.get("datetime") or "", _get_text(element))
    date = next((date for text in texts for date in find_dates(text, [page.language_tag or ""])), None)
    return (date, "selector") if date else None


def select_authors(page: Page, selectors: Selectors) -> tuple[tuple[str, ...], str] | None:
    names = parse_names(map(_get_text, _select_all(page, selectors, "author")), frozenset())
    return (tuple(dict.fromkeys(names)), "selector") if names else None


def select_section(page: Page, selectors: Selectors) -> tuple[str, str] | None:
    element = _select_first(page, selectors, "section")
    text = _get_text(element) if element is not None else ""
    return (text, "selector") if text else None


def select_images(page: Page, selectors: Selectors) -> frozenset[_Element]:
    """Return the <img> elements that are selected, or are inside of a selected element."""
    return frozenset(image for element in _select_all(page, selectors, "images") for image in element.iter("img"))


def select_region(page: Page, selectors: Selectors) -> BodyRegion | None:
    element = _select_first(page, selectors, "body")
    return find_element_region(page, element) if element is not None else None


def find_element_region(page: Page, element: _Element) -> BodyRegion | None:
    """Return the box of the element with all blocks inside, or None if it has no box or no text."""
    box = next((box for box in page.layout.boxes if box.element is element), None)
    if box is None:
        return None
    blocks = tuple(block for block in page.layout.blocks if block.box.is_inside(box))
    return BodyRegion(box, blocks) if blocks else None
