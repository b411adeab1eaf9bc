"""Archives that say how many releases a year or month has: "2024 (13)", "May 2024 (3)"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from corpnews.discovery.anchors import read_link_text
from corpnews.discovery.articles.listing_dates import parse_month_label
from corpnews.discovery.vocabulary import YEAR_LABEL
from corpnews.web.text import normalize_space

if TYPE_CHECKING:
    from corpnews.page.page import Page

_MAX_ARCHIVE_LINKS: Final = 500
_MAX_LABEL_LENGTH: Final = 42

_COUNT_AT_END = re.compile(r"^(.{1,40}?)\s*[(（\[]\s*(\d{1,4})\s*[)）\]]$")


@dataclass(frozen=True, slots=True)
class ArchiveCount:
    """A link to the releases of a year or month ("2024" or "2024-05") that says how many there are."""

    period: str
    number: int
    url: str


def find_archive_counts(page: Page) -> list[ArchiveCount]:
    """Return the years or months that the page links to with the number of their releases, whichever it has more of."""
    counts: dict[str, ArchiveCount] = {}
    for link in islice(page.layout.links, _MAX_ARCHIVE_LINKS):
        tail = (link.element.tail or "")[:12].partition(")")
        text = normalize_space(f"{read_link_text(link.element)} {tail[0]}{tail[1]}")
        found = _COUNT_AT_END.match(text) if len(text) < _MAX_LABEL_LENGTH else None
        url, period = page.resolve_url(link.element.get("href")), _read_period(found[1]) if found else ""
        if found and period and url:
            counts.setdefault(period, ArchiveCount(period, int(found[2]), url))
    years = [count for count in counts.values() if len(count.period) == 4]
    months = [count for count in counts.values() if len(count.period) > 4]
    return max(years, months, key=len)


def _read_period(label: str) -> str:
    """Return the year or month that a label consists of.

    >>> _read_period("2024"), _read_period("May 2024"), _read_period("2024/5"), _read_period("Berlin")
    ('2024', '2024-05', '2024-05', '')
    """
    if year := YEAR_LABEL.match(label):
        return year[1]
    month = parse_month_label(label)
    return month.value if month else ""
