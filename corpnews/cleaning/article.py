"""An extracted page and its cleaned blocks as an Article."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from corpnews.cleaning.clean import clean_page
from corpnews.cleaning.release_parts import find_release_parts
from corpnews.cleaning.render import render_body
from corpnews.extraction.company import find_company_name
from corpnews.extraction.dates.published import count_days_between
from corpnews.extraction.extract import NotAnArticle
from corpnews.items import Article, ArticleSource, CrawlInfo, FieldSources, get_day
from corpnews.page.garbage import pause_garbage_collection
from corpnews.web.text import build_comparison_key, fold_text
from corpnews.web.url_features import has_article_id, has_slug, split_path_without_edition
from corpnews.web.urls import article_key, split_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpnews.extraction.extracted_page import ExtractedPage
    from corpnews.items import Dateline

_REQUIRED_FIELDS = ("headline", "body", "company")

_NO_TEXT_WARNING = "the page has pictures and no text; the headline stands for it"
_NOINDEX_WARNING = "the site asks search engines not to list this page (noindex)"
_DIRECTIVE_ENDS = re.compile(r"[\s,;:]+")
_MAX_SUMMARY_LENGTH = 20_000  # characters

# Maximum time by which time zones let a date be in the future.
_MAX_TIME_AHEAD = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Provenance:
    """How and when a page was fetched, and for which newsroom; None for a page that was not fetched.

    `company` is empty if unknown; `languages` are those of the newsroom (BCP 47); `robots_tag` is the header X-Robots-Tag.
    """

    newsroom: str
    company: str
    source: ArticleSource = field(default_factory=ArticleSource)
    fetched_at: str | None = None
    http_status: int | None = None
    languages: tuple[str, ...] = ()
    is_rendered: bool = False
    robots_tag: str = ""


def build_valid_article(extracted: ExtractedPage, provenance: Provenance) -> Article:
    """Return the article; raises NotAnArticle if it lacks a field that every line has."""
    article = build_article(extracted, provenance)
    if name := find_missing_field(article):
        raise NotAnArticle(f"no {name}")
    return article


def _is_own_name(source: str | None, company: str) -> bool:
    """Return whether a source is the company itself, whose name may be longer."""
    key = build_comparison_key(source or "")
    return bool(key) and build_comparison_key(company).startswith(key)


def find_missing_field(article: Article) -> str | None:
    """Return the name of a required field that is empty; None if none is."""
    return next((name for name in _REQUIRED_FIELDS if not getattr(article, name).strip()), None)


@pause_garbage_collection()
def build_article(extracted: ExtractedPage, provenance: Provenance) -> Article:
    """Clean the page and build its article."""
    cleaned = clean_page(extracted)
    # some releases are pictures alone
    is_picture = not cleaned.blocks and bool(extracted.images) and extracted.date_published is not None
    rendered = render_body(extracted.page, extracted.headline.blocks[:1] if is_picture else cleaned.blocks)
    company = provenance.company or find_company_name(extracted.page) or provenance.newsroom
    parts = find_release_parts(extracted, cleaned, company)
    published, modified = extracted.date_published, extracted.date_modified
    return Article(
        id=compute_article_id(provenance.newsroom, extracted.page.url, extracted.canonical_url),
        release_id=_compute_release_id(provenance.newsroom, extracted),
        url=extracted.page.url,
        canonical_url=extracted.canonical_url,
        newsroom=provenance.newsroom,
        company=company,
        source=provenance.source,
        headline=extracted.headline.text,
        subheadline=extracted.headline.subheadline,
        summary=extracted.summary[:_MAX_SUMMARY_LENGTH] if extracted.summary else None,
        body=rendered.text,
        body_markdown=rendered.markdown,
        body_html=rendered.html,
        language=extracted.language or (provenance.languages[0] if len(provenance.languages) == 1 else None),
        translations=extracted.translations,
        date_published=published.value if published else None,
        published_on=get_day(published.value) if published else None,
        date_published_raw=published.raw if published else None,
        date_precision=published.precision if published else None,
        date_modified=modified.value if modified else None,
        authors=extracted.authors,
        publisher_source=None if _is_own_name(extracted.publisher_source, company) else extracted.publisher_source,
        section=extracted.section,
        keywords=extracted.keywords,
        images=extracted.images,
        videos=extracted.videos,
        attachments=extracted.attachments,
        dateline=parts.dateline,
        contacts=parts.contacts,
        about=parts.about,
        legal_notice=parts.legal_notice,
        tickers=parts.tickers,
        wire=parts.wire,
        embargo=parts.embargo,
        status="new" if provenance.fetched_at else None,
        version=1 if provenance.fetched_at else None,
        first_seen=provenance.fetched_at,
        last_seen=provenance.fetched_at,
        content_hash=compute_content_hash(extracted.headline.text, rendered.text),
        crawl=CrawlInfo(
            fetched_at=provenance.fetched_at,
            http_status=provenance.http_status,
            rendered=provenance.is_rendered,
            field_sources=FieldSources(**extracted.sources),
            removed=(*cleaned.removed, *extracted.removed),
            warnings=(
                *find_date_warnings(published.value if published else None, provenance.fetched_at, parts.dateline),
                *(["the page was too long and is cut short"] if extracted.page.is_truncated else ()),
                *(["the text was too long and is cut short"] if cleaned.is_cut else ()),
                *([_NO_TEXT_WARNING] if is_picture and rendered.text else ()),
                *([_NOINDEX_WARNING] if _forbids_indexing(extracted.page.meta.get("robots", ""), provenance.robots_tag) else ()),
                *extracted.warnings,
            ),
        ),
    )


def _forbids_indexing(*directives: str) -> bool:
    """Whether a robots meta element or an X-Robots-Tag header asks search engines not to list the page.

    >>> _forbids_indexing("index, follow", "otherbot: noindex, nofollow"), _forbids_indexing("max-image-preview: large")
    (True, False)
    """
    return any(word in ("noindex", "none") for each in directives for word in _DIRECTIVE_ENDS.split(each.lower()))


def find_date_warnings(date_published: str | None, fetched_at: str | None, dateline: Dateline | None = None) -> Iterator[str]:
    """Yield warnings about the article's date; that of the dateline may differ by a day, as zones do.

    >>> list(find_date_warnings("2031", "2026-11-23T06:10:00Z"))
    ['date_published is in the future']
    """
    if not date_published:
        yield "no date_published"
    elif fetched_at and date_published[:10] > (datetime.fromisoformat(fetched_at) + _MAX_TIME_AHEAD).date().isoformat():
        yield "date_published is in the future"
    said, published_on = dateline and get_day(dateline.date), get_day(date_published)
    if said and published_on and count_days_between(said, published_on) > 1:
        yield f"the dateline has another date: {said}"


def compute_content_hash(headline: str, body: str) -> str:
    """Return a hash of the text that does not depend on white space, typography, letter case and punctuation.

    >>> compute_content_hash("Plant opens", "It cost €1.5 m.") == compute_content_hash("Plant Opens", "It  cost €1.5\u00a0m .")
    True
    """
    return sha256(f"{fold_text(headline)}\n{fold_text(body)}".encode("utf-8", "replace")).hexdigest()[:32]


def compute_article_id(newsroom: str, url: str, canonical_url: str | None) -> str:
    """Return a hash of newsroom and article that is the same in every run."""
    return sha256(f"{newsroom}\n{_build_identity_key(url, canonical_url)}".encode()).hexdigest()[:32]


def _compute_release_id(newsroom: str, extracted: ExtractedPage) -> str:
    """Return a hash of newsroom and release that is the same on all pages that name each other as translations."""
    # not by the canonical URL, which may be on another host than the links from page to page
    keys = {article_key(url) for url in (extracted.page.url, *(each.url for each in extracted.translations))}
    return sha256(f"{newsroom}\n{min(keys)}".encode()).hexdigest()[:32]


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
