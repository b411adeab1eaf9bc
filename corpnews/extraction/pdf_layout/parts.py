"""Parts of a PDF, and the result of reading one."""

from __future__ import annotations

from dataclasses import dataclass


class UnreadablePdf(ValueError):
    """The PDF gives no text; the message is the reason, such as "the PDF is encrypted"."""


@dataclass(frozen=True, slots=True)
class PdfText:
    """The text of a PDF.

    `html` has paragraphs, headings, lists and tables; `title` is the largest text near its start, an <h1> there. `pages` counts
    the document's pages; `is_truncated` is True if not all of them were read. `removed` are the headers, footers and page
    numbers that were left out, each text once.
    """

    html: str
    title: str | None
    pages: int
    is_truncated: bool = False
    removed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TextFragment:
    """A piece of text on one line without wide gaps; lengths are in points from the page's top left corner.

    `size` is the font size; `bold` is True if all of it is bold.
    """

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    bold: bool = False


@dataclass(frozen=True, slots=True)
class PdfPage:
    """A page of a PDF: its fragments in no certain order, and its texts at other angles, such as watermarks."""

    number: int
    fragments: tuple[TextFragment, ...]
    rotated_texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of text in one column; wide gaps divide it into `cells`, `text` is all of it."""

    text: str
    cells: tuple[TextFragment, ...]
    left: float
    right: float
    top: float
    bottom: float
    size: float
    bold: bool
    is_right_to_left: bool
    column: int = 0
    page: int = 1

    @property
    def height(self) -> float:
        return self.bottom - self.top
