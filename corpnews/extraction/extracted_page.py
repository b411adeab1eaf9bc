"""The result of extraction, before cleaning."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corpnews.extraction.dates import FoundDate
    from corpnews.extraction.headline import Headline
    from corpnews.extraction.site_template import SiteTemplate
    from corpnews.items import Attachment, Image, RemovedText, Translation, Video
    from corpnews.page.layout import BodyRegion
    from corpnews.page.page import Page


@dataclass(frozen=True, slots=True)
class ExtractedPage:
    """What extraction found on one page.

    Attributes:
        region: The blocks of the body, not yet cleaned of boilerplate.
        captions: Indexes of the blocks that are captions of `images`.
        sources: Source of each field by its name: json-ld, meta, microdata, visible, selector, listing, ...
        publisher_source: The medium or agency from which the site has the article.
        types: The schema.org types that the page declares.
        template: The template of the page's site.
        warnings: Warnings for the article's line.
        removed: Texts that were removed before extraction, such as the running lines of a PDF or what a selector removes.
    """

    page: Page
    headline: Headline
    region: BodyRegion
    canonical_url: str | None
    summary: str | None
    language: str | None
    date_published: FoundDate | None
    date_modified: FoundDate | None
    authors: tuple[str, ...]
    section: str | None
    keywords: tuple[str, ...]
    images: tuple[Image, ...]
    videos: tuple[Video, ...]
    attachments: tuple[Attachment, ...]
    captions: frozenset[int]
    sources: dict[str, str]
    translations: tuple[Translation, ...] = ()
    publisher_source: str | None = None
    types: tuple[str, ...] = ()
    template: SiteTemplate | None = None
    warnings: tuple[str, ...] = ()
    removed: tuple[RemovedText, ...] = ()
