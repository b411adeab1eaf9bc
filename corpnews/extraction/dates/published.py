"""Date of publication and of modification: the choice among all dates that a page states."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from itertools import islice
from typing import TYPE_CHECKING, Final

from corpnews.extraction.dates.dated_lines import find_day_in_month, find_only_day
from corpnews.extraction.dates.locales import detect_date_order, get_date_languages, get_possible_days
from corpnews.extraction.dates.parse import find_dates
from corpnews.extraction.dates.roles import DateRole
from corpnews.extraction.dates.url_dates import find_date_in_url, find_upload_date
from corpnews.extraction.dates.visible import DateWindow, VisibleDate, VisibleDates

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from corpnews.extraction.dates.date_match import FoundDate
    from corpnews.extraction.structured_data import Claim, StructuredData
    from corpnews.page.layout import Block, BodyRegion
    from corpnews.page.page import Page

_EARLIEST_YEAR: Final = "1990"
_MAX_CLAIM_LENGTH: Final = 60
_COMPACT_DATE = re.compile(r"(19\d\d|20\d\d)(\d\d)(\d\d)(?!\d)")
_UTC_OFFSET = re.compile(r"[+-]\d\d:\d\d$")
_EMBEDDED_DATE = re.compile(
    r"\b(?:date_?published|published_?(?:at|on|time|date)|pub(?:lish)?_?(?:date|time)|created_?at)(?:&quot;|\W){1,6}"
    r"(\d{4}-\d\d-\d\d[\dT:.+Z-]{0,20})",
    re.IGNORECASE,
)
# Each name of an embedded date has one of them, and they are found much sooner than the pattern
_WORDS_OF_EMBEDDED_DATES: Final = ("publish", "created", "pubdate", "pubtime", "pub_")
_MAX_SCRIPT_LENGTH: Final = 500_000
_MAX_EMBEDDED_DATES: Final = 5
_UTC_OFFSETS: Final = range(-12, 15)
# Minimum score of a visible date that overrides the listing's date and the structured data.
_SURE_SCORE: Final = 8
# Minimum score of an earlier visible date than data that gives one day for publication and last modification.
_LIKELY_SCORE: Final = 6
_IMAGE_NAME_ATTRIBUTES: Final = ("src", "data-src", "data-original", "data-lazy-src", "alt")
_MIN_LENGTH_WITH_TIME: Final = len("2024-05-03T14:30")
# The time of a day without one: midnight, and noon UTC, with which Drupal fills its fields for days.
_NO_TIME: Final = re.compile(r"T00:00(?::00)?(?:\D|$)|T12:00:00(?:Z|\+00:00)")


class ArticleDates:
    """The dates of an article: of publication and of modification, among all that the page states."""

    def __init__(self, page: Page, data: StructuredData, headline: Block | None, region: BodyRegion | None) -> None:
        self._page, self._data, self._region = page, data, region
        self._languages = get_date_languages(page)
        self._visible = VisibleDates(DateWindow(page.layout, headline, region), self._languages)

    def find_published(self, listed: FoundDate | None = None) -> tuple[FoundDate, str] | None:
        """Return the date of publication and its source, or None.

        `listed` is the date next to the link that led to the page. The source is one of json-ld, meta, microdata, visible,
        dateline, listing, url, embedded-data, image-name.
        """
        claims = list(self._iter_claimed(self._data.date_published))
        stated = claims[0] if claims else self._find_in_meta()
        changed = self._find_claimed(self._data.date_modified)
        in_url = find_date_in_url(self._page.url)
        known = [found for found in (stated and stated[0], listed, in_url) if found]
        visible = self._find_visible(known, near_headline_only=stated is not None)
        printed = _find_moment(visible)
        if stated:
            stated = _find_printed_claim(printed, claims) or stated
            is_printed = any(each.date.day == stated[0].day and each.score >= _SURE_SCORE for each in visible)
            overruled = (
                printed is not None and not is_printed and _overrules_stated_date(printed, stated[0], changed and changed[0])
            )
            return (_set_time(printed.date, stated[0]), printed.source) if printed and overruled else stated
        if printed and printed.score >= _SURE_SCORE:
            return printed.date, printed.source
        if listed:
            return listed, "listing"
        if in_url and (in_url.precision == "day" or not printed or printed.role is DateRole.MODIFIED):
            said = find_day_in_month(self._page.layout.blocks, in_url.value, self._languages)
            return (said, "visible") if said else (in_url, "url")
        if printed:
            return printed.date, printed.source
        return _find_hidden_date(self._page, self._region)

    def find_modified(self, published: FoundDate | None = None) -> FoundDate | None:
        """Return when the article was last modified; None if that is not stated, or not later than `published`."""
        stated = self._find_claimed(self._data.date_modified)
        if stated:
            changed: FoundDate | None = stated[0]
        else:
            dates = self._find_visible((), near_headline_only=False)
            changed = next((printed.date for printed in dates if printed.role is DateRole.MODIFIED), None)
            if changed and changed == published:  # the page states no other date
                return changed
        return changed if changed and (published is None or is_later_date(changed, published)) else None

    def _find_claimed(self, claims: Sequence[Claim]) -> tuple[FoundDate, str] | None:
        """Return the first claim that is a date, and its source."""
        return next(self._iter_claimed(claims), None)

    def _iter_claimed(self, claims: Sequence[Claim]) -> Iterator[tuple[FoundDate, str]]:
        for claim in claims:
            found = parse_stated_date(claim.value, self._languages)
            if found:
                yield found, claim.source

    def _find_in_meta(self) -> tuple[FoundDate, str] | None:
        """Return the date of a meta element with an uncommon name that contains "pub" and "date" or "time"."""
        for name, content in self._page.meta.items():
            if "pub" in name and ("date" in name or "time" in name):
                found = parse_stated_date(content, self._languages)
                if found:
                    return found, "meta"
        return None

    def _find_visible(self, known: Sequence[FoundDate], *, near_headline_only: bool) -> list[VisibleDate]:
        """Return the visible dates, the likeliest first; `known` are dates from other sources, used to resolve 12/09/24."""
        dates = self._visible.find(near_headline_only=near_headline_only)
        readings = get_possible_days(dates[0].date.raw) if dates else {}
        if len(readings) > 1:
            order = _detect_order_on_page(readings, known, self._page)
            if order and readings.get(order, dates[0].date.day) != dates[0].date.day:
                dates = self._visible.find(near_headline_only=near_headline_only, order=order)
        return [printed for printed in dates if printed.date.value >= _EARLIEST_YEAR]


def _find_moment(visible: Sequence[VisibleDate]) -> VisibleDate | None:
    """Return the likeliest visible date; of a day, with the time that an attribute of the page states for it."""
    printed = next(iter(visible), None)
    if printed is None or printed.date.precision != "day":
        return printed
    same_day = (each.date for each in visible if each.date.day == printed.date.day and each.role is not DateRole.MODIFIED)
    timed = (date for date in same_day if len(date.value) >= _MIN_LENGTH_WITH_TIME)
    moment = next((date for date in timed if not _NO_TIME.search(date.value)), None)
    return replace(printed, date=replace(printed.date, value=moment.value, precision=moment.precision)) if moment else printed


def _find_printed_claim(printed: VisibleDate | None, claims: Sequence[tuple[FoundDate, str]]) -> tuple[FoundDate, str] | None:
    """Return the claim with the day that is printed next to the headline, of claims that differ; None if there is none."""
    if printed is None or printed.role is DateRole.MODIFIED:
        return None
    return next((claim for claim in claims if claim[0].day == printed.date.day), None)


def is_later_date(one: FoundDate, other: FoundDate) -> bool:
    if one.day != other.day:
        return one.day > other.day
    return min(len(one.value), len(other.value)) >= _MIN_LENGTH_WITH_TIME and one.value > other.value


def parse_stated_date(value: str, languages: Sequence[str] = ()) -> FoundDate | None:
    """Parse a date of structured data.

    >>> parse_stated_date("20240503").value
    '2024-05-03'
    """
    value = value.strip()[:_MAX_CLAIM_LENGTH]
    compact = _COMPACT_DATE.match(value)
    if compact:
        value = "-".join(compact.groups()) + value[compact.end() :]
    return next((found for found in find_dates(value, languages) if found.value >= _EARLIEST_YEAR), None)


def _overrules_stated_date(printed: VisibleDate, stated: FoundDate, changed: FoundDate | None) -> bool:
    """Return whether the visible date is the article's rather than the one in the structured data.

    The two may differ by a day because of time zones, or by more if the data was created when the article was migrated to a
    new system. A visible day that is the stated day of the last modification is taken as that.
    """
    day = printed.date.day
    if printed.role is DateRole.MODIFIED or printed.source == "dateline" or len(day) < len(stated.day) or day == stated.day:
        return False
    if _find_time_zone(day, stated) or day in get_possible_days(stated.raw).values():
        return True
    if changed and changed.day <= stated.day and day < stated.day:  # the data's day of publication is that of a later change
        return printed.score >= _LIKELY_SCORE
    return printed.score >= _SURE_SCORE and not (changed and count_days_between(day, changed.day) <= 1)


def _set_time(printed: FoundDate, stated: FoundDate) -> FoundDate:
    """Return a visible day as the stated moment if that is midnight in some time zone: the site's own."""
    zone = _find_time_zone(printed.day, stated) if printed.precision == "day" else None
    if zone is None:
        return printed
    moment = datetime.fromisoformat(stated.value).astimezone(zone)
    if moment.hour or moment.minute:
        return printed
    return replace(printed, value=moment.isoformat(timespec=f"{stated.precision}s"), precision=stated.precision)


def _find_time_zone(day: str, stated: FoundDate) -> timezone | None:
    """Return the time zone, of those the nearest to the stated one, in which a time with a UTC offset falls on `day`."""
    if not _UTC_OFFSET.search(stated.value) or stated.precision == "day":
        return None
    moment = datetime.fromisoformat(stated.value)
    own = int((moment.utcoffset() or timedelta()) / timedelta(hours=1))
    zones = (timezone(timedelta(hours=hours)) for hours in sorted(_UTC_OFFSETS, key=lambda hours: abs(hours - own)))
    return next((zone for zone in zones if str(moment.astimezone(zone).date()) == day), None)


def count_days_between(one: str, other: str) -> int:
    """Return the number of days between two ISO dates; a month or year counts as its first day.

    >>> count_days_between("2024-05-03", "2024-05")
    2
    """
    first, second = (date.fromisoformat(f"{text}-01-01"[:10]) for text in (one, other))
    return abs((first - second).days)


def _detect_order_on_page(readings: Mapping[str, str], known: Sequence[FoundDate], page: Page) -> str | None:
    """Return the order of numeric dates: by another date of the article, else by the other dates on the page."""
    for found in known:
        for order, day in readings.items():
            if found.day == day:
                return order
    return detect_date_order(block.text for block in page.layout.blocks)


def _find_hidden_date(page: Page, region: BodyRegion | None) -> tuple[FoundDate, str] | None:
    """Return the date in the page's scripts, else of its only dated line, else of the upload of its images."""
    if embedded := _find_embedded_date(page):
        return embedded, "embedded-data"
    if only := find_only_day(page.layout.blocks, get_date_languages(page)):
        return only, "visible"
    uploaded = find_upload_date(_get_image_names(page, region))
    return (uploaded, "image-name") if uploaded else None


def _find_embedded_date(page: Page) -> FoundDate | None:
    """Return the only date of publication in the page's scripts; several are those of several articles."""
    texts = [script.text or "" for script in page.elements["script"]] + list(page.meta.values())
    days: dict[str, str] = {}
    for text in texts:
        start = text[:_MAX_SCRIPT_LENGTH]
        lower = start.lower()
        if not any(word in lower for word in _WORDS_OF_EMBEDDED_DATES):
            continue
        for found in islice(_EMBEDDED_DATE.finditer(start), _MAX_EMBEDDED_DATES):
            days.setdefault(found[1][:10], found[1])
    return parse_stated_date(*days.values()) if len(days) == 1 else None


def _get_image_names(page: Page, region: BodyRegion | None) -> list[str]:
    """Return the file names of the images in the body, also from alternative texts, where editors leave them."""
    if region is None:
        return []
    images = [image for image in page.layout.images if region.first <= image.index <= region.last + 1]
    inside = [image.element for image in images if image.box.is_inside(region.box)]
    return [name for element in inside for attribute in _IMAGE_NAME_ATTRIBUTES if (name := element.get(attribute))]
