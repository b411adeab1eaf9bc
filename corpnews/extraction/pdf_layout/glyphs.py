"""Characters of PDFium grouped to fragments of lines."""

from __future__ import annotations

import re
from ctypes import byref, c_int, create_string_buffer
from math import hypot, pi
from statistics import median, mode
from typing import TYPE_CHECKING, Final, NamedTuple

import pypdfium2  # type: ignore[import-untyped]
from pypdfium2 import raw

from corpnews.extraction.pdf_layout.parts import PdfPage, TextFragment, UnreadablePdf
from corpnews.extraction.pdf_layout.spelling import normalize_pdf_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MAX_PDF_PAGES: Final = 60
_MAX_PDF_CHARACTERS: Final = 500_000
# Minimum gap that ends a fragment, in heights of its letters; few justified lines have wider ones.
_MAX_GLYPH_GAP: Final = 0.9
_BOLD_NAME = re.compile(rb"bold|black|heavy|demi|(?<![a-z])bd(?![a-z])", re.IGNORECASE)
_MIN_BOLD_WEIGHT: Final = 600
_MAX_FONT_NAME_LENGTH: Final = 200
_ERROR_MESSAGES = {
    raw.FPDF_ERR_PASSWORD: "the PDF is encrypted",
    raw.FPDF_ERR_SECURITY: "the PDF is encrypted",
}
_BROKEN_PDF: Final = "the PDF is broken"


class Glyph(NamedTuple):
    """A character and its box in points, upwards from the page's lower left corner.

    A character that PDFium adds has no height. `eighths` is its angle in eighths of a turn.
    """

    number: int
    text: str
    left: float
    bottom: float
    right: float
    top: float
    eighths: int


def read_pdf_pages(data: bytes) -> tuple[list[PdfPage], int]:
    """Return the document's first pages and its number of pages. Raises UnreadablePdf."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise UnreadablePdf(_ERROR_MESSAGES.get(error.err_code, _BROKEN_PDF)) from None
    pages, left, page_count = [], _MAX_PDF_CHARACTERS, len(document)
    for number in range(min(page_count, _MAX_PDF_PAGES)):
        try:
            page = document[number]
            text = page.get_textpage()
        except pypdfium2.PdfiumError:  # a page that is missing leaves the others readable
            continue
        count = max(0, raw.FPDFText_CountChars(text))
        if count > left:
            break
        left -= count
        pages.append(_read_pdf_page(number + 1, text, count, page.get_bbox()))
        text.close()
        page.close()
    if not pages:
        raise UnreadablePdf(_BROKEN_PDF)
    return pages, page_count


def _read_pdf_page(number: int, text: pypdfium2.PdfTextPage, count: int, shown: tuple[float, float, float, float]) -> PdfPage:
    """Return the fragments of a page, rotated so that most text is upright; text at other angles is returned separately."""
    pieces = [piece for piece in _split_runs(_iterate_glyphs(text, count)) if _is_on_page(piece, shown)]
    if not pieces:
        return PdfPage(number, ())
    upright = mode(piece[0].eighths for piece in pieces for _ in piece)
    fragments, askew = [], []
    for piece in pieces:
        letters = normalize_pdf_text("".join(glyph.text for glyph in piece))
        if letters and piece[0].eighths == upright:
            fragments.append(_build_fragment(text, letters, [_rotate_glyph(glyph, upright) for glyph in piece], shown[3]))
        elif letters:
            askew.append(letters)
    return PdfPage(number, tuple(fragments), tuple(askew))


def _iterate_glyphs(text: pypdfium2.PdfTextPage, count: int) -> Iterator[Glyph]:
    box = raw.FS_RECTF()
    at = byref(box)
    for index in range(count):
        code = raw.FPDFText_GetUnicode(text, index)
        raw.FPDFText_GetLooseCharBox(text, index, at)
        eighths = round(raw.FPDFText_GetCharAngle(text, index) / (pi / 4))
        yield Glyph(index, chr(code), box.left, box.bottom, box.right, box.top, eighths % 8)


def _split_runs(found: Iterator[Glyph]) -> Iterator[list[Glyph]]:
    """Split the glyphs at wide gaps and line ends; each run begins with a character that is no space."""
    run: list[Glyph] = []
    last: Glyph | None = None
    for glyph in found:
        is_added = glyph.top == glyph.bottom
        if last and (glyph.text in "\r\n" or (not is_added and not _follows_glyph(glyph, last))):
            yield run
            run, last = [], None
        if last or not glyph.text.isspace():
            run.append(glyph)
            last = last if last and is_added else glyph
    if run:
        yield run


def _follows_glyph(glyph: Glyph, last: Glyph) -> bool:
    """Return whether a glyph is right next to the last one, on the same line."""
    if glyph.eighths != last.eighths:
        return False
    one, other = (_rotate_glyph(last, last.eighths), _rotate_glyph(glyph, glyph.eighths)) if glyph.eighths else (last, glyph)
    top, bottom = min(one.top, other.top), max(one.bottom, other.bottom)
    height = min(one.top - one.bottom, other.top - other.bottom)
    gap = max(other.left - one.right, one.left - other.right)
    return top - bottom > height / 2 and gap < _MAX_GLYPH_GAP * height


def _rotate_glyph(glyph: Glyph, eighths: int) -> Glyph:
    """Return the glyph's position after a rotation that makes text at that angle upright."""
    match eighths:
        case 2:
            return glyph._replace(left=-glyph.top, right=-glyph.bottom, bottom=glyph.left, top=glyph.right)
        case 4:
            return glyph._replace(left=-glyph.right, right=-glyph.left, bottom=-glyph.top, top=-glyph.bottom)
        case 6:
            return glyph._replace(left=glyph.bottom, right=glyph.top, bottom=-glyph.right, top=-glyph.left)
        case _:
            return glyph


def _is_on_page(piece: Sequence[Glyph], shown: tuple[float, float, float, float]) -> bool:
    x, y = (piece[0].left + piece[0].right) / 2, (piece[0].bottom + piece[0].top) / 2
    return shown[0] <= x <= shown[2] and shown[1] <= y <= shown[3]


def _build_fragment(text: pypdfium2.PdfTextPage, letters: str, piece: Sequence[Glyph], height: float) -> TextFragment:
    boxed = [glyph for glyph in piece if glyph.top != glyph.bottom and not glyph.text.isspace()] or list(piece)
    samples = {boxed[0].number, boxed[len(boxed) // 2].number, boxed[-1].number}
    return TextFragment(
        letters,
        min(glyph.left for glyph in boxed),
        max(glyph.right for glyph in boxed),
        height - median(glyph.top for glyph in boxed),
        height - median(glyph.bottom for glyph in boxed),
        _get_font_size(text, boxed[len(boxed) // 2].number),
        all(_has_bold_font(text, index) for index in samples),
    )


def _get_font_size(text: pypdfium2.PdfTextPage, index: int) -> float:
    """Return the font size of a character as it is drawn on the page, in points."""
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(text, index, byref(matrix))
    return float(raw.FPDFText_GetFontSize(text, index)) * (hypot(matrix.c, matrix.d) or 1.0)


def _has_bold_font(text: pypdfium2.PdfTextPage, index: int) -> bool:
    """Return whether a character's font is bold, by its weight or its name."""
    if raw.FPDFText_GetFontWeight(text, index) >= _MIN_BOLD_WEIGHT:
        return True
    name = create_string_buffer(_MAX_FONT_NAME_LENGTH)
    length = raw.FPDFText_GetFontInfo(text, index, name, _MAX_FONT_NAME_LENGTH, byref(c_int()))
    return 0 < length <= _MAX_FONT_NAME_LENGTH and _BOLD_NAME.search(name.value) is not None
