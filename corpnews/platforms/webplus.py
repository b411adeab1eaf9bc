"""Newsrooms on webplus: listing pages list.htm, list2.htm, list3.htm; the pager says how many there are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpnews.platforms.numbered_pages import MAX_NUMBERED_PAGES
from corpnews.platforms.vendor_listing import VendorListingSource, find_links_by_url
from corpnews.web.text import get_short_text

if TYPE_CHECKING:
    from corpnews.page.page import Page

_LIST_URL = re.compile(r"^(.*/list)(\d{0,4})\.htm(?:[?#].*)?$")
_PAGE_COUNT = "//*[contains(@class, 'all_pages')]"


class WebplusSource(VendorListingSource):
    """All listing pages up to the number in the pager."""

    name = "webplus"
    platform = "webplus"
    detail_url = re.compile(r"/(?:19|20)\d\d/\d{4}/c\d+a\d+/page\.htm$")

    def find_first_urls(self, page: Page) -> list[str]:
        return [page.url] if find_links_by_url(page, self.detail_url) and _LIST_URL.match(page.url) else []

    def find_next_urls(self, page: Page) -> list[str]:
        here = _LIST_URL.match(page.url)
        texts = map(get_short_text, page.root.xpath(_PAGE_COUNT))
        total = next((int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 6), 0)
        if not here:
            return []
        current = int(here[2] or 1)
        return [f"{here[1]}{number}.htm" for number in range(current + 1, min(total, current + MAX_NUMBERED_PAGES) + 1)]
