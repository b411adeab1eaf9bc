"""Order of day and month in numeric dates: whether 12/09/2024 is in September or in December."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpnews.extraction.dates.locales import get_date_field_order

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_NUMERIC_DATE = re.compile(r"(?<!\d)(?<!\d[./-])(\d{1,2}) ?([-/.|‐-–]) ?(\d{1,2}) ?\2 ?((?:19|20)?\d\d)(?!\d)(?![./-]\d)")
_MAX_SAMPLE_LENGTH = 250


def is_day_first(languages: Sequence[str]) -> bool:
    """Return whether the first of `languages` with a known order puts the day first; True if none has one."""
    orders = (get_date_field_order(tag) for tag in languages)
    return next((order for order in orders if order), "dmy") != "mdy"


def order_month_and_day(first: int, second: int, *, day_first: bool) -> tuple[int, int]:
    """Return the two numbers as month and day; a number above 12 is the day in any order."""
    if first > 12 or second > 12:
        day_first = first > 12
    return (second, first) if day_first else (first, second)


def detect_day_first(texts: Iterable[str]) -> bool | None:
    """Return whether numeric dates in `texts` put the day first, by the first date with a number above 12; None if there is none.

    >>> detect_day_first(["10/11/2024", "25/11/2024"]), detect_day_first(["10/11/2024"])
    (True, None)
    """
    for text in texts:
        for found in _NUMERIC_DATE.finditer(text[:_MAX_SAMPLE_LENGTH]):
            first, second = int(found[1]), int(found[3])
            if first <= 12 < second <= 31 or second <= 12 < first <= 31:
                return first > 12
    return None


def get_possible_days(raw: str) -> tuple[str, str] | None:
    """Return the two days that a numeric date may mean, day first and month first; None if only one is possible.

    >>> get_possible_days("12/09/2024"), get_possible_days("13/09/2024")
    (('2024-09-12', '2024-12-09'), None)
    """
    found = _NUMERIC_DATE.match(raw)
    if found is None:
        return None
    first, second, year = int(found[1]), int(found[3]), f"20{found[4]}"[-4:]
    if first == second or not 0 < first <= 12 or not 0 < second <= 12:
        return None
    return f"{year}-{second:02}-{first:02}", f"{year}-{first:02}-{second:02}"
