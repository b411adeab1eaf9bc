"""Dates in the scripts and calendars of Asia: East Asian years and eras, Vietnamese months, the Persian calendar."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from corpnews.extraction.dates.date_match import DateMatch
from corpnews.extraction.dates.locales import expand_year

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# The first letter of an era's name, as in R6.3.6.
_ERAS_BY_LETTER = {"R": 2018, "H": 1988, "S": 1925}
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}
_EAST_ASIAN = re.compile(
    r"(?:(?P<era>令和|平成|昭和|民國|民国) ?(?P<n>\d{1,3}|元)|(?<!\d)(?P<y>\d{4}|\d\d)) ?[年년]"
    r" ?(?P<m>\d{1,2}) ?[月월](?: ?(?P<d>\d{1,2}) ?[日號号일])?"
)
_ERA_LETTER = re.compile(r"(?<![\w.])(?P<e>[RHS])(?P<n>\d{1,2})(?P<s>[./])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})(?![\w.])")
# English order around a localised month: "4月 19, 2017".
_MONTH_SIGN_DAY = re.compile(r"(?<!\d)(?P<m>\d{1,2})[月월] ?(?P<d>\d{1,2})[日일]?,? (?P<y>(?:19|20)\d\d)(?!\d)")
_CHINESE_DIGITS = re.compile(
    r"(?P<y>[〇○零一二三四五六七八九]{4})年(?P<m>[一二三四五六七八九十]{1,2})月(?:(?P<d>[一二三四五六七八九十]{1,3})[日号號])?"
)
_CHINESE_VALUES = {"〇": 0, "○": 0, "零": 0, **{char: value for value, char in enumerate("一二三四五六七八九十", start=1)}}
_VIETNAMESE = re.compile(
    r"(?:(?<!\d)(?P<d>\d{1,2}) )?(?:tháng|thg) (?P<m>\d{1,2})(?:,? năm |, ?| )(?P<y>20\d\d|19\d\d)(?!\d)", re.IGNORECASE
)
_PERSIAN_MONTHS = "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند".split()
_PERSIAN_MONTH = re.compile("|".join(_PERSIAN_MONTHS))
_PERSIAN_YEAR = r"(?P<y>1[34]\d\d)"
_PERSIAN_NUMERIC = re.compile(rf"(?<![\d/.-]){_PERSIAN_YEAR}(?P<s>[/.-])(?P<m>\d{{1,2}})(?P=s)(?P<d>\d{{1,2}})(?![\d/.-])")
_PERSIAN_DAY = re.compile(
    rf"(?<!\d)(?P<d>\d{{1,2}}) ?(?P<w>{'|'.join(_PERSIAN_MONTHS)})(?: ?ماه)?[ ،,]{{1,2}}{_PERSIAN_YEAR}(?!\d)"
)
_PERSIAN_CYCLE_START: Final = 1376


def match_east_asian_dates(text: str, languages: Sequence[str]) -> Iterator[DateMatch]:
    """Yield the dates with East Asian signs, with an era, and with Vietnamese words."""
    if languages and languages[0][:2] == "ja":
        for found in _ERA_LETTER.finditer(text):
            yield DateMatch(*found.span(), _ERAS_BY_LETTER[found["e"]] + int(found["n"]), int(found["m"]), int(found["d"]))
    if text.isascii() and "thg" not in text.lower():
        return
    for found in _VIETNAMESE.finditer(text):
        yield DateMatch(*found.span(), int(found["y"]), int(found["m"]), int(found["d"] or 0))
    for found in _EAST_ASIAN.finditer(text):
        era, number, day = found.group("era", "n", "d")
        if era:
            year = _ERAS[era] + (1 if number == "元" else int(number))
        elif day or len(found["y"]) == 4:
            year = expand_year(found["y"])
        else:
            continue
        yield DateMatch(*found.span(), year, int(found["m"]), int(day or 0))
    for found in _MONTH_SIGN_DAY.finditer(text):
        yield DateMatch(*found.span(), int(found["y"]), int(found["m"]), int(found["d"]))
    for found in _CHINESE_DIGITS.finditer(text):
        number = int("".join(str(_CHINESE_VALUES[char]) for char in found["y"]))
        yield DateMatch(*found.span(), number, _parse_chinese_number(found["m"]), _parse_chinese_number(found["d"] or ""))


def match_persian_dates(text: str, languages: Sequence[str]) -> Iterator[DateMatch]:
    """Find dates of the Persian calendar, whose years are now 1400 and later, in numbers and with the names of its months."""
    if not (languages and languages[0][:2] == "fa") and not _PERSIAN_MONTH.search(text):
        return
    for found in _PERSIAN_NUMERIC.finditer(text):
        yield DateMatch(*found.span(), *convert_persian_day(int(found["y"]), int(found["m"]), int(found["d"])))
    for found in _PERSIAN_DAY.finditer(text):
        month = _PERSIAN_MONTHS.index(found["w"]) + 1
        yield DateMatch(*found.span(), *convert_persian_day(int(found["y"]), month, int(found["d"])))


def convert_persian_day(year: int, month: int, day: int) -> tuple[int, int, int]:
    """Return year, month and day AD of a day of the Persian calendar, whose years begin on 20 or 21 March; zeros if invalid.

    >>> convert_persian_day(1403, 2, 15), convert_persian_day(1399, 12, 30), convert_persian_day(1403, 13, 1)
    ((2024, 5, 4), (2021, 3, 20), (0, 0, 0))
    """
    if not 1 <= month <= 12 or not 1 <= day <= (31 if month <= 6 else 30):
        return 0, 0, 0
    leaps = (8 * (year - _PERSIAN_CYCLE_START) + 7) // 33
    days = 365 * (year - _PERSIAN_CYCLE_START) + leaps + min(month - 1, 6) + 30 * (month - 1) + day - 1
    found = date(_PERSIAN_CYCLE_START + 621, 3, 21) + timedelta(days=days)
    return found.year, found.month, found.day


def _parse_chinese_number(text: str) -> int:
    """Return the value of a number below 100 in Chinese numerals.

    >>> _parse_chinese_number("二十八"), _parse_chinese_number("十"), _parse_chinese_number("")
    (28, 10, 0)
    """
    tens, ten, ones = text.rpartition("十")
    value = _CHINESE_VALUES.get(ones, 0)
    return value + 10 * _CHINESE_VALUES.get(tens, 1) if ten else value
