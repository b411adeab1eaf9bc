"""WARC files: locating and reading the HTML pages in them by the offsets of their records."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Final

from fastwarc.warc import ArchiveIterator, WarcRecordType

from corpnews.article import stamp
from corpnews.extraction.markup import MOST_BYTES
from corpnews.saved.place import Content, Place, Skipped, Unreadable, reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fastwarc.warc import WarcRecord

HTML: Final = ("text/html", "application/xhtml+xml")
PIECE: Final = 1 << 16


def find_archived(path: Path) -> Iterator[Place | Skipped]:
    """Yield the location of each HTML page with HTTP status 200, and what was skipped. Raises UnreadableInput."""
    last = -1
    with reading(), path.open("rb") as file:
        for record in ArchiveIterator(file, WarcRecordType.response):
            url = (record.headers.get("WARC-Target-URI") or "").strip("<>")
            if record.stream_pos == last:
                raise Unreadable("its records are not compressed one by one; unpack it first (gunzip)")
            if reason := no_page(record):
                yield Skipped(url, reason, logging.DEBUG)
            elif not is_whole(record):
                yield Skipped(f"{path}: <{url}>", "the record is cut short", logging.ERROR)
            else:
                yield Place(str(path), url, "warc", record.stream_pos)
            last = record.stream_pos


def no_page(record: WarcRecord) -> str | None:
    """Return why the record is not an HTML page, None if it is one."""
    if record.http_headers is None:
        return "no HTTP response"
    if record.http_headers.status_code != 200:
        return f"HTTP {record.http_headers.status_code}"
    return None if record.http_content_type in HTML else f"not HTML ({record.http_content_type or 'no content type'})"


def is_whole(record: WarcRecord) -> bool:
    """Whether the record has as many bytes as its header states."""
    length = 0
    while piece := record.reader.read(PIECE):
        length += len(piece)
    return length >= record.content_length


def read_archived(place: Place) -> Content:
    """Read the page of a WARC record and when it was fetched. Raises UnreadableInput."""
    try:
        return read_record(place, decoded=True)
    except OSError:  # some archives store decoded pages but keep the headers of their encodings
        with reading():
            return read_record(place, decoded=False)


def read_record(place: Place, *, decoded: bool) -> Content:
    """Read the record at the location, with or without undoing its transfer and content encodings."""
    with Path(place.path).open("rb") as file:
        file.seek(place.offset)
        record = next(iter(ArchiveIterator(file, WarcRecordType.response, auto_decode="all" if decoded else "none")), None)
        if record is None or record.http_headers is None:
            raise Unreadable("the record is gone")
        html = b""
        while len(html) <= MOST_BYTES and (piece := record.reader.read(MOST_BYTES)):
            html += piece
        return Content(html, stamp(record.record_date), record.http_headers.get("Content-Type"))
