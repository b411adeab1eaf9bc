"""Newsrooms on VSB (博达): page numbers count down, the last page is number 1."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from corpnews.discovery.listing import SourceResult
from corpnews.discovery.source import Source
from corpnews.discovery.source_requests import SourceRequest
from corpnews.page.page import join_url
from corpnews.platforms.numbered_pages import MAX_NUMBERED_PAGES
from corpnews.platforms.vendor_listing import find_links_by_url, read_vendor_listing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpnews.discovery.source import StartPage
    from corpnews.discovery.source_requests import SourceResponse
    from corpnews.page.page import Page

_VSB_DETAIL_URL = re.compile(r"(?:^|/)info/\d+/\d+\.html?$")
_VSB_LIST_URL = re.compile(r"^(.+?)(?:/(\d{1,4}))?\.html?(?:[?#].*)?$")


class VsbSource(Source):
    """All pages from the one that the start page links to, down to page 1."""

    name: ClassVar[str] = "vsb"
    platform: ClassVar[str | None] = "VSB"

    def initial_requests(self, start: StartPage) -> Iterator[SourceRequest]:
        if find_links_by_url(start.page, _VSB_DETAIL_URL) and _build_lower_page_urls(start.page):
            yield SourceRequest(start.page.url, self.name)

    def parse(self, answer: SourceResponse, start: StartPage) -> SourceResult:
        articles = read_vendor_listing(answer.page, start.scope, _VSB_DETAIL_URL)
        return SourceResult(articles, tuple(SourceRequest(url, self.name) for url in _build_lower_page_urls(answer.page)))


def _build_lower_page_urls(page: Page) -> list[str]:
    """The URLs of the next pages down to number 1: /xwzx.htm leads to /xwzx/12.htm, that one to /xwzx/11.htm."""
    here = _VSB_LIST_URL.match(page.url)
    if not here:
        return []
    stem, number = here[1], here[2]
    highest = int(number) - 1 if number else _find_highest_page(page, stem)
    return [
        url
        for each in range(highest, max(0, highest - MAX_NUMBERED_PAGES), -1)
        if (url := join_url(page.url, f"{stem}/{each}.htm"))
    ]


def _find_highest_page(page: Page, stem: str) -> int:
    """The highest page number among the links below the stem; 0 if there are none."""
    urls = (page.resolve_url(link.get("href")) for link in page.root.iter("a"))
    found = (match for url in urls if url and (match := _VSB_LIST_URL.match(url)))
    return max((int(match[2]) for match in found if match[1] == stem and match[2]), default=0)
