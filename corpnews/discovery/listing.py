"""What a way of discovery finds: links to articles, with what it knows of them already, and where it goes on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corpnews.discovery.asks import Ask
    from corpnews.extraction.dates import FoundDate


@dataclass(frozen=True, slots=True)
class Written:
    """An article whose text came along with its link: `html` is the body as its editor wrote it, without the page around it.

    `images` are (URL, caption) and `attachments` (URL, title) that stand beside the text; URLs may be relative to the link's.
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
    """A link to a detail page, and what the way that found it knows of the article.

    `modified` is when it was last changed, `language` a BCP 47 tag, `translations` are (language, URL) of the same release;
    `written` is the article itself, where no detail page needs to be asked for.
    """

    url: str
    title: str | None = None
    date: FoundDate | None = None
    modified: FoundDate | None = None
    language: str | None = None
    translations: tuple[tuple[str, str], ...] = ()
    written: Written | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """The articles that a page lists, in its order, and the listing pages that it leads on to: older ones first.

    `posts` are the further pages that have no address of their own: they come for a form that is sent.
    """

    articles: tuple[ArticleLink, ...] = ()
    next_pages: tuple[str, ...] = ()
    posts: tuple[Ask, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """The articles that an answer names, newest first where it is up to us, and what to ask for next."""

    articles: tuple[ArticleLink, ...] = ()
    following: tuple[Ask, ...] = ()
