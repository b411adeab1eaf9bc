"""Newsrooms on VSB (博达): page numbers count down, the last page is number 1."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from corpnews.discovery.asks import Ask
from corpnews.discovery.listing import Found
from corpnews.discovery.way import Way
from corpnews.extraction.page import joined
from corpnews.platforms.listed import articles_of, links_like
from corpnews.platforms.paging import MOST_PAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpnews.discovery.asks import Answer
    from corpnews.discovery.way import Start
    from corpnews.extraction.page import Page

DETAIL = re.compile(r"(?:^|/)info/\d+/\d+\.html?$")
LIST = re.compile(r"^(.+?)(?:/(\d{1,4}))?\.html?(?:[?#].*)?$")


class Vsb(Way):
    """All pages from the one that the start page links to, down to page 1."""

    name: ClassVar[str] = "vsb"
    platform: ClassVar[str | None] = "VSB"

    def openings(self, start: Start) -> Iterator[Ask]:
        if links_like(start.page, DETAIL) and pages_below(start.page):
            yield Ask(start.page.url, self.name)

    def read(self, answer: Answer, start: Start) -> Found:
        articles = articles_of(answer.page, start.scope, DETAIL)
        return Found(articles, tuple(Ask(url, self.name) for url in pages_below(answer.page)))


def pages_below(page: Page) -> list[str]:
    """The URLs of the next pages down to number 1: /xwzx.htm leads to /xwzx/12.htm, that one to /xwzx/11.htm."""
    here = LIST.match(page.url)
    if not here:
        return []
    stem, number = here[1], here[2]
    highest = int(number) - 1 if number else highest_linked(page, stem)
    return [url for each in range(highest, max(0, highest - MOST_PAGES), -1) if (url := joined(page.url, f"{stem}/{each}.htm"))]


def highest_linked(page: Page, stem: str) -> int:
    """The highest page number among the links below the stem; 0 if there are none."""
    urls = (page.absolute(link.get("href")) for link in page.root.iter("a"))
    found = (match for url in urls if url and (match := LIST.match(url)))
    return max((int(match[2]) for match in found if match[1] == stem and match[2]), default=0)
