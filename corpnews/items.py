"""The output contract: one Article is one line of JSON. Every schema of the output follows from these classes.

The words are those of schema.org and zyte-common-items, in snake_case. Fields are written in the order in which they stand
here. What a page does not state is None or empty.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

ArticleStatus = Literal["new", "updated", "withdrawn"]
_SCHEMA_VERSION = 2


@dataclass(frozen=True, slots=True)
class ArticleSource:
    """How the article was found: `via` is the kind of source (listing, feed, sitemap …), `url` the page that led to it."""

    via: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Image:
    url: str
    caption: str | None = None
    credit: str | None = None
    alt: str | None = None


@dataclass(frozen=True, slots=True)
class Video:
    url: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that the release links to, such as its PDF; `media_type` is derived from the file extension."""

    url: str
    title: str | None = None
    media_type: str | None = None


@dataclass(frozen=True, slots=True)
class Translation:
    """The same release in another language (BCP 47)."""

    language: str
    url: str


@dataclass(frozen=True, slots=True)
class Dateline:
    """The dateline that opens a release, "BOSTON, May 4, 2024 –"; `date` is ISO 8601."""

    location: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    name: str | None = None
    role: str | None = None
    organization: str | None = None
    email: str | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class About:
    """A paragraph about an organisation in the end matter."""

    organization: str | None
    text: str


@dataclass(frozen=True, slots=True)
class RemovedText:
    """A text that was removed from the page, the reason, and on how many pages of the site it was seen."""

    text: str
    reason: str
    pages: int = 1


@dataclass(frozen=True, slots=True)
class CrawlInfo:
    """How the line was produced; `fetched_at` is ISO 8601 in UTC."""

    fetched_at: str
    http_status: int = 200
    rendered: bool = False
    field_sources: dict[str, str] = field(default_factory=dict)
    removed: tuple[RemovedText, ...] = ()
    warnings: tuple[str, ...] = ()
    schema_version: int = _SCHEMA_VERSION


@dataclass(frozen=True, slots=True)
class Article:
    """One release of a newsroom.

    `status`, `version`, `first_seen` and `last_seen` describe its life over several runs; `content_hash` is equal for versions
    with equal text. `duplicate_of` is the id of the article that it repeats; `diff` is the change of its text, if asked for.
    """

    id: str
    url: str
    canonical_url: str | None
    newsroom: str
    company: str
    source: ArticleSource
    headline: str
    subheadline: str | None
    summary: str | None
    body: str
    body_markdown: str
    body_html: str
    language: str | None
    translations: tuple[Translation, ...]
    date_published: str | None
    date_published_raw: str | None
    date_precision: str | None
    date_modified: str | None
    authors: tuple[str, ...]
    section: str | None
    keywords: tuple[str, ...]
    images: tuple[Image, ...]
    videos: tuple[Video, ...]
    attachments: tuple[Attachment, ...]
    dateline: Dateline | None
    contacts: tuple[Contact, ...]
    about: tuple[About, ...]
    legal_notice: str | None
    status: ArticleStatus
    version: int
    first_seen: str
    last_seen: str
    content_hash: str
    duplicate_of: str | None
    diff: str | None
    crawl: CrawlInfo
