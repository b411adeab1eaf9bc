"""Dates of listing items: short texts that contain a date and little else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpnews.extraction.dates import detect_day_first, find_dates

if TYPE_CHECKING:
    from corpnews.extraction.dates import FoundDate
    from corpnews.page.page import Page

_MAX_DATE_LINE_LENGTH = 100
_MAX_TEXT_BESIDE_DATE = 48
_DAY_ABOVE_MONTH = re.compile(r"^(\d{1,2})\s*[日/.-]?\s+(\d{4})\s?[-./年]\s?(\d{1,2})\s?月?$")
DAY_WITHOUT_YEAR = re.compile(
    r"^(?:\d{1,2}[\s./月-]{1,3}(?:\d{1,2}日?|[^\W\d_]{3,9}\.?)|[^\W\d_]{3,9}\.?\s\d{1,2}(?:st|nd|rd|th)?)$"
)
_HAS_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class DateStyle:
    """How a page writes dates: its language, and whether the day comes before the month, where any of its dates shows that."""

    languages: tuple[str, ...] = ()
    day_first: bool | None = None

    @classmethod
    def from_page(cls, page: Page) -> DateStyle:
        languages = (page.language_tag,) if page.language_tag else ()
        return cls(languages, detect_day_first(block.text for block in page.layout.blocks))

    def dates(self, text: str) -> list[FoundDate]:
        return find_dates(text, self.languages, day_first=self.day_first)


def parse_date_line(text: str, style: DateStyle = DateStyle()) -> FoundDate | None:
    """Return the date of a short text that contains little else, else None."""
    if len(text) > _MAX_DATE_LINE_LENGTH or not _HAS_DIGIT.search(text):
        return None
    tile = _DAY_ABOVE_MONTH.match(text)
    found = style.dates(f"{tile[2]}-{int(tile[3]):02}-{int(tile[1]):02}" if tile else text)
    if not found or (len(text) - sum(len(date.raw) for date in found) > _MAX_TEXT_BESIDE_DATE and not tile):
        return None
    return pick_most_precise(found)


def pick_most_precise(dates: list[FoundDate]) -> FoundDate | None:
    """Return the first date with a day, else with a month, else with a year."""
    return max(dates, key=lambda date: min(len(date.value), 10), default=None)


def parse_day_of_year(day: str, year: str, style: DateStyle) -> FoundDate | None:
    """Parse a day and month with the year from a heading above them.

    >>> parse_day_of_year("28 Mar", "2024", DateStyle()).value, parse_day_of_year("3月28日", "2024", DateStyle()).value
    ('2024-03-28', '2024-03-28')
    """
    found = [date for text in (f"{day} {year}", f"{year}年{day}") for date in style.dates(text)]
    return next((date for date in found if date.precision == "day"), None)
