"""HTML files: reading them, and finding the URL that a saved page had on the web."""

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
# The URL is looked for in the first bytes of a page only.
HEAD: Final = 100_000
# The comments that browsers, SingleFile and HTTrack write into the pages that they save.
SAVED_FROM: Final = re.compile(
    rb"<!--\s*+(?:saved from url=\(\d+\)|Page saved with SingleFile\s++url:\s*+|Mirrored from )(https?://[^\s<>]++|[\w-]++\.[^\s<>]++)"
)


def read_file(place: Place) -> Content:
    """Read the page in a file and when the file was modified. Raises UnreadableInput."""
    path = Path(place.path)
    html = read_start(path, MOST_BYTES + 1)
    return Content(html, written_at(path))


def read_start(path: Path, size: int) -> bytes:
    """Read at most `size` bytes of a file, decompressed if it is gzip. Raises UnreadableInput."""
    with reading(), path.open("rb") as file:
        is_gzip = file.read(len(GZIP)) == GZIP
        file.seek(0)
        return (cast("BinaryIO", gzip.open(file)) if is_gzip else file).read(size)


def written_at(path: Path) -> str:
    with reading():
        return stamp(datetime.fromtimestamp(path.stat().st_mtime, UTC))


def find_file(path: Path) -> Iterator[Place]:
    """Yield the location of the page in a file. Raises UnreadableInput."""
    yield Place(str(path), address(read_start(path, HEAD), path), "file")


def address(html: bytes, path: Path) -> str:
    """Return the URL that a saved page had on the web, or the file's own URL if the page does not tell it.

    Sources, in this order: the comment of the program that saved the page, its canonical link, `og:url`, `<base>`.

    >>> address(b"<!-- saved from url=(0026)https://acme.example/news/1 --><h1>Plant opens</h1>", Path("1.html"))
    'https://acme.example/news/1'
    """
    file_url = path.absolute().as_uri()
    if comment := SAVED_FROM.search(html):
        url = comment[1].decode("utf-8", "replace")
        return url if url.startswith(("http://", "https://")) else f"http://{url}"
    page = Page.from_html(html, file_url)
    candidates = [link.get("href") for link in page.links("canonical")]
    candidates += [page.meta.get("og:url"), *(base.get("href") for base in page.root.iter("base"))]
    return next(filter(None, map(page.absolute, candidates)), file_url)
