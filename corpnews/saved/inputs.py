"""The inputs of `scrapy extract`: HTML files, folders, page lists and WARC files."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from corpnews.saved.files import find_file, read_file
from corpnews.saved.lists import find_listed
from corpnews.saved.place import Place, Skipped, Unreadable
from corpnews.saved.warcs import find_archived, read_archived

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from corpnews.saved.place import Content

PAGES: Final = (".html", ".htm", ".xhtml", ".html.gz", ".htm.gz")
ARCHIVES: Final = (".warc", ".warc.gz")
LISTS: Final = (".jsonl",)
FINDERS: Final[dict[tuple[str, ...], Callable[[Path], Iterator[Place | Skipped]]]] = {
    PAGES: find_file,
    ARCHIVES: find_archived,
    LISTS: find_listed,
}


def find_places(inputs: Iterable[str]) -> Iterator[Place | Skipped]:
    """Yield the location of each page in the order of the inputs, and what was skipped."""
    for path in map(Path, inputs):
        if path.is_dir():
            for file in files_in(path):
                is_page = file.name.lower().endswith(PAGES)
                yield from places_in(file, logging.WARNING if is_page else logging.ERROR)
        else:
            yield from places_in(path, logging.ERROR)


def files_in(folder: Path) -> Iterator[Path]:
    """Yield the HTML and WARC files in a folder and its subfolders, sorted by name."""
    for root, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            if name.lower().endswith(PAGES + ARCHIVES):
                yield Path(root, name)


def places_in(path: Path, level: int) -> Iterator[Place | Skipped]:
    """Yield the locations of the pages in a file. If it cannot be read, log that at `level`."""
    finder = next((finder for endings, finder in FINDERS.items() if path.name.lower().endswith(endings)), None)
    try:
        if finder is None:
            kinds = " ".join(PAGES + ARCHIVES + LISTS)
            raise Unreadable(
                f"not one of the kinds of file that can be read: {kinds}" if path.exists() else "there is no such file"
            )
        yield from finder(path)
    except Unreadable as error:
        yield Skipped(str(path), str(error), level)


def read_place(place: Place) -> Content:
    """Read the page at a location. Raises UnreadableInput."""
    return read_archived(place) if place.via == "warc" else read_file(place)
