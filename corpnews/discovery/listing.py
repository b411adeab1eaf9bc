"""What sources return: links to articles with what is known about each, and where to continue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpnews.extraction.listing_entry import ArticleLink, InlineArticle

if TYPE_CHECKING:
    from corpnews.discovery.source_requests import SourceRequest


__all__ = ["ArticleLink", "InlineArticle", "Listing", "SourceResult"]


@dataclass(frozen=True, slots=True)
class Listing:
    """The articles that a page lists, in its order, and the further listing pages that it links to, older ones first.

    `post_requests` are the further pages without a URL of their own, which are fetched by submitting a form.
    """

    articles: tuple[ArticleLink, ...] = ()
    next_pages: tuple[str, ...] = ()
    post_requests: tuple[SourceRequest, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceResult:
    """The articles that a response lists, newest first where the source can sort, and the requests that follow."""

    articles: tuple[ArticleLink, ...] = ()
    next_requests: tuple[SourceRequest, ...] = ()
