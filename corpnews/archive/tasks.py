"""The tasks of the worker processes: learn from a batch of one site's pages, and extract their articles as lines."""

from __future__ import annotations

import json
import logging
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from corpnews.archive.inputs import read_saved_page
from corpnews.archive.page_cache import PageCache
from corpnews.archive.page_location import NO_ARTICLE, SkippedInput, UnreadableInput
from corpnews.archive.site_facts import SiteFacts, get_path_in_folder
from corpnews.cleaning.article import Provenance, build_valid_article
from corpnews.discovery.page_classifier.classifier import check_no_obstacle, classify, classify_unlinked
from corpnews.discovery.page_classifier.page_features import PageClaims
from corpnews.discovery.scope import Scope
from corpnews.extraction.data_article import extract_article
from corpnews.extraction.extract import NotAnArticle
from corpnews.items import ArticleSource
from corpnews.page.garbage import pause_garbage_collection
from corpnews.page.page import Page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpnews.archive.page_location import PageLocation, SavedPage
    from corpnews.extraction.extracted_page import ExtractedPage
    from corpnews.items import Article

# Stands for the site of a folder whose pages do not tell their URLs
_UNKNOWN_SITE: Final = "https://site.invalid"
_UNKNOWN_SCOPE: Final = Scope.from_start_url(f"{_UNKNOWN_SITE}/")


@dataclass(frozen=True, slots=True)
class TaskResult:
    """The lines of a batch's articles, and its pages without one."""

    lines: list[bytes]
    skipped: list[SkippedInput]


def learn_site_facts(locations: Sequence[PageLocation]) -> SiteFacts:
    """Learn the facts of a site from a batch of its pages."""
    return _learn(locations, PageCache(_read_page))


def extract_batch(locations: Sequence[PageLocation], *, use_template: bool, known: SiteFacts | None = None) -> TaskResult:
    """Extract the article of each page with the facts of its site: `known`, or those of the pages themselves."""
    cache, result = PageCache(_read_page), TaskResult([], [])
    facts = (known or _learn(locations, cache)) if use_template else None
    for location in locations:
        try:
            result.lines.append(_extract_line(location, cache, facts))
        except UnreadableInput as error:
            result.skipped.append(SkippedInput(f"{location} in {location.path}", str(error)))
        except NotAnArticle as error:
            # a site has other pages; of one that was named by itself, an article is expected
            level = logging.INFO if location.folder or location.via == "warc" else logging.WARNING
            result.skipped.append(SkippedInput(str(location), f"{NO_ARTICLE}{error}", level))
        except Exception as error:  # noqa: BLE001  # an error on one page must not end the run
            reason = f"error: {type(error).__name__}"
            result.skipped.append(SkippedInput(str(location), reason, logging.ERROR, traceback.format_exc()))
    return result


def _learn(locations: Sequence[PageLocation], cache: PageCache[PageLocation]) -> SiteFacts:
    return cache.observe(locations, SiteFacts(folder=locations[0].folder))


def _read_page(location: PageLocation) -> tuple[Page, SavedPage]:
    """Read and parse a saved page. Raises UnreadableInput."""
    saved = read_saved_page(location)
    return Page.from_html(saved.html, location.url, saved.content_type), saved


@pause_garbage_collection()
def _extract_line(location: PageLocation, cache: PageCache[PageLocation], facts: SiteFacts | None) -> bytes:
    """Extract the article at the location as a JSON line. Raises UnreadableInput or NotAnArticle."""
    page, saved = cache.pop(location)
    extracted = extract_article(page, facts.template if facts else None)
    status = 200 if location.via == "warc" else None
    if location.via == "warc" or location.folder:
        check_is_article(extracted, location.folder)
        if facts and facts.is_in_menu(page.url):
            raise NotAnArticle("the menu of the site leads to it")
    else:
        check_no_obstacle(extracted)
    provenance = Provenance(
        _get_newsroom_name(location.url, location.newsroom),
        (facts and facts.company_names.name) or "",
        ArticleSource(location.via),
        saved.fetched_at,
        status,
    )
    return _format_line(build_valid_article(extracted, provenance), location.id)


def check_is_article(extracted: ExtractedPage, folder: str = "") -> None:
    """Check that a page of a WARC file or a folder, which may hold all pages of a site, is an article. Raises NotAnArticle."""
    page, claims = extracted.page, PageClaims.from_extracted(extracted)
    if page.host or not folder:
        kind = classify_unlinked(page, claims)
    else:  # its URL on the web is unknown; links to other files of the folder are links within the site
        url = _UNKNOWN_SITE + get_path_in_folder(page.url, folder)
        kind = classify(Page(url, page.root), _UNKNOWN_SCOPE, claims, is_linked=False)
    if not kind.is_article:
        raise NotAnArticle(kind.reason)


def _get_newsroom_name(url: str, known: str = "") -> str:
    """Return the page's host; of a file whose URL on the web is unknown the name that is known, or its folder.

    >>> _get_newsroom_name("https://www.acme.example/news/1"), _get_newsroom_name("file:///home/saved%20pages/1.html")
    ('www.acme.example', 'saved pages')
    """
    try:
        parts = urlsplit(url)
        return parts.hostname or known or Path(unquote(parts.path)).parent.name or "unnamed"
    except ValueError:
        return "unnamed"


def _format_line(article: Article, listed_id: str | int | None) -> bytes:
    """Encode the article as a JSON line; the id of a page list replaces the article's own."""
    line = article.to_dict() if listed_id is None else article.to_dict() | {"id": listed_id}
    return json.dumps(line, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
