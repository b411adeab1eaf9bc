"""Files that a release links to, such as a PDF, a spreadsheet or an archive of images."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from corpnews.extraction.media.span import ELSEWHERE, Span, is_inside, widest_around
from corpnews.extraction.text import folded, text_inside
from corpnews.items import Attachment

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from corpnews.extraction.blocks import Mark, Region
    from corpnews.extraction.page import Page

MOST_ATTACHMENTS: Final = 50
# Maximum distance of a list of downloads from the body, in blocks.
BLOCKS_BEFORE: Final = 4
BLOCKS_AFTER: Final = 12
OFFICE: Final = "application/vnd.openxmlformats-officedocument"
OPEN: Final = "application/vnd.oasis.opendocument"
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "doc": "application/msword",
    "docx": f"{OFFICE}.wordprocessingml.document",
    "xls": "application/vnd.ms-excel",
    "xlsx": f"{OFFICE}.spreadsheetml.sheet",
    "xlsm": "application/vnd.ms-excel.sheet.macroenabled.12",
    "ppt": "application/vnd.ms-powerpoint",
    "pptx": f"{OFFICE}.presentationml.presentation",
    "odt": f"{OPEN}.text",
    "ods": f"{OPEN}.spreadsheet",
    "odp": f"{OPEN}.presentation",
    "rtf": "application/rtf",
    "csv": "text/csv",
    "zip": "application/zip",
    "rar": "application/vnd.rar",
    "7z": "application/x-7z-compressed",
    "hwp": "application/x-hwp",
    "hwpx": "application/hwp+zip",
    "epub": "application/epub+zip",
    "ics": "text/calendar",
}


def find_attachments(page: Page, region: Region | None) -> tuple[Attachment, ...]:
    """Return the files that the article, or a list of downloads right before or after it, links to; each URL once."""
    span = Span.of(page, region)
    found: dict[str, Attachment] = {}
    for mark in page.layout.links:
        near = span.body - BLOCKS_BEFORE <= mark.index <= span.end + BLOCKS_AFTER
        media_type = media_type_of(mark.element) if near else None
        url = page.absolute(mark.element.get("href")) if media_type else None
        if url and url not in found and (span.holds(mark) or stands_beside(mark, span)):
            found[url] = Attachment(url, title_of(mark.element), media_type)
    return tuple(found.values())[:MOST_ATTACHMENTS]


def media_type_of(link: HtmlElement) -> str | None:
    """Return the media type of the file that a link leads to; None if it leads to a page."""
    href = link.get("href") or ""
    path = href.split("#")[0].split("?")[0]
    ending = path.rpartition(".")[2].lower() if "." in path else ""
    stated = (link.get("type") or "").strip().lower()
    if ending in MEDIA_TYPES:
        return MEDIA_TYPES[ending]
    if stated in MEDIA_TYPES.values():
        return stated
    return MEDIA_TYPES.get((link.get("download") or "").rpartition(".")[2].lower())


def stands_beside(mark: Mark, span: Span) -> bool:
    """Return whether a link near the body is in a box that also contains the body."""
    if span.box is None or mark.box.zone & ELSEWHERE & ~span.box.zone:
        return False
    return is_inside(mark.box, widest_around(span.box))


def title_of(link: HtmlElement) -> str | None:
    """Return the link's text; if it has none, its title, its image's alternative text or the file name."""
    text = text_inside(link)
    pictured = next((image.get("alt") for image in link.iter("img") if image.get("alt")), None)
    name = unquote(urlsplit(link.get("href") or "").path).rpartition("/")[2]
    return text or folded(link.get("title") or pictured or "") or name or None
