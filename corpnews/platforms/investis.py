"""Newsrooms by Investis Digital: one list for each year."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from corpnews.discovery.asks import Ask, WayEnded
from corpnews.discovery.listing import Found
from corpnews.discovery.pagers.forms import options_of
from corpnews.discovery.way import Way
from corpnews.extraction.dates import find_dates
from corpnews.platforms.listed import links_like, listed
from corpnews.platforms.paging import number_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpnews.discovery.asks import Answer
    from corpnews.discovery.listing import ArticleLink
    from corpnews.discovery.way import Start
    from corpnews.extraction.page import Page

DETAIL = re.compile(r"/(?:19|20)\d\d/(\d\d-\d\d-(?:19|20)\d\d)-\d+/?(?:$|[?#])")
YEAR_PAGE = re.compile(r"/((?:19|20)\d\d)/?(?:$|[?#])")
A_YEAR = re.compile(r"(?:19|20)\d\d")
MAKER = re.compile(r"investis", re.IGNORECASE)
NOTHING = re.compile(r"information will appear here in due course", re.IGNORECASE)


class Investis(Way):
    """The list of each year that the page names, and the pages behind its "load more" link."""

    name: ClassVar[str] = "investis"
    platform: ClassVar[str | None] = "Investis"

    def openings(self, start: Start) -> Iterator[Ask]:
        """Request the start page and all years except the one that it shows, if its "load more" link says which that is."""
        page = start.page
        years = years_of(page)
        if not years or not (names_maker(page) or links_like(page, DETAIL)):
            return
        shown = {match[1] for url in further_pages(page) if (match := YEAR_PAGE.search(url))}
        for url in (page.url, *(f"{root_of(page.url)}/{year}" for year in sorted(years - shown, reverse=True))):
            yield Ask(url, self.name)

    def read(self, answer: Answer, start: Start) -> Found:  # noqa: ARG002 - the signature of all sources
        page = answer.page
        articles = tuple(map(dated, listed(page, links_like(page, DETAIL))))
        if not articles and not is_empty_year(page):
            raise WayEnded("the page is not a list of releases by Investis")
        further = further_pages(page) if articles else []
        return Found(articles, tuple(Ask(url, self.name) for url in further))


def root_of(url: str) -> str:
    """The URL of the list without year and query.

    >>> root_of("https://example.com/news-releases/2024?page=2")
    'https://example.com/news-releases'
    """
    plain = re.split(r"[?#]", url)[0]
    return YEAR_PAGE.sub("", plain).rstrip("/")


def further_pages(page: Page) -> list[str]:
    """The URLs behind "load more": later pages of a year of this list."""
    here, root = number_in(page.url, "page") or 1, root_of(page.url)
    urls = (page.absolute(link.get("href")) for link in page.root.iter("a") if "page=" in (link.get("href") or ""))
    return [url for url in urls if url and (number_in(url, "page") or 0) > here and root_of(url) == root]


def names_maker(page: Page) -> bool:
    """Whether a link or the footer names the vendor."""
    near = (link.get("href") or "" for link in page.root.iter("a"))
    texts = (block.text for block in page.layout.blocks[-20:])
    return any(map(MAKER.search, (*near, *texts)))


def years_of(page: Page) -> set[str]:
    """The years that the page offers: in links below this list or in a drop-down."""
    root = root_of(page.url)
    urls = (page.absolute(link.get("href")) or "" for link in page.root.iter("a"))
    linked = {match[1] for url in urls if (match := YEAR_PAGE.search(url)) and root_of(url) == root}
    options = (pair for select in page.root.iter("select") for pair in options_of(select))
    chosen = {text for value, text in options if A_YEAR.fullmatch(text) and text in value}
    return linked | chosen | set(YEAR_PAGE.findall(page.url))


def is_empty_year(page: Page) -> bool:
    return any(NOTHING.search(block.text) for block in page.layout.blocks)


def dated(link: ArticleLink) -> ArticleLink:
    """The link with the date from its URL, if the listing shows none."""
    named = DETAIL.search(link.url)
    if link.date or not named:
        return link
    date = next(iter(find_dates(named[1], day_first=False)), None)
    return replace(link, date=date)
