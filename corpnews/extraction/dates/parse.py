"""Dates in text: all common formats and languages, with the time of day next to them. A new date format is added here."""

from __future__ import annotations

import re
from bisect import bisect
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from corpnews.extraction.dates.locales import (
    expand_year,
    find_month_number,
    get_date_field_order,
    get_possible_days,
    is_day_first,
    order_month_and_day,
)
from corpnews.extraction.dates.times import find_time_after, find_time_before

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_FIRST_YEAR: Final = 1900
_LAST_YEAR: Final = 2100
# The first letter of an era's name, as in R6.3.6.
_ERAS_BY_LETTER = {"R": 2018, "H": 1988, "S": 1925}
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}
# Maximum length of what precedes the year: "Wednesday, 28th of September, 2024".
_MAX_LENGTH_BEFORE_YEAR: Final = 48

_FULL_WIDTH = {ord(wide): plain for wide, plain in zip("／．－：，／\u00a0\u3000\u202f", "/.-:,/   ", strict=True)}
# What every hint below contains.
_SIGN_OF_DATE = re.compile(r"[\d年년月]")
# Every date has one of these: a year, two numbers before a two-digit year, or an East Asian sign.
_DATE_HINT = re.compile(
    r"(?:1[349]|2[015])\d\d|[^\W\d_]{3}[-/]\d\d|(?<!\w)[RHS]\d{1,2}[./]|"
    r"\d[-/. ]{1,2}(?:\d{1,2}|[^\W\d_]{3,20})[-/. '’]['’]?\d\d|[\d元] ?[年년]|[一二三四五六七八九十]月"
)
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

_LETTER = r"[^\s\d!-@\[-`{-~\u00a0-\u00b4\u00b6-\u00bf\u2010-\u205e\u3000-\u303f،]"
# The name of a month; Thai names contain full stops, some of the Levant two words.
_MONTH_WORD = rf"(?:{_LETTER}|\.(?={_LETTER})){{2,20}}(?:\s(?:الأول|الثاني))?"
_PREPOSITION = r"(?:[^\W\d]{1,3}['’\s]|[พค]\.ศ\.\s?)?"
_DAY = r"(?<!\d)(?<!\d[.,:/])(?P<d>\d{1,2})"
_ORDINAL = r"(?:st|nd|rd|th|er|re|ère|[ºª°]|\.|-?(?:го|ое|е|й|ter|tes|án|én|i|a|ei|ji)(?![^\W\d_]))?"
_SEPARATOR = r"[\s.,،/|·–-]{0,3}"
_YEAR = re.compile(r"(?<![\d$€£¥])(?<!\d[.,:/-])(?P<y>(?:19|2[05])\d\d)(?:(?!\d)(?![.,:]\d)|(?=\d\d:\d\d))")
_DAY_MONTH = re.compile(
    rf"{_DAY}{_ORDINAL}{_SEPARATOR}{_PREPOSITION}(?P<w>{_MONTH_WORD}){_SEPARATOR}{_PREPOSITION}['’‘]?$", re.IGNORECASE
)
_MONTH_DAY = re.compile(
    rf"(?P<w>{_MONTH_WORD}){_SEPARATOR}(?<!\d)(?P<d>\d{{1,2}}){_ORDINAL}(?:\s?[-–]\s?\d{{1,2}})?[\s.,;/|'’·–-]{{1,4}}"
    rf"(?:\d\d:\d\d(?::\d\d)?\s)?{_PREPOSITION}$",
    re.IGNORECASE,
)
_MONTH_BEFORE_YEAR = re.compile(rf"(?P<w>{_MONTH_WORD})[\s.,/|'’–-]{{1,3}}{_PREPOSITION}$")
_AFTER_YEAR = re.compile(
    rf"(?:[^\W\d]{{0,4}}{_SEPARATOR}(?:[^\W\d]{{1,5}}\.?,?\s)?)"
    rf"(?:(?P<w>{_MONTH_WORD}){_SEPARATOR}(?P<d>\d{{1,2}})|(?P<d2>\d{{1,2}})\.?[\s-]{{1,2}}(?P<w2>{_MONTH_WORD}))(?!\d)(?![\s,.]{{1,3}}(?:19|20)\d\d)"
)
# "Dec-10-09" and, with the year alone, "abr/18"
_WORD_DAY_SHORT_YEAR = re.compile(rf"(?<![^\W_])(?P<w>{_LETTER}{{3,12}})-(?P<d>\d{{1,2}})-(?P<y>\d\d)(?![\w-])")
_WORD_SLASH_SHORT_YEAR = re.compile(rf"(?<![^\W_])(?P<w>{_LETTER}{{3,12}})[/’'](?P<y>\d\d)(?![\w/])")
_WORD_SHORT_YEAR = re.compile(
    rf"{_DAY}(?:[\s/-]|\.\s?)(?P<w>{_MONTH_WORD})(?:[/-]|\s?['’‘]|\s(?=\d\d\s?$))(?P<y>\d\d)(?![\w:.%,])"
)


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


def find_dates(text: str, languages: Sequence[str] = (), *, order: str | None = None) -> list[FoundDate]:
    """Return every date in `text`, in order.

    `languages` are BCP 47 tags, the likeliest first: they decide between 12 September and 9 December in 12/09/24,
    unless `order` ("dmy", "mdy" or "ymd") is given. Names of months are found in any language.

    >>> [date.value for date in find_dates("Posted 3. Mai 2024, 14:30 Uhr; 2024/5/4")]
    ['2024-05-03T14:30', '2024-05-04']
    """
    return list(_find_dates_cached(text, tuple(languages), order=order)) if _SIGN_OF_DATE.search(text) else []


@lru_cache(maxsize=200)
def _find_dates_cached(text: str, languages: tuple[str, ...], *, order: str | None) -> tuple[FoundDate, ...]:
    """Return the dates in `text`; cached, because the lines around a headline are read for several fields."""
    plain = _convert_digits(text)
    if not _DATE_HINT.search(plain):
        return ()
    matches = [
        *_match_numeric_dates(plain, languages, order=order),
        *_match_east_asian_dates(plain, languages),
        *_match_persian_dates(plain, languages),
        *_match_month_name_dates(plain, languages),
    ]
    matches = [match for match in matches if is_valid_date(match)]
    found: list[FoundDate] = []
    for match in _remove_overlaps(matches):
        if not found or match.start >= found[-1].end:  # else it is the time of the date before: 15.07.00
            found.append(_add_time(text, plain, match))
    return tuple(found)


def _convert_digits(text: str) -> str:
    """Return the text with every decimal digit as 0-9 and full-width signs as ASCII; positions do not change."""
    if text.isascii():
        return text
    digits = {ord(char): str(int(char)) for char in set(text) if not char.isascii() and char.isdecimal()}
    return text.translate(digits | _FULL_WIDTH)


def _match_numeric_dates(text: str, languages: Sequence[str], *, order: str | None) -> Iterator[DateMatch]:
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
    wanted = [order or spoken, "dmy" if day_first or separator == "." else "mdy", "dmy", "mdy"]
    day = next((days[each] for each in wanted if each in days), None)
    if day:
        yield DateMatch(*found.span(), *map(int, day.split("-")))


def _match_east_asian_dates(text: str, languages: Sequence[str]) -> Iterator[DateMatch]:
    if languages and languages[0][:2] == "ja":
        for found in _ERA_LETTER.finditer(text):
            yield DateMatch(*found.span(), _ERAS_BY_LETTER[found["e"]] + int(found["n"]), int(found["m"]), int(found["d"]))
    for found in _VIETNAMESE.finditer(text):
        yield DateMatch(*found.span(), int(found["y"]), int(found["m"]), int(found["d"] or 0))
    if text.isascii():
        return
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


def _match_persian_dates(text: str, languages: Sequence[str]) -> Iterator[DateMatch]:
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


def _match_month_name_dates(text: str, languages: Sequence[str]) -> Iterator[DateMatch]:
    """Find dates with the name of a month, starting from their year."""
    for year in _YEAR.finditer(text):
        yield from _match_before_year(text, year, languages)
        after = _AFTER_YEAR.match(text, year.end(), year.end() + _MAX_LENGTH_BEFORE_YEAR)
        if after:
            month = find_month_number(after["w"] or after["w2"], languages)
            if month:
                yield DateMatch(year.start(), after.end(), expand_year(year["y"]), month, int(after["d"] or after["d2"]))
    for pattern in (_WORD_SHORT_YEAR, _WORD_DAY_SHORT_YEAR):
        for found in pattern.finditer(text):
            month = find_month_number(found["w"], languages)
            if month:
                yield DateMatch(*found.span(), expand_year(found["y"]), month, int(found["d"]))
    for found in _WORD_SLASH_SHORT_YEAR.finditer(text):
        month = find_month_number(found["w"], languages, anywhere=False)
        if month:
            yield DateMatch(*found.span(), expand_year(found["y"]), month, 0)


def _match_before_year(text: str, year: re.Match[str], languages: Sequence[str]) -> Iterator[DateMatch]:
    start = max(0, year.start() - _MAX_LENGTH_BEFORE_YEAR)
    window = text[start : year.start()]
    for pattern in (_DAY_MONTH, _MONTH_DAY):
        found = pattern.search(window)
        month = find_month_number(found["w"], languages) if found else None
        if found and month:
            yield DateMatch(start + found.start(), year.end(), expand_year(year["y"]), month, int(found["d"]))
            return
    found = _MONTH_BEFORE_YEAR.search(window)
    month = find_month_number(found["w"], languages, anywhere=False) if found else None
    if found and month:
        yield DateMatch(start + found.start(), year.end(), expand_year(year["y"]), month, 0)


def is_valid_date(match: DateMatch) -> bool:
    if not _FIRST_YEAR <= match.year <= _LAST_YEAR:
        return False
    try:
        date(match.year, match.month, match.day or 1)
    except ValueError:
        return False
    return True


def _remove_overlaps(matches: list[DateMatch]) -> list[DateMatch]:
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


def _add_time(text: str, plain: str, match: DateMatch) -> FoundDate:
    found = build_found_date(text, match)
    time = (find_time_after(plain, match.end) or find_time_before(plain, match.start)) if match.day else None
    if time is None:
        return found
    start, end = min(match.start, time.start), max(match.end, time.end)
    return FoundDate(f"{found.value}T{time.value}", time.precision, text[start:end], start, end)
