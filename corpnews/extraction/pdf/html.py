"""HTML of a PDF's paragraphs."""

from __future__ import annotations

from html import escape
from itertools import groupby
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corpnews.extraction.pdf.paragraphs import Paragraph

TAGS: Final = {"title": "h1", "heading": "h2", "text": "p", "item": "li"}
AROUND: Final = {"item": "ul", "row": "table"}


def written(paragraphs: Sequence[Paragraph]) -> str:
    return "\n".join(pieces(paragraphs))


def pieces(paragraphs: Sequence[Paragraph]) -> Iterator[str]:
    for kind, group in groupby(paragraphs, key=lambda paragraph: paragraph.kind):
        texts = [element(paragraph) for paragraph in group]
        yield f"<{AROUND[kind]}>{''.join(texts)}</{AROUND[kind]}>" if kind in AROUND else "\n".join(texts)


def element(paragraph: Paragraph) -> str:
    if paragraph.kind == "row":
        cells = (f"<td>{escape(cell.text, quote=False)}</td>" for line in paragraph.lines for cell in line.cells)
        return f"<tr>{''.join(cells)}</tr>"
    text = escape(paragraph.text, quote=False)
    if paragraph.kind == "text" and paragraph.is_bold:
        text = f"<strong>{text}</strong>"
    return f"<{TAGS[paragraph.kind]}>{text}</{TAGS[paragraph.kind]}>"
