"""What a listing page leads to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corpnews.extraction.dates import FoundDate


@dataclass(frozen=True, slots=True)
class ArticleLink:
    """A link to a detail page: what the listing calls the article, and the date it gives."""

    url: str
    title: str | None = None
    date: FoundDate | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """The articles that a page lists, in its order, and the listing pages that it leads on to: older ones first."""

    articles: tuple[ArticleLink, ...] = ()
    next_pages: tuple[str, ...] = ()
