"""Newsrooms on TRS: listing pages index.html, index_1.html, index_2.html; a script renders the pager."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from corpnews.discovery.asks import Ask
from corpnews.discovery.listing import Found
from corpnews.discovery.way import Way
from corpnews.extraction.page import joined
from corpnews.platforms.listed import articles_of
from corpnews.platforms.paging import MOST_PAGES
from corpnews.platforms.scripts import scripts_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpnews.discovery.asks import Answer
    from corpnews.discovery.way import Start
    from corpnews.extraction.page import Page

# createPageHTML(total, current, "index", "html"); some newsrooms name the pager's element first
DRAWN = re.compile(
    r"""createPageHTML\(\s*(?:["'][\w-]{1,40}["']\s*,\s*)?(\d{1,5})\s*,\s*(\d{1,5})\s*,\s*["']([\w-]{1,40})["']\s*,\s*["'](\w{1,6})["']""",
)
DETAIL = re.compile(r"/t(?:19|20)\d{6}_\d+\.s?html?$")


class Trs(Way):
    """The listing pages that the pager's script would link to."""

    name: ClassVar[str] = "trs"
    platform: ClassVar[str | None] = "TRS"

    def openings(self, start: Start) -> Iterator[Ask]:
        if drawn_pages(start.page):
            yield Ask(start.page.url, self.name)

    def read(self, answer: Answer, start: Start) -> Found:
        articles = articles_of(answer.page, start.scope, DETAIL)
        return Found(articles, tuple(Ask(url, self.name) for url in drawn_pages(answer.page)))


def drawn_pages(page: Page) -> list[str]:
    """The URLs of the pages after this one, from the arguments of the pager's script."""
    match = next((match for script in scripts_of(page) if (match := DRAWN.search(script))), None)
    if not match:
        return []
    total, current, stem, ending = int(match[1]), int(match[2]), match[3], match[4]
    numbers = range(current + 1, min(total, current + MOST_PAGES))
    return [url for number in numbers if (url := joined(page.url, f"{stem}_{number}.{ending}"))]
