"""Telephone numbers: found in a line, and in the international format."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from babel.core import get_global

from corpnews.extraction.dates import find_dates

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpnews.page.page import Page

# A number that is no account of a messenger and no part of a code of letters and figures.
_PHONE_NUMBER: Final = re.compile(r"(?<!QQ[:： ])\+?\(?(?<![\dA-Za-z])\d[\d ()./–—-]{5,24}\d")
# Minimum number of digits: fewer are a range of years, a date or an amount, but for those after a label.
_MIN_DIGITS: Final = 9
_MIN_LABELLED_DIGITS: Final = 7
# A line with more numbers, or more cells with numbers, is part of a table.
_MAX_NUMBERS: Final = 16
_MAX_CELLS: Final = 3
_NUMBER: Final = re.compile(r"\d+")
_PHONE_LABEL: Final = re.compile(
    r"(?:\b(?:t|m|p|d|ph|tel|telefon|telephone|téléphone|teléfono|telefone|telefono|phone|mobile?|cell|direct|office|call|mob|gsm|móvil|"
    r"portable|тел|телефон|моб)|电话|電話|手机|전화|연락처|هاتف)\.?\s?[:：.]?\s?$",
    re.IGNORECASE,
)
_FAX_LABEL: Final = re.compile(r"(?:fax|telefax|факс|传真|傳真|팩스|فاكس|\bf)\.?\s?[:：.]?\s?$", re.IGNORECASE)
_NORTH_AMERICAN: Final = re.compile(r"\(?[2-9]\d{2}\)?[ .–—-]{1,2}\d{3}[ .–—-]\d{4}")
_FIRST_GROUP: Final = re.compile(r"([1-9]\d{1,2})[ .-]")
_TRUNK_ZERO: Final = re.compile(r"\(0\)")
# Country-code domains that do not equal the region's code, and those that do not tell a region.
_REGION_BY_DOMAIN: Final = {"uk": "GB", "eu": "", "io": "", "co": "", "ai": "", "tv": "", "me": "", "cc": "", "to": ""}


def find_phone_numbers(line: str) -> list[str]:
    """Return the telephone numbers in the line, without those of fax machines; none if it is a row of figures.

    >>> list(map(find_phone_numbers, ("Tel. 857—990—4240", "QQ:1038774994", "Sales | 1 | 2 | 345 678 901 | 4")))
    [['857—990—4240'], [], []]
    """
    found = []
    for number in () if is_row_of_figures(line) else _PHONE_NUMBER.finditer(line):
        text, before = number[0], line[max(0, number.start() - 20) : number.start()]
        least = _MIN_LABELLED_DIGITS if _PHONE_LABEL.search(before) else _MIN_DIGITS
        if sum(map(str.isdecimal, text)) >= least and not _FAX_LABEL.search(before) and not find_dates(text):
            found.append(text.strip() if ")" in text else text.strip(" ("))
    return found


def is_row_of_figures(line: str) -> bool:
    return sum(map(bool, map(_NUMBER.search, line.split(" | ")))) > _MAX_CELLS or len(_NUMBER.findall(line)) > _MAX_NUMBERS


def guess_phone_regions(page: Page, language: str | None) -> tuple[str, ...]:
    """Return the regions (ISO 3166) in which national numbers of the page may be, the likeliest first.

    They are those of the host's domain, of the page's language tag, and the one in which the language has most speakers.
    """
    domain = page.host.rpartition(".")[2]
    regions = [_REGION_BY_DOMAIN.get(domain, domain.upper() if len(domain) == len("de") else "")]
    regions += [part for tag in (page.language_tag, language) for part in (tag or "").replace("_", "-").split("-")[1:]]
    likely = str(get_global("likely_subtags").get((language or "").split("-")[0], ""))
    regions.append(likely.rpartition("_")[2])
    return tuple(dict.fromkeys(region.upper() for region in regions if len(region) == len("DE")))


@lru_cache(maxsize=1_000)
def format_phone(number: str, regions: Sequence[str] = ()) -> str:
    """Return the number in E.164; as it is printed if it is national and valid in none of the regions.

    >>> format_phone("+49 (0)30 1020-3040"), format_phone("030 1020 3040", ("DE",)), format_phone("5550 0100")
    ('+493010203040', '+493010203040', '5550 0100')
    """
    plain = number.replace("—", "-").replace("–", "-")
    plain = f"+{plain[2:]}" if plain.startswith("00") else plain
    is_international = plain.lstrip("(").startswith("+")
    if is_international:
        plain = _TRUNK_ZERO.sub("", plain)
    is_north_american = _NORTH_AMERICAN.fullmatch(plain) is not None
    candidates = [None] if is_international else ["US", *regions] if is_north_american else regions
    for region in candidates:
        if parsed := _parse(plain, region, must_be_valid=not is_international):
            return parsed[1]
    code = None if is_international else _FIRST_GROUP.match(plain)
    parsed = _parse(f"+{plain}", None, must_be_valid=True) if code else None
    return parsed[1] if code and parsed and str(parsed[0]) == code[1] else number


def _parse(number: str, region: str | None, *, must_be_valid: bool) -> tuple[int, str] | None:
    """Return the code of the country and the number in E.164; None if it is not valid, or not even possible."""
    import phonenumbers  # noqa: PLC0415  # only pages with a number need it

    try:
        parsed = phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException:
        return None
    if not (phonenumbers.is_valid_number(parsed) if must_be_valid else phonenumbers.is_possible_number(parsed)):
        return None
    return parsed.country_code or 0, phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
