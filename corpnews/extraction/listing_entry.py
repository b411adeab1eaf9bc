"""What is known about an article before its page is fetched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corpnews.extraction.dates import FoundDate


@dataclass(frozen=True, slots=True)
class InlineArticle:
    """The content of an article that came with its link.

    Attributes:
        html: The body as its editor wrote it, without a page around it.
        images: (URL, caption) of images that are not in `html`. All URLs may be relative to that of the link.
        attachments: (URL, title) of files that are not in `html`.
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
    """A link to an article, and what the source that found it says about the article.

    Attributes:
        modified: When the article was last changed.
        language: BCP 47 tag.
        translations: The same release in other languages, as (BCP 47 tag, URL).
        inline_article: The article itself; its detail page is not requested.
    """

    url: str
    title: str | None = None
    date: FoundDate | None = None
    modified: FoundDate | None = None
    language: str | None = None
    translations: tuple[tuple[str, str], ...] = ()
    inline_article: InlineArticle | None = None


@dataclass(frozen=True, slots=True)
class ListingEntry:
    """What all listings, feeds and other sources together say about an article, for the extraction of its page.

    Attributes:
        title: The text of the link, or the title in the feed.
        date_source: Name of the source of `date`.
        translations: See ArticleLink.
    """

    title: str | None = None
    date: FoundDate | None = None
    date_source: str = "listing"
    translations: tuple[tuple[str, str], ...] = ()


NO_LISTING_ENTRY = ListingEntry()
