"""Contentful and Sanity: the request for entries that a newsroom's page names, for all entries instead of the newest."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urljoin

from w3lib.url import url_query_parameter

from corpnews.discovery.data.json_lists import find_json_articles
from corpnews.discovery.data.json_rows import JsonRow
from corpnews.platforms.inline_scripts import find_named_url
from corpnews.platforms.json_list_source import JsonListSource
from corpnews.platforms.numbered_pages import set_query_parameters

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from corpnews.discovery import ArticleLink, StartPage
    from corpnews.page.page import Page

_ENTRIES_URL = re.compile(
    r"https://cdn\.contentful\.com/spaces/[\w-]{1,40}/(?:environments/[\w.-]{1,60}/)?entries\?[^\s\"'<>\\]{1,3000}"
)
_QUERY_URL = re.compile(
    r"https://[\w-]{1,40}\.(?:apicdn|api)\.sanity\.io/v[\w-]{1,20}/data/query/[\w-]{1,60}\?[^\s\"'<>\\]{1,5000}"
)
# The end of a query that takes a part of the entries: [0...10] or [0..9].
_SLICE = re.compile(r"\[\s*\d{1,6}\s*\.{2,3}\s*\d{1,6}\s*\](?=[^\[\]]*$)")
_ENTRIES_PER_REQUEST: Final = 100
_MOST_ENTRIES: Final = "[0...10000]"


class _EntriesSource(JsonListSource):
    """Entries whose fields the editors of each site have named themselves."""

    def read_rows(self, rows: Sequence[Mapping[str, Any]], start: StartPage) -> tuple[ArticleLink, ...]:
        listed = [link.url for link in start.listing.articles]
        folders = Counter(urljoin(url, ".") for url in listed).most_common(1)
        # the slugs of entries that the start page does not list stand where those of the listed ones do
        known = [*listed, *(f"{folder}{JsonRow.from_mapping(row, {}).slug}" for folder, _ in folders for row in rows[:1])]
        found = find_json_articles(rows, start.page.url, known)
        return tuple(link for link in found if start.scope.contains(link.url))


class ContentfulSource(_EntriesSource):
    """All entries of the type that the page requests, a hundred a request."""

    name = "contentful"
    platform = "Contentful"
    vendor_sites = frozenset(("contentful.com",))
    rows_path = ("items",)
    total_path = ("total",)
    position = "skip"

    def find_list_url(self, page: Page) -> str | None:
        url = find_named_url(page, _ENTRIES_URL)
        is_list = url and url_query_parameter(url, "content_type") and not url_query_parameter(url, "sys.id")
        return set_query_parameters(url, skip=0, limit=_ENTRIES_PER_REQUEST) if url and is_list else None


class SanitySource(_EntriesSource):
    """All entries that the page's query selects, in one request."""

    name = "sanity"
    platform = "Sanity"
    vendor_sites = frozenset(("sanity.io",))
    rows_path = ("result",)
    total_path = ("total",)
    position = "offset"

    def find_list_url(self, page: Page) -> str | None:
        url = find_named_url(page, _QUERY_URL)
        query = url_query_parameter(url, "query") if url else None
        if not url or not query or not _SLICE.search(query):
            return None
        return set_query_parameters(url, query=_SLICE.sub(_MOST_ENTRIES, query))
