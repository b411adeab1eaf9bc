"""Names of months and the order of numeric dates in the languages of the web, from the Unicode CLDR (Babel)."""

from __future__ import annotations

import json
import re
import unicodedata
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING
from unicodedata import combining

from babel import Locale, UnknownLocaleError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from corpnews.page.page import Page

# In use, though missing in the CLDR's abbreviations and no prefix of the full names.
_EXTRA_MONTH_NAMES = {
    "en": {"sept": 9},
    "de": {"mrz": 3, "jaenner": 1, "jänner": 1, "maerz": 3},
    "uz": {"iyn": 6, "iyl": 7, "мая": 5},
    "he": {"מרס": 3},
    "ar": {"مايس": 5},
}
_MIN_ABBREVIATION_LENGTH = 3
_HEBREW_PREPOSITION = "ב"
_DOTLESS_I_TABLE = str.maketrans("ı", "i")
# A numeric date of day, month and year in either order.
_NUMERIC_DATE = re.compile(r"(?<!\d)(?<!\d[./-])(\d{1,2}) ?([-/.|‐-–]) ?(\d{1,2}) ?\2 ?((?:19|20)?\d\d)(?!\d)(?![./-]\d)")
_DIGIT = re.compile(r"\d")
_MAX_SAMPLE_LENGTH = 250
_MIN_SHORT_DATES = 4
_MAX_SHORT_DATES = 60
# Two-digit years are read as by POSIX strptime: 69-99 are 19xx.
_TWO_DIGIT_YEAR_PIVOT = 69
_BUDDHIST_ERA = 543
_LAST_YEAR_AD = 2400
_KANA, _HANGUL, _HAN = (re.compile(f"[{letters}]") for letters in ("\u3041-\u30fa", "\uac00-\ud7af", "\u4e00-\u9fff"))


def fold_month_name(word: str) -> str:
    """Return a word as the tables of months spell it: lower case, without accents, full stops and spaces.

    Vowel signs of Indian scripts are kept.

    >>> fold_month_name("Févr.") == fold_month_name("FEVR")
    True
    """
    if word.isascii():
        return word.lower().replace(".", "")
    decomposed = unicodedata.normalize("NFKD", word.lower()).translate(_DOTLESS_I_TABLE)
    return "".join(
        char for char in decomposed if char.isalpha() or (unicodedata.category(char)[0] == "M" and not combining(char))
    )


@lru_cache(maxsize=256)
def get_locale(tag: str) -> Locale | None:
    """Return the CLDR's locale of a BCP 47 tag, of its language alone if the rest is unknown, or None.

    >>> str(get_locale("pt-br")), str(get_locale("de-XX")), get_locale("no such")
    ('pt_BR', 'de', None)
    """
    parts = tag.replace("-", "_").split("_")
    for name in ("_".join(parts), parts[0]):
        try:
            return Locale.parse(name)
        except (ValueError, TypeError, UnknownLocaleError):
            continue
    return None


@lru_cache(maxsize=256)
def get_month_numbers(tag: str) -> dict[str, int]:
    """Return the number of each month by its folded name, abbreviation, and any prefix that no other month shares."""
    found = get_locale(tag)
    if found is None:
        return {}
    months = dict(_EXTRA_MONTH_NAMES.get(found.language, {}))
    beginnings: dict[str, set[int]] = {}
    for name, number in _iterate_month_names(found):
        if name.isnumeric() or len(name) < 2:
            continue
        months.setdefault(name, number)
        for length in range(_MIN_ABBREVIATION_LENGTH, len(name)):
            beginnings.setdefault(name[:length], set()).add(number)
    for beginning, numbers in beginnings.items():
        if len(numbers) == 1:
            months.setdefault(beginning, *numbers)
    return {fold_month_name(name): number for name, number in months.items()}


def _iterate_month_names(found: Locale) -> Iterator[tuple[str, int]]:
    for width in ("wide", "abbreviated"):
        for context in ("format", "stand-alone"):
            for number, name in found.months[context][width].items():
                if not any(char.isdigit() for char in name):
                    yield fold_month_name(name), number


def find_month_number(word: str, languages: Sequence[str], *, anywhere: bool = True) -> int | None:
    """Return the month that `word` names in one of `languages` or English, or, with `anywhere`, in any language; else None.

    >>> find_month_number("Januar", ["de"]), find_month_number("мая", []), find_month_number("more", ["en"])
    (1, 5, None)
    """
    name = fold_month_name(word).removeprefix(_HEBREW_PREPOSITION)
    for tag in (*languages, "en"):
        number = get_month_numbers(tag).get(name)
        if number:
            return number
    return get_month_numbers_of_all_languages().get(name) if anywhere or not languages else None


@cache
def get_month_numbers_of_all_languages() -> dict[str, int]:
    """Return the table of `months_of` for all languages, read from a file: Babel would load a megabyte per language.

    Where two languages disagree, the first in the list of that file decides; tests/extraction/month_names.py writes the table.
    """
    text = files("corpnews.extraction.dates").joinpath("months.json").read_text(encoding="utf-8")
    months: dict[str, int] = json.loads(text)
    return months


@lru_cache(maxsize=256)
def get_date_field_order(tag: str) -> str:
    """Return the order of day, month and year in a language's short dates: "dmy", "mdy" or "ymd"; "" if unknown.

    >>> get_date_field_order("en-US"), get_date_field_order("en-GB"), get_date_field_order("ja")
    ('mdy', 'dmy', 'ymd')
    """
    found = get_locale(tag)
    if found is None:
        return ""
    pattern = str(found.date_formats["short"].pattern).lower()
    return "".join(dict.fromkeys(char for char in pattern if char in "dmy"))


def is_day_first(languages: Sequence[str]) -> bool:
    """Return whether the first of `languages` with a known order puts the day first; True if none has one."""
    orders = (get_date_field_order(tag) for tag in languages)
    return next((order for order in orders if order), "dmy") != "mdy"


def order_month_and_day(first: int, second: int, *, day_first: bool) -> tuple[int, int]:
    """Return the two numbers as month and day; a number above 12 is the day in any order."""
    if first > 12 or second > 12:
        day_first = first > 12
    return (second, first) if day_first else (first, second)


def detect_date_order(texts: Iterable[str]) -> str | None:
    """Return the order of numeric dates in `texts` ("dmy", "mdy" or "ymd"), by the first that allows one order only; else None.

    Of short dates that allow several orders, the place with the fewest different numbers is that of the year.

    >>> detect_date_order(["10/11/2024", "25/11/2024"]), detect_date_order(["10/11/2024"]), detect_date_order(["99-1-31"])
    ('dmy', None, 'ymd')
    """
    short: list[tuple[str, str]] = []
    sample = "\n".join(text[:_MAX_SAMPLE_LENGTH] for text in texts if _DIGIT.search(text))
    for found in _NUMERIC_DATE.finditer(sample):
        readings = get_possible_days(found[0])
        if len(readings) == 1:
            return next(iter(readings))
        if len(found[4]) == 2 and len(short) < _MAX_SHORT_DATES:
            short.append((found[1], found[4]))
    firsts, lasts = (len(set(numbers)) for numbers in zip(*short, strict=True)) if short else (0, 0)
    return "ymd" if len(short) >= _MIN_SHORT_DATES and 2 * firsts < lasts else None


@lru_cache(maxsize=1024)
def get_possible_days(raw: str) -> dict[str, str]:
    """Return the days that a numeric date with the year at its end may mean, by order; with two digits, the year may be first.

    >>> get_possible_days("12/09/2024"), get_possible_days("13-09-24")
    ({'dmy': '2024-09-12', 'mdy': '2024-12-09'}, {'dmy': '2024-09-13', 'ymd': '2013-09-24'})
    """
    found = _NUMERIC_DATE.match(raw)
    if found is None:
        return {}
    first, second, last = found[1], found[3], found[4]
    readings = {"dmy": (last, second, first), "mdy": (last, first, second)}
    if len(last) == 2:
        readings["ymd"] = (first, second, last)
    days = {order: _join_day(*numbers) for order, numbers in readings.items()}
    return {order: day for order, day in days.items() if day}


def _join_day(year: str, month: str, day: str) -> str | None:
    try:
        return str(date(expand_year(year), int(month), int(day)))
    except ValueError:
        return None


def expand_year(digits: str) -> int:
    """Return a year of two or four digits as a year AD; Thai years are converted from the Buddhist era."""
    year = int(digits)
    if len(digits) <= 2:
        return year + (1900 if year >= _TWO_DIGIT_YEAR_PIVOT else 2000)
    return year - _BUDDHIST_ERA if year > _LAST_YEAR_AD else year


def get_date_languages(page: Page) -> tuple[str, ...]:
    """Return the languages in which the page writes its dates, the likeliest first."""
    title = page.title
    script = "ja" if _KANA.search(title) else "ko" if _HANGUL.search(title) else "zh" if _HAN.search(title) else ""
    tag = page.language_tag or ""
    if script and not tag.startswith(("zh", "ja", "ko")):
        tag = script  # templates from elsewhere declare English
    return _guess_date_languages(tag, page.host.rpartition(".")[2])


@lru_cache(maxsize=1024)
def _guess_date_languages(tag: str, top_level_domain: str) -> tuple[str, ...]:
    """Return the page's language, preceded by its variant in the country of the host, if that exists.

    >>> _guess_date_languages("en-US", "uk"), _guess_date_languages("de", "com")
    (('en_GB', 'en-US'), ('de',))
    """
    country = {"uk": "GB"}.get(top_level_domain, top_level_domain.upper())
    language = re.split(r"[-_]", tag)[0] or "en"
    local = get_locale(f"{language}-{country}") if len(country) == 2 else None
    spoken = (str(local),) if local and local.territory else ()
    return (*spoken, tag) if tag else spoken
