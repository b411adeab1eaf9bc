"""What is known about an article before its page is fetched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corpnews.extraction.dates import FoundDate


@dataclass(frozen=True, slots=True)
class ListingEntry:
    """What the listing, feed or other source that led to an article says about it.

    Attributes:
        title: The text of the link, or the title in the feed.
        date: The date of publication.
        date_source: Name of the source of the date.
        translations: The same release in other languages, as (BCP 47 tag, URL).
    """

    title: str | None = None
    date: FoundDate | None = None
    date_source: str = "listing"
    translations: tuple[tuple[str, str], ...] = ()


NO_LISTING_ENTRY = ListingEntry()
