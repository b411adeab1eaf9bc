"""Dates in numbers: 2024-05-03, 03.05.2024, 5/3/24."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpnews.extraction.dates.date_match import DateMatch
from corpnews.extraction.dates.locales import (
    expand_year,
    get_date_field_order,
    get_possible_days,
    is_day_first,
    order_month_and_day,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# What every date in numbers has: numbers with a separator and two spaces between them at most.
_CLOSE_NUMBERS = re.compile(r"\d\D{1,3}\d")
_YEAR_FIRST = re.compile(
    r"(?<!\d)(?<!\d[./-])(?P<y>(?:19|2[015])\d\d) ?(?P<s>[-/.|‐-–・]) ?(?P<m>\d{1,2}) ?(?P=s) ?(?P<d>\d{1,2})(?!\d)(?!(?P=s)\d)"
)
_YEAR_LAST = re.compile(
    r"(?<!\d)(?<!\d[./-])(?P<a>\d{1,2}) ?(?P<s>[-/.|‐-–]) ?(?P<b>\d{1,2}) ?(?P=s) ?(?P<y>(?:19|2[05])\d\d)(?!\d)(?![./-]\d)"
)
_SHORT_YEAR = re.compile(
    r"(?<![\w$€£¥.,/-])(?<!\d:)(?P<a>\d{1,2})(?P<s>[-/.])(?P<b>\d{1,2})(?P=s)(?P<y>\d\d)(?![\w%])(?![./:,-]\d)"
)
# A day separate from year and month, as in calendar leaves: "28 2024-05", "05-28 2024".
_CALENDAR_LEAF = re.compile(
    r"(?<![\d./-])(?:(?P<d>\d{1,2}) (?P<y>20\d\d) ?[-/.] ?(?P<m>\d{1,2})|(?P<m2>\d{1,2}) ?[-/.] ?(?P<d2>\d{1,2}) (?P<y2>20\d\d))"
    r"(?!\d)(?![./-]\d)"
)
_SPACED_YEAR_FIRST = re.compile(
    r"(?<![\d./-])(?P<y>(?:19|20)\d\d) (?P<m>0[1-9]|1[0-2]) (?P<d>0[1-9]|[12]\d|3[01])(?![\d./-])(?! \d)"
)
_MONTH_SLASH_YEAR = re.compile(r"(?<![\d./-])(?P<m>0[1-9]|1[0-2])/(?P<y>20\d\d)(?![\d./-])")


def match_numeric_dates(text: str, languages: Sequence[str], *, order: str | None) -> Iterator[DateMatch]:
    """Yield the dates in numbers; `order` and `languages` decide where day and month could be either."""
    if _CLOSE_NUMBERS.search(text) is None:
        return
    day_first = is_day_first(languages) if order in (None, "ymd") else order == "dmy"
    for found in _YEAR_FIRST.finditer(text):
        yield DateMatch(*found.span(), expand_year(found["y"]), int(found["m"]), int(found["d"]))
    for found in _YEAR_LAST.finditer(text):
        month, day = order_month_and_day(int(found["a"]), int(found["b"]), day_first=day_first or found["s"] == ".")
        yield DateMatch(*found.span(), expand_year(found["y"]), month, day)
    for found in _SHORT_YEAR.finditer(text):
        yield from _match_short_year(found, languages, day_first=day_first, order=order)
    for found in _SPACED_YEAR_FIRST.finditer(text):
        yield DateMatch(*found.span(), int(found["y"]), int(found["m"]), int(found["d"]))
    for found in _CALENDAR_LEAF.finditer(text):
        numbers = [int(found[name] or found[f"{name}2"]) for name in "ymd"]
        yield DateMatch(*found.span(), *numbers)
    for found in _MONTH_SLASH_YEAR.finditer(text):
        yield DateMatch(*found.span(), int(found["y"]), int(found["m"]), 0)


def _match_short_year(
    found: re.Match[str], languages: Sequence[str], *, day_first: bool, order: str | None
) -> Iterator[DateMatch]:
    """Read 12/09/24 but not 2.1.24, which may be a version: without slashes both numbers must have two digits."""
    a, separator, b, _ = found.group("a", "s", "b", "y")
    spoken = get_date_field_order(languages[0]) if languages else ""
    if separator != "/" and len(a) + len(b) < 4 and "dmy" not in (spoken, order) and "ymd" not in (spoken, order):
        return
    days = get_possible_days(found[0])
    own = "dmy" if separator == "." and spoken == "mdy" else spoken  # dots put the day first, in English pages too
    wanted = [order or own, "dmy" if day_first or separator == "." else "mdy", "dmy", "mdy"]
    day = next((days[each] for each in wanted if each in days), None)
    if day:
        yield DateMatch(*found.span(), *map(int, day.split("-")))
