"""What sources return: links to articles with what is known about each, and where to continue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corpnews.discovery.source_requests import SourceRequest
    from corpnews.extraction.dates import FoundDate


@dataclass(frozen=True, slots=True)
class InlineArticle:
    """The content of an article that came with its link; `html` is the body as its editor wrote it, without a page around it.

    `images` are (URL, caption) and `attachments` (URL, title) that are not in the text; URLs may be relative to the link's.
    """

    html: str
    summary: str | None = None
    authors: tuple[str, ...] = ()
    section: str | None = None
    keywords: tuple[str, ...] = ()
    images: tuple[tuple[str, str | None], ...] = ()
    attachments: tuple[tuple[str, str | None], ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleLink:
    """A link to an article, and what the source that found it states about the article.

    `modified` is when it was last changed, `language` a BCP 47 tag, `translations` are (language, URL) of the same release.
    With `inline_article` no detail page is requested.
    """

    url: str
    title: str | None = None
    date: FoundDate | None = None
    modified: FoundDate | None = None
    language: str | None = None
    translations: tuple[tuple[str, str], ...] = ()
    inline_article: InlineArticle | None = None


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
