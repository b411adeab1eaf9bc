"""Newsrooms on webplus: listing pages list.htm, list2.htm, list3.htm; the pager says how many there are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from corpnews.discovery.asks import Ask
from corpnews.discovery.listing import Found
from corpnews.discovery.way import Way
from corpnews.extraction.page import joined
from corpnews.extraction.text import text_inside
from corpnews.platforms.listed import articles_of, links_like
from corpnews.platforms.paging import MOST_PAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpnews.discovery.asks import Answer
    from corpnews.discovery.way import Start
    from corpnews.extraction.page import Page

DETAIL = re.compile(r"/(?:19|20)\d\d/\d{4}/c\d+a\d+/page\.htm$")
LIST = re.compile(r"^(.*/list)(\d{0,4})\.htm(?:[?#].*)?$")
PAGES = "//*[contains(@class, 'all_pages')]"


class Webplus(Way):
    """All listing pages up to the number in the pager."""

    name: ClassVar[str] = "webplus"
    platform: ClassVar[str | None] = "webplus"

    def openings(self, start: Start) -> Iterator[Ask]:
        if links_like(start.page, DETAIL) and LIST.match(start.page.url):
            yield Ask(start.page.url, self.name)

    def read(self, answer: Answer, start: Start) -> Found:
        articles = articles_of(answer.page, start.scope, DETAIL)
        return Found(articles, tuple(Ask(url, self.name) for url in later_lists(answer.page)))


def later_lists(page: Page) -> list[str]:
    here = LIST.match(page.url)
    texts = map(text_inside, page.root.xpath(PAGES))
    total = next((int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 6), 0)
    if not here:
        return []
    current = int(here[2] or 1)
    numbers = range(current + 1, min(total, current + MOST_PAGES) + 1)
    return [url for number in numbers if (url := joined(page.url, f"{here[1]}{number}.htm"))]
