"""Files that a release links to, such as a PDF, a spreadsheet or an archive of images."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from corpnews.extraction.media.span import (
    ZONES_OUTSIDE_ARTICLE,
    ArticleSpan,
    find_widest_box,
    is_in_foot_of_article,
)
from corpnews.items import Attachment
from corpnews.page.layout import BodyRegion, Zone
from corpnews.web.text import get_short_text, normalize_space, split_terms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element

    from corpnews.extraction.headline import Headline
    from corpnews.extraction.site_template import SiteTemplate
    from corpnews.page.layout import Block, Box, ElementRef
    from corpnews.page.page import Page

MAX_ATTACHMENTS: Final = 50
# Maximum distance of a list of downloads from the body, in blocks.
_BLOCKS_BEFORE: Final = 4
_BLOCKS_AFTER: Final = 12
_BLOCKS_BELOW_BODY: Final = 2
# A column of files is at most so many blocks below the body, in a box so many levels around the body's.
_BLOCKS_TO_COLUMN: Final = 40
_MAX_BOXES_TO_COLUMN: Final = 10
_MAX_COLUMN_LENGTH: Final = 600
_ZONES_OF_THE_PAGE: Final = Zone.NAV | Zone.HEADER | Zone.FOOTER | Zone.FORM | Zone.SHARE | Zone.RELATED | Zone.COMMENT | Zone.AD
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


# Words of link texts that do not name the file; numbers and units of size are such, too.
_GENERIC_WORDS: Final = split_terms(
    """
    download downloads pdf doc docx xls xlsx ppt pptx zip file attachment click here now the this as a to link view open
    read more version document copy kb mb gb kib mib bytes ko mo go hier herunterladen als datei anhang mehr zum
    télécharger fichier ici en le au format
    descargar archivo aquí baixar aqui scarica qui scaricare скачать файл здесь кб мб pobierz plik tutaj hämta ladda ner last ned
    下载 点击下载 附件下载 附件 点击 此处 下載 點擊下載 附件下載 ダウンロード こちら ファイル 다운로드 첨부파일
    바로가기 تحميل تنزيل
    """
)
# "report_2024.hwp (128 KB)": a file name, with a size at most after it.
_FILE_NAME: Final = re.compile(r"[^/]{1,120}\.(?P<ending>\w{2,5})(?:\s?[(\[（][^()（）]{1,30}[)\]）])?")
_NAMED_TYPES: Final = frozenset(("pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "hwp"))
# A server renders the page itself as a file there.
_PRINT_VERSION: Final = re.compile(r"print|/pdf/?(?:[?#]|$)|[?&](?:\w*format|pdf|output|type)\b", re.IGNORECASE)
# Such a path is of a page, whatever the link is called.
_PAGE_ENDINGS: Final = frozenset(("html", "htm"))
_PRINTED_URL: Final = re.compile(r"https?://|\bwww\.", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W\d_]+")
# Files that belong to the release, not to related releases: <div class="news-related-files">.
_RELATED_FILES: Final = re.compile(r"related[-_](?:files?|documents?|downloads?|media)(?![a-z])", re.IGNORECASE)
_REACHING_URL: Final = re.compile(r"mailto:|tel:|#", re.IGNORECASE)  # below the files, the contact may stand in the column
_MAX_BOXES_TO_LIST: Final = 5
_MAX_LINE_LENGTH: Final = 150
_MAX_LINES_IN_LINK: Final = 8
_BOX_TAGS: Final = ("div", "p", "h2", "h3", "h4", "h5")


def find_attachments(page: Page, region: BodyRegion | None, template: SiteTemplate | None = None) -> tuple[Attachment, ...]:
    """Return the files that the article, or a list of downloads next to it, links to; each URL once.

    In a column of the page, files that further pages of the site link to are none of the article's.
    """
    span = ArticleSpan.of(page, region)
    found: dict[str, Attachment] = {}
    for link in page.layout.links:
        if not span.body - _BLOCKS_BEFORE <= link.index <= span.end + _BLOCKS_TO_COLUMN:
            continue
        is_close, may_be_in_column = link.index <= span.end + _BLOCKS_AFTER, _is_in_content(link, region)
        media_type = get_media_type(link.element) if is_close or may_be_in_column else None
        url = page.resolve_url(link.element.get("href")) if media_type else None
        if url is None or url in found:
            continue
        is_own = is_close and (span.contains(link) or _is_next_to_body(link, span, page, region))
        is_in_column = not is_own and may_be_in_column and _is_in_column_of_files(link, region)
        if is_own or (is_in_column and not (template and template.is_site_wide(url))):
            found[url] = Attachment(url, _get_title(link, page.layout.blocks), media_type)
    return tuple(found.values())[:MAX_ATTACHMENTS]


def find_file_line(page: Page, headline: Headline | None) -> BodyRegion | None:
    """Return the line right below the headline that links to a file, the whole text of some releases: "Read more (PDF)"."""
    if headline is None or not headline.blocks:
        return None
    first, blocks = headline.blocks[-1].index + 1, page.layout.blocks
    for link in page.layout.links:
        near = first <= link.index < min(first + _BLOCKS_BEFORE, len(blocks))
        if near and get_media_type(link.element) and not link.box.zone & ZONES_OUTSIDE_ARTICLE:
            line = blocks[link.index]
            return BodyRegion(line.box.parent or line.box, (line,))
    return None


def get_media_type(link: _Element) -> str | None:
    """Return the media type of the file that a link leads to; None if it leads to a page."""
    href = (link.get("href") or "").strip()
    path = href.split("#")[0].split("?")[0]
    # "/documents/20117/note.pdf/8a1f-33": a document library adds the file's number to its name
    named = path if "." in path.rpartition("/")[2] else path.rpartition("/")[0]
    ending = named.rpartition(".")[2].lower() if "." in named.rpartition("/")[2] else ""
    stated = (link.get("type") or "").strip().lower()
    if ending in _MEDIA_TYPE_BY_EXTENSION:
        return _MEDIA_TYPE_BY_EXTENSION[ending]
    if stated and stated in _MEDIA_TYPE_BY_EXTENSION.values():
        return stated
    saved = _MEDIA_TYPE_BY_EXTENSION.get((link.get("download") or "").rpartition(".")[2].lower())
    if saved or not href or ending in _PAGE_ENDINGS or _PRINT_VERSION.search(href):
        return saved
    return _get_named_type(get_short_text(link))


def _get_named_type(text: str) -> str | None:
    """Return the media type of the file that a link's text names: "PDF version", "report.hwp (128 KB)"; None for other texts.

    >>> _get_named_type("PDF Version"), _get_named_type("Read the PDF of the study on our partner's page")
    ('application/pdf', None)
    """
    if len(text) > _MAX_LINE_LENGTH:
        return None
    if "." in text and (file := _FILE_NAME.fullmatch(text)):
        return _MEDIA_TYPE_BY_EXTENSION.get(file["ending"].lower())
    lower = text.lower()
    if not any(map(lower.__contains__, _NAMED_TYPES)):
        return None
    words = _WORD.findall(lower)
    types = [_MEDIA_TYPE_BY_EXTENSION[word] for word in words if word in _NAMED_TYPES]
    return types[0] if types and all(word in _GENERIC_WORDS for word in words) else None


def _is_next_to_body(link: ElementRef, span: ArticleSpan, page: Page, region: BodyRegion | None) -> bool:
    """Return whether a link near the body is in a box that also contains the body."""
    if span.box is None or region is None:
        return False
    zone = link.box.zone & ZONES_OUTSIDE_ARTICLE & ~span.box.zone
    lists = islice(link.box.ancestors(), _MAX_BOXES_TO_LIST) if zone & Zone.RELATED else ()
    if any(_RELATED_FILES.search(box.class_names) for box in lists):
        zone &= ~Zone.RELATED
    is_foot = zone == Zone.FOOTER and is_in_foot_of_article(link.box, region, page.layout.blocks)
    if zone and not is_foot:
        return False
    # where only the page itself is around both, the link is within the text or right below it
    return link.box.is_inside(find_widest_box(span.box)) or span.body <= link.index <= span.end + _BLOCKS_BELOW_BODY


def _is_in_content(link: ElementRef, region: BodyRegion | None) -> bool:
    """Return whether a link is in none of the zones around the body."""
    return region is not None and not link.box.zone & _ZONES_OF_THE_PAGE & ~region.box.zone


def _is_in_column_of_files(link: ElementRef, region: BodyRegion | None) -> bool:
    """Return whether a link is in a box of files alone, such as a column beside the text or a list below it."""
    if region is None:
        return False
    around = [box for box in islice(link.box.ancestors(), _MAX_BOXES_TO_LIST) if box.chars <= _MAX_COLUMN_LENGTH]
    lists = [box for box in around if _has_only_files(box)]
    outer = lists[-1].parent if lists else None
    return outer is not None and any(outer.is_inside(box) for box in islice(region.box.ancestors(), _MAX_BOXES_TO_COLUMN))


def _has_only_files(box: Box) -> bool:
    """Return whether a box has little text but that of links, which all lead to files."""
    links = list(islice(box.element.iter("a"), MAX_ATTACHMENTS))
    return bool(links) and all(get_media_type(link) or _REACHING_URL.match(link.get("href") or "") for link in links)


def _get_title(link: ElementRef, blocks: Sequence[Block]) -> str | None:
    """Return what the link is called; the line in which it stands if it is called Download or PDF alone."""
    line = blocks[link.index].text if link.index < len(blocks) else ""
    is_line_of_link = "".join(link.element.itertext()).strip() != "" and len(line) <= _MAX_LINE_LENGTH
    return get_link_title(link.element, line if is_line_of_link else "")


def get_link_title(link: _Element, line: str = "") -> str | None:
    """Return the link's text; if that does not name the file, its title, the line, its image's alternative text or the file name.

    >>> from lxml.html import fromstring
    >>> get_link_title(fromstring("<a href='/a/annual-report.pdf'>Download (PDF, 2 MB)</a>"))
    'annual-report.pdf'
    """
    text = get_short_text(link)
    pictured = next((image.get("alt") for image in link.iter("img") if image.get("alt")), None)
    name = unquote(urlsplit(link.get("href") or "").path).rstrip("/").rpartition("/")[2]
    boxes = islice(link.iterdescendants(*_BOX_TAGS), _MAX_LINES_IN_LINK)
    lines = [get_short_text(box) for box in boxes if next(box.iterchildren(*_BOX_TAGS), None) is None]
    spans = map(get_short_text, islice(link.iterdescendants("span"), _MAX_LINES_IN_LINK))
    lines += filter(_FILE_NAME.fullmatch, spans)
    stated = (*lines, text, link.get("title"), link.get("aria-label"), link.get("download"), line, pictured)
    titles = (normalize_space(title or "") for title in stated)
    unnamed = name if "." in name or _PRINTED_URL.search(text) else text or name
    return next((title for title in titles if _names_file(title)), None) or unnamed or None


def _names_file(title: str) -> bool:
    return not _PRINTED_URL.search(title) and any(word not in _GENERIC_WORDS for word in _WORD.findall(title.lower()))
