"""The text of a PDF as HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from corpnews.extraction.pdf_layout.glyphs import read_pdf_pages
from corpnews.extraction.pdf_layout.headings import mark_headings
from corpnews.extraction.pdf_layout.lines import read_text_lines
from corpnews.extraction.pdf_layout.measures import DocumentMeasures
from corpnews.extraction.pdf_layout.paragraphs import build_paragraphs
from corpnews.extraction.pdf_layout.parts import PdfText, UnreadablePdf
from corpnews.extraction.pdf_layout.render_html import render_pdf_html
from corpnews.extraction.pdf_layout.running_lines import remove_running_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpnews.extraction.pdf_layout.parts import TextLine

# Minimum share of letters and digits: where fonts do not map characters, most come out as signs.
_MIN_LETTER_SHARE: Final = 0.3


def read_pdf_layout(data: bytes) -> PdfText:
    """Read the bytes of a PDF. Raises UnreadablePdf.

    A hostile file may take any time and memory: call it in a process with limits.
    """
    sheets, pages = read_pdf_pages(data)
    kept, removed = remove_running_lines(sheets, pages)
    lines = [line for sheet in kept for line in read_text_lines(sheet)]
    _check_letters(lines)
    measures = DocumentMeasures(lines)
    paragraphs = build_paragraphs(lines, measures)
    mark_headings(paragraphs, measures)
    title = next((paragraph.text for paragraph in paragraphs if paragraph.kind == "title"), None)
    return PdfText(render_pdf_html(paragraphs), title, pages, len(sheets) < pages, removed)


def _check_letters(lines: Sequence[TextLine]) -> None:
    """Raise UnreadablePdf if the lines have no letters, or hardly any."""
    text = "".join(line.text for line in lines).replace(" ", "")
    if not any(map(str.isalpha, text)):
        raise UnreadablePdf("the PDF holds no text")
    if sum(map(str.isalnum, text)) < _MIN_LETTER_SHARE * len(text):
        raise UnreadablePdf("the PDF does not say what its letters are")
