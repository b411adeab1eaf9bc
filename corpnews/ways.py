"""The ways of discovery in the order in which a run goes them: the cheapest and fullest first, the last resorts last."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from corpnews.discovery.listing_pages import ListingPages

if TYPE_CHECKING:
    from corpnews.discovery import Way

LISTING: Final = ListingPages.name
WAYS: Final[tuple[Way, ...]] = (ListingPages(),)
