"""Listings whose items are recognised by a vendor's URLs or classes: link, headline and date of each item."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from corpnews.discovery.articles.datelines import DateStyle, date_line
from corpnews.discovery.asks import WayEnded
from corpnews.discovery.finder import find
from corpnews.discovery.listing import ArticleLink
from corpnews.discovery.urls import article_key
from corpnews.discovery.words import MORE, label_of
from corpnews.extraction.dates.published import read_claim
from corpnews.extraction.text import folded, text_inside

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator, Sequence

    from lxml.html import HtmlElement

    from corpnews.discovery.scope import Scope
    from corpnews.extraction.dates import FoundDate
    from corpnews.extraction.page import Page

NO_ITEM = frozenset(("html", "body", "main", "ul", "ol", "dl", "table", "tbody", "form"))
HIGHEST_ITEM = 12  # boxes above a link
LONGEST_ITEM = 60  # pieces of text
MOST_LINKS = 5000
MANY = "*"


def links_like(page: Page, pattern: re.Pattern[str]) -> list[HtmlElement]:
    """The links of the page whose href matches the vendor's URL pattern."""
    return [link for link in page.root.iter("a") if pattern.search(link.get("href") or "")]


def articles_of(page: Page, scope: Scope, pattern: re.Pattern[str]) -> tuple[ArticleLink, ...]:
    """The articles that the page lists; `pattern` finds them if the listing reader does not.

    Raises SourceError if the page lists no article.
    """
    articles = find(page, scope).articles or tuple(listed(page, links_like(page, pattern)))
    if not articles:
        raise WayEnded("the page lists no releases")
    return articles


def links_below(page: Page, *marks: str) -> list[HtmlElement]:
    """The links of the page whose ancestors' classes contain each of `marks`."""
    found = []
    for link in page.root.iter("a"):
        if link.get("href"):
            classes = " ".join(above.get("class") or "" for above in islice(link.iterancestors(), HIGHEST_ITEM))
            if all(mark in classes for mark in marks):
                found.append(link)
    return found


def listed(page: Page, links: Iterable[HtmlElement]) -> list[ArticleLink]:
    """The articles that the links lead to, each once, in page order."""
    by_key: dict[str, list[HtmlElement]] = {}
    urls: dict[str, str] = {}
    for link in islice(links, MOST_LINKS):
        if url := page.absolute(link.get("href")):
            by_key.setdefault(article_key(url), []).append(link)
            urls.setdefault(article_key(url), url)
    owners = owners_of(by_key)
    style = DateStyle.of(page)
    return [read_item(urls[key], same, item_of(same[0], owners), style) for key, same in by_key.items()]


def owners_of(by_key: dict[str, list[HtmlElement]]) -> dict[HtmlElement, str]:
    """The article that all links in an element lead to, for each ancestor of the links; MANY if they lead to several."""
    owners: dict[HtmlElement, str] = {}
    for key, links in by_key.items():
        for link in links:
            for above in islice(link.iterancestors(), HIGHEST_ITEM):
                owners[above] = key if owners.get(above, key) == key else MANY
    return owners


def item_of(link: HtmlElement, owners: dict[HtmlElement, str]) -> HtmlElement:
    """The largest element whose links all lead to the link's target."""
    item = link
    for above in islice(link.iterancestors(), HIGHEST_ITEM):
        if above.tag in NO_ITEM or owners[above] == MANY:
            break
        item = above
    return item


def read_item(url: str, links: Sequence[HtmlElement], item: HtmlElement, style: DateStyle) -> ArticleLink:
    title = max(titles_of(links, item, style), key=len, default=None)
    return ArticleLink(url, title, date_of(item, title or "", style))


def titles_of(links: Sequence[HtmlElement], item: HtmlElement, style: DateStyle) -> Iterator[str]:
    """The texts of the links, or their title attribute if it completes a shortened text; otherwise the item's headings."""
    said = False
    for link in links:
        text, full = text_inside(link), folded(link.get("title") or "")
        if not text or label_of(text) in MORE or date_line(text, style):
            continue
        said = True
        yield full if full.startswith(text.rstrip(".… ")) else text
    if not said:
        yield from filter(None, map(text_inside, item.iter("h1", "h2", "h3", "h4", "h5", "h6")))


def date_of(item: HtmlElement, title: str, style: DateStyle) -> FoundDate | None:
    """The date of an item: of a <time>, or a text that holds nothing but a date; never a date within the headline."""
    for time in item.iter("time"):
        if claim := read_claim(time.get("datetime") or "", style.languages):
            return claim
    texts = [text for text in map(folded, islice(item.itertext(), LONGEST_ITEM)) if text and text not in title]
    found = (date for text in (*texts, " ".join(texts)) if (date := date_line(text, style)))
    return next(found, None)
