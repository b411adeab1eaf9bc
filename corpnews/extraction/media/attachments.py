"""Files that a release links to, such as a PDF, a spreadsheet or an archive of images."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from corpnews.extraction.media.span import ZONES_OUTSIDE_ARTICLE, ArticleSpan, find_widest_box, is_inside_box
from corpnews.items import Attachment
from corpnews.web.text import get_short_text, normalize_space

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from corpnews.page.layout import BodyRegion, ElementRef
    from corpnews.page.page import Page

MAX_ATTACHMENTS: Final = 50
# Maximum distance of a list of downloads from the body, in blocks.
_BLOCKS_BEFORE: Final = 4
_BLOCKS_AFTER: Final = 12
_OFFICE_TYPE: Final = "application/vnd.openxmlformats-officedocument"
_OPEN_DOCUMENT_TYPE: Final = "application/vnd.oasis.opendocument"
_MEDIA_TYPE_BY_EXTENSION = {
    "pdf": "application/pdf",
    "doc": "application/msword",
    "docx": f"{_OFFICE_TYPE}.wordprocessingml.document",
    "xls": "application/vnd.ms-excel",
    "xlsx": f"{_OFFICE_TYPE}.spreadsheetml.sheet",
    "xlsm": "application/vnd.ms-excel.sheet.macroenabled.12",
    "ppt": "application/vnd.ms-powerpoint",
    "pptx": f"{_OFFICE_TYPE}.presentationml.presentation",
    "odt": f"{_OPEN_DOCUMENT_TYPE}.text",
    "ods": f"{_OPEN_DOCUMENT_TYPE}.spreadsheet",
    "odp": f"{_OPEN_DOCUMENT_TYPE}.presentation",
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


def find_attachments(page: Page, region: BodyRegion | None) -> tuple[Attachment, ...]:
    """Return the files that the article, or a list of downloads right before or after it, links to; each URL once."""
    span = ArticleSpan.of(page, region)
    found: dict[str, Attachment] = {}
    for link in page.layout.links:
        near = span.body - _BLOCKS_BEFORE <= link.index <= span.end + _BLOCKS_AFTER
        media_type = get_media_type(link.element) if near else None
        url = page.resolve_url(link.element.get("href")) if media_type else None
        if url and url not in found and (span.contains(link) or _is_next_to_body(link, span)):
            found[url] = Attachment(url, get_link_title(link.element), media_type)
    return tuple(found.values())[:MAX_ATTACHMENTS]


def get_media_type(link: HtmlElement) -> str | None:
    """Return the media type of the file that a link leads to; None if it leads to a page."""
    href = link.get("href") or ""
    path = href.split("#")[0].split("?")[0]
    ending = path.rpartition(".")[2].lower() if "." in path else ""
    stated = (link.get("type") or "").strip().lower()
    if ending in _MEDIA_TYPE_BY_EXTENSION:
        return _MEDIA_TYPE_BY_EXTENSION[ending]
    if stated in _MEDIA_TYPE_BY_EXTENSION.values():
        return stated
    return _MEDIA_TYPE_BY_EXTENSION.get((link.get("download") or "").rpartition(".")[2].lower())


def _is_next_to_body(link: ElementRef, span: ArticleSpan) -> bool:
    """Return whether a link near the body is in a box that also contains the body."""
    if span.box is None or link.box.zone & ZONES_OUTSIDE_ARTICLE & ~span.box.zone:
        return False
    return is_inside_box(link.box, find_widest_box(span.box))


def get_link_title(link: HtmlElement) -> str | None:
    """Return the link's text; if it has none, its title, its image's alternative text or the file name."""
    text = get_short_text(link)
    pictured = next((image.get("alt") for image in link.iter("img") if image.get("alt")), None)
    name = unquote(urlsplit(link.get("href") or "").path).rpartition("/")[2]
    return text or normalize_space(link.get("title") or pictured or "") or name or None
