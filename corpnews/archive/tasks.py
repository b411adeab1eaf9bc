"""The tasks of the processes: learn the template of a batch of one site's pages, and extract their articles as lines."""

from __future__ import annotations

import json
import logging
import traceback
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from corpnews.archive.inputs import read_saved_page
from corpnews.archive.page_location import SkippedInput, UnreadableInput
from corpnews.cleaning.article import Provenance, build_valid_article
from corpnews.discovery import Scope, classify
from corpnews.discovery.page_classifier import ARTICLE_SCHEMA_TYPES
from corpnews.extraction.extract import NotAnArticle, extract_page
from corpnews.extraction.site_template import SiteTemplate
from corpnews.items import ArticleSource
from corpnews.page.page import Page
from corpnews.web.urls import SLUG_WORD, has_news_step, split_path_without_edition

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpnews.archive.page_location import PageLocation, SavedPage
    from corpnews.extraction.extracted_page import ExtractedPage
    from corpnews.items import Article

# Parsed pages are kept between learning and extraction up to this size of their HTML; a tree takes many times as much memory.
_MAX_CACHED_HTML_BYTES: Final = 4_000_000


@dataclass(frozen=True, slots=True)
class TaskResult:
    """The lines of a batch's articles, and its pages without one."""

    lines: tuple[bytes, ...]
    skipped: tuple[SkippedInput, ...]


def learn_batch_template(places: Sequence[PageLocation]) -> bytes:
    """Learn the template of a batch of pages, as bytes."""
    return PageCache(places).learned(SiteTemplate()).to_bytes()


def extract_batch(places: Sequence[PageLocation], *, use_template: bool, known: bytes | None = None) -> TaskResult:
    """Add the pages to the template of their site (`known`, as bytes), then extract the article of each."""
    sheaf = PageCache(places)
    template = None
    if use_template:
        template = sheaf.learned(SiteTemplate.from_bytes(known) if known else SiteTemplate())
    lines, skipped = [], []
    for place in places:
        result = _extract_line(place, sheaf, template)
        if isinstance(result, SkippedInput):
            skipped.append(result)
        else:
            lines.append(result)
    return TaskResult(tuple(lines), tuple(skipped))


class PageCache:
    """A batch of pages of one site, parsed once if they fit in memory and twice if not."""

    def __init__(self, places: Sequence[PageLocation]) -> None:
        self.places = places
        self.room = _MAX_CACHED_HTML_BYTES
        self.kept: dict[PageLocation, tuple[Page, SavedPage]] = {}

    def learned(self, template: SiteTemplate) -> SiteTemplate:
        """Let the template observe all pages that can be read, and return it."""
        for place in self.places:
            try:
                page, content = self.read(place)
            except UnreadableInput:
                continue  # reported when the page is extracted
            template.observe(page)
            self.room -= len(content.html)
            if self.room > 0:
                self.kept[place] = page, content
        return template

    def read(self, place: PageLocation) -> tuple[Page, SavedPage]:
        """Read a page, or take it from the cache, which then forgets it. Raises UnreadableInput."""
        if place in self.kept:
            return self.kept.pop(place)
        content = read_saved_page(place)
        return Page.from_html(content.html, place.url, content.content_type), content


def _extract_line(place: PageLocation, sheaf: PageCache, template: SiteTemplate | None) -> bytes | SkippedInput:
    """Extract the article at the location as a JSON line, or say why there is none."""
    try:
        page, content = sheaf.read(place)
        draft = extract_page(page, template)
        if place.via == "warc":
            check_is_article(draft)
        return _format_line(build_valid_article(draft, _build_archive_provenance(place, content)), place.id)
    except UnreadableInput as error:
        return SkippedInput(f"{place} in {place.path}", str(error))
    except NotAnArticle as error:
        return SkippedInput(str(place), f"no article: {error}")
    except Exception as error:  # noqa: BLE001  # an error on one page must not end the run
        return SkippedInput(str(place), f"error: {type(error).__name__}", logging.ERROR, traceback.format_exc())


def check_is_article(draft: ExtractedPage) -> None:
    """Check that a page of a WARC file, which holds all that a crawler fetched, is an article. Raises NotAnArticle."""
    page, dated = draft.page, draft.date_published is not None
    kind = classify(
        page, Scope.from_start_url(f"https://{page.host}/"), headline=draft.headline.text, types=draft.types, dated=dated
    )
    if not kind.is_article:
        raise NotAnArticle(kind.reason)
    if not ARTICLE_SCHEMA_TYPES.intersection(draft.types) and is_newsroom_url(page.url):
        raise NotAnArticle("the URL of a listing page")


def is_newsroom_url(url: str) -> bool:
    """Whether the last step of the URL's path consists of newsroom words only, such as `press-releases`.

    >>> is_newsroom_url("https://acme.example/en/press-releases/"), is_newsroom_url("https://acme.example/news/?id=17")
    (True, False)
    """
    words = SLUG_WORD.findall("".join(split_path_without_edition(url)[-1:]))
    return bool(words) and "?" not in url and all(word.isalpha() and has_news_step((word,)) for word in words)


def _build_archive_provenance(place: PageLocation, content: SavedPage) -> Provenance:
    return Provenance(
        _get_newsroom_name(place.url), "", ArticleSource(place.via), content.fetched_at, 200 if place.via == "warc" else None
    )


def _get_newsroom_name(url: str) -> str:
    """Return the page's host, or the folder of a file whose URL on the web is unknown.

    >>> _get_newsroom_name("https://www.acme.example/news/1"), _get_newsroom_name("file:///home/saved%20pages/1.html")
    ('www.acme.example', 'saved pages')
    """
    try:
        parts = urlsplit(url)
        return parts.hostname or Path(unquote(parts.path)).parent.name or "unnamed"
    except ValueError:
        return "unnamed"


def _format_line(article: Article, listed_id: str | int | None) -> bytes:
    """Encode the article as a JSON line; the id of a page list replaces the article's own."""
    line = asdict(article) if listed_id is None else asdict(article) | {"id": listed_id}
    return json.dumps(line, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
