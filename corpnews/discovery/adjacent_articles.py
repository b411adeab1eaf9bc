"""Articles that no list has: the pages of other articles lead to them as the previous or the next one."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import islice
from typing import TYPE_CHECKING, Final

from corpnews.discovery.anchors import TagPaths
from corpnews.discovery.source_progress import PlannerActions
from corpnews.extraction.listing_entry import ArticleLink
from corpnews.items import VIA_ARTICLE
from corpnews.web.urls import article_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpnews.discovery.completeness.completeness import Completeness
    from corpnews.discovery.intake import Intake
    from corpnews.discovery.scope import Scope
    from corpnews.discovery.source_progress import SourceQueue
    from corpnews.page.page import Page

_MAX_LINKS: Final = 400  # of a page
_MAX_LINKS_AT_PLACE: Final = 2  # the previous and the next article
_MIN_KNOWN: Final = 5  # targets that show that a place leads from article to article
_MAX_UNKNOWN: Final = 2  # what is before the first and after the last known article; more would be articles of another section
_MAX_PLACES: Final = 200


class AdjacentArticles:
    """Learns from the pages of articles where their links to the previous and the next article stand.

    Such a place has no more than two links on a page, on each page others, and all but the ends of the row lead to articles
    that are known. What it leads to at the ends is an article, too, whatever the link is called. Where a list is known to be
    whole, it would be of another section.
    """

    def __init__(self, scope: Scope, sources: SourceQueue, completeness: Completeness, intake: Intake) -> None:
        self._scope = scope
        self._sources = sources
        self._completeness = completeness
        self._intake = intake
        self._places: dict[int, dict[str, tuple[str, str]]] = {}  # the targets of their links, by key, with the page
        self._link_counts = Counter[int]()

    @property
    def _is_needed(self) -> bool:
        is_whole = self._sources.has_exhaustive or self._completeness.has_followed_pager
        return self._intake.is_unlimited and not is_whole

    def record(self, page: Page) -> None:
        """Take the links of an article's page to pages whose URLs have one of the listed articles' patterns."""
        if not self._is_needed:
            return
        patterns = self._completeness.patterns
        paths, here = TagPaths(), article_key(page.url)
        found: defaultdict[int, dict[str, str]] = defaultdict(dict)
        for ref in islice(page.layout.links, _MAX_LINKS):
            url = page.resolve_url(ref.element.get("href"))
            if url and self._scope.contains(url) and self._scope.url_pattern(url) in patterns:
                found[paths.link(ref)][article_key(url)] = url
        for path, targets in found.items():
            targets.pop(here, None)
            if len(targets) > _MAX_LINKS_AT_PLACE or (path not in self._places and len(self._places) >= _MAX_PLACES):
                continue
            self._link_counts[path] += len(targets)
            known = self._places.setdefault(path, {})
            for key, url in targets.items():
                known.setdefault(key, (url, page.url))

    def take_unlisted(self) -> PlannerActions:
        """Take the articles that only the pages of other articles lead to."""
        actions = PlannerActions()
        for link, page_url in self._find_unlisted():
            if self._intake.add_articles([link], VIA_ARTICLE, page_url, actions):
                self._completeness.record_adjacent(link)
        return actions

    def _find_unlisted(self) -> Iterator[tuple[ArticleLink, str]]:
        """Yield the articles at the ends of the rows, each with the URL of the page that links to it."""
        frontier = self._intake.frontier
        for path, targets in self._places.items() if self._is_needed else ():
            if self._link_counts[path] > 2 * len(targets):
                continue  # the same links on many pages, such as the latest articles
            unknown = [(ArticleLink(url), page) for url, page in targets.values() if not frontier.contains(url)]
            if len(unknown) <= _MAX_UNKNOWN and len(targets) - len(unknown) >= _MIN_KNOWN:
                yield from unknown
