"""Dates and URLs as feeds, sitemaps and JSON write them."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Final

from corpnews.extraction.dates import FoundDate
from corpnews.extraction.dates.published import is_later_date, parse_stated_date
from corpnews.web.urls import PLAIN_URL, join_url

MAX_URL_LENGTH: Final = 2_048
_MAX_DATE_LENGTH: Final = 60
# W3C's profile of ISO 8601.
_W3C_DATE = re.compile(
    r"((?:199|20\d)\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))"
    r"(?:T((?:[01]\d|2[0-3]):[0-5]\d)(?:(:[0-5]\d)(?:\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)?)?"
)


@lru_cache(maxsize=5_000)
def parse_feed_date(text: str, languages: tuple[str, ...] = ()) -> FoundDate | None:
    """Parse a date as feeds and sitemaps write it.

    >>> parse_feed_date("2024-03-20T10:05:00.5Z").value, parse_feed_date("Tue, 05 Mar 2024 10:00:00 +0900").value
    ('2024-03-20T10:05:00+00:00', '2024-03-05T10:00:00+09:00')
    """
    text = text.strip()[:_MAX_DATE_LENGTH]
    found = _W3C_DATE.fullmatch(text)
    if found is None or not _is_iso_day(found[1]):
        return parse_stated_date(text, languages)
    day, time, seconds, zone = found.groups()
    if time is None:
        return FoundDate(day, "day", text, 0, len(text))
    value = f"{day}T{time}{seconds or ''}{'+00:00' if zone == 'Z' else zone or ''}"
    return FoundDate(value, "second" if seconds else "minute", text, 0, len(text))


def _is_iso_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def resolve_url(base: str, href: str) -> str | None:
    """Resolve an entry's URL relative to `base`; None if it is empty or not http(s)."""
    href = href.strip()
    if not href or len(href) > MAX_URL_LENGTH:
        return None
    return href if PLAIN_URL.fullmatch(href) else join_url(base, href)


def keep_later_change(modified: FoundDate | None, published: FoundDate | None) -> FoundDate | None:
    """Return the date of the last change if it is later than that of publication, else None."""
    if modified is None or published is None or is_later_date(modified, published):
        return modified
    return None
