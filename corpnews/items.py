"""The output contract: one Article is one line of JSON. Every schema of the output follows from these classes.

The words are those of schema.org and zyte-common-items, in snake_case. Fields are written in the order in which they stand
here. What a page does not state is None or empty.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, Literal, Self

if TYPE_CHECKING:
    from collections.abc import Mapping

ArticleStatus = Literal["new", "updated", "withdrawn"]
_SCHEMA_VERSION: Final = 3
_DAY_LENGTH: Final = len("2024-05-03")
# Fields that are a calendar day or null in every line, and have the type of a day in every schema.
DAY_FIELDS: Final = frozenset(("published_on",))
# The source of an article whose page or URL was handed in.
VIA_GIVEN: Final = "given"
# The source of an article that only the page of another article leads to, as the one before or after it.
VIA_ARTICLE: Final = "article"
# The source of an article that earlier runs knew and this one fetched again.
VIA_REVISIT: Final = "revisit"


@dataclass(frozen=True, slots=True)
class ArticleSource:
    """How the article was found: `via` is the kind of source (listing, feed, sitemap …), `url` the page that led to it.

    `via` is "given" for a page or URL that was handed in.
    """

    via: str = VIA_GIVEN
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
    """A person or department to contact; `phone` is in E.164 (+4755500100), or as printed where its country is unknown."""

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
class Ticker:
    """A stock symbol and its exchange, as printed and as ISO 10383 market identifier code; or an ISIN alone."""

    exchange: str | None = None
    mic: str | None = None
    symbol: str | None = None
    isin: str | None = None


@dataclass(frozen=True, slots=True)
class Wire:
    """The news wire that distributed the release, with the release's identifier and URL there."""

    name: str
    id: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class RemovedText:
    """A text that was removed from the page, the reason, and on how many pages of the site it was seen."""

    text: str
    reason: str
    pages: int = 1


@dataclass(frozen=True, slots=True)
class FieldSources:
    """Where a field was found, such as "json-ld", "visible" or "selector"; None for a field that was not found."""

    headline: str | None = None
    date_published: str | None = None
    authors: str | None = None
    section: str | None = None


@dataclass(frozen=True, slots=True)
class CrawlInfo:
    """How the line was produced.

    `fetched_at` is ISO 8601 in UTC; it and `http_status` are None for a page that was not fetched. `rendered` is True if a
    browser rendered the page.
    """

    fetched_at: str | None = None
    http_status: int | None = None
    rendered: bool = False
    field_sources: FieldSources = FieldSources()
    removed: tuple[RemovedText, ...] = ()
    warnings: tuple[str, ...] = ()
    schema_version: int = _SCHEMA_VERSION


@dataclass(kw_only=True, slots=True)
class Article:
    """One release of a newsroom. Pipelines may set fields, also through ItemAdapter.

    `release_id` is the same for the release in all its languages, if its pages name each other as translations.
    `published_on` is the day of `date_published`, None where that is a month or a year.
    `status`, `version`, `first_seen` and `last_seen` describe its life over several runs, and are None outside a crawl;
    `content_hash` is equal for versions with equal text. `duplicate_of` is the id of the article that it repeats; `diff` is the
    change of its text, if asked for.
    """

    id: str
    release_id: str | None = None
    url: str
    canonical_url: str | None = None
    newsroom: str
    company: str
    source: ArticleSource = ArticleSource()
    headline: str
    subheadline: str | None = None
    summary: str | None = None
    body: str
    body_markdown: str = ""
    body_html: str = ""
    language: str | None = None
    translations: tuple[Translation, ...] = ()
    date_published: str | None = None
    published_on: str | None = None
    date_published_raw: str | None = None
    date_precision: str | None = None
    date_modified: str | None = None
    authors: tuple[str, ...] = ()
    publisher_source: str | None = None
    section: str | None = None
    keywords: tuple[str, ...] = ()
    images: tuple[Image, ...] = ()
    videos: tuple[Video, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    dateline: Dateline | None = None
    contacts: tuple[Contact, ...] = ()
    about: tuple[About, ...] = ()
    legal_notice: str | None = None
    tickers: tuple[Ticker, ...] = ()
    wire: Wire | None = None
    embargo: str | None = None
    status: ArticleStatus | None = None
    version: int | None = None
    first_seen: str | None = None
    last_seen: str | None = None
    content_hash: str = ""
    duplicate_of: str | None = None
    diff: str | None = None
    crawl: CrawlInfo = field(default_factory=CrawlInfo)

    def to_dict(self) -> dict[str, Any]:
        """Return the article as dicts, tuples, strings, numbers, booleans and None: `json.dumps` of it is its JSON line."""
        import msgspec  # noqa: PLC0415  # it would double the cost of importing corpnews

        line: dict[str, Any] = msgspec.to_builtins(self)
        return line

    @classmethod
    def from_dict(cls, line: Mapping[str, Any]) -> Self:
        """Return the article of a decoded JSON line; keys that are no fields are ignored.

        Raises:
            ValueError: a field is missing or has a value of the wrong type; the message names it.

        >>> Article.from_dict({"id": "1", "url": 2})
        Traceback (most recent call last):
        ValueError: no article: Expected `str`, got `int` - at `$.url`
        """
        import msgspec  # noqa: PLC0415

        try:
            return msgspec.convert(line, cls)
        except msgspec.ValidationError as error:
            raise ValueError(f"no article: {error}") from None

    @classmethod
    def json_schema(cls) -> dict[str, Any]:
        """Return the JSON Schema of a line."""
        import msgspec.json  # noqa: PLC0415

        return {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(cls)}


def get_day(date: str | None) -> str | None:
    """Return the day of an ISO 8601 date or time as it is written, whatever its zone; None where it names no day.

    >>> get_day("2024-05-03T23:30:00-05:00"), get_day("2024-05")
    ('2024-05-03', None)
    """
    return date[:_DAY_LENGTH] if date and len(date) >= _DAY_LENGTH else None


def format_utc(moment: datetime) -> str:
    """Return the time in the format of the output line.

    >>> format_utc(datetime(2026, 11, 23, 6, 10, tzinfo=UTC))
    '2026-11-23T06:10:00Z'
    """
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
