"""Lists of which neither dates nor wording say that they are of articles: a few of their pages are fetched to see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from corpnews.web.urls import article_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from corpnews.discovery.articles.list_items import ListPlace
    from corpnews.extraction.listing_entry import ArticleLink

_SAMPLES_PER_LIST: Final = 3
_MIN_ARTICLES: Final = 2  # of the samples
_MAX_LISTS: Final = 4  # per newsroom


@dataclass(frozen=True, slots=True)
class UncertainList:
    """Links of one list on a page, and the list's place."""

    place: ListPlace
    links: tuple[ArticleLink, ...]

    @property
    def samples(self) -> tuple[ArticleLink, ...]:
        """The links to follow first: the first ones, which are the newest where the list is one of articles."""
        return self.links[:_SAMPLES_PER_LIST]


class ListSampling:
    """Which uncertain lists are sampled, and how many of their samples are articles."""

    def __init__(self) -> None:
        self._lists: dict[ListPlace, UncertainList] = {}
        self._articles: dict[ListPlace, set[str]] = {}
        self._places: dict[str, ListPlace] = {}  # by key of the sample

    def add(self, lists: Iterable[UncertainList]) -> list[ArticleLink]:
        """Add lists; returns the links to fetch as samples."""
        samples: list[ArticleLink] = []
        for each in lists:
            if each.place in self._lists or len(self._lists) >= _MAX_LISTS:
                continue
            self._lists[each.place], self._articles[each.place] = each, set()
            self._places.update((article_key(link.url), each.place) for link in each.samples)
            samples += each.samples
        return samples

    def record(self, url: str) -> UncertainList | None:
        """Record that a sample is an article; returns its list if that makes it one of articles."""
        place = self._places.get(article_key(url))
        if place is None:
            return None
        articles = self._articles[place]
        articles.add(article_key(url))
        return self._lists[place] if len(articles) == _MIN_ARTICLES else None
