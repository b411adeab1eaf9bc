"""HTML of a PDF's paragraphs."""

from __future__ import annotations

from html import escape
from itertools import groupby
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corpnews.extraction.pdf_layout.paragraphs import PdfParagraph

_TAG_BY_KIND: Final = {"title": "h1", "heading": "h2", "text": "p", "item": "li"}
_CONTAINER_BY_KIND: Final = {"item": "ul", "row": "table"}


def render_pdf_html(paragraphs: Sequence[PdfParagraph]) -> str:
    return "\n".join(_iterate_elements(paragraphs))


def _iterate_elements(paragraphs: Sequence[PdfParagraph]) -> Iterator[str]:
    for kind, group in groupby(paragraphs, key=lambda paragraph: paragraph.kind):
        texts = [_render_paragraph(paragraph) for paragraph in group]
        yield (
            f"<{_CONTAINER_BY_KIND[kind]}>{''.join(texts)}</{_CONTAINER_BY_KIND[kind]}>"
            if kind in _CONTAINER_BY_KIND
            else "\n".join(texts)
        )


def _render_paragraph(paragraph: PdfParagraph) -> str:
    if paragraph.kind == "row":
        cells = (f"<td>{escape(cell.text, quote=False)}</td>" for line in paragraph.lines for cell in line.cells)
        return f"<tr>{''.join(cells)}</tr>"
    text = escape(paragraph.text, quote=False)
    if paragraph.kind == "text" and paragraph.is_bold:
        text = f"<strong>{text}</strong>"
    return f"<{_TAG_BY_KIND[paragraph.kind]}>{text}</{_TAG_BY_KIND[paragraph.kind]}>"
