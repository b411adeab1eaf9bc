"""What feeds and sitemaps tell of an article: dates, languages, addresses, as they write them."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Final

from corpnews.extraction.dates import FoundDate
from corpnews.extraction.dates.published import is_later, read_claim
from corpnews.extraction.page import PLAIN_URL, joined

LONGEST_URL: Final = 2_048
LONGEST_STAMP: Final = 60
# W3C's profile of ISO 8601, which machines write.
W3C = re.compile(
    r"((?:199|20\d)\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))"
    r"(?:T((?:[01]\d|2[0-3]):[0-5]\d)(?:(:[0-5]\d)(?:\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)?)?"
)


@lru_cache(maxsize=5_000)
def told_date(text: str, languages: tuple[str, ...] = ()) -> FoundDate | None:
    """A date as a feed or sitemap writes it.

    >>> told_date("2024-03-20T10:05:00.5Z").value, told_date("Tue, 05 Mar 2024 10:00:00 +0900").value
    ('2024-03-20T10:05:00+00:00', '2024-03-05T10:00:00+09:00')
    """
    text = text.strip()[:LONGEST_STAMP]
    found = W3C.fullmatch(text)
    if found is None or not is_day(found[1]):
        return read_claim(text, languages)
    day, time, seconds, zone = found.groups()
    if time is None:
        return FoundDate(day, "day", text, 0, len(text))
    value = f"{day}T{time}{seconds or ''}{'+00:00' if zone == 'Z' else zone or ''}"
    return FoundDate(value, "second" if seconds else "minute", text, 0, len(text))


def is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def told_url(base: str, href: str) -> str | None:
    """The http(s) URL that an entry names, relative to `base`; None if it names none."""
    href = href.strip()
    if not href or len(href) > LONGEST_URL:
        return None
    return href if PLAIN_URL.fullmatch(href) else joined(base, href)


def changed_after(modified: FoundDate | None, published: FoundDate | None) -> FoundDate | None:
    """The day of the last change, if it is later than that of publication."""
    if modified is None or published is None or is_later(modified, published):
        return modified
    return None
