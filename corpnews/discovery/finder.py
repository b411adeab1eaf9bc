"""Reads a listing page: its articles and the further listing pages that it links to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from corpnews.discovery.anchors import anchors_of
from corpnews.discovery.articles.files import file_records
from corpnews.discovery.articles.links import article_links, listed_records
from corpnews.discovery.listing import Listing
from corpnews.discovery.pagers.pagination import next_pages
from corpnews.discovery.pagers.script_pagers import posted_pages
from corpnews.discovery.scope import host_of
from corpnews.discovery.urls import article_key, has_date, says_news
from corpnews.discovery.way import Start

if TYPE_CHECKING:
    from corpnews.discovery.asks import Answer
    from corpnews.discovery.listing import ArticleLink
    from corpnews.discovery.scope import Scope
    from corpnews.extraction.page import Page

SEVERAL: Final = 5


def first_page(response: Answer, scope: Scope) -> Start:
    """Read a newsroom's start page. If it lists no articles on its own host, those on the company's other hosts are taken."""
    listing = find(response.page, scope)
    siblings = frozenset() if listing.articles else sibling_hosts(response.page, scope)
    if siblings:
        wider = replace(scope, siblings=siblings)
        elsewhere = find(response.page, wider)
        if 2 * sum(speaks_of_news(link) for link in elsewhere.articles) > max(SEVERAL, len(elsewhere.articles)):
            return Start(response, wider, elsewhere)
    return Start(response, scope, listing)


def sibling_hosts(page: Page, scope: Scope) -> frozenset[str]:
    """Return the company's other hosts that the page links to."""
    linked = filter(None, (page.absolute(mark.element.get("href")) for mark in page.layout.links))
    return frozenset(host_of(url) for url in linked if scope.is_own(url)) - {scope.host}


def speaks_of_news(link: ArticleLink) -> bool:
    """Whether a link is an article's whatever its host: it has a date, or its URL names news."""
    return link.date is not None or says_news(link.url) or has_date(link.url)


def find(page: Page, scope: Scope) -> Listing:
    """Find the articles that `page` lists and the pages that list more, within `scope`."""
    anchors = list(anchors_of(page, scope))
    records = listed_records(page, scope, anchors)
    files = file_records(page, scope, records)
    articles = article_links(sorted((*records, *files), key=lambda record: record.first) if files else records)
    keys = {article_key(link.url) for link in articles}
    return Listing(tuple(articles), next_pages(page, scope, anchors, keys), tuple(posted_pages(page)))
