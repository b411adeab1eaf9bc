"""Newsrooms on TRS: listing pages index.html, index_1.html, index_2.html; a script renders the pager."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from corpnews.discovery.listing import SourceResult
from corpnews.discovery.source import Source
from corpnews.discovery.source_requests import SourceRequest
from corpnews.page.page import join_url
from corpnews.platforms.inline_scripts import get_inline_scripts
from corpnews.platforms.numbered_pages import MAX_NUMBERED_PAGES
from corpnews.platforms.vendor_listing import read_vendor_listing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpnews.discovery.source import StartPage
    from corpnews.discovery.source_requests import SourceResponse
    from corpnews.page.page import Page

# createPageHTML(total, current, "index", "html"); some newsrooms name the pager's element first
_PAGER_CALL = re.compile(
    r"""createPageHTML\(\s*(?:["'][\w-]{1,40}["']\s*,\s*)?(\d{1,5})\s*,\s*(\d{1,5})\s*,\s*["']([\w-]{1,40})["']\s*,\s*["'](\w{1,6})["']""",
)
_TRS_DETAIL_URL = re.compile(r"/t(?:19|20)\d{6}_\d+\.s?html?$")


class TrsSource(Source):
    """The listing pages that the pager's script would link to."""

    name: ClassVar[str] = "trs"
    platform: ClassVar[str | None] = "TRS"

    def initial_requests(self, start: StartPage) -> Iterator[SourceRequest]:
        if _build_scripted_page_urls(start.page):
            yield SourceRequest(start.page.url, self.name)

    def parse(self, answer: SourceResponse, start: StartPage) -> SourceResult:
        articles = read_vendor_listing(answer.page, start.scope, _TRS_DETAIL_URL)
        return SourceResult(articles, tuple(SourceRequest(url, self.name) for url in _build_scripted_page_urls(answer.page)))


def _build_scripted_page_urls(page: Page) -> list[str]:
    """The URLs of the pages after this one, from the arguments of the pager's script."""
    match = next((match for script in get_inline_scripts(page) if (match := _PAGER_CALL.search(script))), None)
    if not match:
        return []
    total, current, stem, ending = int(match[1]), int(match[2]), match[3], match[4]
    numbers = range(current + 1, min(total, current + MAX_NUMBERED_PAGES))
    return [url for number in numbers if (url := join_url(page.url, f"{stem}_{number}.{ending}"))]
