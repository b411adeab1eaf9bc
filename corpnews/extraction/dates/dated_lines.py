"""Lines far from headline and body that state the page's only day."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from corpnews.extraction.dates.locales import detect_date_order
from corpnews.extraction.dates.parse import find_dates
from corpnews.extraction.dates.roles import DateRole, classify_date, remove_date_words
from corpnews.extraction.dates.visible import is_next_to_place
from corpnews.page.layout import Zone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpnews.extraction.dates.date_match import FoundDate
    from corpnews.page.layout import Block

_MAX_LINE_LENGTH: Final = 120
# Maximum number of letters besides date and label: an author, a section.
_MAX_OTHER_LETTERS: Final = 40
_MAX_LABEL_LENGTH: Final = 28
_MAX_LINES: Final = 200
_ZONES_OF_OTHER_CONTENT: Final = (
    Zone.RELATED | Zone.FOOTER | Zone.COMMENT | Zone.ASIDE | Zone.NAV | Zone.AD | Zone.HIDDEN | Zone.FORM
)
_MAX_SENTENCE_LENGTH: Final = 250
_DIGITS = re.compile(r"\d\d")
_COPYRIGHT = re.compile(r"©|\(c\)|copyright", re.IGNORECASE)


def find_only_day(blocks: Sequence[Block], languages: Sequence[str]) -> FoundDate | None:
    """Return the day of the lines marked as publication, else of those marked as modification; None for several days."""
    lines = [block for block in blocks if _may_be_date_line(block)][:_MAX_LINES]
    order = detect_date_order(block.text for block in lines)
    found: dict[DateRole, dict[str, FoundDate]] = {role: {} for role in DateRole}
    for block in lines:
        dates = find_dates(block.spaced_text, languages, order=order)
        if len(dates) == 1 and dates[0].precision not in ("month", "year") and not is_next_to_place(block, blocks):
            role = _classify_line(block, dates[0], blocks[block.index - 1].text if block.index else "")
            found[role].setdefault(dates[0].day, dates[0])
    days = found[DateRole.PUBLISHED] or found[DateRole.MODIFIED]
    return next(iter(days.values())) if len(days) == 1 else None


def find_day_in_month(blocks: Sequence[Block], month: str, languages: Sequence[str]) -> FoundDate | None:
    """Return the only day of the month (2024-05) that short lines of the page give: "Posted on Monday, May 3rd, 2024 by …"."""
    found: dict[str, FoundDate] = {}
    for block in blocks:
        if len(block.text) > _MAX_SENTENCE_LENGTH or not _DIGITS.search(block.text) or block.zone & _ZONES_OF_OTHER_CONTENT:
            continue
        for date in find_dates(block.spaced_text, languages):
            if date.precision != "month" and date.value.startswith(month):
                found.setdefault(date.day, date)
    return next(iter(found.values())) if len(found) == 1 else None


def _may_be_date_line(block: Block) -> bool:
    text = block.text
    return (
        len(text) <= _MAX_LINE_LENGTH
        and not block.zone & _ZONES_OF_OTHER_CONTENT
        and _DIGITS.search(text) is not None
        and not _COPYRIGHT.search(text)
    )


def _classify_line(block: Block, date: FoundDate, label: str) -> DateRole:
    """Return the role that the words around the date give it; a line in a box for author and date is one of publication."""
    text = block.spaced_text
    before, after = text[: date.start], text[date.end :]
    if sum(map(str.isalpha, remove_date_words((before, after)))) > _MAX_OTHER_LETTERS:
        return DateRole.OTHER
    if not before.strip() and len(label) <= _MAX_LABEL_LENGTH:
        before = label
    role = classify_date(before, after)
    return DateRole.PUBLISHED if role is DateRole.UNKNOWN and block.zone & Zone.META else role
