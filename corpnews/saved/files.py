"""Pages saved as files: what they hold, and which address they had."""

from __future__ import annotations

import gzip
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, cast

from corpnews.article import stamp
from corpnews.extraction.markup import MOST_BYTES
from corpnews.extraction.page import Page
from corpnews.saved.place import Content, Place, reading

if TYPE_CHECKING:
    from collections.abc import Iterator

GZIP: Final = b"\x1f\x8b"
# The address stands in a page's first so many bytes, if anywhere.
HEAD: Final = 100_000
# What browsers, SingleFile and HTTrack write into the pages that they save.
SAVED_FROM: Final = re.compile(
    rb"<!--\s*+(?:saved from url=\(\d+\)|Page saved with SingleFile\s++url:\s*+|Mirrored from )(https?://[^\s<>]++|[\w-]++\.[^\s<>]++)"
)


def read_file(place: Place) -> Content:
    """The page in a file, and when the file was written. Raises Unreadable."""
    path = Path(place.path)
    html = read_start(path, MOST_BYTES + 1)
    return Content(html, written_at(path))


def read_start(path: Path, size: int) -> bytes:
    """The file's first bytes, unpacked if they are gzip. Raises Unreadable."""
    with reading(), path.open("rb") as file:
        is_packed = file.read(len(GZIP)) == GZIP
        file.seek(0)
        return (cast("BinaryIO", gzip.open(file)) if is_packed else file).read(size)


def written_at(path: Path) -> str:
    with reading():
        return stamp(datetime.fromtimestamp(path.stat().st_mtime, UTC))


def find_file(path: Path) -> Iterator[Place]:
    """The place of the page in a file. Raises Unreadable."""
    yield Place(str(path), address(read_start(path, HEAD), path), "file")


def address(html: bytes, path: Path) -> str:
    """The address that a page says it had, by the note of who saved it or by its own links; else the file's.

    >>> address(b"<!-- saved from url=(0026)https://acme.example/news/1 --><h1>Plant opens</h1>", Path("1.html"))
    'https://acme.example/news/1'
    """
    file_url = path.absolute().as_uri()
    if saved := SAVED_FROM.search(html):
        url = saved[1].decode("utf-8", "replace")
        return url if url.startswith(("http://", "https://")) else f"http://{url}"
    page = Page.from_html(html, file_url)
    said = [link.get("href") for link in page.links("canonical")]
    said += [page.meta.get("og:url"), *(base.get("href") for base in page.root.iter("base"))]
    return next(filter(None, map(page.absolute, said)), file_url)
