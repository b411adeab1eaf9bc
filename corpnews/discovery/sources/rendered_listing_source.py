"""The source "browser": listings that a script renders, read from the rendered page or from the JSON that it fetched."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Final

from corpnews.discovery.app_shell import is_app_shell
from corpnews.discovery.data.json_lists import find_json_articles, merge_links
from corpnews.discovery.data.json_paging import build_next_json_request
from corpnews.discovery.listing_reader import read_listing
from corpnews.discovery.source import Source, SourceError, SourceRequest, SourceResponse, SourceResult, StartPage
from corpnews.discovery.sources.listing_source import parse_json_listing
from corpnews.web.urls import article_key

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from corpnews.extraction.listing_entry import ArticleLink

_DATA_NOTE: Final = "data"  # the note of a request for JSON


class RenderedListingSource(Source):
    """The start page, rendered by a browser if it is an empty shell. Further pages of its JSON need no browser."""

    name: ClassVar[str] = "browser"
    is_exhaustive: ClassVar[bool] = False  # the browser's time is limited

    def initial_requests(self, start: StartPage) -> Iterable[SourceRequest]:
        """Request the start page from the browser, unless it was rendered or lists articles without a browser."""
        if start.response.request.needs_browser:
            yield SourceRequest(start.response.url, self.name)
        elif not start.listing.articles and is_app_shell(start.page):
            yield SourceRequest(start.response.url, self.name, needs_browser=True)

    def parse(self, response: SourceResponse, start: StartPage) -> SourceResult:
        if response.request.note == _DATA_NOTE:
            return parse_json_listing(response, start)
        listing = read_listing(response.page, start.scope)
        known = [link.url for link in listing.articles]
        lists = [(each, links) for each in response.data_responses if (links := _find_data_articles(each, start, known))]
        articles = merge_links(link for _, links in lists for link in links)
        keys = {article_key(link.url) for link in articles}
        shared = sum(article_key(link.url) in keys for link in listing.articles)
        if articles and 2 * shared >= len(listing.articles):  # else the data are of something else than the page shows
            return SourceResult(merge_links((*articles, *listing.articles)), _build_data_requests(lists))
        if not listing.articles:
            raise SourceError("no article links in the rendered page")
        following = tuple(SourceRequest(url, self.name, needs_browser=True) for url in listing.next_pages)
        return SourceResult(listing.articles, following)


def _find_data_articles(response: SourceResponse, start: StartPage, known: Collection[str]) -> tuple[ArticleLink, ...]:
    """Return the articles of a data response; empty if it is not JSON. Links in it are relative to the start page."""
    try:
        return find_json_articles(response.json, start.response.url, known)
    except SourceError:
        return ()


def _build_data_requests(lists: Sequence[tuple[SourceResponse, Sequence[ArticleLink]]]) -> tuple[SourceRequest, ...]:
    """Build the requests for the pages after the data responses, without a browser; not for those that were fetched already."""
    requests = [request for response, links in lists if (request := build_next_json_request(response, len(links)))]
    further = {request.key: replace(request, source=RenderedListingSource.name, note=_DATA_NOTE) for request in requests}
    had = {response.request.key for response, _ in lists}
    return tuple(request for key, request in further.items() if key not in had)
