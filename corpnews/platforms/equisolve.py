"""Newsrooms by Equisolve."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from w3lib.url import url_query_cleaner

from corpnews.discovery import read_listing
from corpnews.discovery.listing import SourceResult
from corpnews.discovery.source import Source
from corpnews.discovery.source_requests import SourceError, SourceRequest
from corpnews.platforms.numbered_pages import build_later_page_urls, find_numbered_links, get_query_number, set_query_parameters
from corpnews.platforms.vendor_listing import find_links_by_url, read_items

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpnews.discovery.source import StartPage
    from corpnews.discovery.source_requests import SourceResponse
    from corpnews.page.page import Page

_EQUISOLVE_DETAIL_URL = re.compile(r"/detail/\d+/[^/?#]+")
_EQUISOLVE_MARKUP = (
    "boolean(//h2[contains(@class, 'media-heading')]//a[contains(@href, '/detail/')] | //*[contains(@src, 'equisolve')])"
)


class EquisolveSource(Source):
    """Listing page after listing page: the page size cannot be set."""

    name: ClassVar[str] = "equisolve"
    platform: ClassVar[str | None] = "Equisolve"

    def initial_requests(self, start: StartPage) -> Iterator[SourceRequest]:
        if _is_equisolve_page(start.page):
            yield SourceRequest(url_query_cleaner(start.page.url, ("page",), remove=True), self.name)

    def parse(self, answer: SourceResponse, start: StartPage) -> SourceResult:
        if _is_first_page_again(answer):
            return SourceResult()
        page = answer.page
        articles = (
            tuple(read_items(page, find_links_by_url(page, _EQUISOLVE_DETAIL_URL))) or read_listing(page, start.scope).articles
        )
        if not articles:
            raise SourceError("the page lists no releases")
        return SourceResult(articles, tuple(SourceRequest(url, self.name) for url in _build_later_urls(page)))


def _is_equisolve_page(page: Page) -> bool:
    return bool(page.root.xpath(_EQUISOLVE_MARKUP)) and bool(find_links_by_url(page, _EQUISOLVE_DETAIL_URL))


def _is_first_page_again(answer: SourceResponse) -> bool:
    """Whether the response is the first page although a later one was requested: the list has ended."""
    asked = get_query_number(answer.request.url, "page") or 1
    return asked > 1 and (get_query_number(answer.url, "page") or 1) != asked


def _build_later_urls(page: Page) -> list[str]:
    """The URLs of the pages that the pager names; of the next page if there is no pager."""
    if any(find_numbered_links(page, "page")):
        return build_later_page_urls(page, "page", first=1)
    return [set_query_parameters(page.url, page=(get_query_number(page.url, "page") or 1) + 1)]
