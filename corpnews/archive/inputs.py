"""The inputs of `scrapy extract`: HTML files, folders, page lists and WARC files."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from corpnews.archive.html_files import locate_html_file, read_html_file
from corpnews.archive.page_lists import locate_listed_pages
from corpnews.archive.page_location import PageLocation, SkippedInput, UnreadableInput
from corpnews.archive.warcs import locate_warc_pages, read_warc_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from corpnews.archive.page_location import SavedPage

_HTML_SUFFIXES: Final = (".html", ".htm", ".xhtml", ".html.gz", ".htm.gz")
_WARC_SUFFIXES: Final = (".warc", ".warc.gz")
_PAGE_LIST_SUFFIXES: Final = (".jsonl",)
_LOCATORS: Final[dict[tuple[str, ...], Callable[[Path], Iterator[PageLocation | SkippedInput]]]] = {
    _HTML_SUFFIXES: locate_html_file,
    _WARC_SUFFIXES: locate_warc_pages,
    _PAGE_LIST_SUFFIXES: locate_listed_pages,
}


def locate_pages(inputs: Iterable[str]) -> Iterator[PageLocation | SkippedInput]:
    """Yield the location of each page in the order of the inputs, and what was skipped."""
    for path in map(Path, inputs):
        if path.is_dir():
            for file in _find_saved_files(path):
                is_page = file.name.lower().endswith(_HTML_SUFFIXES)
                yield from _locate_pages_in_file(file, logging.WARNING if is_page else logging.ERROR)
        else:
            yield from _locate_pages_in_file(path, logging.ERROR)


def _find_saved_files(folder: Path) -> Iterator[Path]:
    """Yield the HTML and WARC files in a folder and its subfolders, sorted by name."""
    for root, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            if name.lower().endswith(_HTML_SUFFIXES + _WARC_SUFFIXES):
                yield Path(root, name)


def _locate_pages_in_file(path: Path, level: int) -> Iterator[PageLocation | SkippedInput]:
    """Yield the locations of the pages in a file. If it cannot be read, log that at `level`."""
    finder = next((finder for endings, finder in _LOCATORS.items() if path.name.lower().endswith(endings)), None)
    try:
        if finder is None:
            kinds = " ".join(_HTML_SUFFIXES + _WARC_SUFFIXES + _PAGE_LIST_SUFFIXES)
            raise UnreadableInput(
                f"not one of the kinds of file that can be read: {kinds}" if path.exists() else "there is no such file"
            )
        yield from finder(path)
    except UnreadableInput as error:
        yield SkippedInput(str(path), str(error), level)


def read_saved_page(place: PageLocation) -> SavedPage:
    """Read the page at a location. Raises UnreadableInput."""
    return read_warc_page(place) if place.via == "warc" else read_html_file(place)
