"""A further part of a listing that comes as JSON: its items as objects, or as HTML in a string."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from corpnews.discovery.data.json_lists import find_json_articles
from corpnews.page.page import Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpnews.discovery.source import SourceResponse, StartPage
    from corpnews.extraction.listing_entry import ArticleLink

_LINK_IN_HTML = re.compile(r"<\w[^<>]{0,2000}\b(?:href|onclick)\s*=", re.IGNORECASE)
_MAX_STRINGS: Final = 2_000
_MAX_HTML_LENGTH: Final = 5_000_000


def read_json_articles(response: SourceResponse, start: StartPage) -> tuple[ArticleLink, ...]:
    """Return the articles that are objects of a JSON response. Raises SourceError if it is not JSON."""
    known = [link.url for link in start.listing.articles]
    return find_json_articles(response.json, start.response.url, known)


def parse_json_html(response: SourceResponse) -> Page | None:
    """Return the HTML that a JSON response holds as a page; None if it holds no link."""
    html = "".join(text for text in _iter_strings(response.json) if _LINK_IN_HTML.search(text))[:_MAX_HTML_LENGTH]
    return Page.from_html(html.encode("utf-8", "replace"), response.url, "text/html; charset=utf-8") if html else None


def _iter_strings(value: object) -> Iterator[str]:
    """Yield the strings of a JSON value in order."""
    waiting = [value]
    for _ in range(_MAX_STRINGS):
        if not waiting:
            return
        node = waiting.pop()
        if isinstance(node, str):
            yield node
        elif isinstance(node, dict):
            waiting.extend(reversed(node.values()))
        elif isinstance(node, list):
            waiting.extend(reversed(node))
