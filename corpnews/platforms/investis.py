"""Newsrooms by Investis Digital: one list for each year."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from corpnews.discovery import SourceError
from corpnews.discovery.pagers.forms import read_options
from corpnews.extraction.dates import find_dates
from corpnews.platforms.numbered_pages import get_query_number
from corpnews.platforms.vendor_listing import VendorListingSource, find_links_by_url, read_items

if TYPE_CHECKING:
    from corpnews.discovery import ArticleLink, Scope
    from corpnews.page.page import Page

_YEAR_PAGE = re.compile(r"/((?:19|20)\d\d)/?(?:$|[?#])")
_YEAR_TEXT = re.compile(r"(?:19|20)\d\d")
_VENDOR_NAME = re.compile(r"investis", re.IGNORECASE)
_EMPTY_YEAR_NOTICE = re.compile(r"information will appear here in due course", re.IGNORECASE)


class InvestisSource(VendorListingSource):
    """The list of each year that the page names, and the pages behind its "load more" link."""

    name = "investis"
    platform = "Investis"
    detail_url = re.compile(r"/(?:19|20)\d\d/(\d\d-\d\d-(?:19|20)\d\d)-\d+/?(?:$|[?#])")

    def find_first_urls(self, page: Page) -> list[str]:
        """The start page and all years except the one that it shows, if its "load more" link says which that is."""
        years = _find_years(page)
        if not years or not (_has_vendor_credit(page) or find_links_by_url(page, self.detail_url)):
            return []
        shown = {match[1] for url in self.find_next_urls(page) if (match := _YEAR_PAGE.search(url))}
        return [page.url, *(f"{_get_list_root(page.url)}/{year}" for year in sorted(years - shown, reverse=True))]

    def read_articles(self, page: Page, scope: Scope) -> tuple[ArticleLink, ...]:  # noqa: ARG002 - URLs identify releases
        articles = tuple(map(self._add_date, read_items(page, find_links_by_url(page, self.detail_url))))
        if not articles and not any(_EMPTY_YEAR_NOTICE.search(block.text) for block in page.layout.blocks):
            raise SourceError("the page is not a list of releases by Investis")
        return articles

    def find_next_urls(self, page: Page) -> list[str]:
        """The URLs behind "load more": later pages of a year of this list."""
        here, root = get_query_number(page.url, "page") or 1, _get_list_root(page.url)
        urls = (page.resolve_url(link.get("href")) for link in page.root.iter("a") if "page=" in (link.get("href") or ""))
        return [url for url in urls if url and (get_query_number(url, "page") or 0) > here and _get_list_root(url) == root]

    def _add_date(self, link: ArticleLink) -> ArticleLink:
        """The link with the date from its URL, if the listing shows none."""
        match = self.detail_url.search(link.url)
        if link.date or not match:
            return link
        return replace(link, date=next(iter(find_dates(match[1], order="mdy")), None))


def _get_list_root(url: str) -> str:
    """The URL of the list without year and query.

    >>> _get_list_root("https://example.com/news-releases/2024?page=2")
    'https://example.com/news-releases'
    """
    plain = re.split(r"[?#]", url)[0]
    return _YEAR_PAGE.sub("", plain).rstrip("/")


def _has_vendor_credit(page: Page) -> bool:
    """Whether a link or the footer names the vendor."""
    hrefs = (link.get("href") or "" for link in page.root.iter("a"))
    texts = (block.text for block in page.layout.blocks[-20:])
    return any(map(_VENDOR_NAME.search, (*hrefs, *texts)))


def _find_years(page: Page) -> set[str]:
    """The years that the page offers: in links below this list or in a drop-down."""
    root = _get_list_root(page.url)
    urls = (page.resolve_url(link.get("href")) or "" for link in page.root.iter("a"))
    linked = {match[1] for url in urls if (match := _YEAR_PAGE.search(url)) and _get_list_root(url) == root}
    options = (pair for select in page.root.iter("select") for pair in read_options(select))
    chosen = {text for value, text in options if _YEAR_TEXT.fullmatch(text) and text in value}
    return linked | chosen | set(_YEAR_PAGE.findall(page.url))
