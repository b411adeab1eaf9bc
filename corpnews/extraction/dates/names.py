"""Names of months and the order of numeric dates in the languages of the web, from the Unicode CLDR (Babel)."""

from __future__ import annotations

import json
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING
from unicodedata import combining

from babel import Locale, UnknownLocaleError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# In use, though missing in the CLDR's abbreviations and no prefix of the full names.
EXTRA_NAMES = {
    "en": {"sept": 9},
    "de": {"mrz": 3, "jaenner": 1, "jänner": 1, "maerz": 3},
    "uz": {"iyn": 6, "iyl": 7, "мая": 5},
    "he": {"מרס": 3},
    "ar": {"مايس": 5},
}
SHORTEST_BEGINNING = 3
HEBREW_IN = "ב"
UNDOTTED = str.maketrans("ı", "i")


def folded_name(word: str) -> str:
    """Return a word as the tables of months spell it: lower case, without accents, full stops and spaces.

    Vowel signs of Indian scripts are kept.

    >>> folded_name("Févr.") == folded_name("FEVR")
    True
    """
    if word.isascii():
        return word.lower().replace(".", "")
    decomposed = unicodedata.normalize("NFKD", word.lower()).translate(UNDOTTED)
    return "".join(
        char for char in decomposed if char.isalpha() or (unicodedata.category(char)[0] == "M" and not combining(char))
    )


@lru_cache(maxsize=256)
def locale(tag: str) -> Locale | None:
    """Return the CLDR's locale of a BCP 47 tag, of its language alone if the rest is unknown, or None.

    >>> str(locale("pt-br")), str(locale("de-XX")), locale("no such")
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
def months_of(tag: str) -> dict[str, int]:
    """Return the number of each month by its folded name, abbreviation, and any prefix that no other month shares."""
    found = locale(tag)
    if found is None:
        return {}
    months = dict(EXTRA_NAMES.get(found.language, {}))
    beginnings: dict[str, set[int]] = {}
    for name, number in written_months(found):
        if name.isnumeric() or len(name) < 2:
            continue
        months.setdefault(name, number)
        for length in range(SHORTEST_BEGINNING, len(name)):
            beginnings.setdefault(name[:length], set()).add(number)
    for beginning, numbers in beginnings.items():
        if len(numbers) == 1:
            months.setdefault(beginning, *numbers)
    return {folded_name(name): number for name, number in months.items()}


def written_months(found: Locale) -> Iterator[tuple[str, int]]:
    for width in ("wide", "abbreviated"):
        for context in ("format", "stand-alone"):
            for number, name in found.months[context][width].items():
                if not any(char.isdigit() for char in name):
                    yield folded_name(name), number


def month_number(word: str, languages: Sequence[str], *, anywhere: bool = True) -> int | None:
    """Return the month that `word` names in one of `languages` or English, or, with `anywhere`, in any language; else None.

    >>> month_number("Januar", ["de"]), month_number("мая", []), month_number("more", ["en"])
    (1, 5, None)
    """
    name = folded_name(word).removeprefix(HEBREW_IN)
    for tag in (*languages, "en"):
        number = months_of(tag).get(name)
        if number:
            return number
    return months_anywhere().get(name) if anywhere or not languages else None


@cache
def months_anywhere() -> dict[str, int]:
    """Return the table of `months_of` for all languages, read from a file: Babel would load a megabyte per language.

    Where two languages disagree, the first in the list of that file decides; tests/extraction/month_names.py writes the table.
    """
    text = files("corpnews.extraction.dates").joinpath("months.json").read_text(encoding="utf-8")
    months: dict[str, int] = json.loads(text)
    return months


@lru_cache(maxsize=256)
def field_order(tag: str) -> str:
    """Return the order of day, month and year in a language's short dates: "dmy", "mdy" or "ymd"; "" if unknown.

    >>> field_order("en-US"), field_order("en-GB"), field_order("ja")
    ('mdy', 'dmy', 'ymd')
    """
    found = locale(tag)
    if found is None:
        return ""
    pattern = str(found.date_formats["short"].pattern).lower()
    return "".join(dict.fromkeys(char for char in pattern if char in "dmy"))
