"""Dates that attributes of elements state, which may be more precise than the visible text or stand in for it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from corpnews.extraction.dates.parse import find_dates
from corpnews.extraction.dates.roles import DateRole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.etree import _Element

    from corpnews.extraction.dates.date_match import FoundDate
    from corpnews.page.layout import Block

_DATE_ATTRIBUTES: Final = ("datetime", "data-datetime", "data-date", "title")
_ALL_DATE_ATTRIBUTES: Final = frozenset(_DATE_ATTRIBUTES)
# The elements whose tooltip may be a date: they show it in words such as "3 days ago".
_TAGS_WITH_TITLE: Final = ("time", "abbr", "span")
_YEAR_IN_ATTRIBUTE = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_MAX_ATTRIBUTE_LENGTH: Final = 80
# An element is that many levels below the box of the block that it dates, at most.
_MAX_LEVELS: Final = 3
_MAX_ELEMENTS_OF_BOX: Final = 500


def iter_stated_dates(blocks: Iterable[Block]) -> Iterator[tuple[Block, FoundDate, DateRole]]:
    """Yield the dates that attributes of elements in the blocks, or right after them, state, each with its block and role."""
    blocks_by_box: dict[_Element, Block] = {}
    for block in blocks:
        blocks_by_box.setdefault(block.box.element, block)
    elements = {element: None for box in blocks_by_box for element in (*_iter_inside(box), *_iter_behind(box))}
    for element in elements:
        value = _get_date_attribute(element)
        date = next(iter(find_dates(value)), None) if value else None
        place = _find_block(element, blocks_by_box) if date else None
        if date is not None and place is not None:
            yield place, date, _classify_date_element(element)


def _iter_inside(box: _Element) -> Iterator[_Element]:
    """Yield the box and the first elements inside, down to the deepest level, in document order."""
    yield box
    waiting = [iter(box)]
    for _ in range(_MAX_ELEMENTS_OF_BOX):
        element = next(waiting[-1], None)
        while element is None:
            waiting.pop()
            if not waiting:
                return
            element = next(waiting[-1], None)
        yield element
        if len(waiting) < _MAX_LEVELS and len(element):
            waiting.append(iter(element))


def _iter_behind(box: _Element) -> Iterator[_Element]:
    """Yield the element after the box, the first inside that, and so on: without a text they belong to the box's line."""
    element = box.getnext()
    for _ in range(_MAX_LEVELS + 1):
        if element is None:
            return
        yield element
        element = element[0] if len(element) else None


def _get_date_attribute(element: _Element) -> str | None:
    """Return the value of the element's first attribute that may be a date."""
    if _ALL_DATE_ATTRIBUTES.isdisjoint(element.keys()):
        return None
    names = _DATE_ATTRIBUTES if element.tag in _TAGS_WITH_TITLE else _DATE_ATTRIBUTES[:-1]
    if element.tag != "time" and not any(element.get(name) for name in names[1:]):
        return None
    values = (element.get(name) for name in _DATE_ATTRIBUTES)
    return next(
        (value for value in values if value and len(value) <= _MAX_ATTRIBUTE_LENGTH and _YEAR_IN_ATTRIBUTE.search(value)), None
    )


def _find_block(element: _Element, blocks_by_box: dict[_Element, Block]) -> Block | None:
    """Return the block whose box is around the element; for one without text, also the block right before it."""
    above = list(_iterate_ancestors(element))
    around = next((blocks_by_box[box] for box in above if box in blocks_by_box), None)
    if around is not None or (element.text or "").strip():
        return around
    before = next((previous for box in above if (previous := box.getprevious()) is not None), None)
    return None if before is None else blocks_by_box.get(before)


def _iterate_ancestors(element: _Element) -> Iterator[_Element]:
    """Yield the element and the few around it that may be its line."""
    found: _Element | None = element
    for _ in range(_MAX_LEVELS + 1):
        if found is None:
            return
        yield found
        found = found.getparent()


def _classify_date_element(element: _Element) -> DateRole:
    names = f"{element.get('class') or ''} {element.get('itemprop') or ''}".lower()
    if "publish" in names:
        return DateRole.PUBLISHED
    return DateRole.MODIFIED if "updated" in names or "modified" in names else DateRole.UNKNOWN
