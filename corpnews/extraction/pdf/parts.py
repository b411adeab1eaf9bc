"""What a PDF is made of to a reader, and what comes of reading one."""

from __future__ import annotations

from dataclasses import dataclass


class UnreadablePdf(ValueError):
    """The PDF gives no text; the message says why: "the PDF is encrypted"."""


@dataclass(frozen=True, slots=True)
class ReadPdf:
    """A PDF's text: `html` in paragraphs, headings, lists and tables, `title` the largest text near its start, an h1 there.

    `pages` counts the document's pages; `is_cut_short` says that not all of them were read. `removed` are the headers,
    footers and page numbers that were left out, each text once.
    """

    html: str
    title: str | None
    pages: int
    is_cut_short: bool = False
    removed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of text on one line, without wide gaps; lengths are in points, from the page's top left corner.

    `size` is the font's, `bold` says that all of it is set bold.
    """

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of a PDF: its pieces of text in no certain order, and the texts that stand askew on it, as watermarks do."""

    number: int
    fragments: tuple[Fragment, ...]
    askew: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """What stands side by side in one column; wide gaps part it into `cells`. `text` is all of it."""

    text: str
    cells: tuple[Fragment, ...]
    left: float
    right: float
    top: float
    bottom: float
    size: float
    bold: bool
    is_leftward: bool
    column: int = 0
    page: int = 1

    @property
    def height(self) -> float:
        return self.bottom - self.top
