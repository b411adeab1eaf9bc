"""JSON Feed 1.0 and 1.1 (jsonfeed.org), which feedparser does not read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from corpnews.discovery.asks import WayEnded
from corpnews.discovery.feeds.xml_feed import MOST_ENTRIES, Feed, is_entry, plain
from corpnews.discovery.listing import ArticleLink
from corpnews.discovery.told import changed_after, told_date, told_url
from corpnews.discovery.urls import article_key
from corpnews.extraction.language import declared_tag

if TYPE_CHECKING:
    from collections.abc import Mapping

VERSION = "jsonfeed.org/version/"


def read_json_feed(data: Any, url: str) -> Feed:
    """Parse a JSON Feed, up to 5,000 items. Raises SourceError if the data is not a JSON Feed."""
    if not isinstance(data, dict) or VERSION not in text_of(data, "version") or not isinstance(data.get("items"), list):
        raise WayEnded("the answer is no JSON Feed")
    home = told_url(url, text_of(data, "home_page_url"))
    apart = {article_key(address) for address in (url, home) if address}
    language = declared_tag(text_of(data, "language"))
    items = [item for item in data["items"][:MOST_ENTRIES] if isinstance(item, dict)]
    links = [link for item in items if (link := link_of(item, url, language)) and is_entry(link.url, apart)]
    return Feed(tuple(links), told_url(url, text_of(data, "next_url")))


def link_of(item: Mapping[str, Any], base: str, feed_language: str | None) -> ArticleLink | None:
    """Return an item as a link to its article; None if it has no URL."""
    named = text_of(item, "id")
    addresses = (text_of(item, "url"), text_of(item, "external_url"), named if named.startswith("http") else "")
    url = next((url for address in addresses if (url := told_url(base, address))), None)
    if url is None:
        return None
    date = told_date(text_of(item, "date_published"))
    modified = changed_after(told_date(text_of(item, "date_modified")), date)
    language = declared_tag(text_of(item, "language")) or feed_language
    return ArticleLink(url, plain(text_of(item, "title")) or None, date, modified, language)


def text_of(data: Mapping[str, Any], name: str) -> str:
    value = data.get(name)
    return value if isinstance(value, str) else ""
