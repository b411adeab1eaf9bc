"""JSON Feed 1.0 and 1.1 (jsonfeed.org), which feedparser does not read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from corpnews.discovery.feeds.xml_feed import MAX_FEED_ENTRIES, Feed, is_feed_entry_url, strip_title_markup
from corpnews.discovery.listing import ArticleLink
from corpnews.discovery.source_requests import SourceError
from corpnews.discovery.source_values import keep_later_change, parse_feed_date, resolve_url
from corpnews.web.language_detection import normalize_language_tag
from corpnews.web.urls import article_key

if TYPE_CHECKING:
    from collections.abc import Mapping

_JSON_FEED_VERSION = "jsonfeed.org/version/"


def parse_json_feed(data: Any, url: str) -> Feed:
    """Parse a JSON Feed, up to 5,000 items. Raises SourceError if the data is not a JSON Feed."""
    if (
        not isinstance(data, dict)
        or _JSON_FEED_VERSION not in _get_text(data, "version")
        or not isinstance(data.get("items"), list)
    ):
        raise SourceError("the answer is no JSON Feed")
    home = resolve_url(url, _get_text(data, "home_page_url"))
    apart = {article_key(address) for address in (url, home) if address}
    language = normalize_language_tag(_get_text(data, "language"))
    items = [item for item in data["items"][:MAX_FEED_ENTRIES] if isinstance(item, dict)]
    links = [
        link for item in items if (link := _parse_json_feed_item(item, url, language)) and is_feed_entry_url(link.url, apart)
    ]
    return Feed(tuple(links), resolve_url(url, _get_text(data, "next_url")))


def _parse_json_feed_item(item: Mapping[str, Any], base: str, feed_language: str | None) -> ArticleLink | None:
    """Return an item as a link to its article; None if it has no URL."""
    named = _get_text(item, "id")
    addresses = (_get_text(item, "url"), _get_text(item, "external_url"), named if named.startswith("http") else "")
    url = next((url for address in addresses if (url := resolve_url(base, address))), None)
    if url is None:
        return None
    date = parse_feed_date(_get_text(item, "date_published"))
    modified = keep_later_change(parse_feed_date(_get_text(item, "date_modified")), date)
    language = normalize_language_tag(_get_text(item, "language")) or feed_language
    return ArticleLink(url, strip_title_markup(_get_text(item, "title")) or None, date, modified, language)


def _get_text(data: Mapping[str, Any], name: str) -> str:
    value = data.get(name)
    return value if isinstance(value, str) else ""
