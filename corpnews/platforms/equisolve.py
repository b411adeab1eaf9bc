"""Newsrooms by Equisolve."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from w3lib.url import url_query_cleaner

from corpnews.discovery import SourceError, SourceResult, read_listing
from corpnews.platforms.numbered_pages import get_query_number, set_query_parameters
from corpnews.platforms.vendor_listing import VendorListingSource, find_links_by_url, read_items

if TYPE_CHECKING:
    from corpnews.discovery import ArticleLink, Scope, SourceResponse, StartPage
    from corpnews.page.page import Page

_MARKUP = "boolean(//h2[contains(@class, 'media-heading')]//a[contains(@href, '/detail/')] | //*[contains(@src, 'equisolve')])"


class EquisolveSource(VendorListingSource):
    """Listing page after listing page: the page size cannot be set."""

    name = "equisolve"
    platform = "Equisolve"
    detail_url = re.compile(r"/detail/\d+/[^/?#]+")

    def find_first_urls(self, page: Page) -> list[str]:
        is_vendor_page = page.root.xpath(_MARKUP) and find_links_by_url(page, self.detail_url)
        return [url_query_cleaner(page.url, ("page",), remove=True)] if is_vendor_page else []

    def parse(self, response: SourceResponse, start: StartPage) -> SourceResult:
        return SourceResult() if _is_first_page_again(response) else super().parse(response, start)

    def read_articles(self, page: Page, scope: Scope) -> tuple[ArticleLink, ...]:
        articles = tuple(read_items(page, find_links_by_url(page, self.detail_url))) or read_listing(page, scope).articles
        if not articles:
            raise SourceError("the page lists no releases")
        return articles

    def find_next_urls(self, page: Page) -> list[str]:
        """The pages that the pager names; the next page if there is no pager."""
        if any("page=" in (link.get("href") or "") for link in page.root.iter("a")):
            return super().find_next_urls(page)
        return [set_query_parameters(page.url, page=(get_query_number(page.url, "page") or 1) + 1)]


def _is_first_page_again(response: SourceResponse) -> bool:
    """Whether the response is the first page although a later one was requested: the list has ended."""
    requested = get_query_number(response.request.url, "page") or 1
    return requested > 1 and (get_query_number(response.url, "page") or 1) != requested
