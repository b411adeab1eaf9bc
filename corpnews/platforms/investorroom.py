"""Newsrooms by InvestorRoom and MediaRoom, of the PR Newswire family."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from corpnews.discovery import find
from corpnews.discovery.asks import Ask, WayEnded
from corpnews.discovery.listing import Found
from corpnews.discovery.way import Way
from corpnews.platforms.listed import links_below, listed
from corpnews.platforms.paging import number_in, numbered_links, with_parameters

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpnews.discovery.asks import Answer
    from corpnews.discovery.way import Start
    from corpnews.extraction.page import Page

MARKS = (
    "boolean(//*[starts-with(@class, 'wd_') or contains(@class, ' wd_')]"
    " | //*[contains(@src, 'mediaroom.com/') or contains(@href, 'filecache.mediaroom.com')])"
)
# Classes of the list's own items: quick links next to the list may lead to pages of any kind.
HEADLINES = ("wd_item", "wd_title")
NEXT = "boolean(//a[@aria-label='Show next page'][@href])"
MANY = 100


class InvestorRoom(Way):
    """A hundred releases a page, by limit and offset in the query."""

    name: ClassVar[str] = "investorroom"
    platform: ClassVar[str | None] = "InvestorRoom"

    def openings(self, start: Start) -> Iterator[Ask]:
        if has_marks(start.page):
            yield Ask(with_parameters(start.page.url, l=MANY, o=0), self.name)

    def read(self, answer: Answer, start: Start) -> Found:
        page = answer.page
        if not has_marks(page):
            raise WayEnded("the page is not a listing by InvestorRoom")
        articles = tuple(listed(page, links_below(page, *HEADLINES))) or find(page, start.scope).articles
        further = offset_after(page, len(articles)) if articles else None
        return Found(articles, () if further is None else (Ask(with_parameters(page.url, l=MANY, o=further), self.name),))


def has_marks(page: Page) -> bool:
    return bool(page.root.xpath(MARKS))


def offset_after(page: Page, count: int) -> int | None:
    """The offset of the next page after `count` releases; None on the last page.

    A page that holds fewer releases than requested has its next offset in the pager.
    """
    here = number_in(page.url, "o") or 0
    if count >= MANY:
        return here + MANY
    linked = min((number for _, number in numbered_links(page, "o") if number > here), default=None)
    if linked is None and page.root.xpath(NEXT):
        return here + count
    return linked
