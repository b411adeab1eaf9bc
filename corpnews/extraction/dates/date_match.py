"""A date in a text: where it stands, and what it says."""

from __future__ import annotations

from bisect import bisect
from dataclasses import dataclass
from datetime import date
from typing import Final

_FIRST_YEAR: Final = 1900
_LAST_YEAR: Final = 2100


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date as a page states it.

    `value` is ISO 8601 and no more precise than the page; `precision` is one of year, month, day, minute, second.
    `raw` is the original text, from `start` to `end` of the text searched.
    """

    value: str
    precision: str
    raw: str
    start: int
    end: int

    @property
    def day(self) -> str:
        """The date without the time of day."""
        return self.value[:10]


@dataclass(frozen=True, slots=True)
class DateMatch:
    """A match of a date pattern: its position and numbers; `day` is 0 if only a month is stated."""

    start: int
    end: int
    year: int
    month: int
    day: int


def is_valid_date(match: DateMatch) -> bool:
    if not _FIRST_YEAR <= match.year <= _LAST_YEAR:
        return False
    try:
        date(match.year, match.month, match.day or 1)
    except ValueError:
        return False
    return True


def remove_overlaps(matches: list[DateMatch]) -> list[DateMatch]:
    """Return the matches in order; of two that overlap the more precise one, then the longer one, is kept."""
    kept: list[DateMatch] = []
    for match in sorted(matches, key=lambda m: (m.day == 0, m.start - m.end)):
        place = bisect(kept, match.start, key=lambda m: m.start)
        before, after = kept[max(0, place - 1) : place], kept[place : place + 1]
        if all(other.end <= match.start for other in before) and all(other.start >= match.end for other in after):
            kept.insert(place, match)
    return kept


def build_found_date(text: str, match: DateMatch) -> FoundDate:
    """Return the match as a date without a time of day; `text` is the text that was searched."""
    day = f"-{match.day:02}" if match.day else ""
    precision = "day" if match.day else "month"
    return FoundDate(f"{match.year:04}-{match.month:02}{day}", precision, text[match.start : match.end], match.start, match.end)
