"""A crawl that requests lists alone, and says which articles it would fetch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from corpnews.crawler.search import NewsroomSearch
from corpnews.items import VIA_REVISIT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpnews.crawler import NewsroomSpider
    from corpnews.discovery import ArticleCandidate


class DryRunSearch(NewsroomSearch):
    """Finds articles and requests none of them."""

    def __init__(self, spider: NewsroomSpider) -> None:
        super().__init__(spider)
        self._inline: list[ArticleCandidate] = []

    def next_batch(self, *, is_idle: bool) -> list[ArticleCandidate]:  # noqa: ARG002 - NewsroomSearch has it
        return []

    def read_inline(self, candidate: ArticleCandidate) -> Iterator[Any]:
        """Keep an article that came with its link."""
        self._inline.append(candidate)
        return iter(())

    @property
    def listed_count(self) -> int:
        """How many different articles the newsroom lists, known ones included."""
        return len(frozenset[str]().union(*(planner.completeness.found for planner in self.planners)))

    def list_wanted(self) -> list[ArticleCandidate]:
        """Return the articles that a crawl would fetch, in the order in which it would, as far as it knows before."""
        wanted = [*self._inline, *self.frontier.list_pending()]
        return self._newest.choose(wanted, self._newest.limit) if self._newest else wanted


def build_dry_run(spider: type[NewsroomSpider]) -> type[NewsroomSpider]:
    """Return the newsroom's spider with a search that requests no articles."""
    return type(f"{spider.__name__}DryRun", (spider,), {"search_type": DryRunSearch, "__module__": spider.__module__})


def format_candidate(candidate: ArticleCandidate) -> str:
    """Format an article as its list has it: date, URL, title, and whether it is known and merely due for another visit."""
    link = candidate.link
    again = " (known, visited again)" if candidate.via == VIA_REVISIT else ""
    return f"{link.date.value if link.date else '-':10}  {link.url}  {link.title or ''}{again}".rstrip()
