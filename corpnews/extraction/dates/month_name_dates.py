"""Dates with the name of a month: 3 May 2024, May 3rd, 2024, 3. Mai 24."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from corpnews.extraction.dates.date_match import DateMatch
from corpnews.extraction.dates.locales import expand_year, find_month_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Maximum length of what precedes the year: "Wednesday, 28th of September, 2024".
_MAX_LENGTH_BEFORE_YEAR: Final = 48
_LETTER = r"[^\s\d!-@\[-`{-~\u00a0-\u00b4\u00b6-\u00bf\u2010-\u205e\u3000-\u303f،]"
# The name of a month; Thai names contain full stops, some of the Levant two words.
_MONTH_WORD = rf"(?:{_LETTER}|\.(?={_LETTER})){{2,20}}(?:\s(?:الأول|الثاني))?"
# In the Levant, a month may have both its names: آب/أغسطس
_SECOND_NAME = rf"(?:\s?[/(]\s?{_MONTH_WORD}\)?)?"
_PREPOSITION = r"(?:[^\W\d]{1,3}['’\s]|[พค]\.ศ\.\s?)?"
_DAY = r"(?<!\d)(?<!\d[.,:/])(?P<d>\d{1,2})"
_ORDINAL = r"(?:st|nd|rd|th|er|re|ère|[ºª°]|\.|-?(?:го|ое|е|й|ter|tes|án|én|i|a|ei|ji)(?![^\W\d_]))?"
_SEPARATOR = r"[\s.,،/|·–-]{0,3}"
_YEAR = re.compile(r"(?<![\d$€£¥])(?<!\d[.,:/-])(?P<y>(?:19|2[05])\d\d)(?:(?!\d)(?![.,:]\d)|(?=\d\d:\d\d))")
_HAS_DIGIT = re.compile(r"\d")
_DAY_MONTH = re.compile(
    rf"{_DAY}{_ORDINAL}{_SEPARATOR}{_PREPOSITION}(?P<w>{_MONTH_WORD}){_SECOND_NAME}{_SEPARATOR}{_PREPOSITION}['’‘]?$",
    re.IGNORECASE,
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
# A year of two digits, "Dec-10-09" and, with the year alone, "abr/18"
_SHORT_YEAR = re.compile(r"[-/'’‘\s]\d\d(?!\w)")
_WORD_DAY_SHORT_YEAR = re.compile(rf"(?<![^\W_])(?P<w>{_LETTER}{{3,12}})-(?P<d>\d{{1,2}})-(?P<y>\d\d)(?![\w-])")
_WORD_SLASH_SHORT_YEAR = re.compile(rf"(?<![^\W_])(?P<w>{_LETTER}{{3,12}})[/’'](?P<y>\d\d)(?![\w/])")
_WORD_SHORT_YEAR = re.compile(
    rf"{_DAY}(?:[\s/-]|\.\s?)(?P<w>{_MONTH_WORD})(?:[/-]|\s?['’‘]|\s(?=\d\d\s?$))(?P<y>\d\d)(?![\w:.%,])"
)


def match_month_name_dates(text: str, languages: Sequence[str]) -> Iterator[DateMatch]:
    """Find dates with the name of a month, starting from their year."""
    for year in _YEAR.finditer(text):
        yield from _match_before_year(text, year, languages)
        after = _AFTER_YEAR.match(text, year.end(), year.end() + _MAX_LENGTH_BEFORE_YEAR)
        if after:
            month = find_month_number(after["w"] or after["w2"], languages)
            if month:
                yield DateMatch(year.start(), after.end(), expand_year(year["y"]), month, int(after["d"] or after["d2"]))
    if _SHORT_YEAR.search(text) is None:
        return
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
    for pattern in (_DAY_MONTH, _MONTH_DAY) if _HAS_DIGIT.search(window) else ():
        found = pattern.search(window)
        month = find_month_number(found["w"], languages) if found else None
        if found and month:
            yield DateMatch(start + found.start(), year.end(), expand_year(year["y"]), month, int(found["d"]))
            return
    found = _MONTH_BEFORE_YEAR.search(window)
    month = find_month_number(found["w"], languages, anywhere=False) if found else None
    if found and month:
        yield DateMatch(start + found.start(), year.end(), expand_year(year["y"]), month, 0)
