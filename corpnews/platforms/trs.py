"""Newsrooms on TRS: listing pages index.html, index_1.html, index_2.html; a script renders the pager."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpnews.discovery.script_links import iter_inline_scripts
from corpnews.platforms.numbered_pages import MAX_NUMBERED_PAGES
from corpnews.platforms.vendor_listing import VendorListingSource
from corpnews.web.urls import join_url

if TYPE_CHECKING:
    from corpnews.page.page import Page

# createPageHTML(total, current, "index", "html"); some newsrooms name the pager's element first
_PAGER_CALL = re.compile(
    r"""createPageHTML\(\s*(?:["'][\w-]{1,40}["']\s*,\s*)?(\d{1,5})\s*,\s*(\d{1,5})\s*,\s*["']([\w-]{1,40})["']\s*,\s*["'](\w{1,6})["']""",
)


class TrsSource(VendorListingSource):
    """The listing pages that the pager's script would link to."""

    name = "trs"
    platform = "TRS"
    detail_url = re.compile(r"/t(?:19|20)\d{6}_\d+\.s?html?$")

    def find_first_urls(self, page: Page) -> list[str]:
        return [page.url] if self.find_next_urls(page) else []

    def find_next_urls(self, page: Page) -> list[str]:
        match = next((match for script in iter_inline_scripts(page) if (match := _PAGER_CALL.search(script))), None)
        if not match:
            return []
        total, current, stem, ending = int(match[1]), int(match[2]), match[3], match[4]
        numbers = range(current + 1, min(total, current + MAX_NUMBERED_PAGES))
        return [url for number in numbers if (url := join_url(page.url, f"{stem}_{number}.{ending}"))]
