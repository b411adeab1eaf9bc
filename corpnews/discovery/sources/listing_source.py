"""The source "listing": the HTML listing pages that every newsroom has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpnews.discovery.listing_reader import read_listing
from corpnews.discovery.source import Listing, Source, SourceError, SourceRequest, SourceResponse, SourceResult, StartPage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class ListingSource(Source):
    """HTML listing pages: older pages, years, topics, language editions."""

    name = "listing"

    def initial_requests(self, start: StartPage) -> Iterable[SourceRequest]:
        return _iter_listing_requests(start.listing)

    def parse(self, response: SourceResponse, start: StartPage) -> SourceResult:
        if not response.is_html:
            raise SourceError(f"not HTML ({response.media_type})")
        listing = read_listing(response.page, start.scope, start.list_places)
        start.list_places.update(listing.places)
        return SourceResult(listing.articles, tuple(_iter_listing_requests(listing)), listing.uncertain_lists)


def _iter_listing_requests(listing: Listing) -> Iterator[SourceRequest]:
    """Yield the requests for the listing pages that a listing page links to."""
    for url in listing.next_pages:
        yield SourceRequest(url, ListingSource.name)
    yield from listing.post_requests
