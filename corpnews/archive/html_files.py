"""HTML files: reading them, and finding the URL that a saved page had on the web."""

from __future__ import annotations

import gzip
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, cast

from corpnews.archive.page_location import PageLocation, SavedPage, explain_read_errors
from corpnews.items import format_utc
from corpnews.page.bounds import MAX_PAGE_BYTES
from corpnews.page.page import Page

if TYPE_CHECKING:
    from collections.abc import Iterator

_GZIP_MAGIC: Final = b"\x1f\x8b"
# The URL is looked for in the first bytes of a page only.
MAX_URL_SEARCH_BYTES: Final = 100_000
# The comments that browsers, SingleFile and HTTrack write into the pages that they save.
_SAVED_FROM_COMMENT: Final = re.compile(
    rb"<!--\s*+(?:saved from url=\(\d+\)|Page saved with SingleFile\s++url:\s*+|Mirrored from )(https?://[^\s<>]++|[\w-]++\.[^\s<>]++)"
)


def read_html_file(place: PageLocation) -> SavedPage:
    """Read the page in a file and when the file was modified. Raises UnreadableInput."""
    path = Path(place.path)
    html = read_first_bytes(path, MAX_PAGE_BYTES + 1)
    return SavedPage(html, _get_modified_at(path))


def read_first_bytes(path: Path, size: int) -> bytes:
    """Read at most `size` bytes of a file, decompressed if it is gzip. Raises UnreadableInput."""
    with explain_read_errors(), path.open("rb") as file:
        is_gzip = file.read(len(_GZIP_MAGIC)) == _GZIP_MAGIC
        file.seek(0)
        return (cast("BinaryIO", gzip.open(file)) if is_gzip else file).read(size)


def _get_modified_at(path: Path) -> str:
    with explain_read_errors():
        return format_utc(datetime.fromtimestamp(path.stat().st_mtime, UTC))


def locate_html_file(path: Path) -> Iterator[PageLocation]:
    """Yield the location of the page in a file. Raises UnreadableInput."""
    yield PageLocation(str(path), find_saved_url(read_first_bytes(path, MAX_URL_SEARCH_BYTES), path), "file")


def find_saved_url(html: bytes, path: Path) -> str:
    """Return the URL that a saved page had on the web, or the file's own URL if the page does not tell it.

    Sources, in this order: the comment of the program that saved the page, its canonical link, `og:url`, `<base>`.

    >>> find_saved_url(b"<!-- saved from url=(0026)https://acme.example/news/1 --><h1>Plant opens</h1>", Path("1.html"))
    'https://acme.example/news/1'
    """
    file_url = path.absolute().as_uri()
    if comment := _SAVED_FROM_COMMENT.search(html):
        url = comment[1].decode("utf-8", "replace")
        return url if url.startswith(("http://", "https://")) else f"http://{url}"
    page = Page.from_html(html, file_url)
    candidates = [link.get("href") for link in page.links("canonical")]
    candidates += [page.meta.get("og:url"), *(base.get("href") for base in page.root.iter("base"))]
    return next(filter(None, map(page.resolve_url, candidates)), file_url)
