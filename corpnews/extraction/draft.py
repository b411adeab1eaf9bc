"""A page read, before it is cleaned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corpnews.extraction.blocks import Region
    from corpnews.extraction.dates import FoundDate
    from corpnews.extraction.headline import Headline
    from corpnews.extraction.page import Page
    from corpnews.extraction.template import SiteTemplate
    from corpnews.items import Attachment, Image, Removed, Translation, Video


@dataclass(frozen=True, slots=True)
class Draft:
    """What extraction found on one page. `region` holds the body's blocks, furniture among them still.

    `captions` numbers the blocks that are captions of `images`; `template` is what is known of the page's site.
    `publisher` is who the page says publishes it, `types` are the schema.org types it declares; `sources` says where each
    field came from. `remarks` are what the line is to warn of, `removed` what
    was left out before there was a page.
    """

    page: Page
    headline: Headline
    region: Region
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
    publisher: str | None
    types: tuple[str, ...]
    template: SiteTemplate | None
    sources: dict[str, str]
    translations: tuple[Translation, ...] = ()
    remarks: tuple[str, ...] = ()
    removed: tuple[Removed, ...] = ()
