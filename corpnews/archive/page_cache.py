"""The pages of one site between the two times that they are needed: to learn from, and to extract."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Generic, TypeVar

from corpnews.archive.page_location import UnreadableInput

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from corpnews.archive.page_location import SavedPage
    from corpnews.archive.site_facts import SiteFacts
    from corpnews.page.page import Page

# Parsed pages are kept between learning and extraction up to this size of their HTML; a tree takes many times as much memory.
_MAX_CACHED_HTML_BYTES: Final = 4_000_000

_Key = TypeVar("_Key")


class PageCache(Generic[_Key]):
    """Parses each page once if all fit in memory, else twice; `read` reads and parses the page of a key."""

    def __init__(self, read: Callable[[_Key], tuple[Page, SavedPage]]) -> None:
        self.read = read
        self.free_bytes = _MAX_CACHED_HTML_BYTES
        self.pages: dict[_Key, tuple[Page, SavedPage]] = {}

    def observe(self, keys: Iterable[_Key], facts: SiteFacts) -> SiteFacts:
        """Let the facts of the site observe all pages that can be read, and return them."""
        for key in keys:
            try:
                page, saved = self.pop(key)
            except UnreadableInput:
                continue  # reported when the page is extracted
            facts.observe(page)
            self.free_bytes -= len(saved.html)
            if self.free_bytes > 0:
                self.pages[key] = page, saved
        return facts

    def pop(self, key: _Key) -> tuple[Page, SavedPage]:
        """Take a page out of the cache, or read it. Raises UnreadableInput."""
        return self.pages.pop(key) if key in self.pages else self.read(key)
