"""The ways of discovery in the order in which a run goes them: the cheapest and fullest first, the last resorts last."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from corpnews.discovery.sources.embedded_data_source import EmbeddedDataSource
from corpnews.discovery.sources.feed_source import FeedSource, WellKnownFeedSource
from corpnews.discovery.sources.listing_source import ListingSource
from corpnews.discovery.sources.rendered_listing_source import RenderedListingSource
from corpnews.discovery.sources.sitemap_source import SitemapSource
from corpnews.platforms import PLATFORM_SOURCES

if TYPE_CHECKING:
    from corpnews.discovery import Source

LISTING_SOURCE_NAME: Final = ListingSource.name
SOURCES: Final[tuple[Source, ...]] = (
    *PLATFORM_SOURCES,
    EmbeddedDataSource(),
    FeedSource(),
    ListingSource(),
    RenderedListingSource(),
    SitemapSource(),
    WellKnownFeedSource(),
)
