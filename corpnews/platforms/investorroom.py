"""Newsrooms by InvestorRoom and MediaRoom, of the PR Newswire family."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from corpnews.discovery import read_listing
from corpnews.discovery.listing import SourceResult
from corpnews.discovery.source import Source
from corpnews.discovery.source_requests import SourceError, SourceRequest
from corpnews.platforms.numbered_pages import find_numbered_links, get_query_number, set_query_parameters
from corpnews.platforms.vendor_listing import find_links_by_class, read_items

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpnews.discovery.source import StartPage
    from corpnews.discovery.source_requests import SourceResponse
    from corpnews.page.page import Page

_INVESTORROOM_MARKUP = (
    "boolean(//*[starts-with(@class, 'wd_') or contains(@class, ' wd_')]"
    " | //*[contains(@src, 'mediaroom.com/') or contains(@href, 'filecache.mediaroom.com')])"
)
# Classes of the list's own items: quick links next to the list may lead to pages of any kind.
_HEADLINE_CLASSES = ("wd_item", "wd_title")
_NEXT_PAGE_LINK = "boolean(//a[@aria-label='Show next page'][@href])"
_RELEASES_PER_PAGE = 100


class InvestorRoomSource(Source):
    """A hundred releases a page, by limit and offset in the query."""

    name: ClassVar[str] = "investorroom"
    platform: ClassVar[str | None] = "InvestorRoom"

    def initial_requests(self, start: StartPage) -> Iterator[SourceRequest]:
        if _is_investorroom_page(start.page):
            yield SourceRequest(set_query_parameters(start.page.url, l=_RELEASES_PER_PAGE, o=0), self.name)

    def parse(self, answer: SourceResponse, start: StartPage) -> SourceResult:
        page = answer.page
        if not _is_investorroom_page(page):
            raise SourceError("the page is not a listing by InvestorRoom")
        articles = (
            tuple(read_items(page, find_links_by_class(page, *_HEADLINE_CLASSES))) or read_listing(page, start.scope).articles
        )
        further = _find_next_offset(page, len(articles)) if articles else None
        return SourceResult(
            articles,
            ()
            if further is None
            else (SourceRequest(set_query_parameters(page.url, l=_RELEASES_PER_PAGE, o=further), self.name),),
        )


def _is_investorroom_page(page: Page) -> bool:
    return bool(page.root.xpath(_INVESTORROOM_MARKUP))


def _find_next_offset(page: Page, count: int) -> int | None:
    """The offset of the next page after `count` releases; None on the last page.

    A page that holds fewer releases than requested has its next offset in the pager.
    """
    here = get_query_number(page.url, "o") or 0
    if count >= _RELEASES_PER_PAGE:
        return here + _RELEASES_PER_PAGE
    linked = min((number for _, number in find_numbered_links(page, "o") if number > here), default=None)
    if linked is None and page.root.xpath(_NEXT_PAGE_LINK):
        return here + count
    return linked
