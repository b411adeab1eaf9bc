"""The base of vendors with listing pages, and the items of listings recognised by a vendor's URLs or classes."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, ClassVar

from corpnews.discovery import ArticleLink, Source, SourceError, SourceRequest, SourceResult, read_listing
from corpnews.discovery.anchors import iter_anchors
from corpnews.discovery.articles.article_links import build_article_links
from corpnews.discovery.articles.item_texts import read_list_items
from corpnews.discovery.articles.list_items import build_list_items
from corpnews.discovery.articles.listing_dates import DateStyle
from corpnews.platforms.numbered_pages import find_later_pages

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable

    from lxml.etree import _Element

    from corpnews.discovery import Scope, SourceResponse, StartPage
    from corpnews.page.page import Page

_MAX_ITEM_DEPTH = 12  # elements above a link
_MAX_LISTING_LINKS = 5000


class VendorListingSource(Source):
    """Listing pages of one vendor, one page leading to the next ones.

    `detail_url` matches the URLs of the vendor's detail pages, `page_parameter` is the parameter that counts pages or releases.
    """

    detail_url: ClassVar[re.Pattern[str]]
    page_parameter: ClassVar[str] = "page"

    def find_first_urls(self, page: Page) -> Iterable[str]:
        """The URLs that start the list; none if the start page is not the vendor's."""
        raise NotImplementedError

    def read_articles(self, page: Page, scope: Scope) -> tuple[ArticleLink, ...]:
        """The articles of a listing page. Raises SourceError if the page is not a list of the vendor's."""
        articles = read_listing(page, scope).articles or tuple(read_items(page, find_links_by_url(page, self.detail_url)))
        if not articles:
            raise SourceError("the page lists no releases")
        return articles

    def find_next_urls(self, page: Page) -> list[str]:
        """The URLs of the pages after this one: those of its pager that count with the page parameter."""
        return find_later_pages(page, self.page_parameter)

    def initial_requests(self, start: StartPage) -> Iterable[SourceRequest]:
        return [SourceRequest(url, self.name) for url in self.find_first_urls(start.page)]

    def parse(self, response: SourceResponse, start: StartPage) -> SourceResult:
        articles = self.read_articles(response.page, start.scope)
        urls = self.find_next_urls(response.page) if articles else ()
        return SourceResult(articles, tuple(SourceRequest(url, self.name) for url in urls))


def find_links_by_url(page: Page, pattern: re.Pattern[str]) -> list[_Element]:
    """The links of the page whose href matches the vendor's URL pattern."""
    return [link for link in page.root.iter("a") if pattern.search(link.get("href") or "")]


def find_links_by_class(page: Page, *classes: str) -> list[_Element]:
    """The links of the page whose ancestors' classes contain each of `classes`."""

    def get_ancestor_classes(link: _Element) -> str:
        return " ".join(above.get("class") or "" for above in islice(link.iterancestors(), _MAX_ITEM_DEPTH))

    links = ((link, get_ancestor_classes(link)) for link in page.root.iter("a") if link.get("href"))
    return [link for link, found in links if all(name in found for name in classes)]


def read_items(page: Page, links: Iterable[_Element]) -> list[ArticleLink]:
    """The articles that the links lead to, each once, in page order."""
    elements = set(islice(links, _MAX_LISTING_LINKS))
    anchors = [anchor for anchor in iter_anchors(page, is_wanted=bool) if anchor.link_ref.element in elements]
    items = build_list_items(page, anchors)
    read_list_items(page, items, DateStyle.from_page(page))
    return build_article_links(items)
