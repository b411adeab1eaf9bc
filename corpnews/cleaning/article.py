"""An extracted page and its cleaned blocks as an Article."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from corpnews.cleaning.clean import clean_page
from corpnews.cleaning.end_matter import find_about, find_contacts, find_legal_notice
from corpnews.cleaning.render import render_body
from corpnews.extraction.extract import NotAnArticle
from corpnews.extraction.release.dateline import find_dateline
from corpnews.items import Article, ArticleSource, CrawlInfo
from corpnews.state.changes import compute_content_hash
from corpnews.web.urls import article_key, has_article_id, has_slug, split_path, split_path_without_edition

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpnews.extraction.extracted_page import ExtractedPage
    from corpnews.state import KnownArticle

_REQUIRED_FIELDS = ("headline", "body", "company")

VIA_REVISIT = "revisit"  # how an article was found that earlier runs knew
_MAX_TIME_AHEAD = timedelta(days=2)  # a date further in the future than time zones explain


@dataclass(frozen=True, slots=True)
class Provenance:
    """How and when a page was fetched, and for which newsroom.

    `company` is empty if unknown; `languages` are those of the newsroom (BCP 47).
    """

    newsroom: str
    company: str
    source: ArticleSource
    fetched_at: str
    http_status: int = 200
    languages: tuple[str, ...] = ()


def build_valid_article(draft: ExtractedPage, origin: Provenance) -> Article:
    """Return the article; raises NotAnArticle if it lacks a field that every line has."""
    article = build_article(draft, origin)
    if lack := find_missing_field(article):
        raise NotAnArticle(lack)
    return article


def find_missing_field(article: Article) -> str | None:
    """Return which required field is empty, as a message; None if none is."""
    return next((f"no {name}" for name in _REQUIRED_FIELDS if not getattr(article, name).strip()), None)


def format_utc(moment: datetime) -> str:
    """Return the time in the format of the output line.

    >>> format_utc(datetime(2026, 11, 23, 6, 10, tzinfo=UTC))
    '2026-11-23T06:10:00Z'
    """
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def build_article(draft: ExtractedPage, origin: Provenance) -> Article:
    """Clean the page and build its article."""
    cleaned = clean_page(draft)
    writing = render_body(draft.page, cleaned.blocks)
    published, modified = draft.date_published, draft.date_modified
    return Article(
        id=compute_article_id(origin.newsroom, draft.page.url, draft.canonical_url),
        url=draft.page.url,
        canonical_url=draft.canonical_url,
        newsroom=origin.newsroom,
        company=origin.company or draft.publisher or origin.newsroom,
        source=origin.source,
        headline=draft.headline.text,
        subheadline=draft.headline.subheadline,
        summary=draft.summary,
        body=writing.text,
        body_markdown=writing.markdown,
        body_html=writing.html,
        language=draft.language or _get_single_language(origin.languages),
        translations=draft.translations,
        date_published=published.value if published else None,
        date_published_raw=published.raw if published else None,
        date_precision=published.precision if published else None,
        date_modified=modified.value if modified else None,
        authors=draft.authors,
        section=draft.section,
        keywords=draft.keywords,
        images=draft.images,
        videos=draft.videos,
        attachments=draft.attachments,
        dateline=find_dateline(cleaned.blocks, [draft.language] if draft.language else []),
        contacts=find_contacts(cleaned.end_matter),
        about=find_about(cleaned.end_matter),
        legal_notice=find_legal_notice(cleaned.end_matter),
        status="new",
        version=1,
        first_seen=origin.fetched_at,
        last_seen=origin.fetched_at,
        content_hash=compute_content_hash(draft.headline.text, writing.text),
        duplicate_of=None,
        diff=None,
        crawl=CrawlInfo(
            fetched_at=origin.fetched_at,
            http_status=origin.http_status,
            field_sources=draft.sources,
            removed=(*cleaned.removed, *draft.removed),
            warnings=(
                *find_date_warnings(published.value if published else None, origin.fetched_at),
                *_describe_truncation(draft),
                *draft.warnings,
            ),
        ),
    )


def build_withdrawn_article(known: KnownArticle, newsroom: str, company: str, body: str, now: str) -> Article:
    """Return the line that reports an article as withdrawn, with what earlier runs stored of it."""
    return Article(
        id=known.id,
        url=known.url,
        canonical_url=None,
        newsroom=newsroom,
        company=company,
        source=ArticleSource(VIA_REVISIT),
        headline=known.headline,
        subheadline=None,
        summary=None,
        body=body,
        body_markdown=body,
        body_html="",
        language=known.language,
        translations=(),
        date_published=known.date_published,
        date_published_raw=None,
        date_precision=None,
        date_modified=None,
        authors=(),
        section=None,
        keywords=(),
        images=(),
        videos=(),
        attachments=(),
        dateline=None,
        contacts=(),
        about=(),
        legal_notice=None,
        status="withdrawn",
        version=known.version,
        first_seen=format_utc(known.first_seen),
        last_seen=format_utc(known.last_seen),
        content_hash=known.content_hash,
        duplicate_of=known.duplicate_of,
        diff=None,
        crawl=CrawlInfo(fetched_at=now),
    )


def _get_single_language(languages: tuple[str, ...]) -> str | None:
    return languages[0] if len(languages) == 1 else None


def find_date_warnings(date_published: str | None, fetched_at: str) -> Iterator[str]:
    """Yield warnings about the article's date.

    >>> list(find_date_warnings("2031", "2026-11-23T06:10:00Z"))
    ['date_published is in the future']
    """
    if not date_published:
        yield "no date_published"
    elif date_published[:10] > (datetime.fromisoformat(fetched_at) + _MAX_TIME_AHEAD).date().isoformat():
        yield "date_published is in the future"


def _describe_truncation(draft: ExtractedPage) -> tuple[str, ...]:
    """Return the warning that text may be missing, if only the start of an overlong page was parsed."""
    return ("the page was too long and is cut short",) if draft.page.is_truncated else ()


def compute_article_id(newsroom: str, url: str, canonical_url: str | None) -> str:
    """Return a hash of newsroom and article that is the same in every run."""
    return sha256(f"{newsroom}\n{_build_identity_key(url, canonical_url)}".encode()).hexdigest()[:32]


def _build_identity_key(url: str, canonical_url: str | None) -> str:
    """Return the key of the article: that of its canonical URL if that names this page alone, else that of its URL.

    Many sites declare one canonical URL, such as their home page, on every page, or that of the original on translations.

    >>> _build_identity_key("http://example.com/news/plant-opens-in-oslo?from=mail", "https://www.example.com/press/plant-opens-in-oslo/")
    'example.com/press/plant-opens-in-oslo'
    >>> _build_identity_key("http://example.com/news/462.html", "https://www.example.com/")
    'example.com/news/462.html'
    >>> _build_identity_key("http://example.com/de/news/plant-opens-in-oslo", "https://example.com/news/plant-opens-in-oslo")
    'example.com/de/news/plant-opens-in-oslo'
    """
    if (
        canonical_url
        and (has_slug(canonical_url) or has_article_id(canonical_url))
        and _get_edition_and_name(canonical_url) == _get_edition_and_name(url)
    ):
        return article_key(canonical_url)
    return article_key(url)


def _get_edition_and_name(url: str) -> tuple[tuple[str, ...], str]:
    """Return the edition of a page and the last step of its path."""
    path = split_path(url)
    return path[: len(path) - len(split_path_without_edition(url))], path[-1] if path else ""
