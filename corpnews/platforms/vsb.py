"""Newsrooms on VSB (博达): page numbers count down, the last page is number 1."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpnews.platforms.numbered_pages import MAX_NUMBERED_PAGES
from corpnews.platforms.vendor_listing import VendorListingSource, find_links_by_url

if TYPE_CHECKING:
    from corpnews.page.page import Page

_LIST_URL = re.compile(r"^(.+?)(?:/(\d{1,4}))?\.html?(?:[?#].*)?$")


class VsbSource(VendorListingSource):
    """All pages from the one that the start page links to, down to page 1."""

    name = "vsb"
    platform = "VSB"
    detail_url = re.compile(r"(?:^|/)info/\d+/\d+\.html?$")

    def find_first_urls(self, page: Page) -> list[str]:
        return [page.url] if find_links_by_url(page, self.detail_url) and self.find_next_urls(page) else []

    def find_next_urls(self, page: Page) -> list[str]:
        """The pages down to number 1: /xwzx.htm leads to /xwzx/12.htm, that one to /xwzx/11.htm."""
        here = _LIST_URL.match(page.url)
        if not here:
            return []
        highest = int(here[2]) - 1 if here[2] else _find_highest_page(page, here[1])
        return [f"{here[1]}/{number}.htm" for number in range(highest, max(0, highest - MAX_NUMBERED_PAGES), -1)]


def _find_highest_page(page: Page, stem: str) -> int:
    """The highest page number among the links below the stem; 0 if there are none."""
    urls = (page.resolve_url(link.get("href")) for link in page.root.iter("a"))
    found = (match for url in urls if url and (match := _LIST_URL.match(url)))
    return max((int(match[2]) for match in found if match[1] == stem and match[2]), default=0)
