"""Newsrooms by InvestorRoom and MediaRoom, of the PR Newswire family."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpnews.discovery import SourceError, read_listing
from corpnews.platforms.numbered_pages import get_query_number, set_query_parameters
from corpnews.platforms.vendor_listing import VendorListingSource, find_links_by_class, read_items

if TYPE_CHECKING:
    from corpnews.discovery import ArticleLink, Scope
    from corpnews.page.page import Page

_MARKUP = (
    "boolean(//*[starts-with(@class, 'wd_') or contains(@class, ' wd_')]"
    " | //*[contains(@src, 'mediaroom.com/') or contains(@href, 'filecache.mediaroom.com')])"
)
# Classes of the list's own items: quick links next to the list may lead to pages of any kind.
_HEADLINE_CLASSES = ("wd_item", "wd_title")
_PAGE_SIZE = 100


class InvestorRoomSource(VendorListingSource):
    """A hundred releases a page, by limit and offset in the query."""

    name = "investorroom"
    platform = "InvestorRoom"
    page_parameter = "o"

    def find_first_urls(self, page: Page) -> list[str]:
        return [set_query_parameters(page.url, l=_PAGE_SIZE, o=0)] if page.root.xpath(_MARKUP) else []

    def read_articles(self, page: Page, scope: Scope) -> tuple[ArticleLink, ...]:
        if not page.root.xpath(_MARKUP):
            raise SourceError("the page is not a listing by InvestorRoom")
        return tuple(read_items(page, find_links_by_class(page, *_HEADLINE_CLASSES))) or read_listing(page, scope).articles

    def find_next_urls(self, page: Page) -> list[str]:
        """The next page by the pager, which knows how many releases a page holds; without one, the page after a full one."""
        is_full = len(find_links_by_class(page, *_HEADLINE_CLASSES)) >= _PAGE_SIZE
        following = set_query_parameters(page.url, o=(get_query_number(page.url, "o") or 0) + _PAGE_SIZE)
        return super().find_next_urls(page)[:1] or ([following] if is_full else [])
