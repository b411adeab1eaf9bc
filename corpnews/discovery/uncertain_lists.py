"""Lists of pages and groups of sitemaps that may be of articles: a few of their links are fetched to see."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from corpnews.web.urls import article_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from corpnews.discovery.articles.list_items import ListPlace
    from corpnews.discovery.frontier import Frontier
    from corpnews.discovery.source import SourceResponse
    from corpnews.extraction.listing_entry import ArticleLink

_SAMPLES_PER_LIST: Final = 3
_MIN_ARTICLES: Final = 2  # of the samples
_SAMPLES_PER_LONG_LIST: Final = 5
_MIN_LONG_LIST: Final = 20  # links
_MAX_LISTS: Final = 6  # per newsroom
_MAX_UNREAD_PAGES: Final = 12
FEW_ARTICLES: Final = 3  # with so many, what a newsroom's lists look like is known
_MIN_KNOWN_IN_LIST: Final = 2  # so many known articles suggest that the other links of a list are articles too


@dataclass(frozen=True, slots=True)
class UncertainList:
    """Links of one list on a page, and the list's places; or those of a sitemap whose URLs have one pattern."""

    places: frozenset[ListPlace]
    links: tuple[ArticleLink, ...]


class ListSampling:
    """Which uncertain lists are sampled, and how many of their samples are articles; it waits while samples are being fetched."""

    def __init__(self) -> None:
        self.is_waiting = False
        self._lists: list[UncertainList] = []
        self._numbers: dict[str, int] = {}  # of lists, by key of the sample
        self._articles: dict[int, set[str]] = {}  # the keys of the samples that are articles, by number of the list
        self._unread: list[SourceResponse] = []

    def add(self, lists: Iterable[UncertainList], page: SourceResponse, frontier: Frontier, *, listed: int) -> list[ArticleLink]:
        """Add the lists of a page or sitemap; returns the links to fetch: samples, or all links of a list that is of articles.

        Once several articles were `listed`, only lists that contain known articles are added. The page is kept, and has to be
        read again once a list proves to be one of articles.
        """
        chosen: list[ArticleLink] = []
        for each in _select_worth_sampling(lists, frontier, is_any=listed < FEW_ARTICLES):
            known = next((number for number, other in enumerate(self._lists) if each.places == other.places), None)
            if known is not None and len(self._articles.get(known, ())) >= _MIN_ARTICLES:
                chosen += each.links
            elif known is None and not self.is_waiting and len(self._lists) < _MAX_LISTS:
                samples = _choose_samples(each.links)
                self._numbers.update((article_key(link.url), len(self._lists)) for link in samples)
                self._lists.append(each)
                chosen += samples
        self.is_waiting = self.is_waiting or bool(chosen)
        if self._lists and len(self._unread) < _MAX_UNREAD_PAGES:
            page.forget_page()
            self._unread.append(page)
        return chosen

    def record_article(self, url: str) -> UncertainList | None:
        """Record that a sample is an article; returns its list if that makes it one of articles."""
        number = self._numbers.get(article_key(url))
        if number is None:
            return None
        articles = self._articles.setdefault(number, set())
        articles.add(article_key(url))
        return self._lists[number] if len(articles) == _MIN_ARTICLES else None

    def take_unread(self) -> list[SourceResponse]:
        """Return the pages that listed no articles as long as the lists were uncertain, and forget them."""
        unread, self._unread = self._unread, []
        return unread


def _select_worth_sampling(lists: Iterable[UncertainList], frontier: Frontier, *, is_any: bool) -> Iterator[UncertainList]:
    """Yield the lists with their new links, if they have any: all lists, or those that contain known articles."""
    for each in lists:
        new = tuple(link for link in each.links if not frontier.contains(link.url))
        if new and (is_any or len(each.links) - len(new) >= _MIN_KNOWN_IN_LIST):
            yield replace(each, links=new)


def _choose_samples(links: Sequence[ArticleLink]) -> Sequence[ArticleLink]:
    """Return the first links, which are the newest of a list; of a long list links from all of it."""
    if len(links) < _MIN_LONG_LIST:
        return links[:_SAMPLES_PER_LIST]
    return links[:: len(links) // _SAMPLES_PER_LONG_LIST][:_SAMPLES_PER_LONG_LIST]
