"""Typed access to untrusted JSON: a value of another type than expected is empty or None."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from corpnews.extraction.dates import FoundDate
from corpnews.extraction.structured_data.stated_values import parse_feed_date, resolve_url
from corpnews.extraction.structured_data.values import strip_html

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_MAX_TEXT_LENGTH: Final = 2_000
_MAX_KEY_LENGTH: Final = 60
_KEY_SEPARATORS = re.compile(r"[\W_]+")
# Seconds or milliseconds since 1970, after 1980 and before 2100; .NET writes them as "/Date(1731900000000)/".
_EPOCH_TIME = re.compile(r"^(?:/Date\()?(\d{9,10})(\d{3})?(?:[+-]\d{4})?(?:\)/)?$")
_MIN_EPOCH_SECONDS: Final = 315_532_800
_MAX_EPOCH_SECONDS: Final = 4_102_444_800
# Keys under which an object holds its text, or its date.
_INNER_TEXT_KEYS: Final = ("rendered", "value", "text", "plain", "label", "title")
_INNER_DATE_KEYS: Final = ("iso", "iso8601", "datetime", "date", "value", "timestamp", "raw", "formatted")

# Normalized keys, the surest first.
HEADLINE_KEYS: Final = tuple("headline title heading posttitle newstitle articletitle pagetitle subject name label".split())
DATE_KEYS: Final = tuple(
    "datepublished publisheddate publishdate publicationdate publishedat publishedon published pubdate releasedate "
    "pressreleasedate newsdate articledate displaydate postdate posteddate postedon firstpublishedat publishtime "
    "publicationtime publishedtime publisheddatetime datetime date dategmt issuedate onlinedate livedate sortdate isodate "
    "formatteddate".split()
)
# What one object keeps inside another: GraphQL's edges, JSON:API's attributes, search engines' hits.
WRAPPER_KEYS: Final = frozenset(
    "node item source fields attributes data document article post story content entry properties result hit".split()
)


def as_mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def as_list(value: object) -> Sequence[Any]:
    return value if isinstance(value, list) else ()


def as_mappings(value: object) -> list[Mapping[str, Any]]:
    """The objects of a list."""
    return [item for item in as_list(value) if isinstance(item, dict)]


def as_integer(value: object) -> int | None:
    """Return a non-negative integer, which may be written as a string, else None.

    >>> as_integer("12"), as_integer(3), as_integer(True), as_integer("12a")
    (12, 3, None, None)
    """
    if isinstance(value, str) and len(value) < 16 and value.isascii() and value.isdigit():
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def as_string(value: object) -> str:
    """Return a string stripped of white space and lone surrogates; empty if the value is no string."""
    return value.encode("utf-8", "ignore").decode().strip() if isinstance(value, str) else ""


def as_url(base_url: str, value: object) -> str | None:
    """Return the http(s) URL of a string, which may be relative to `base_url`, else None."""
    return resolve_url(base_url, as_string(value))


def as_text(value: object) -> str | None:
    """Return a line of text without tags and entities, of a string or of an object that wraps one.

    >>> as_text({"rendered": "Profits &amp; losses"}), as_text(7), as_text(" ")
    ('Profits & losses', None, None)
    """
    if isinstance(value, dict):
        value = next((value[key] for key in _INNER_TEXT_KEYS if isinstance(value.get(key), str)), None)
    return strip_html(value[:_MAX_TEXT_LENGTH]) or None if isinstance(value, str) else None


def as_date(value: object, languages: Sequence[str] = ()) -> FoundDate | None:
    """Parse a date in any form that JSON uses: ISO 8601, written out, or seconds or milliseconds since 1970.

    >>> as_date("2024-11-18T09:00:00Z").value, as_date(1731920400).value, as_date("Nov 18, 2024").value
    ('2024-11-18T09:00:00+00:00', '2024-11-18T09:00:00+00:00', '2024-11-18')
    """
    if isinstance(value, dict):
        value = get_first(value, _INNER_DATE_KEYS)
    if isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < 1e15:
        value = str(int(value))
    if not isinstance(value, str):
        return None
    counted = _EPOCH_TIME.match(value.strip())
    return _date_from_epoch(value, int(counted[1])) if counted else parse_feed_date(value, tuple(languages))


def _date_from_epoch(raw: str, seconds: int) -> FoundDate | None:
    if not _MIN_EPOCH_SECONDS < seconds < _MAX_EPOCH_SECONDS:
        return None
    return FoundDate(datetime.fromtimestamp(seconds, UTC).isoformat(), "second", raw, 0, len(raw))


def get_first(fields: Mapping[str, Any], names: Iterable[str]) -> Any:
    """Return the value of the first name that has one."""
    return next((fields[name] for name in names if fields.get(name) not in (None, "", [], {})), None)


def normalize_key(name: str) -> str:
    """Return a key in lower case without separators.

    >>> normalize_key("publish_date"), normalize_key("PublishDate")
    ('publishdate', 'publishdate')
    """
    return _normalize_short_key(name[:_MAX_KEY_LENGTH])


@lru_cache(maxsize=10_000)
def _normalize_short_key(name: str) -> str:
    return _KEY_SEPARATORS.sub("", name).lower()
