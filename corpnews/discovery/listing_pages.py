"""The source "listing": the HTML listing pages that every newsroom has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpnews.discovery.asks import Ask, WayEnded
from corpnews.discovery.finder import find
from corpnews.discovery.listing import Found
from corpnews.discovery.way import Way

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from corpnews.discovery.asks import Answer
    from corpnews.discovery.listing import Listing
    from corpnews.discovery.way import Start


class ListingPages(Way):
    """HTML listing pages: older pages, years, topics, language editions."""

    name = "listing"

    def openings(self, start: Start) -> Iterable[Ask]:
        return following(start.listing)

    def read(self, response: Answer, start: Start) -> Found:
        if not response.is_html:
            raise WayEnded(f"not HTML ({response.media_type})")
        listing = find(response.page, start.scope)
        return Found(listing.articles, tuple(following(listing)))


def following(listing: Listing) -> Iterator[Ask]:
    """Yield the requests for the listing pages that a listing page links to."""
    for url in listing.next_pages:
        yield Ask(url, ListingPages.name)
    yield from listing.posts
