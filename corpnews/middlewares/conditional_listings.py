"""Asks for listings, feeds and sitemaps only if they have changed since the last run."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final, Self

from scrapy.exceptions import NotConfigured
from scrapy.responsetypes import responsetypes

from corpnews.browser.render_request import RENDER_KEY
from corpnews.crawler import NewsroomSpider
from corpnews.crawler.http import NOT_MODIFIED, build_conditional_headers, read_validators
from corpnews.state import KnownListing

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

UNCHANGED_LISTINGS_STAT: Final = "corpnews/listings/unchanged"
_MAX_AGE: Final = timedelta(hours=20)  # once a day the whole listing is fetched: some servers answer 304 whatever has changed
_OK: Final = 200


class ConditionalListingsMiddleware:
    """Sends the validators that came with a listing; where it is unchanged, the spider gets the listing as it came then."""

    def __init__(self, spider: NewsroomSpider) -> None:
        self._spider = spider

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        if not isinstance(crawler.spider, NewsroomSpider):
            raise NotConfigured
        return cls(crawler.spider)

    def process_request(self, request: Request) -> None:
        if known := self._find_known(request):
            request.headers.update(build_conditional_headers(known.validators))

    def process_response(self, request: Request, response: Response) -> Response:
        if (url := self._get_listing_url(request)) is None:
            return response
        if response.status == NOT_MODIFIED and (known := self._find_known(request)):
            self._spider.crawler.stats.inc_value(UNCHANGED_LISTINGS_STAT)
            self._spider.run.journal.keep_listing(url, known)
            return _build_response(known, request)
        validators = read_validators(response)
        if response.status == _OK and (validators.etag or validators.last_modified):
            media_type = (response.headers.get("Content-Type") or b"").decode("latin-1")
            listing = KnownListing(response.url, media_type, response.body, validators, self._spider.run.journal.now)
            self._spider.run.journal.keep_listing(url, listing)
        return response

    def _find_known(self, request: Request) -> KnownListing | None:
        url = self._get_listing_url(request)
        known = self._spider.run.history.find_listing(url) if url and not self._spider.arguments.full else None
        return known if known and abs(datetime.now(UTC) - known.fetched) < _MAX_AGE else None

    def _get_listing_url(self, request: Request) -> str | None:
        """The URL that was requested as a listing, before redirects; None for requests with data of their own, and all others."""
        source_request = request.cb_kwargs.get("source_request")
        if not source_request or source_request["body"] is not None or source_request["headers"] or RENDER_KEY in request.meta:
            return None
        url: str = source_request["url"]
        return url


def _build_response(listing: KnownListing, request: Request) -> Response:
    headers = {"Content-Type": listing.media_type}
    response_class = responsetypes.from_args(
        headers={b"Content-Type": listing.media_type.encode("latin-1", "replace")}, body=listing.body
    )
    return response_class(listing.url, headers=headers, body=listing.body, request=request, flags=["unchanged"])
