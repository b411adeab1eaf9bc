"""Lists of which neither dates nor wording say that they are of articles: a few of their pages are fetched to see."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from corpnews.web.urls import article_key

if TYPE_CHECKING:
    from corpnews.discovery.articles.list_items import ListPlace
    from corpnews.discovery.source import SourceResponse
    from corpnews.extraction.listing_entry import ArticleLink

_SAMPLES_PER_LIST: Final = 3
_MIN_ARTICLES: Final = 2  # of the samples
_MAX_LISTS: Final = 4  # per newsroom
_MAX_PAGES_PER_LIST: Final = 8


@dataclass(frozen=True, slots=True)
class UncertainList:
    """Links of one list on a page, and the list's place."""

    place: ListPlace
    links: tuple[ArticleLink, ...]


@dataclass(slots=True)
class _SampledList:
    """The pages that have a list at one place, and the keys of the samples that are articles."""

    pages: list[SourceResponse] = field(default_factory=list)
    articles: set[str] = field(default_factory=set)


class ListSampling:
    """Which uncertain lists are sampled, and how many of their samples are articles."""

    def __init__(self) -> None:
        self._lists: dict[ListPlace, _SampledList] = {}
        self._places: dict[str, ListPlace] = {}  # by key of the sample

    def add(self, uncertain: UncertainList, page: SourceResponse) -> tuple[ArticleLink, ...]:
        """Add a list of a page; returns the links to fetch as samples: the first ones of the first page."""
        sampled = self._lists.get(uncertain.place)
        if sampled is not None:
            if len(sampled.pages) < _MAX_PAGES_PER_LIST:
                sampled.pages.append(page)
            return ()
        if len(self._lists) >= _MAX_LISTS:
            return ()
        self._lists[uncertain.place] = _SampledList([page])
        samples = uncertain.links[:_SAMPLES_PER_LIST]
        self._places.update((article_key(link.url), uncertain.place) for link in samples)
        return samples

    def record_article(self, url: str) -> tuple[ListPlace, list[SourceResponse]] | None:
        """Record that a sample is an article; if that makes its list one of articles, returns the list's place and its pages."""
        place = self._places.get(article_key(url))
        if place is None:
            return None
        sampled = self._lists[place]
        sampled.articles.add(article_key(url))
        return (place, sampled.pages) if len(sampled.articles) == _MIN_ARTICLES else None
