"""Releases that are documents: list items that link to a PDF, by the link's URL, type or label, and to no page."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from corpnews.discovery.anchors import Anchor, count_words, iter_anchors
from corpnews.discovery.articles.article_links import read_item_groups
from corpnews.discovery.articles.item_groups import ItemGroup, is_article_group, is_outside_content
from corpnews.discovery.articles.list_items import find_blocks_inside
from corpnews.discovery.articles.listing_dates import parse_date_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from corpnews.discovery.articles.list_items import ListItem
    from corpnews.discovery.scope import Scope
    from corpnews.page.page import Page

# Fewer documents are downloads of the page, not a list of releases.
_MIN_DOCUMENTS = 3
_FILE_TERMS = r"(?:pdf|downloads?|herunterladen|télécharger|descargar|scarica|下载|下載|ダウンロード)"
_FILE_TERM = re.compile(rf"\b(?:{_FILE_TERMS}|[km]b)\b", re.IGNORECASE)
_MIN_TITLE_WORDS = 4
# A short link text that only names the file type or size, or "download".
_FILE_LABEL = re.compile(rf"^(?:.{{0,12}}\W)?{_FILE_TERMS}(?:\W.{{0,12}})?$", re.IGNORECASE)
_PDF_LABEL = re.compile(r"\bpdf\b", re.IGNORECASE)
_MAX_LABEL_LENGTH = 24
_FILE_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")


def find_document_items(page: Page, scope: Scope, links: Sequence[Anchor], articles: Sequence[ListItem]) -> list[ListItem]:
    """Return the list items that are releases as documents, without the documents that belong to one of `articles`.

    `links` are the page's links to other pages, whose URLs do not tell a document.
    """
    named = [link for link in links if _is_pdf_link(link)]
    if not named and not any(".pdf" in (mark.element.get("href") or "").lower() for mark in page.layout.links):
        return []
    found = {file.key: file for file in (*named, *iter_anchors(page, scope.contains_document))}
    files = _exclude_article_files(found.values(), articles)
    if len({file.key for file in files}) < _MIN_DOCUMENTS:
        return []
    anchors = sorted((*files, *(anchor for item in articles for anchor in item.anchors)), key=lambda each: each.link_ref.index)
    groups = read_item_groups(page, scope, anchors)
    for group in groups:
        for item in group.list_items:
            _read_document_title(item)
    return list(_iter_document_releases(groups, scope, articles, {file.key for file in files}))


def _is_pdf_link(link: Anchor) -> bool:
    """Whether the link says that it leads to a PDF: by its type, or by a label such as "PDF (2 MB)"."""
    declared = (link.link_ref.element.get("type") or "").lower()
    return declared == "application/pdf" or (len(link.text) <= _MAX_LABEL_LENGTH and _PDF_LABEL.search(link.text) is not None)


def _exclude_article_files(files: Iterable[Anchor], articles: Sequence[ListItem]) -> list[Anchor]:
    """Return the documents that stand outside all `articles`."""
    boxes = {id(item.box) for item in articles if not item.is_link_only}
    blocks = find_blocks_inside(item for item in articles if item.is_link_only)
    return [
        file for file in files if file.link_ref.index not in blocks and not any(id(box) in boxes for box in file.box.ancestors())
    ]


def _read_document_title(item: ListItem) -> None:
    """Take the title from the text next to the link if the link text only names the file type."""
    if item.title and not _FILE_LABEL.search(item.title):
        return
    nearby = (piece.text for piece in item.others if count_words(piece.text) >= 3 and not parse_date_line(piece.text))
    item.title = next((text for text in nearby if not _FILE_LABEL.search(text)), item.title)


def _iter_document_releases(
    groups: Sequence[ItemGroup], scope: Scope, articles: Sequence[ListItem], keys: set[str]
) -> Iterator[ListItem]:
    titles = {item.title for item in articles}
    for group in groups:
        files = [item for item in group.list_items if item.key in keys and item.title not in titles]
        if not _are_generic_titles(files) and _is_release_list(group, files, scope, articles):
            yield from files


def _are_generic_titles(files: Sequence[ListItem]) -> bool:
    """Whether most titles are equal, numbers in file labels apart: "Download (PDF, 120 KB)"."""
    titles = Counter(
        _FILE_NUMBER.sub("", title) if _FILE_TERM.search(title) else title for title in (file.title or "" for file in files)
    )
    return bool(titles) and 3 * max(titles.values()) > 2 * len(files)


def _is_release_list(group: ItemGroup, files: Sequence[ListItem], scope: Scope, articles: Sequence[ListItem]) -> bool:
    """Whether the documents are several dated items, or most items of a list on a newsroom's page.

    If the page lists articles too, the documents must stand in the articles' list or outnumber them.
    """
    if len({item.key for item in files}) < _MIN_DOCUMENTS or is_outside_content(group.zone):
        return False
    has_headlines = scope.is_news and group.title_units >= _MIN_TITLE_WORDS
    # URLs of documents need not look like those of articles
    if not is_article_group(group, scope) and not (has_headlines and group.is_dated):
        return False
    dated = sum(item.date is not None and len(item.date.value) > 4 for item in files)
    list_places = {item.place[:2] for item in articles}
    is_apart = bool(articles) and all(item.place[:2] not in list_places for item in group.list_items)
    if is_apart and dated < max(_MIN_DOCUMENTS, len(articles) + 1):
        return False
    return dated >= _MIN_DOCUMENTS or (has_headlines and 2 * len(files) > len(group.list_items))
