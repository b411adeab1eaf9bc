"""The base of vendors with listing pages, and the items of listings recognised by a vendor's URLs or classes."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, ClassVar

from corpnews.discovery import ArticleLink, Source, SourceError, SourceRequest, SourceResult, read_listing
from corpnews.discovery.articles.listing_dates import DateStyle, parse_date_line
from corpnews.discovery.vocabulary import READ_MORE_LABELS
from corpnews.extraction.dates.published import parse_stated_date
from corpnews.web.text import get_short_text, normalize_label, normalize_space
from corpnews.web.urls import article_key

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator, Sequence

    from lxml.html import HtmlElement

    from corpnews.discovery import Scope, SourceResponse, StartPage
    from corpnews.extraction.dates import FoundDate
    from corpnews.page.page import Page

_LIST_CONTAINERS = frozenset(("html", "body", "main", "ul", "ol", "dl", "table", "tbody", "form"))
_MAX_ITEM_DEPTH = 12  # boxes above a link
_MAX_ITEM_TEXTS = 60  # pieces of text
_MAX_LISTING_LINKS = 5000
_SEVERAL_TARGETS = "*"


class VendorListingSource(Source):
    """Listing pages of one vendor, one page leading to the next ones.

    `detail_url` matches the URLs of the vendor's detail pages.
    """

    detail_url: ClassVar[re.Pattern[str]]

    def find_first_urls(self, page: Page) -> Iterable[str]:
        """The URLs that start the list; none if the start page is not the vendor's."""
        raise NotImplementedError

    def read_articles(self, page: Page, scope: Scope) -> tuple[ArticleLink, ...]:
        """The articles of a listing page. Raises SourceError if the page is not a list of the vendor's."""
        articles = read_listing(page, scope).articles or tuple(read_items(page, find_links_by_url(page, self.detail_url)))
        if not articles:
            raise SourceError("the page lists no releases")
        return articles

    def find_next_urls(self, page: Page) -> Iterable[str]:
        """The URLs of the pages after this one."""
        raise NotImplementedError

    def initial_requests(self, start: StartPage) -> Iterable[SourceRequest]:
        return [SourceRequest(url, self.name) for url in self.find_first_urls(start.page)]

    def parse(self, response: SourceResponse, start: StartPage) -> SourceResult:
        articles = self.read_articles(response.page, start.scope)
        urls = self.find_next_urls(response.page) if articles else ()
        return SourceResult(articles, tuple(SourceRequest(url, self.name) for url in urls))


def find_links_by_url(page: Page, pattern: re.Pattern[str]) -> list[HtmlElement]:
    """The links of the page whose href matches the vendor's URL pattern."""
    return [link for link in page.root.iter("a") if pattern.search(link.get("href") or "")]


def find_links_by_class(page: Page, *classes: str) -> list[HtmlElement]:
    """The links of the page whose ancestors' classes contain each of `classes`."""

    def get_ancestor_classes(link: HtmlElement) -> str:
        return " ".join(above.get("class") or "" for above in islice(link.iterancestors(), _MAX_ITEM_DEPTH))

    links = ((link, get_ancestor_classes(link)) for link in page.root.iter("a") if link.get("href"))
    return [link for link, found in links if all(name in found for name in classes)]


def read_items(page: Page, links: Iterable[HtmlElement]) -> list[ArticleLink]:
    """The articles that the links lead to, each once, in page order."""
    by_key: dict[str, list[HtmlElement]] = {}
    urls: dict[str, str] = {}
    for link in islice(links, _MAX_LISTING_LINKS):
        if url := page.resolve_url(link.get("href")):
            by_key.setdefault(article_key(url), []).append(link)
            urls.setdefault(article_key(url), url)
    targets = _map_targets(by_key)
    style = DateStyle.from_page(page)
    return [_read_item_link(urls[key], same, _find_item(same[0], targets), style) for key, same in by_key.items()]


def _map_targets(by_key: dict[str, list[HtmlElement]]) -> dict[HtmlElement, str]:
    """The article that all links in an element lead to, for each ancestor of the links; _SEVERAL_TARGETS if to several."""
    targets: dict[HtmlElement, str] = {}
    for key, links in by_key.items():
        for link in links:
            for above in islice(link.iterancestors(), _MAX_ITEM_DEPTH):
                targets[above] = key if targets.get(above, key) == key else _SEVERAL_TARGETS
    return targets


def _find_item(link: HtmlElement, targets: dict[HtmlElement, str]) -> HtmlElement:
    """The largest element whose links all lead to the link's target."""
    item = link
    for above in islice(link.iterancestors(), _MAX_ITEM_DEPTH):
        if above.tag in _LIST_CONTAINERS or targets[above] == _SEVERAL_TARGETS:
            break
        item = above
    return item


def _read_item_link(url: str, links: Sequence[HtmlElement], item: HtmlElement, style: DateStyle) -> ArticleLink:
    title = max(_find_item_titles(links, item, style), key=len, default=None)
    return ArticleLink(url, title, _find_item_date(item, title or "", style))


def _find_item_titles(links: Sequence[HtmlElement], item: HtmlElement, style: DateStyle) -> Iterator[str]:
    """The texts of the links, or their title attribute if it completes a shortened text; otherwise the item's headings."""
    has_text = False
    for link in links:
        text, title = get_short_text(link), normalize_space(link.get("title") or "")
        if not text or normalize_label(text) in READ_MORE_LABELS or parse_date_line(text, style):
            continue
        has_text = True
        yield title if title.startswith(text.rstrip(".… ")) else text
    if not has_text:
        yield from filter(None, map(get_short_text, item.iter("h1", "h2", "h3", "h4", "h5", "h6")))


def _find_item_date(item: HtmlElement, title: str, style: DateStyle) -> FoundDate | None:
    """The date of an item: of a <time>, or a text that holds nothing but a date; never a date within the headline."""
    for time in item.iter("time"):
        if date := parse_stated_date(time.get("datetime") or "", style.languages):
            return date
    texts = [text for text in map(normalize_space, islice(item.itertext(), _MAX_ITEM_TEXTS)) if text and text not in title]
    dates = (parse_date_line(text, style) for text in (*texts, " ".join(texts)))
    return next(filter(None, dates), None)
