"""The newsroom's own list: the articles of its start page and of the further pages of that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from corpnews.web.urls import article_key

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from corpnews.discovery.source import StartPage
    from corpnews.extraction.listing_entry import ArticleLink

_MIN_LIST_BY_DATE: Final = 8  # articles: fewer may be chosen by hand
_MIN_LACKING: Final = 2  # articles: the newsroom may have left out one by mistake
_MIN_SAME_BEGINNING: Final = 4  # articles of two lists


class OwnList:
    """The articles of the start page and its further pages, with the oldest of their days if all are by date, newest first."""

    def __init__(self, start: StartPage) -> None:
        self._first = {article_key(link.url) for link in start.listing.articles}
        self._keys: set[str] = set()
        self._days: list[str] = []
        self._lacking: set[str] = set()
        self._is_by_date = True
        self.add(start.listing.articles)

    def add(self, links: Sequence[ArticleLink]) -> None:
        days = [link.date.day if link.date else "" for link in links]
        self._is_by_date = self._is_by_date and all(days) and days == sorted(days, reverse=True)
        self._keys.update(article_key(link.url) for link in links)
        self._days += days

    def begins(self, links: Sequence[ArticleLink]) -> bool:
        """Whether these are the articles of the start page and, perhaps, others after them."""
        first = {article_key(link.url) for link in links[: len(self._first)]}
        return len(first) >= _MIN_SAME_BEGINNING and first == self._first

    def find_lacking(self, links: Sequence[ArticleLink], is_known: Callable[[str], bool]) -> list[str]:
        """Return the URLs of the articles that this list would have before others of its own, by their dates, if it were whole.

        They are of a list that has articles of this one too: the site's, of which this is a part. Other lists are next to it, and
        articles that are known are of one of those.
        """
        own = {link.url for link in links if article_key(link.url) in self._keys}
        has_pages = len(self._keys) > len(self._first)  # the articles of a single page may be those of several lists
        if not own or not has_pages or not self._is_by_date or len(self._days) < _MIN_LIST_BY_DATE:
            return []
        oldest = min(self._days)
        newer = (link for link in links if link.url not in own and link.date and link.date.day > oldest)
        lacking = [link.url for link in newer if not is_known(link.url)]
        self._lacking.update(lacking)
        return lacking if len(self._lacking) >= _MIN_LACKING else []
