"""PDFium's characters made into pieces of lines."""

from __future__ import annotations

import re
from ctypes import byref, c_int, create_string_buffer
from math import hypot, pi
from statistics import median, mode
from typing import TYPE_CHECKING, Final, NamedTuple

import pypdfium2  # type: ignore[import-untyped]
from pypdfium2 import raw

from corpnews.extraction.pdf.parts import Fragment, Sheet, UnreadablePdf
from corpnews.extraction.pdf.spelling import spelled

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST_PAGES: Final = 60
MOST_CHARACTERS: Final = 500_000
# A gap of so many of the letters' heights ends a piece; few justified lines have such.
WIDE: Final = 0.9
BOLD_NAME = re.compile(rb"bold|black|heavy|demi|(?<![a-z])bd(?![a-z])", re.IGNORECASE)
BOLD_WEIGHT: Final = 600
LONGEST_FONT_NAME: Final = 200
PROBLEMS = {
    raw.FPDF_ERR_PASSWORD: "the PDF is encrypted",
    raw.FPDF_ERR_SECURITY: "the PDF is encrypted",
}
BROKEN: Final = "the PDF is broken"


class Glyph(NamedTuple):
    """A character and its box in points, up from the page's lower left corner; one that PDFium adds has no height."""

    number: int
    text: str
    left: float
    bottom: float
    right: float
    top: float
    quarter: int


def read_sheets(data: bytes) -> tuple[list[Sheet], int]:
    """The document's first pages, and how many it has. Raises UnreadablePdf."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise UnreadablePdf(PROBLEMS.get(error.err_code, BROKEN)) from None
    sheets, left, pages = [], MOST_CHARACTERS, len(document)
    for number in range(min(pages, MOST_PAGES)):
        try:
            page = document[number]
            text = page.get_textpage()
        except pypdfium2.PdfiumError:  # a page that is missing leaves the others readable
            continue
        count = max(0, raw.FPDFText_CountChars(text))
        if count > left:
            break
        left -= count
        sheets.append(read_sheet(number + 1, text, count, page.get_bbox()))
        text.close()
        page.close()
    if not sheets:
        raise UnreadablePdf(BROKEN)
    return sheets, pages


def read_sheet(number: int, text: pypdfium2.PdfTextPage, count: int, shown: tuple[float, float, float, float]) -> Sheet:
    """The page's pieces as they are read, were it turned; what stands at another angle than most of it is askew."""
    pieces = [piece for piece in split(glyphs(text, count)) if is_shown(piece, shown)]
    if not pieces:
        return Sheet(number, ())
    upright = mode(piece[0].quarter for piece in pieces for _ in piece)
    fragments, askew = [], []
    for piece in pieces:
        letters = spelled("".join(glyph.text for glyph in piece))
        if letters and piece[0].quarter == upright:
            fragments.append(fragment(text, letters, [turned(glyph, upright) for glyph in piece], shown[3]))
        elif letters:
            askew.append(letters)
    return Sheet(number, tuple(fragments), tuple(askew))


def glyphs(text: pypdfium2.PdfTextPage, count: int) -> Iterator[Glyph]:
    box = raw.FS_RECTF()
    at = byref(box)
    for index in range(count):
        code = raw.FPDFText_GetUnicode(text, index)
        raw.FPDFText_GetLooseCharBox(text, index, at)
        quarter = round(raw.FPDFText_GetCharAngle(text, index) / (pi / 4))
        yield Glyph(index, chr(code), box.left, box.bottom, box.right, box.top, quarter % 8)


def split(found: Iterator[Glyph]) -> Iterator[list[Glyph]]:
    """The glyphs in runs without wide gaps and line ends, each beginning with a letter or sign."""
    run: list[Glyph] = []
    last: Glyph | None = None
    for glyph in found:
        is_added = glyph.top == glyph.bottom
        if last and (glyph.text in "\r\n" or (not is_added and not follows(glyph, last))):
            yield run
            run, last = [], None
        if last or not glyph.text.isspace():
            run.append(glyph)
            last = last if last and is_added else glyph
    if run:
        yield run


def follows(glyph: Glyph, last: Glyph) -> bool:
    """Whether a glyph stands right beside the last one, on its line."""
    if glyph.quarter != last.quarter:
        return False
    one, other = (turned(last, last.quarter), turned(glyph, glyph.quarter)) if glyph.quarter else (last, glyph)
    top, bottom = min(one.top, other.top), max(one.bottom, other.bottom)
    height = min(one.top - one.bottom, other.top - other.bottom)
    gap = max(other.left - one.right, one.left - other.right)
    return top - bottom > height / 2 and gap < WIDE * height


def turned(glyph: Glyph, eighths: int) -> Glyph:
    """The glyph where it is once the page is turned so that text at that angle stands upright."""
    match eighths:
        case 2:
            return glyph._replace(left=-glyph.top, right=-glyph.bottom, bottom=glyph.left, top=glyph.right)
        case 4:
            return glyph._replace(left=-glyph.right, right=-glyph.left, bottom=-glyph.top, top=-glyph.bottom)
        case 6:
            return glyph._replace(left=glyph.bottom, right=glyph.top, bottom=-glyph.right, top=-glyph.left)
        case _:
            return glyph


def is_shown(piece: Sequence[Glyph], shown: tuple[float, float, float, float]) -> bool:
    x, y = (piece[0].left + piece[0].right) / 2, (piece[0].bottom + piece[0].top) / 2
    return shown[0] <= x <= shown[2] and shown[1] <= y <= shown[3]


def fragment(text: pypdfium2.PdfTextPage, letters: str, piece: Sequence[Glyph], height: float) -> Fragment:
    boxed = [glyph for glyph in piece if glyph.top != glyph.bottom and not glyph.text.isspace()] or list(piece)
    samples = {boxed[0].number, boxed[len(boxed) // 2].number, boxed[-1].number}
    return Fragment(
        letters,
        min(glyph.left for glyph in boxed),
        max(glyph.right for glyph in boxed),
        height - median(glyph.top for glyph in boxed),
        height - median(glyph.bottom for glyph in boxed),
        size_of(text, boxed[len(boxed) // 2].number),
        all(is_bold(text, index) for index in samples),
    )


def size_of(text: pypdfium2.PdfTextPage, index: int) -> float:
    """The size of a character's font as it is set on the page."""
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(text, index, byref(matrix))
    return float(raw.FPDFText_GetFontSize(text, index)) * (hypot(matrix.c, matrix.d) or 1.0)


def is_bold(text: pypdfium2.PdfTextPage, index: int) -> bool:
    """Whether a character's font is bold, by its name or its weight."""
    if raw.FPDFText_GetFontWeight(text, index) >= BOLD_WEIGHT:
        return True
    name = create_string_buffer(LONGEST_FONT_NAME)
    length = raw.FPDFText_GetFontInfo(text, index, name, LONGEST_FONT_NAME, byref(c_int()))
    return 0 < length <= LONGEST_FONT_NAME and BOLD_NAME.search(name.value) is not None
