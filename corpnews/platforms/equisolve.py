"""Newsrooms by Equisolve."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from w3lib.url import url_query_cleaner

from corpnews.discovery import find
from corpnews.discovery.asks import Ask, WayEnded
from corpnews.discovery.listing import Found
from corpnews.discovery.way import Way
from corpnews.platforms.listed import links_like, listed
from corpnews.platforms.paging import later_pages, number_in, numbered_links, with_parameters

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpnews.discovery.asks import Answer
    from corpnews.discovery.way import Start
    from corpnews.extraction.page import Page

DETAIL = re.compile(r"/detail/\d+/[^/?#]+")
MARKS = "boolean(//h2[contains(@class, 'media-heading')]//a[contains(@href, '/detail/')] | //*[contains(@src, 'equisolve')])"


class Equisolve(Way):
    """Listing page after listing page: the page size cannot be set."""

    name: ClassVar[str] = "equisolve"
    platform: ClassVar[str | None] = "Equisolve"

    def openings(self, start: Start) -> Iterator[Ask]:
        if is_equisolve(start.page):
            yield Ask(url_query_cleaner(start.page.url, ("page",), remove=True), self.name)

    def read(self, answer: Answer, start: Start) -> Found:
        if is_sent_back(answer):
            return Found()
        page = answer.page
        articles = tuple(listed(page, links_like(page, DETAIL))) or find(page, start.scope).articles
        if not articles:
            raise WayEnded("the page lists no releases")
        return Found(articles, tuple(Ask(url, self.name) for url in further(page)))


def is_equisolve(page: Page) -> bool:
    return bool(page.root.xpath(MARKS)) and bool(links_like(page, DETAIL))


def is_sent_back(answer: Answer) -> bool:
    """Whether the response is the first page although a later one was requested: the list has ended."""
    asked = number_in(answer.ask.url, "page") or 1
    return asked > 1 and (number_in(answer.url, "page") or 1) != asked


def further(page: Page) -> list[str]:
    """The URLs of the pages that the pager names; of the next page if there is no pager."""
    if any(numbered_links(page, "page")):
        return later_pages(page, "page", first=1)
    return [with_parameters(page.url, page=(number_in(page.url, "page") or 1) + 1)]
