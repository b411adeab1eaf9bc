"""The inputs of `scrapy extract`: HTML files, folders of them, page lists and WARC files.

A page list is JSON Lines with `html`, the page's file relative to the list, and optionally `url` and `id`.
"""

from __future__ import annotations

import gzip
import logging
import os
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO, Final, cast
from urllib.parse import quote, urljoin

import msgspec

from corpnews.archive.page_location import PageLocation, SavedPage, SkippedInput, UnreadableInput, explain_read_errors
from corpnews.archive.warcs import locate_warc_pages, read_warc_page
from corpnews.items import format_utc
from corpnews.page.bounds import MAX_PAGE_BYTES
from corpnews.page.page import Page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_HTML_SUFFIXES: Final = (".html", ".htm", ".xhtml", ".html.gz", ".htm.gz")
_WARC_SUFFIXES: Final = (".warc", ".warc.gz")
_PAGE_LIST_SUFFIXES: Final = (".jsonl",)
_ALL_SUFFIXES: Final = _HTML_SUFFIXES + _WARC_SUFFIXES + _PAGE_LIST_SUFFIXES
UNREADABLE_KIND: Final = f"not one of the kinds of file that can be read: {' '.join(_ALL_SUFFIXES)}"
_GZIP_MAGIC: Final = b"\x1f\x8b"
# The URL is looked for in the first bytes of a page only.
_MAX_URL_SEARCH_BYTES: Final = 100_000
# The comments that browsers, SingleFile and HTTrack write into the pages that they save.
_SAVED_FROM_COMMENT: Final = re.compile(
    rb"<!--\s*+(?:saved from url=\(\d+\)|Page saved with SingleFile\s++url:\s*+|Mirrored from )(https?://[^\s<>]++|[\w-]++\.[^\s<>]++)"
)


class _ListRow(msgspec.Struct):
    """A line of a page list."""

    html: Annotated[str, msgspec.Meta(min_length=1)]
    url: str | None = None
    id: str | int | None = None


def locate_pages(inputs: Iterable[str], base_url: str = "") -> Iterator[PageLocation | SkippedInput]:
    """Yield the location of each page in the order of the inputs, and what was skipped.

    `base_url` is the URL of the inputs that are folders: pages in them that do not tell their own URL have the URL of their path.
    """
    for path in map(Path, inputs):
        if path.is_dir():
            for file in _find_saved_files(path):
                is_page = file.name.lower().endswith(_HTML_SUFFIXES)
                for found in _locate_pages_in_file(file, logging.WARNING if is_page else logging.ERROR):
                    yield _place_in_folder(found, path, base_url)
        else:
            yield from _locate_pages_in_file(path, logging.ERROR)


def is_readable_kind(path: Path) -> bool:
    """Whether the name of a file says that it holds pages, or a list of them."""
    return path.name.lower().endswith(_ALL_SUFFIXES)


def _place_in_folder(found: PageLocation | SkippedInput, folder: Path, base_url: str) -> PageLocation | SkippedInput:
    """Note in which folder a page was found, and give it the URL of its path if it has none."""
    if isinstance(found, SkippedInput) or found.via != "file":
        return found
    relative = quote(Path(found.path).relative_to(folder).as_posix())
    url = urljoin(base_url, relative) if base_url and found.url.startswith("file:") else found.url
    return replace(found, url=url, folder=str(folder), newsroom=folder.absolute().name)


def _find_saved_files(folder: Path) -> Iterator[Path]:
    """Yield the HTML and WARC files in a folder and its subfolders, sorted by name."""
    for root, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            if name.lower().endswith(_HTML_SUFFIXES + _WARC_SUFFIXES):
                yield Path(root, name)


def _locate_pages_in_file(path: Path, level: int) -> Iterator[PageLocation | SkippedInput]:
    """Yield the locations of the pages in a file; one SkippedInput with this log level if it cannot be read."""
    name = path.name.lower()
    try:
        if name.endswith(_WARC_SUFFIXES):
            yield from locate_warc_pages(path)
        elif name.endswith(_PAGE_LIST_SUFFIXES):
            yield from locate_listed_pages(path)
        elif name.endswith(_HTML_SUFFIXES):
            yield PageLocation(str(path), read_saved_url(path), "file")
        elif path.exists():
            raise UnreadableInput(UNREADABLE_KIND)
        else:
            raise UnreadableInput("there is no such file")
    except UnreadableInput as error:
        yield SkippedInput(str(path), str(error), level)


def locate_listed_pages(path: Path) -> Iterator[PageLocation | SkippedInput]:
    """Yield the location of each page of a list, and the lines that name none. Raises UnreadableInput."""
    with explain_read_errors(), path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield _locate_listed_page(line, path, number)


def _locate_listed_page(line: bytes, path: Path, number: int) -> PageLocation | SkippedInput:
    try:
        row = msgspec.json.decode(line, type=_ListRow)
        file = path.parent / row.html
        return PageLocation(str(file), row.url or read_saved_url(file), "list", id=row.id)
    except UnreadableInput as error:
        reason = str(error)
    except msgspec.ValidationError as error:
        reason = f"not an entry of a page list: {error}"
    except (ValueError, RecursionError):
        reason = "not JSON"
    return SkippedInput(f"{path}:{number}", reason)


def read_saved_page(location: PageLocation) -> SavedPage:
    """Read the page at a location. Raises UnreadableInput."""
    if location.via == "warc":
        return read_warc_page(location)
    path = Path(location.path)
    html = _read_first_bytes(path, MAX_PAGE_BYTES + 1)
    with explain_read_errors():
        return SavedPage(html, format_utc(datetime.fromtimestamp(path.stat().st_mtime, UTC)))


def _read_first_bytes(path: Path, size: int) -> bytes:
    """Read at most `size` bytes of a file, decompressed if it is gzip. Raises UnreadableInput."""
    with explain_read_errors(), path.open("rb") as file:
        is_gzip = file.read(len(_GZIP_MAGIC)) == _GZIP_MAGIC
        file.seek(0)
        return (cast("BinaryIO", gzip.open(file)) if is_gzip else file).read(size)


def read_saved_url(path: Path) -> str:
    """Return the URL that a saved page had on the web, or the file's own URL if the page does not tell it.

    Sources, in this order: the comment of the program that saved the page, its canonical link, `og:url`, `<base>`.
    Raises UnreadableInput.
    """
    html, file_url = _read_first_bytes(path, _MAX_URL_SEARCH_BYTES), path.absolute().as_uri()
    if comment := _SAVED_FROM_COMMENT.search(html):
        url = comment[1].decode("utf-8", "replace")
        return url if url.startswith(("http://", "https://")) else f"http://{url}"
    return Page.from_html(html, file_url).declared_url or file_url
