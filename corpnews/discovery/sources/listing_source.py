"""The source "listing": the HTML listing pages that every newsroom has."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Final

from corpnews.discovery.data.json_lists import iter_json_lists, merge_links
from corpnews.discovery.data.json_paging import build_next_json_request, is_last_part
from corpnews.discovery.listing_reader import read_listing
from corpnews.discovery.scope import Scope
from corpnews.discovery.source import Source, SourceError, SourceRequest, SourceResponse, SourceResult, StartPage
from corpnews.page.page import Page
from corpnews.web.url_features import has_news_segment, is_blog_url
from corpnews.web.urls import join_url

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# Link: </news/?p=2>; rel="next"
_NEXT_LINK: Final = re.compile(
    r"<([^<>]{1,2000})>\s*;[^<>]{0,200}?\brel\s*=\s*\"?(?:[^\",<>]{0,100}\s)?next(?![\w-])", re.IGNORECASE
)
_MAX_HEADER_LENGTH: Final = 8000
_LINK_IN_HTML = re.compile(r"<\w[^<>]{0,2000}\b(?:href|onclick)\s*=", re.IGNORECASE)
_MAX_STRINGS: Final = 2_000
_MAX_DEPTH: Final = 14
_MAX_HTML_LENGTH: Final = 5_000_000


class ListingSource(Source):
    """HTML listing pages: older pages, years, topics, language editions."""

    name = "listing"

    def initial_requests(self, start: StartPage) -> Iterable[SourceRequest]:
        return (*_iter_linked_requests(start.response), *start.listing.next_requests)

    def parse(self, response: SourceResponse, start: StartPage) -> SourceResult:
        if not response.is_html:
            if "json" not in response.media_type and response.body.lstrip()[:1] not in (b"{", b"["):
                raise SourceError(f"not HTML ({response.media_type})")
            return parse_json_listing(response, start)
        listing = read_listing(response.page, _get_scope(response, start), start.list_places, start.shared_sections)
        start.list_places.update(listing.places)
        return replace(listing, next_requests=(*_iter_linked_requests(response), *listing.next_requests))


def _get_scope(response: SourceResponse, start: StartPage) -> Scope:
    """Return the newsroom's scope: where nothing is below the start page's path, the path of a listing that names news counts."""
    section = Scope.from_start_url(response.url).section
    has_own = any(start.scope.is_below_section(link.url) for link in start.listing.articles)
    names_news = has_news_segment(section) and not is_blog_url(response.url)
    return replace(start.scope, section=section) if names_news and not has_own else start.scope


def parse_json_listing(response: SourceResponse, start: StartPage) -> SourceResult:
    """Read a part of a listing that a script fetches as JSON: its items as objects, or as HTML in strings.

    Raises SourceError if it is not JSON.
    """
    known = [link.url for link in start.listing.articles]
    found = iter_json_lists(response.json, start.response.url, known, start.row_links)
    lists = [each for each in found if each.is_certain or each.place in start.list_places]  # as on another part
    start.list_places.update(each.place for each in lists)
    articles = merge_links(link for each in lists for link in each.links)
    totals = tuple(each.total for each in lists if each.total)
    page = None if articles else _parse_json_html(response)
    listing = read_listing(page, start.scope, start.list_places) if page else SourceResult(articles)
    if is_last_part(response):
        return SourceResult(listing.articles, totals=totals)
    following = build_next_json_request(response, len(listing.articles))
    return SourceResult(listing.articles, (following,) if following else listing.next_requests, totals=totals)


def _parse_json_html(response: SourceResponse) -> Page | None:
    """Return the HTML that a JSON response holds as a page; None if it holds no link."""
    texts = islice(_iter_strings(response.json), _MAX_STRINGS)
    html = "".join(text for text in texts if _LINK_IN_HTML.search(text))[:_MAX_HTML_LENGTH]
    if not html:
        return None
    data, base_url = html.encode("utf-8", "replace"), response.request.base_url
    return Page.from_html(data, response.url, "text/html; charset=utf-8", inserted_at=base_url)


def _iter_strings(value: object, depth: int = 0) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list)) and depth < _MAX_DEPTH:
        for child in value.values() if isinstance(value, dict) else value:
            yield from _iter_strings(child, depth + 1)


def _iter_linked_requests(response: SourceResponse) -> Iterator[SourceRequest]:
    """Yield the request for the next page that the response's Link header names (RFC 8288)."""
    for target in _NEXT_LINK.findall(response.headers.get("link", "")[:_MAX_HEADER_LENGTH]):
        if url := join_url(response.url, target):
            yield SourceRequest(url, ListingSource.name)
