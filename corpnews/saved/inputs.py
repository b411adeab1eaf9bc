"""What the user names: files, folders, page lists, WARC files."""

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
    """The places of all pages, in the order in which they are named, and what was passed over."""
    for each in inputs:
        path = Path(each)
        if path.is_dir():
            for file in files_in(path):
                is_page = file.name.lower().endswith(PAGES)
                yield from places_in(file, logging.WARNING if is_page else logging.ERROR)
        else:
            yield from places_in(path, logging.ERROR)


def files_in(folder: Path) -> Iterator[Path]:
    """The pages and WARC files in a folder and those inside it, by name."""
    for root, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            if name.lower().endswith(PAGES + ARCHIVES):
                yield Path(root, name)


def places_in(path: Path, level: int) -> Iterator[Place | Skipped]:
    """The places of the pages in a file; that it cannot be read is to be said so loud."""
    finder = next((finder for endings, finder in FINDERS.items() if path.name.lower().endswith(endings)), None)
    try:
        if finder is None:
            message = f"not a kind of file that is read here ({' '.join(PAGES + ARCHIVES + LISTS)})"
            raise Unreadable(message if path.exists() else "there is no such file")
        yield from finder(path)
    except Unreadable as error:
        yield Skipped(str(path), str(error), level)


def read_place(place: Place) -> Content:
    """What stands at the place. Raises Unreadable."""
    return read_archived(place) if place.via == "warc" else read_file(place)
