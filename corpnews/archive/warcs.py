"""WARC files: locating and reading the HTML pages in them by the offsets of their records."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Final

from fastwarc.warc import ArchiveIterator, WarcRecordType

from corpnews.archive.page_location import PageLocation, SavedPage, SkippedInput, UnreadableInput, explain_read_errors
from corpnews.items import format_utc
from corpnews.page.bounds import MAX_PAGE_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fastwarc.warc import WarcRecord

_HTML_MEDIA_TYPES: Final = ("text/html", "application/xhtml+xml")
_READ_CHUNK_BYTES: Final = 1 << 16


def locate_warc_pages(path: Path) -> Iterator[PageLocation | SkippedInput]:
    """Yield the location of each HTML page with HTTP status 200, and what was skipped. Raises UnreadableInput."""
    last = -1
    with explain_read_errors(), path.open("rb") as file:
        for record in ArchiveIterator(file, WarcRecordType.response):
            url = (record.headers.get("WARC-Target-URI") or "").strip("<>")
            if record.stream_pos == last:
                raise UnreadableInput("its records are not compressed one by one; unpack it first (gunzip)")
            if reason := _find_record_problem(record):
                yield SkippedInput(url, reason, logging.DEBUG)
            elif not _is_complete_record(record):
                yield SkippedInput(f"{path}: <{url}>", "the record is cut short", logging.ERROR)
            else:
                yield PageLocation(str(path), url, "warc", record.stream_pos)
            last = record.stream_pos


def _find_record_problem(record: WarcRecord) -> str | None:
    """Return why the record is not an HTML page, None if it is one."""
    if record.http_headers is None:
        return "no HTTP response"
    if record.http_headers.status_code != 200:
        return f"HTTP {record.http_headers.status_code}"
    return (
        None if record.http_content_type in _HTML_MEDIA_TYPES else f"not HTML ({record.http_content_type or 'no content type'})"
    )


def _is_complete_record(record: WarcRecord) -> bool:
    """Whether the record has as many bytes as its header states."""
    length = 0
    while piece := record.reader.read(_READ_CHUNK_BYTES):
        length += len(piece)
    return length >= record.content_length


def read_warc_page(location: PageLocation) -> SavedPage:
    """Read the page of a WARC record and when it was fetched. Raises UnreadableInput."""
    try:
        return _read_warc_record(location, decoded=True)
    except OSError:  # some archives store decoded pages but keep the headers of their encodings
        with explain_read_errors():
            return _read_warc_record(location, decoded=False)


def _read_warc_record(location: PageLocation, *, decoded: bool) -> SavedPage:
    """Read the record at the location, with or without undoing its transfer and content encodings."""
    with Path(location.path).open("rb") as file:
        file.seek(location.offset)
        record = next(iter(ArchiveIterator(file, WarcRecordType.response, auto_decode="all" if decoded else "none")), None)
        if record is None or record.http_headers is None:
            raise UnreadableInput("the record is gone")
        html = b""
        while len(html) <= MAX_PAGE_BYTES and (piece := record.reader.read(MAX_PAGE_BYTES)):
            html += piece
        return SavedPage(html, format_utc(record.record_date), record.http_headers.get("Content-Type"))
