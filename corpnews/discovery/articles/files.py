"""Releases that are documents: list items that link to a PDF and to no page."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from corpnews.discovery.anchors import files_of, units
from corpnews.discovery.articles.datelines import DateStyle, date_line
from corpnews.discovery.articles.gaps import read_gaps, read_years
from corpnews.discovery.articles.groups import CHROME, grouped, is_enough
from corpnews.discovery.articles.records import read_records, records_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from corpnews.discovery.anchors import Anchor
    from corpnews.discovery.articles.groups import Group
    from corpnews.discovery.articles.records import Record
    from corpnews.discovery.scope import Scope
    from corpnews.extraction.blocks import Box
    from corpnews.extraction.page import Page

# Fewer documents are downloads of the page, not a list of releases.
SEVERAL = 3
FILE_WORDS = r"(?:pdf|downloads?|herunterladen|télécharger|descargar|scarica|下载|下載|ダウンロード)"
FILE_WORD = re.compile(rf"\b(?:{FILE_WORDS}|[km]b)\b", re.IGNORECASE)
# A short link text that only names the file type or size, or "download".
FILE_LABEL = re.compile(rf"^(?:.{{0,12}}\W)?{FILE_WORDS}(?:\W.{{0,12}})?$", re.IGNORECASE)
NUMBER = re.compile(r"\d+(?:[.,]\d+)?")


def file_records(page: Page, scope: Scope, articles: Sequence[Record]) -> list[Record]:
    """Return the list items that are releases as documents, without the documents that belong to one of `articles`."""
    if not any(".pdf" in (mark.element.get("href") or "").lower() for mark in page.layout.links):
        return []
    files = outside(files_of(page, scope), articles)
    if len({file.key for file in files}) < SEVERAL:
        return []
    anchors = sorted((*files, *(anchor for record in articles for anchor in record.anchors)), key=lambda each: each.mark.index)
    records = records_of(page, anchors)
    style = DateStyle.of(page)
    read_records(page, records, style)
    for record in records:
        read_headline(record)
    groups = grouped(records, scope)
    for group in groups:
        read_gaps(page, group, style)
    read_years(page, records, style)
    return list(releases_in(groups, scope, articles, {file.key for file in files}))


def outside(files: Iterable[Anchor], articles: Sequence[Record]) -> list[Anchor]:
    """Return the documents that stand outside all `articles`."""
    boxes = {id(record.box) for record in articles if not record.flat}
    blocks = {index for record in articles if record.flat for index in range(record.first, record.last + 1)}
    return [file for file in files if file.mark.index not in blocks and not any(id(box) in boxes for box in file.box.ancestors())]


def read_headline(record: Record) -> None:
    """Take the title from the text next to the link if the link text only names the file type."""
    if record.title and not FILE_LABEL.search(record.title):
        return
    beside = (piece.text for piece in record.others if units(piece.text) >= 3 and not date_line(piece.text))
    record.title = next((text for text in beside if not FILE_LABEL.search(text)), record.title)


def releases_in(groups: Sequence[Group], scope: Scope, articles: Sequence[Record], keys: set[str]) -> Iterator[Record]:
    titles = {record.title for record in articles}
    for group in groups:
        files = [record for record in group.records if record.key in keys and record.title not in titles]
        if not are_labels(files) and is_list_of_releases(group, files, scope, articles):
            yield from files


def are_labels(files: Sequence[Record]) -> bool:
    """Whether most titles are equal, numbers in file labels apart: "Download (PDF, 120 KB)"."""
    titles = Counter(
        NUMBER.sub("", title) if FILE_WORD.search(title) else title for title in (file.title or "" for file in files)
    )
    return bool(titles) and 3 * max(titles.values()) > 2 * len(files)


def is_list_of_releases(group: Group, files: Sequence[Record], scope: Scope, articles: Sequence[Record]) -> bool:
    """Whether the documents are several dated items, or most items of a list on a newsroom's page.

    If the page lists articles too, the documents must stand in the articles' list or outnumber them.
    """
    if len({record.key for record in files}) < SEVERAL or group.zone & CHROME or not is_enough(group, scope):
        return False
    dated = sum(record.date is not None and len(record.date.value) > 4 for record in files)
    if articles and not any(stands_in(record, group) for record in articles) and (dated < SEVERAL or dated <= len(articles)):
        return False
    return dated >= SEVERAL or (scope.is_news and group.title_units >= 4 and 2 * len(files) > len(group.records))


def stands_in(article: Record, group: Group) -> bool:
    """Whether the article stands in the same list as the group's items, or in one with the same tags and classes above it."""
    place = place_of(article.box)
    return any(place_of(record.box) == place for record in group.records)


def place_of(box: Box) -> tuple[int, str]:
    return (box.parent.place if box.parent else 0, box.tag)
