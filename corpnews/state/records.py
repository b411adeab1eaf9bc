"""What goes into a store and what comes out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from corpnews.items import ArticleStatus


@dataclass(frozen=True, slots=True)
class Validators:
    """The answer's ETag and Last-Modified, as the server wrote them, to ask for the page again only if it changed."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class ArticleRecord:
    """An article as its last line has it.

    `marks` (see corpnews.state.duplicates) are what the like of it is found by; `removed` is what its page held beside its text.
    """

    id: str
    url: str
    canonical_url: str | None
    headline: str
    body: str
    language: str | None
    date_published: str | None
    content_hash: str
    status: ArticleStatus
    version: int
    first_seen: datetime
    duplicate_of: str | None = None
    marks: tuple[int, ...] = ()
    removed: str = ""


@dataclass(frozen=True, slots=True)
class PageVisit:
    """An answer to a request for the page `key` (its `article_key`): what it was, and when to ask again.

    `article` is the id of the article that the page shows, None for a listing and for what is neither.
    """

    key: str
    at: datetime
    article: str | None = None
    validators: Validators = Validators()
    due: datetime | None = None


@dataclass(frozen=True, slots=True)
class KnownArticle:
    """What earlier runs know of an article.

    `missing` counts the runs in a row in which it was gone, `missing_in` is the last of them; `due` is when to look at it
    again, None for never.
    """

    id: str
    url: str
    headline: str
    language: str | None
    date_published: str | None
    content_hash: str
    status: ArticleStatus
    version: int
    duplicate_of: str | None
    first_seen: datetime
    last_seen: datetime
    checked: datetime
    due: datetime | None
    missing: int
    missing_in: int | None


@dataclass(frozen=True, slots=True)
class KnownPage:
    """What earlier runs know of a page; `article` is None where it was none."""

    checked: datetime
    validators: Validators
    article: KnownArticle | None


@dataclass(frozen=True, slots=True)
class DuplicateCandidate:
    """An article whose text may be the same as another's."""

    id: str
    newsroom: str
    language: str | None
    headline: str
    body: str
    content_hash: str


@dataclass(frozen=True, slots=True)
class PastRun:
    """A run of a newsroom; one that has no `ended` was killed, or is under way."""

    number: int
    started: datetime
    ended: datetime | None
    verdict: str | None
    reasons: tuple[str, ...] = ()
    counts: Mapping[str, Any] = field(default_factory=dict)
