"""Newsrooms on webplus: listing pages list.htm, list2.htm, list3.htm; the pager says how many there are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from corpnews.discovery.listing import SourceResult
from corpnews.discovery.source import Source
from corpnews.discovery.source_requests import SourceRequest
from corpnews.page.page import join_url
from corpnews.platforms.numbered_pages import MAX_NUMBERED_PAGES
from corpnews.platforms.vendor_listing import find_links_by_url, read_vendor_listing
from corpnews.web.text import get_short_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpnews.discovery.source import StartPage
    from corpnews.discovery.source_requests import SourceResponse
    from corpnews.page.page import Page

_WEBPLUS_DETAIL_URL = re.compile(r"/(?:19|20)\d\d/\d{4}/c\d+a\d+/page\.htm$")
_WEBPLUS_LIST_URL = re.compile(r"^(.*/list)(\d{0,4})\.htm(?:[?#].*)?$")
_PAGE_COUNT = "//*[contains(@class, 'all_pages')]"


class WebplusSource(Source):
    """All listing pages up to the number in the pager."""

    name: ClassVar[str] = "webplus"
    platform: ClassVar[str | None] = "webplus"

    def initial_requests(self, start: StartPage) -> Iterator[SourceRequest]:
        if find_links_by_url(start.page, _WEBPLUS_DETAIL_URL) and _WEBPLUS_LIST_URL.match(start.page.url):
            yield SourceRequest(start.page.url, self.name)

    def parse(self, answer: SourceResponse, start: StartPage) -> SourceResult:
        articles = read_vendor_listing(answer.page, start.scope, _WEBPLUS_DETAIL_URL)
        return SourceResult(articles, tuple(SourceRequest(url, self.name) for url in _build_later_list_urls(answer.page)))


def _build_later_list_urls(page: Page) -> list[str]:
    here = _WEBPLUS_LIST_URL.match(page.url)
    texts = map(get_short_text, page.root.xpath(_PAGE_COUNT))
    total = next((int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 6), 0)
    if not here:
        return []
    current = int(here[2] or 1)
    numbers = range(current + 1, min(total, current + MAX_NUMBERED_PAGES) + 1)
    return [url for number in numbers if (url := join_url(page.url, f"{here[1]}{number}.htm"))]
