"""Listings whose items are recognised by a vendor's URLs or classes: link, headline and date of each item."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from corpnews.discovery.articles.listing_dates import DateStyle, parse_date_line
from corpnews.discovery.listing import ArticleLink
from corpnews.discovery.listing_reader import read_listing
from corpnews.discovery.source_requests import SourceError
from corpnews.discovery.vocabulary import READ_MORE_LABELS
from corpnews.extraction.dates.published import parse_stated_date
from corpnews.web.text import get_short_text, normalize_label, normalize_space
from corpnews.web.urls import article_key

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator, Sequence

    from lxml.html import HtmlElement

    from corpnews.discovery.scope import Scope
    from corpnews.extraction.dates import FoundDate
    from corpnews.page.page import Page

_LIST_CONTAINERS = frozenset(("html", "body", "main", "ul", "ol", "dl", "table", "tbody", "form"))
_MAX_ITEM_DEPTH = 12  # boxes above a link
_MAX_ITEM_TEXTS = 60  # pieces of text
_MAX_LISTING_LINKS = 5000
_SEVERAL_TARGETS = "*"


def find_links_by_url(page: Page, pattern: re.Pattern[str]) -> list[HtmlElement]:
    """The links of the page whose href matches the vendor's URL pattern."""
    return [link for link in page.root.iter("a") if pattern.search(link.get("href") or "")]


def read_vendor_listing(page: Page, scope: Scope, pattern: re.Pattern[str]) -> tuple[ArticleLink, ...]:
    """The articles that the page lists; `pattern` finds them if the listing reader does not.

    Raises SourceError if the page lists no article.
    """
    articles = read_listing(page, scope).articles or tuple(read_items(page, find_links_by_url(page, pattern)))
    if not articles:
        raise SourceError("the page lists no releases")
    return articles


def find_links_by_class(page: Page, *marks: str) -> list[HtmlElement]:
    """The links of the page whose ancestors' classes contain each of `marks`."""
    found = []
    for link in page.root.iter("a"):
        if link.get("href"):
            classes = " ".join(above.get("class") or "" for above in islice(link.iterancestors(), _MAX_ITEM_DEPTH))
            if all(mark in classes for mark in marks):
                found.append(link)
    return found


def read_items(page: Page, links: Iterable[HtmlElement]) -> list[ArticleLink]:
    """The articles that the links lead to, each once, in page order."""
    by_key: dict[str, list[HtmlElement]] = {}
    urls: dict[str, str] = {}
    for link in islice(links, _MAX_LISTING_LINKS):
        if url := page.resolve_url(link.get("href")):
            by_key.setdefault(article_key(url), []).append(link)
            urls.setdefault(article_key(url), url)
    owners = _map_targets(by_key)
    style = DateStyle.from_page(page)
    return [_read_item_link(urls[key], same, _find_item(same[0], owners), style) for key, same in by_key.items()]


def _map_targets(by_key: dict[str, list[HtmlElement]]) -> dict[HtmlElement, str]:
    """The article that all links in an element lead to, for each ancestor of the links; MANY if they lead to several."""
    owners: dict[HtmlElement, str] = {}
    for key, links in by_key.items():
        for link in links:
            for above in islice(link.iterancestors(), _MAX_ITEM_DEPTH):
                owners[above] = key if owners.get(above, key) == key else _SEVERAL_TARGETS
    return owners


def _find_item(link: HtmlElement, owners: dict[HtmlElement, str]) -> HtmlElement:
    """The largest element whose links all lead to the link's target."""
    item = link
    for above in islice(link.iterancestors(), _MAX_ITEM_DEPTH):
        if above.tag in _LIST_CONTAINERS or owners[above] == _SEVERAL_TARGETS:
            break
        item = above
    return item


def _read_item_link(url: str, links: Sequence[HtmlElement], item: HtmlElement, style: DateStyle) -> ArticleLink:
    title = max(_find_item_titles(links, item, style), key=len, default=None)
    return ArticleLink(url, title, _find_item_date(item, title or "", style))


def _find_item_titles(links: Sequence[HtmlElement], item: HtmlElement, style: DateStyle) -> Iterator[str]:
    """The texts of the links, or their title attribute if it completes a shortened text; otherwise the item's headings."""
    said = False
    for link in links:
        text, full = get_short_text(link), normalize_space(link.get("title") or "")
        if not text or normalize_label(text) in READ_MORE_LABELS or parse_date_line(text, style):
            continue
        said = True
        yield full if full.startswith(text.rstrip(".… ")) else text
    if not said:
        yield from filter(None, map(get_short_text, item.iter("h1", "h2", "h3", "h4", "h5", "h6")))


def _find_item_date(item: HtmlElement, title: str, style: DateStyle) -> FoundDate | None:
    """The date of an item: of a <time>, or a text that holds nothing but a date; never a date within the headline."""
    for time in item.iter("time"):
        if claim := parse_stated_date(time.get("datetime") or "", style.languages):
            return claim
    texts = [text for text in map(normalize_space, islice(item.itertext(), _MAX_ITEM_TEXTS)) if text and text not in title]
    found = (date for text in (*texts, " ".join(texts)) if (date := parse_date_line(text, style)))
    return next(found, None)
