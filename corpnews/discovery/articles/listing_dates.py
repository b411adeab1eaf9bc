"""Dates of listing items: short texts with a date and little else, in the item or in the blocks around it.

A year or month above several items completes their dates; dates between items are read by between_items.py.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from corpnews.discovery.anchors import count_words
from corpnews.discovery.vocabulary import YEAR_LABEL
from corpnews.extraction.dates import FoundDate, detect_date_order, find_dates, get_date_languages, may_have_date
from corpnews.page.layout import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from corpnews.discovery.articles.list_items import ListItem
    from corpnews.page.page import Page

_MAX_DATE_LINE_LENGTH = 100
_MAX_TEXT_BESIDE_DATE = 48
_DAY_ABOVE_MONTH = re.compile(r"^(\d{1,2})\s*[日/.-]?\s+(\d{4})\s?[-./年]\s?(\d{1,2})\s?月?$")
DAY_WITHOUT_YEAR = re.compile(
    r"^(?:\d{1,2}[\s./月-]{1,3}(?:\d{1,2}日?|[^\W\d_]{3,9}\.?)|[^\W\d_]{3,9}\.?\s\d{1,2}(?:st|nd|rd|th)?)$"
)
_YEAR_AND_MONTH = re.compile(r"^\W*((?:19[89]|20[0-4])\d)[-/.](0?[1-9]|1[0-2])(?:\s*\(\d+\))?\W*$")
_MAX_MONTH_LENGTH = 30
_MIN_HEADLINE_WORDS = 3
_HEADING_TAGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
HAS_DIGIT = re.compile(r"\d")


class DateStyle(NamedTuple):
    """How a page writes dates: its languages, and the order of day, month and year, where any of its dates shows that."""

    languages: tuple[str, ...] = ()
    order: str | None = None

    @classmethod
    def from_page(cls, page: Page) -> DateStyle:
        return cls(get_date_languages(page), detect_date_order(block.text for block in page.layout.blocks))

    def dates(self, text: str) -> list[FoundDate]:
        return find_dates(text, self.languages, order=self.order)


_ANY_STYLE = DateStyle()


def parse_date_line(text: str, style: DateStyle = _ANY_STYLE) -> FoundDate | None:
    """Return the date of a short text that contains little else, else None."""
    return _parse_short_line(text, style) if len(text) <= _MAX_DATE_LINE_LENGTH else None


@lru_cache(maxsize=20_000)  # as many lines as a large page has: each is read as title, as date, and by all items that hold it
def _parse_short_line(text: str, style: DateStyle) -> FoundDate | None:
    if not may_have_date(text) or not HAS_DIGIT.search(text):
        return None
    tile = _DAY_ABOVE_MONTH.match(text)
    found = style.dates(f"{tile[2]}-{int(tile[3]):02}-{int(tile[1]):02}" if tile else text)
    if not found or (len(text) - sum(len(date.raw) for date in found) > _MAX_TEXT_BESIDE_DATE and not tile):
        return None
    return pick_most_precise(found)


def pick_most_precise(dates: list[FoundDate]) -> FoundDate | None:
    """Return the first date with a day, else with a month, else with a year."""
    if len(dates) < 2:
        return dates[0] if dates else None
    return max(dates, key=lambda date: min(len(date.value), 10))


def _parse_day_of_year(day: str, year: str, style: DateStyle) -> FoundDate | None:
    """Parse a day and month with the year from a heading above them.

    >>> _parse_day_of_year("28 Mar", "2024", DateStyle()).value, _parse_day_of_year("3月28日", "2024", DateStyle()).value
    ('2024-03-28', '2024-03-28')
    """
    found = [date for text in (f"{day} {year}", f"{year}年{day}") for date in style.dates(text)]
    return next((date for date in found if date.precision == "day"), None)


def read_periods_above_items(page: Page, items: Iterable[ListItem], style: DateStyle) -> None:
    """Complete days without a year by the nearest year heading above the item; of a headline without a day it is the month."""
    years, months = _find_year_headings(page), _find_months_by_box(page)
    for item in items:
        if item.day and not item.date and (above := bisect_left(years, item.first, key=lambda year: year[0])):
            item.date = _parse_day_of_year(item.day, years[above - 1][1], style)
        if months and not item.date and count_words(item.title or "") >= _MIN_HEADLINE_WORDS:
            item.date = _find_month_above(item, months)


def _find_month_above(item: ListItem, months: Mapping[int, Sequence[tuple[int, FoundDate]]]) -> FoundDate | None:
    """Return the month of the nearest heading above the item in one of the boxes around it."""
    found = []
    for box in item.box.ancestors():
        headings = months.get(id(box), ())
        if above := bisect_left(headings, item.first, key=lambda heading: heading[0]):
            found.append(headings[above - 1])
    return max(found, key=lambda heading: heading[0])[1] if found else None


def parse_month_label(text: str) -> FoundDate | None:
    """Return the month of a text that is nothing else, but perhaps for the number of its articles.

    >>> [bool(parse_month_label(text)) for text in ("May 2024", "2024-05 (3)", "3 May 2024", "Results of May 2024")]
    [True, True, False, False]
    """
    if len(text) > _MAX_MONTH_LENGTH or not HAS_DIGIT.search(text):
        return None
    if numbers := _YEAR_AND_MONTH.match(text):
        text = f"{int(numbers[2]):02}/{numbers[1]}"
    found = find_dates(text)
    is_alone = len(found) == 1 and not any(map(str.isalpha, text.replace(found[0].raw, "")))
    return found[0] if is_alone and found[0].precision == "month" else None


def parse_period_label(text: str) -> str:
    """Return the year or month of a text that is nothing else, but perhaps for the number of its articles.

    >>> [parse_period_label(text) for text in ("2024", "May 2024", "2024/5", "2024 (3)", "Berlin")]
    ['2024', '2024-05', '2024-05', '2024', '']
    """
    if year := YEAR_LABEL.match(text):
        return year[1]
    month = parse_month_label(text)
    return month.value if month else ""


def _find_months_by_box(page: Page) -> dict[int, list[tuple[int, FoundDate]]]:
    """Return position and month of the headings that are only a month, in order, by the id() of the box around each."""
    found: dict[int, list[tuple[int, FoundDate]]] = {}
    for block in page.layout.blocks:
        if block.kind is BlockKind.HEADING and (month := parse_month_label(block.text)):
            box = block.box.parent if block.box.parent and block.box.element.tag in _HEADING_TAGS else block.box
            found.setdefault(id(box), []).append((block.index, month))
    return found


def _find_year_headings(page: Page) -> list[tuple[int, str]]:
    """Return position and year of blocks that are only a year; years in a row are archive links and left out."""
    found = {block.index: year[1] for block in page.layout.blocks if (year := YEAR_LABEL.match(block.text))}
    return [(at, year) for at, year in found.items() if at - 1 not in found and at + 1 not in found]
