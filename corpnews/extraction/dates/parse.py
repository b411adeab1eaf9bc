"""Dates in text: all common formats and languages, with the time of day next to them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from corpnews.extraction.dates.calendar_dates import match_east_asian_dates, match_persian_dates
from corpnews.extraction.dates.date_match import DateMatch, FoundDate, build_found_date, is_valid_date, remove_overlaps
from corpnews.extraction.dates.month_name_dates import match_month_name_dates
from corpnews.extraction.dates.numeric_dates import match_numeric_dates
from corpnews.extraction.dates.times import find_time_after, find_time_before

if TYPE_CHECKING:
    from collections.abc import Sequence

_FULL_WIDTH = {ord(wide): plain for wide, plain in zip("／．－：，／\u00a0\u3000\u202f", "/.-:,/   ", strict=True)}
_FULL_WIDTH_SIGNS = frozenset(map(chr, _FULL_WIDTH))
# What every hint below contains.
_SIGN_OF_DATE = re.compile(r"[\d年년月]")
# Every date has one of these: a year, two numbers before a two-digit year, or an East Asian sign.
_DATE_HINT = re.compile(
    r"(?:1[349]|2[015])\d\d|[^\W\d_]{3}[-/]\d\d|(?<!\w)[RHS]\d{1,2}[./]|"
    r"\d[-/. ]{1,2}(?:\d{1,2}|[^\W\d_]{3,20})[-/. '’]['’]?\d\d|[\d元] ?[年년]|[一二三四五六七八九十]月"
)
_MAX_CACHED_LENGTH = 2_000  # of a text
_MAX_SHORT_LENGTH = 300
_MAX_LENGTH_BEFORE_SIGN = 4  # of a hint: Dec-10


def find_dates(text: str, languages: Sequence[str] = (), *, order: str | None = None) -> list[FoundDate]:
    """Return every date in `text`, in order.

    `languages` are BCP 47 tags, the likeliest first: they decide between 12 September and 9 December in 12/09/24,
    unless `order` ("dmy", "mdy" or "ymd") is given. Names of months are found in any language.

    >>> [date.value for date in find_dates("Posted 3. Mai 2024, 14:30 Uhr; 2024/5/4")]
    ['2024-05-03T14:30', '2024-05-04']
    """
    if not may_have_date(text):
        return []
    find = _find_dates_cached if len(text) <= _MAX_CACHED_LENGTH else _find_dates
    return list(find(text, tuple(languages), order=order))


def may_have_date(text: str) -> bool:
    """Whether the text has what every date has; of most texts this is the end of the search."""
    return _may_short_text_have_date(text) if len(text) <= _MAX_SHORT_LENGTH else _has_date_hint(text)


def _has_date_hint(text: str) -> bool:
    sign = _SIGN_OF_DATE.search(text)
    if sign is None:
        return False
    return _DATE_HINT.search(_convert_digits(text), max(0, sign.start() - _MAX_LENGTH_BEFORE_SIGN)) is not None


def _find_dates(text: str, languages: tuple[str, ...], *, order: str | None) -> tuple[FoundDate, ...]:
    plain = _convert_digits(text)
    matches = [
        *match_numeric_dates(plain, languages, order=order),
        *match_east_asian_dates(plain, languages),
        *match_persian_dates(plain, languages),
        *match_month_name_dates(plain, languages),
    ]
    matches = [match for match in matches if is_valid_date(match)]
    found: list[FoundDate] = []
    for match in remove_overlaps(matches):
        if not found or match.start >= found[-1].end:  # else it is the time of the date before: 15.07.00
            found.append(_add_time(text, plain, match))
    return tuple(found)


# The lines around a headline are read for several fields.
_may_short_text_have_date = lru_cache(maxsize=1_000)(_has_date_hint)
_find_dates_cached = lru_cache(maxsize=2_000)(_find_dates)


def _convert_digits(text: str) -> str:
    """Return the text with every decimal digit as 0-9 and full-width signs as ASCII; positions do not change."""
    if text.isascii():
        return text
    characters = set(text)
    digits = {ord(char): str(int(char)) for char in characters if not char.isascii() and char.isdecimal()}
    return text.translate(digits | _FULL_WIDTH) if digits or not characters.isdisjoint(_FULL_WIDTH_SIGNS) else text


def _add_time(text: str, plain: str, match: DateMatch) -> FoundDate:
    found = build_found_date(text, match)
    time = (find_time_after(plain, match.end) or find_time_before(plain, match.start)) if match.day else None
    if time is None:
        return found
    start, end = min(match.start, time.start), max(match.end, time.end)
    return FoundDate(f"{found.value}T{time.value}", time.precision, text[start:end], start, end)
