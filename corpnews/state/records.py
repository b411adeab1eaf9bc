"""Values that are written to a store and read from it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from corpnews.items import ArticleStatus


@dataclass(frozen=True, slots=True)
class Validators:
    """A response's ETag and Last-Modified headers as sent; a later request for the page is conditional on them."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class KnownListing:
    """A page that lists articles, as it came from `url` when it was fetched in full."""

    url: str
    media_type: str
    body: bytes
    validators: Validators
    fetched: datetime


@dataclass(frozen=True, slots=True)
class ArticleRecord:
    """An article as its last line has it.

    `changed` is when this version was found. `hashes` (see corpnews.state.duplicates) find articles of much the same text;
    `removed` is the text of its page that is not part of the body.
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
    changed: datetime | None = None
    duplicate_of: str | None = None
    hashes: tuple[int, ...] = ()
    removed: str = ""


@dataclass(frozen=True, slots=True)
class PageVisit:
    """What a fetched page turned out to be, and when to fetch it again.

    `key` is the page's `article_key`. `article` is the id of the article on the page; where there is none, `outcome` says
    what the page was: a reason of `PageOutcome`, and a value after a space where the reason depends on one.
    """

    key: str
    at: datetime
    article: str | None = None
    validators: Validators = Validators()
    due: datetime | None = None
    outcome: str | None = None


@dataclass(frozen=True, slots=True)
class KnownArticle:
    """An article that earlier runs recorded.

    `missing` counts the runs in a row that found it gone, `missing_in` is the number of the last of them; `due` is when to
    fetch it again, None for never; `changed` is when its last version was found.
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
    changed: datetime | None = None


@dataclass(frozen=True, slots=True)
class KnownPage:
    """A page that earlier runs fetched; `article` is None where it held none, `outcome` then says what it was."""

    checked: datetime
    validators: Validators
    article: KnownArticle | None
    outcome: str | None = None


class StoredText(NamedTuple):
    """The body of an article's last version, and the rest of its page's text."""

    body: str = ""
    removed: str = ""


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
    """A run of a newsroom; one without `ended` was killed, or is under way.

    `unfinished` are the output files that it had not published: bytes and articles of each that are known, by path.
    """

    number: int
    started: datetime
    ended: datetime | None
    verdict: str | None
    reasons: tuple[str, ...] = ()
    counts: Mapping[str, Any] = field(default_factory=dict)
