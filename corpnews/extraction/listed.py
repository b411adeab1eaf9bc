"""What is known of an article before its page is seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corpnews.extraction.dates import FoundDate


@dataclass(frozen=True, slots=True)
class Listed:
    """What the listing, feed or other way that led to the article said of it.

    `dated_by` names the way that gave the date; `translations` are (BCP 47 tag, URL) of the same release in other languages.
    """

    title: str | None = None
    date: FoundDate | None = None
    dated_by: str = "listing"
    translations: tuple[tuple[str, str], ...] = ()


UNLISTED = Listed()
