"""Date of publication and of modification: the choice among all dates that a page states."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from corpnews.extraction.dates.markers import Role
from corpnews.extraction.dates.names import locale
from corpnews.extraction.dates.order import both_readings, day_first_in
from corpnews.extraction.dates.parse import FoundDate, find_dates
from corpnews.extraction.dates.stamps import date_in_url, upload_date
from corpnews.extraction.dates.visible import Printed, Window, printed_dates

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpnews.extraction.blocks import Block, Region
    from corpnews.extraction.facts import Claim, Facts
    from corpnews.extraction.page import Page

FIRST_YEAR: Final = "1990"
LONGEST_CLAIM: Final = 60
COMPACT = re.compile(r"(19\d\d|20\d\d)(\d\d)(\d\d)(?!\d)")
ZONE = re.compile(r"[+-]\d\d:\d\d$")
FARTHEST_ZONES: Final = (-12, 14)
# Minimum score of a visible date that overrides the listing's date and the structured data.
SURE: Final = 8
FILE_ATTRIBUTES: Final = ("src", "data-src", "data-original", "data-lazy-src", "alt")
SHORTEST_TIME: Final = len("2024-05-03T14:30")


def publication_date(
    page: Page, facts: Facts, headline: Block | None, region: Region | None, listed: FoundDate | None = None
) -> tuple[FoundDate, str] | None:
    """Return the date of publication and its source, or None.

    `listed` is the date next to the link that led to the page. The source is one of json-ld, meta, microdata, visible,
    dateline, listing, url, image-name.
    """
    stated = stated_date(facts.date_published, page) or date_in_meta(page)
    changed = stated_date(facts.date_modified, page)
    in_url = date_in_url(page.url)
    known = [found for found in (stated and stated[0], listed, in_url) if found]
    printed = next(iter(dates_on_page(page, headline, region, known, near_headline_only=stated is not None)), None)
    if stated:
        overruled = printed is not None and overrules(printed, stated[0], changed and changed[0])
        return (printed.date, printed.source) if printed and overruled else stated
    if printed and printed.score >= SURE:
        return printed.date, printed.source
    if listed:
        return listed, "listing"
    if in_url and (in_url.precision == "day" or not printed):
        return in_url, "url"
    if printed:
        return printed.date, printed.source
    uploaded = upload_date(image_names(page, region))
    return (uploaded, "image-name") if uploaded else None


def modification_date(
    page: Page, facts: Facts, headline: Block | None, region: Region | None, published: FoundDate | None = None
) -> FoundDate | None:
    """Return when the article was last modified; None if that is not stated, or not later than `published`."""
    stated = stated_date(facts.date_modified, page)
    if stated:
        changed: FoundDate | None = stated[0]
    else:
        dates = dates_on_page(page, headline, region, near_headline_only=True)
        changed = next((printed.date for printed in dates if printed.role is Role.MODIFIED), None)
    return changed if changed and (published is None or is_later(changed, published)) else None


def is_later(one: FoundDate, other: FoundDate) -> bool:
    if one.day != other.day:
        return one.day > other.day
    return min(len(one.value), len(other.value)) >= SHORTEST_TIME and one.value > other.value


def stated_date(claims: Sequence[Claim], page: Page) -> tuple[FoundDate, str] | None:
    """Return the first claim that is a date, and its source."""
    for claim in claims:
        found = read_claim(claim.value, languages_of(page))
        if found:
            return found, claim.source
    return None


def date_in_meta(page: Page) -> tuple[FoundDate, str] | None:
    """Return the date of a meta element with an uncommon name that contains "publi" and "date" or "time"."""
    for name, content in page.meta.items():
        if "publi" in name and ("date" in name or "time" in name):
            found = read_claim(content, languages_of(page))
            if found:
                return found, "meta"
    return None


def read_claim(value: str, languages: Sequence[str] = ()) -> FoundDate | None:
    """Parse a date of structured data.

    >>> read_claim("20240503").value
    '2024-05-03'
    """
    value = value.strip()[:LONGEST_CLAIM]
    compact = COMPACT.match(value)
    if compact:
        value = "-".join(compact.groups()) + value[compact.end() :]
    return next((found for found in find_dates(value, languages) if found.value >= FIRST_YEAR), None)


def overrules(printed: Printed, stated: FoundDate, changed: FoundDate | None) -> bool:
    """Return whether the visible date is the article's rather than the one in the structured data.

    The two may differ by a day because of time zones, or by more if the data was created when the article was migrated to a
    new system. A visible day that is the stated day of the last modification is taken as that.
    """
    day = printed.date.day
    if printed.role is Role.MODIFIED or printed.source == "dateline" or len(day) < len(stated.day) or day == stated.day:
        return False
    if is_same_moment(day, stated) or day in (both_readings(stated.raw) or ()):
        return True
    return printed.score >= SURE and not (changed and days_between(day, changed.day) <= 1)


def is_same_moment(day: str, stated: FoundDate) -> bool:
    """Return whether a time with a UTC offset falls on `day` in any time zone."""
    if not ZONE.search(stated.value) or stated.precision == "day":
        return False
    moment = datetime.fromisoformat(stated.value).astimezone(UTC)
    return any(str((moment + timedelta(hours=zone)).date()) == day for zone in FARTHEST_ZONES)


def days_between(one: str, other: str) -> int:
    """Return the number of days between two ISO dates; a month or year counts as its first day.

    >>> days_between("2024-05-03", "2024-05")
    2
    """
    first, second = (date.fromisoformat(f"{text}-01-01"[:10]) for text in (one, other))
    return abs((first - second).days)


def dates_on_page(
    page: Page, headline: Block | None, region: Region | None, known: Sequence[FoundDate] = (), *, near_headline_only: bool
) -> list[Printed]:
    """Return the visible dates, the likeliest first; `known` are dates from other sources, used to resolve 12/09/24."""
    languages = languages_of(page)
    window = Window(page.layout, headline, region, near_headline_only=near_headline_only)
    dates = printed_dates(window, page.root, languages)
    readings = both_readings(dates[0].date.raw) if dates else None
    if readings:
        day_first = order_told(readings, known, page)
        if day_first is not None and readings[not day_first] != dates[0].date.day:
            dates = printed_dates(window, page.root, languages, day_first=day_first)
    return [printed for printed in dates if printed.date.value >= FIRST_YEAR]


def order_told(readings: tuple[str, str], known: Sequence[FoundDate], page: Page) -> bool | None:
    """Return whether numeric dates put the day first: by another date of the article, else by the other dates on the page."""
    for found in known:
        if found.day in readings:
            return found.day == readings[0]
    return day_first_in(block.text for block in page.layout.blocks)


def languages_of(page: Page) -> tuple[str, ...]:
    return likely_languages(page.language_tag or "", page.host.rpartition(".")[2])


@lru_cache(maxsize=1024)
def likely_languages(tag: str, top_level_domain: str) -> tuple[str, ...]:
    """Return the page's language, preceded by its variant in the country of the host, if that exists.

    >>> likely_languages("en-US", "uk"), likely_languages("de", "com")
    (('en_GB', 'en-US'), ('de',))
    """
    country = {"uk": "GB"}.get(top_level_domain, top_level_domain.upper())
    language = re.split(r"[-_]", tag)[0] or "en"
    local = locale(f"{language}-{country}") if len(country) == 2 else None
    spoken = (str(local),) if local and local.territory else ()
    return (*spoken, tag) if tag else spoken


def image_names(page: Page, region: Region | None) -> list[str]:
    """Return the file names of the images in the body, also from alternative texts, where editors leave them."""
    if region is None:
        return []
    marks = [mark for mark in page.layout.images if region.first <= mark.index <= region.last + 1]
    inside = [mark.element for mark in marks if any(box is region.box for box in mark.box.ancestors())]
    return [name for element in inside for attribute in FILE_ATTRIBUTES if (name := element.get(attribute))]
