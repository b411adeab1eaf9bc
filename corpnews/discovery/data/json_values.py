"""Typed access to untrusted JSON: a value of another type than expected is empty or None."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from corpnews.discovery.told import told_date, told_url
from corpnews.extraction.dates import FoundDate
from corpnews.extraction.facts.values import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

LONGEST_TEXT: Final = 2_000
LONGEST_KEY: Final = 60
MARKS = re.compile(r"[\W_]+")
# Seconds or milliseconds since 1970, after 1980 and before 2100; .NET writes them as "/Date(1731900000000)/".
EPOCH = re.compile(r"^(?:/Date\()?(\d{9,10})(\d{3})?(?:[+-]\d{4})?(?:\)/)?$")
EARLIEST: Final = 315_532_800
LATEST: Final = 4_102_444_800
# Keys under which an object holds its text, or its date.
INNER_TEXTS: Final = ("rendered", "value", "text", "plain", "label", "title")
INNER_DATES: Final = ("iso", "iso8601", "datetime", "date", "value", "timestamp", "raw", "formatted")


def mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def items(value: object) -> Sequence[Any]:
    return value if isinstance(value, list) else ()


def objects(value: object) -> list[Mapping[str, Any]]:
    """The objects of a list."""
    return [item for item in items(value) if isinstance(item, dict)]


def number(value: object) -> int | None:
    """Return a non-negative integer, which may be written as a string, else None.

    >>> number("12"), number(3), number(True), number("12a")
    (12, 3, None, None)
    """
    if isinstance(value, str) and len(value) < 16 and value.isascii() and value.isdigit():
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def string(value: object) -> str:
    """Return a string stripped of white space and lone surrogates; empty if the value is no string."""
    return value.encode("utf-8", "ignore").decode().strip() if isinstance(value, str) else ""


def address(base_url: str, value: object) -> str | None:
    """Return the http(s) URL of a string, which may be relative to `base_url`, else None."""
    return told_url(base_url, string(value))


def text(value: object) -> str | None:
    """Return a line of text without tags and entities, of a string or of an object that wraps one.

    >>> text({"rendered": "Profits &amp; losses"}), text(7), text(" ")
    ('Profits & losses', None, None)
    """
    if isinstance(value, dict):
        value = next((value[key] for key in INNER_TEXTS if isinstance(value.get(key), str)), None)
    return plain(value[:LONGEST_TEXT]) or None if isinstance(value, str) else None


def date(value: object, languages: Sequence[str] = ()) -> FoundDate | None:
    """Parse a date in any form that JSON uses: ISO 8601, written out, or seconds or milliseconds since 1970.

    >>> date("2024-11-18T09:00:00Z").value, date(1731920400).value, date("Nov 18, 2024").value
    ('2024-11-18T09:00:00+00:00', '2024-11-18T09:00:00+00:00', '2024-11-18')
    """
    if isinstance(value, dict):
        value = first(value, INNER_DATES)
    if isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < 1e15:
        value = str(int(value))
    if not isinstance(value, str):
        return None
    counted = EPOCH.match(value.strip())
    return since_1970(value, int(counted[1])) if counted else told_date(value, tuple(languages))


def since_1970(raw: str, seconds: int) -> FoundDate | None:
    if not EARLIEST < seconds < LATEST:
        return None
    return FoundDate(datetime.fromtimestamp(seconds, UTC).isoformat(), "second", raw, 0, len(raw))


def first(fields: Mapping[str, Any], names: Iterable[str]) -> Any:
    """Return the value of the first name that has one."""
    return next((fields[name] for name in names if fields.get(name) not in (None, "", [], {})), None)


@lru_cache(maxsize=10_000)
def plain_key(name: str) -> str:
    """Return a key in lower case without separators.

    >>> plain_key("publish_date"), plain_key("PublishDate")
    ('publishdate', 'publishdate')
    """
    return MARKS.sub("", name[:LONGEST_KEY]).lower()
