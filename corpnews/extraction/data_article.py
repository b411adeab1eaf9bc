"""The article that is only in a page's data, embedded or JSON-LD: an object with a headline and a long text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from corpnews.extraction.extract import NotAnArticle, extract_page
from corpnews.extraction.inline_article import extract_inline
from corpnews.extraction.listing_entry import NO_LISTING_ENTRY, ArticleLink, InlineArticle, ListingEntry
from corpnews.extraction.selectors import NO_SELECTORS, Selectors
from corpnews.extraction.structured_data import json_values
from corpnews.extraction.structured_data.json_ld import read_json_ld_article
from corpnews.page.garbage import pause_garbage_collection
from corpnews.page.rich_text import render_rich_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from corpnews.extraction.extracted_page import ExtractedPage
    from corpnews.extraction.site_template import SiteTemplate
    from corpnews.page.page import Page

EMBEDDED_DATA: Final = "embedded-data"  # crawl.field_sources
# Normalized keys of an object's text, the more telling first.
_TEXT_KEYS: Final = (
    "articlebody bodyhtml contenthtml htmlcontent htmlbody bodycontent bodytext articletext maintext maincontent fulltext "
    "richtext body content html text copy document blocks sections components modules description longdescription"
).split()
_SUMMARY_KEYS: Final = "excerpt summary teaser abstract lead intro standfirst description subtitle".split()
_URL_KEYS: Final = "slug url href path permalink link canonicalurl uri id".split()
_TAG = re.compile(r"<[^>]*>")
_MIN_DATA_TEXT_LENGTH: Final = 30
_MIN_TITLE_LENGTH: Final = 4
_MAX_DATA_NODES: Final = 20_000
_MAX_DATA_DEPTH: Final = 16
# So many objects in one list are other articles, unless a URL says that one is the page's own.
_MIN_LISTED_ARTICLES: Final = 3
# A page's own text so short, without links, may be no more than its frame; the data must have half as much again.
_MAX_SHELL_TEXT_LENGTH: Final = 400
_MIN_LENGTH_RATIO: Final = 1.5


def extract_article(
    page: Page,
    template: SiteTemplate | None = None,
    *,
    entry: ListingEntry = NO_LISTING_ENTRY,
    selectors: Selectors = NO_SELECTORS,
) -> ExtractedPage:
    """Extract the article of a page, from its embedded data if its HTML has none or much less of it.

    Arguments are those of `extract_page`.

    Raises:
        NotAnArticle: Neither the HTML nor the data of the page have a headline and a text.
    """
    extracted, error = None, None
    try:
        with pause_garbage_collection():
            extracted = extract_page(page, template, entry=entry, selectors=selectors)
    except NotAnArticle as raised:
        error = raised
    length = sum(len(block.text) - block.link_chars for block in extracted.region.blocks) if extracted else 0
    if length < _MAX_SHELL_TEXT_LENGTH and (link := find_data_article(page, entry, min_length=int(length * _MIN_LENGTH_RATIO))):
        return extract_inline(link, EMBEDDED_DATA)
    if extracted is None:
        raise error or NotAnArticle("no text")
    return extracted


@dataclass(frozen=True, slots=True)
class _DataArticle:
    """An object of the data that reads like an article."""

    title: str
    html: str
    length: int
    fields: Mapping[str, Any]
    is_own: bool
    is_listed: bool


def find_data_article(page: Page, entry: ListingEntry = NO_LISTING_ENTRY, *, min_length: int = 0) -> ArticleLink | None:
    """Return the article in a page's data, with its text inline; None if the data have none.

    The object whose URL is the page's, or the page's article in JSON-LD, wins, then the longest text that is not one of a list
    of articles.
    """
    found = [article for value in page.embedded_values for article in _iter_articles(value, page.url)]
    own = [article for article in found if article.is_own]
    if (node := read_json_ld_article(page)) and (stated := _read_object(node, page.url, is_listed=False)):
        own.append(stated)
    chosen = max(own or [each for each in found if not each.is_listed], key=lambda each: each.length, default=None)
    if chosen is None or chosen.length < min_length:
        return None
    date = next((date for key in json_values.DATE_KEYS if (date := json_values.as_date(chosen.fields.get(key)))), entry.date)
    summary = next((text for key in _SUMMARY_KEYS if (text := json_values.as_text(chosen.fields.get(key)))), None)
    return ArticleLink(page.url, chosen.title, date, inline_article=InlineArticle(chosen.html, summary=summary))


def _iter_articles(value: object, url: str) -> Iterator[_DataArticle]:
    """Yield the objects in a JSON value that read like articles; the objects within them are not searched."""
    waiting: list[tuple[object, int, int]] = [(value, 0, 1)]
    for _ in range(_MAX_DATA_NODES):
        if not waiting:
            return
        node, depth, siblings = waiting.pop()
        article = _read_object(node, url, is_listed=siblings >= _MIN_LISTED_ARTICLES) if isinstance(node, dict) else None
        if article is not None:
            yield article
        elif depth < _MAX_DATA_DEPTH:
            children = list(node.values()) if isinstance(node, dict) else node if isinstance(node, list) else []
            count = len(json_values.as_mappings(node)) or 1
            waiting.extend((child, depth + 1, count) for child in reversed(children) if isinstance(child, (dict, list)))


def _read_object(node: Mapping[str, Any], url: str, *, is_listed: bool) -> _DataArticle | None:
    fields = {json_values.normalize_key(key): child for key, child in node.items()}
    for key in json_values.WRAPPER_KEYS & fields.keys():
        if isinstance(fields[key], dict):
            fields = {json_values.normalize_key(name): child for name, child in fields[key].items()} | fields
    title = next((found for key in json_values.HEADLINE_KEYS if (found := json_values.as_text(fields.get(key)))), "")
    if len(title) < _MIN_TITLE_LENGTH:
        return None
    texts = (render_rich_text(fields[key]) for key in _TEXT_KEYS if isinstance(fields.get(key), (str, list, dict)))
    length, html = max(((len(_TAG.sub("", html).strip()), html) for html in texts), default=(0, ""))
    if length < _MIN_DATA_TEXT_LENGTH:
        return None
    return _DataArticle(title, html, length, fields, _is_at(fields, url), is_listed)


def _is_at(fields: Mapping[str, Any], url: str) -> bool:
    """Return whether a URL or slug among the fields has the last step of the page's URL."""
    step = _get_last_step(url)
    values = (fields.get(key) for key in _URL_KEYS)
    texts = (value.get("current") if isinstance(value, dict) else value for value in values)
    return bool(step) and any(isinstance(text, str) and _get_last_step(text) == step for text in texts)


def _get_last_step(url: str) -> str:
    return url.partition("?")[0].rstrip("/").rpartition("/")[2].removesuffix(".html").lower()
