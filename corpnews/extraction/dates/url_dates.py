"""Dates in URLs and in names of uploaded files."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from corpnews.extraction.dates.date_match import DateMatch, FoundDate, build_found_date, is_valid_date
from corpnews.extraction.dates.locales import expand_year, find_month_number, order_month_and_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_YEAR: Final = r"(?P<y>199\d|20\d\d)"
_SHORT_YEAR: Final = r"(?P<y>[0-3]\d)"
_MONTH: Final = r"(?P<m>0[1-9]|1[0-2])"
_DAY: Final = r"(?P<d>0[1-9]|[12]\d|3[01])"
_DAY_IN_PATH = (
    re.compile(rf"(?<!\d){_YEAR}(?P<s>[-/_.]){_MONTH}(?P=s){_DAY}(?!\d)"),
    re.compile(rf"(?<!\d){_YEAR}/(?P<m>[1-9]|1[0-2])/(?P<d>[1-9]|[12]\d|3[01])(?!\d)"),
    re.compile(rf"(?<!\d){_YEAR}[-/]?{_MONTH}[-/]?{_DAY}(?!\d)"),
    re.compile(rf"(?<!\d){_YEAR}{_MONTH}{_DAY}(?=[0-2]\d[0-5]\d(?:[0-5]\d)?\d{{0,6}}(?!\d))"),
    re.compile(rf"/{_SHORT_YEAR}/{_MONTH}/{_DAY}/"),
)
_MONTH_IN_PATH = re.compile(rf"/{_YEAR}[-/]?{_MONTH}(?=/)")
_DAY_FIRST = re.compile(rf"(?<!\d)(?P<a>[0-3]\d)(?P<s>[-_.])(?P<b>[0-3]\d)(?P=s){_YEAR}(?!\d)")
_MONTH_NAME = re.compile(
    r"/(?:199\d|20\d\d)/(?P<m>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)/",
    re.IGNORECASE,
)
# File names of uploads: digits of a date, possibly with time and counter; Unix time in seconds or milliseconds; .NET ticks.
_DATED_NAME = re.compile(rf"(?<!\d){_YEAR}(?P<s>[-_]?){_MONTH}(?P=s){_DAY}(?:(?!\d)|(?=\d{{4,}}))")
_UNIX_TIME_NAME = re.compile(r"(?<![^\W_])(1[1-9]\d{8})(?:\d{3})?(?![^\W_])")
_TICKS_NAME = re.compile(r"(?<!\d)(6[3-5]\d{16})\d{0,7}(?!\d)")
_TICKS_PER_SECOND: Final = 10_000_000
_EARLIEST_UPLOAD_YEAR: Final = 2000
_MAX_NAME_LENGTH: Final = 300


def find_date_in_url(url: str) -> FoundDate | None:
    """Return the date in a URL's path, to the day or to the month; None if there is none.

    >>> find_date_in_url("https://example.com/news/2024-05-03-new-plant").value
    '2024-05-03'
    >>> find_date_in_url("https://example.com/art/202405/t20240503_11.html").value
    '2024-05-03'
    """
    try:
        path = unquote(urlsplit(url).path).rpartition("://")[2][:_MAX_NAME_LENGTH]
    except ValueError:
        return None
    named = _MONTH_NAME.search(path)
    if named:
        path = f"{path[: named.start('m')]}{find_month_number(named['m'], ['en']):02}{path[named.end('m') :]}"
    match = next((match for match in _match_path_dates(path) if is_valid_date(match)), None)
    return build_found_date(path, match) if match else None


def _match_path_dates(path: str) -> Iterator[DateMatch]:
    """Yield the dates in a path, those with a day first; DD-MM-YYYY only if the month cannot be the day."""
    for pattern in _DAY_IN_PATH:
        for found in pattern.finditer(path):
            yield DateMatch(*found.span(), expand_year(found["y"]), int(found["m"]), int(found["d"]))
    for found in _DAY_FIRST.finditer(path):
        first, second = int(found["a"]), int(found["b"])
        if first > 12 or second > 12:
            month, day = order_month_and_day(first, second, day_first=True)
            yield DateMatch(*found.span(), int(found["y"]), month, day)
    for found in _MONTH_IN_PATH.finditer(path):
        yield DateMatch(*found.span(), int(found["y"]), int(found["m"]), 0)


def find_upload_date(urls: Iterable[str]) -> FoundDate | None:
    """Return the latest upload date in the names of files: files reused from older articles have earlier dates.

    >>> find_upload_date(["/upload/6382777178944189828450466.png"]).value
    '2023-08-16'
    """
    return max((date for url in urls for date in _iterate_upload_dates(url)), key=lambda date: date.value, default=None)


def _iterate_upload_dates(url: str) -> Iterator[FoundDate]:
    name = url.partition("?")[0].partition("#")[0].rpartition("/")[2][-_MAX_NAME_LENGTH:]
    for found in _DATED_NAME.finditer(name):
        match = DateMatch(*found.span(), int(found["y"]), int(found["m"]), int(found["d"]))
        if is_valid_date(match) and match.year >= _EARLIEST_UPLOAD_YEAR:
            yield build_found_date(name, match)
    for found in _TICKS_NAME.finditer(name):
        yield build_found_date(
            name, _build_date_match(found, datetime(1, 1, 1, tzinfo=UTC) + timedelta(seconds=int(found[1]) // _TICKS_PER_SECOND))
        )
    for found in _UNIX_TIME_NAME.finditer(name):
        yield build_found_date(name, _build_date_match(found, datetime.fromtimestamp(int(found[1]), UTC)))


def _build_date_match(found: re.Match[str], moment: datetime) -> DateMatch:
    return DateMatch(*found.span(), moment.year, moment.month, moment.day)
