"""Cision: the feed behind the list of releases that its scripts render on companies' own pages."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar, Final

from corpnews.discovery import ArticleLink, InlineArticle
from corpnews.extraction.structured_data import json_values
from corpnews.platforms.inline_scripts import find_named_url
from corpnews.platforms.json_list_source import JsonListSource

if TYPE_CHECKING:
    from collections.abc import Mapping

    from corpnews.discovery import StartPage
    from corpnews.page.page import Page

_SERVICE: Final = "https://publish.ne.cision.com/papi/NewsFeed/"
_SERVICE_URL = re.compile(r"//publish\.ne\.cision\.com/papi/")
_FEED_ID = re.compile(r"(?<![0-9A-Za-z])[0-9A-F]{32}(?![0-9A-Za-z])")


class CisionSource(JsonListSource):
    """The feed of the company, fifty releases with their texts a request."""

    name = "cision"
    platform = "Cision"
    has_full_text = True
    vendor_sites = frozenset(("cision.com",))
    rows_path = ("Releases",)
    total_path = ("TotalFoundReleases",)
    position = "pageIndex"
    counts_pages = True
    title_keys: ClassVar[tuple[str, ...]] = ("Title",)
    url_keys: ClassVar[tuple[str, ...]] = ("CanonicalUrl", "PublicUrl", "CisionWireUrl")
    date_keys: ClassVar[tuple[str, ...]] = ("PublishDate",)

    def find_list_url(self, page: Page) -> str | None:
        feed = find_named_url(page, _FEED_ID) if find_named_url(page, _SERVICE_URL) else None
        return f"{_SERVICE}{feed}?format=json&detailLevel=detail&pageIndex=1&pageSize=50" if feed else None

    def read_row(self, row: Mapping[str, Any], start: StartPage) -> ArticleLink | None:
        link = super().read_row(row, start)
        html = json_values.as_string(row.get("HtmlBody"))
        return replace(link, inline_article=InlineArticle(html)) if link and html else link
