"""A listing page read: its articles and the listing pages that it leads on to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpnews.discovery.anchors import anchors_of
from corpnews.discovery.files import file_records
from corpnews.discovery.links import article_links, listed_records
from corpnews.discovery.listing import Listing
from corpnews.discovery.pagination import next_pages
from corpnews.discovery.script_pagers import posted_pages
from corpnews.discovery.urls import article_key
from corpnews.discovery.way import Start

if TYPE_CHECKING:
    from corpnews.discovery.scope import Scope
    from corpnews.discovery.way import Answer
    from corpnews.extraction.page import Page


def first_page(answer: Answer, scope: Scope) -> Start:
    """A newsroom's first page with what it lists."""
    return Start(answer, scope, find(answer.page, scope))


def find(page: Page, scope: Scope) -> Listing:
    """The articles that `page` lists and the pages that list more, within `scope`."""
    anchors = list(anchors_of(page, scope))
    records = listed_records(page, scope, anchors)
    files = file_records(page, scope, records)
    articles = article_links(sorted((*records, *files), key=lambda record: record.first) if files else records)
    keys = {article_key(link.url) for link in articles}
    return Listing(tuple(articles), next_pages(page, scope, anchors, keys), tuple(posted_pages(page)))
