"""The ways of discovery in the order in which a run goes them: the cheapest and fullest first, the last resorts last."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from corpnews.discovery.data.embedded import EmbeddedJson
from corpnews.discovery.drawn import Drawn
from corpnews.discovery.feeds import Feeds, WellKnownFeeds
from corpnews.discovery.listing_pages import ListingPages
from corpnews.discovery.sitemaps import Sitemaps
from corpnews.platforms import PLATFORMS

if TYPE_CHECKING:
    from corpnews.discovery import Way

LISTING: Final = ListingPages.name
WAYS: Final[tuple[Way, ...]] = (
    *PLATFORMS,
    EmbeddedJson(),
    Feeds(),
    ListingPages(),
    Drawn(),
    Sitemaps(),
    WellKnownFeeds(),
)
