"""Newsrooms by InvestorRoom and MediaRoom, of the PR Newswire family."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpnews.discovery import Source, SourceError, SourceRequest, SourceResult, read_listing
from corpnews.platforms.numbered_pages import find_numbered_links, get_query_number, set_query_parameters
from corpnews.platforms.vendor_listing import find_links_by_class, read_items

if TYPE_CHECKING:
    from collections.abc import Iterable

    from corpnews.discovery import SourceResponse, StartPage
    from corpnews.page.page import Page

_MARKUP = (
    "boolean(//*[starts-with(@class, 'wd_') or contains(@class, ' wd_')]"
    " | //*[contains(@src, 'mediaroom.com/') or contains(@href, 'filecache.mediaroom.com')])"
)
# Classes of the list's own items: quick links next to the list may lead to pages of any kind.
_HEADLINE_CLASSES = ("wd_item", "wd_title")
_NEXT_PAGE_LINK = "boolean(//a[@aria-label='Show next page'][@href])"
_PAGE_SIZE = 100


class InvestorRoomSource(Source):
    """A hundred releases a page, by limit and offset in the query."""

    name = "investorroom"
    platform = "InvestorRoom"

    def initial_requests(self, start: StartPage) -> Iterable[SourceRequest]:
        return self._build_requests(start.page, 0) if start.page.root.xpath(_MARKUP) else ()

    def parse(self, response: SourceResponse, start: StartPage) -> SourceResult:
        page = response.page
        if not page.root.xpath(_MARKUP):
            raise SourceError("the page is not a listing by InvestorRoom")
        items = read_items(page, find_links_by_class(page, *_HEADLINE_CLASSES))
        articles = tuple(items) or read_listing(page, start.scope).articles
        return SourceResult(articles, self._build_requests(page, _find_next_offset(page, len(articles)) if articles else None))

    def _build_requests(self, page: Page, offset: int | None) -> tuple[SourceRequest, ...]:
        return () if offset is None else (SourceRequest(set_query_parameters(page.url, l=_PAGE_SIZE, o=offset), self.name),)


def _find_next_offset(page: Page, count: int) -> int | None:
    """The offset of the next page after `count` releases; None on the last page.

    A page that holds fewer releases than requested has its next offset in the pager.
    """
    here = get_query_number(page.url, "o") or 0
    if count >= _PAGE_SIZE:
        return here + _PAGE_SIZE
    linked = min((number for _, number in find_numbered_links(page, "o") if number > here), default=None)
    return here + count if linked is None and page.root.xpath(_NEXT_PAGE_LINK) else linked
