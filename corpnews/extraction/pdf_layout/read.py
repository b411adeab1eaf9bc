"""The text of a PDF as HTML."""

from __future__ import annotations

from html import escape
from itertools import groupby
from typing import TYPE_CHECKING, Final

from corpnews.extraction.pdf_layout.glyphs import read_pdf_pages
from corpnews.extraction.pdf_layout.lines import read_text_lines
from corpnews.extraction.pdf_layout.measures import DocumentMeasures
from corpnews.extraction.pdf_layout.paragraphs import build_paragraphs, mark_headings
from corpnews.extraction.pdf_layout.parts import PdfText, UnreadablePdf
from corpnews.extraction.pdf_layout.running_lines import remove_running_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corpnews.extraction.pdf_layout.paragraphs import PdfParagraph
    from corpnews.extraction.pdf_layout.parts import TextLine

# Minimum share of letters and digits: where fonts do not map characters, most come out as signs.
_MIN_LETTER_SHARE: Final = 0.3
_TAG_BY_KIND: Final = {"title": "h1", "heading": "h2", "text": "p", "item": "li"}
_CONTAINER_BY_KIND: Final = {"item": "ul", "row": "table"}


def read_pdf_layout(data: bytes) -> PdfText:
    """Read the bytes of a PDF. Raises UnreadablePdf.

    A hostile file may take any time and memory: call it in a process with limits.
    """
    pages, page_count = read_pdf_pages(data)
    kept, removed = remove_running_lines(pages, page_count)
    lines = [line for page in kept for line in read_text_lines(page)]
    _check_letters(lines)
    measures = DocumentMeasures(lines)
    paragraphs = build_paragraphs(lines, measures)
    mark_headings(paragraphs, measures)
    title = next((paragraph.text for paragraph in paragraphs if paragraph.kind == "title"), None)
    return PdfText("\n".join(_render_paragraphs(paragraphs)), title, page_count, len(pages) < page_count, removed)


def _check_letters(lines: Sequence[TextLine]) -> None:
    """Raise UnreadablePdf if the lines have no letters, or hardly any."""
    text = "".join(line.text for line in lines).replace(" ", "")
    if not any(map(str.isalpha, text)):
        raise UnreadablePdf("the PDF holds no text")
    if sum(map(str.isalnum, text)) < _MIN_LETTER_SHARE * len(text):
        raise UnreadablePdf("the PDF does not say what its letters are")


def _render_paragraphs(paragraphs: Sequence[PdfParagraph]) -> Iterator[str]:
    for kind, group in groupby(paragraphs, key=lambda paragraph: paragraph.kind):
        texts = map(_render_paragraph, group)
        container = _CONTAINER_BY_KIND.get(kind)
        yield f"<{container}>{''.join(texts)}</{container}>" if container else "\n".join(texts)


def _render_paragraph(paragraph: PdfParagraph) -> str:
    if paragraph.kind == "row":
        cells = (f"<td>{escape(cell.text, quote=False)}</td>" for line in paragraph.lines for cell in line.cells)
        return f"<tr>{''.join(cells)}</tr>"
    text = escape(paragraph.text, quote=False)
    if paragraph.kind == "text" and paragraph.is_bold:
        text = f"<strong>{text}</strong>"
    return f"<{_TAG_BY_KIND[paragraph.kind]}>{text}</{_TAG_BY_KIND[paragraph.kind]}>"
