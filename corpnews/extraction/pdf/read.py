"""The text of a PDF as HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from corpnews.extraction.pdf.glyphs import read_sheets
from corpnews.extraction.pdf.headings import mark_headings
from corpnews.extraction.pdf.html import written
from corpnews.extraction.pdf.lines import read_lines
from corpnews.extraction.pdf.measures import Measures
from corpnews.extraction.pdf.paragraphs import read_paragraphs
from corpnews.extraction.pdf.parts import ReadPdf, UnreadablePdf
from corpnews.extraction.pdf.running import without_running_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpnews.extraction.pdf.parts import Line

# Minimum share of letters and digits: where fonts do not map characters, most come out as signs.
FEWEST_LETTERS: Final = 0.3


def read(data: bytes) -> ReadPdf:
    """Read the bytes of a PDF. Raises UnreadablePdf.

    A hostile file may take any time and memory: call it in a process with limits.
    """
    sheets, pages = read_sheets(data)
    kept, removed = without_running_lines(sheets, pages)
    lines = [line for sheet in kept for line in read_lines(sheet)]
    check_letters(lines)
    measures = Measures(lines)
    paragraphs = read_paragraphs(lines, measures)
    mark_headings(paragraphs, measures)
    title = next((paragraph.text for paragraph in paragraphs if paragraph.kind == "title"), None)
    return ReadPdf(written(paragraphs), title, pages, len(sheets) < pages, removed)


def check_letters(lines: Sequence[Line]) -> None:
    """Raise UnreadablePdf if the lines have no letters, or hardly any."""
    text = "".join(line.text for line in lines).replace(" ", "")
    if not any(map(str.isalpha, text)):
        raise UnreadablePdf("the PDF holds no text")
    if sum(map(str.isalnum, text)) < FEWEST_LETTERS * len(text):
        raise UnreadablePdf("the PDF does not say what its letters are")
