"""Lists of releases over one or several pages, and which pages are of one list."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from corpnews.discovery.source import LISTING_SOURCE_NAME
from corpnews.web import url_features, urls

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpnews.discovery.completeness.announced_counts import AnnouncedCount
    from corpnews.discovery.source import SourceRequest

_MAX_LISTS_ABOVE: Final = 4
_NUMBER = re.compile(r"\d+")


@dataclass(slots=True)
class ListRecord:
    """A list of releases over one or several pages; `above` is the list on whose page it was found, or that of the start page."""

    url: str
    above: ListRecord | None
    is_listing: bool
    articles: set[str] = field(default_factory=set)
    pages: set[str] = field(default_factory=set)
    numbers: set[int] = field(default_factory=set)
    counts: dict[AnnouncedCount, None] = field(default_factory=dict)
    patterns: set[tuple[str, ...]] = field(default_factory=set)
    lost_pages: dict[str, str] = field(default_factory=dict)  # URLs of those that could not be had, with the reason
    gone_pages: dict[str, str] = field(default_factory=dict)  # URLs at which there is no page, with what came instead
    dead_end: str = ""
    leads_on: bool = False

    @property
    def last_page(self) -> int:
        """The number of its last page, as far as its pages say; else 0."""
        return max((count.pages for count in self.counts), default=0)

    def with_lists_above(self) -> Iterator[ListRecord]:
        each: ListRecord | None = self
        for _ in range(_MAX_LISTS_ABOVE):
            if each is None:
                return
            yield each
            each = each.above


def build_list_key(request: SourceRequest) -> str:
    """Return what the pages of one list share."""
    body = _NUMBER.sub("#", request.body) if request.body else ""
    return f"{strip_page_number(request.url)} {request.source} {body}".removesuffix(f" {LISTING_SOURCE_NAME} ")


def strip_page_number(url: str) -> str:
    """Return the article key of a URL without its page number.

    >>> strip_page_number("https://example.com/news/page/3/") == strip_page_number("https://example.com/news?page=2")
    True
    """
    parts = urlsplit(url)
    path = "/".join(urls.split_path(url_features.PAGE_NUMBER_IN_PATH.sub("/", parts.path.lower())))
    query = [f"{name}={value}" for name, value in urls.get_query(url).items() if not url_features.is_page_parameter(name)]
    return f"{parts.netloc}/{path}?{'&'.join(sorted(query))}"


def get_page_number(url: str) -> int:
    """Return the page number in a URL; 1 if it has none. An offset counts as one."""
    for name, value in urls.get_query(url).items():
        if url_features.is_page_parameter(name) and value.isascii() and value.isdigit():
            return max(1, int(value))
    found = url_features.PAGE_NUMBER_IN_PATH.search(urlsplit(url).path.lower())
    number = _NUMBER.search(found[0]) if found else None
    return max(1, int(number[0])) if number else 1
