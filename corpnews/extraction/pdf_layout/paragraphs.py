"""Lines grouped to paragraphs by their distance, their indents, and by where a line ends before it must; headings and title."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from corpnews.extraction.pdf_layout.measures import DocumentMeasures, has_same_size
from corpnews.extraction.pdf_layout.spelling import CJK_OR_SIGN, HYPHENS, join_text_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpnews.extraction.pdf_layout.parts import TextLine

# Minimum distance of lines between paragraphs, in usual distances.
_PARAGRAPH_GAP: Final = 1.25
# Minimum indent of a first line, in font sizes.
_MIN_INDENT: Final = 0.8
# Maximum empty share of the column after a line that was broken by hand.
_MAX_HAND_BROKEN_ROOM: Final = 0.5
# Minimum gap between separate texts on one line, in font sizes.
_MIN_SEPARATE_TEXT_GAP: Final = 4
# Minimum font size of a heading, in body font sizes.
_MIN_HEADING_SIZE_RATIO: Final = 1.12
_BULLET = re.compile(r"[•·▪■◦‣●○∙⁃➢➤►▶✓✔❖◆★※]\s*")
# A dash or star is a bullet only at the start of a paragraph.
_DASH = re.compile(r"[-–—*o]\s+(?=\S)")
_SENTENCE_END = re.compile(r"[.!?:;。！？：；…؟।][\"'”’»)\]）」』]*$")
_HAS_DIGIT = re.compile(r"\d")
_HYPHENATED_WORD = re.compile(r"\w+(?:-\w+)+")

_MAX_HEADING_LENGTH: Final = 240
# Maximum length of a sentence that is a heading, and of bold text in body size that is one.
_MAX_SENTENCE_HEADING_LENGTH: Final = 60
_MAX_BOLD_HEADING_LENGTH: Final = 120
# Minimum length of the paragraph below a heading in body size.
_MIN_PROSE_LENGTH: Final = 80
# The title is in this upper share of the first page's text, and has this many words, or Chinese or Japanese characters.
_TITLE_ZONE: Final = 0.6
_MIN_TITLE_WORDS: Final = 3
_MIN_TITLE_CJK: Final = 6


@dataclass(slots=True)
class PdfParagraph:
    """Lines that belong together; `kind` is one of text, title, heading, item and row."""

    kind: str
    lines: list[TextLine]
    text: str = ""

    @property
    def first(self) -> TextLine:
        return self.lines[0]

    @property
    def last(self) -> TextLine:
        return self.lines[-1]

    @property
    def is_bold(self) -> bool:
        return all(line.bold for line in self.lines)


def build_paragraphs(lines: Sequence[TextLine], measures: DocumentMeasures) -> list[PdfParagraph]:
    """Return the document's paragraphs, list items and table rows, in reading order."""
    words = frozenset(word for line in lines for word in _HYPHENATED_WORD.findall(line.text.lower()))
    found = ParagraphGrouper(measures, _find_table_rows(lines)).group(lines)
    for paragraph in found:
        first, *rest = (line.text for line in paragraph.lines)
        if paragraph.kind == "item":
            bullet = _BULLET.match(first) or _DASH.match(first)
            first = first[bullet.end() :] if bullet else first
        paragraph.text = join_text_lines([first, *rest] if first else rest, words) if first or rest else ""
    return [paragraph for paragraph in found if paragraph.text]


def _find_table_rows(lines: Sequence[TextLine]) -> set[int]:
    """Return the indexes of the lines that are rows of a table: their cells are aligned."""
    found: set[int] = set()
    for at, (line, below) in enumerate(pairwise(lines)):
        is_list = _BULLET.match(line.text) or _BULLET.match(below.text)
        if len(line.cells) > 1 and len(below.cells) > 1 and not is_list and _have_aligned_cells(line, below):
            found |= {at, at + 1}
    return found


def _have_aligned_cells(line: TextLine, below: TextLine) -> bool:
    """Return whether cells other than the first start at the same x, or numbers end there."""
    if _is_stretched_line(line) or _is_stretched_line(below):
        return False
    near = line.size / 2
    return any(
        abs(one.left - other.left) < near or (abs(one.right - other.right) < near and _HAS_DIGIT.search(one.text + other.text))
        for one in line.cells[1:]
        for other in below.cells[1:]
    )


def _has_separate_texts(line: TextLine) -> bool:
    """Return whether a line holds texts far from each other, such as a label and a date at both edges of the page."""
    return any(
        max(other.left - one.right, one.left - other.right) > _MIN_SEPARATE_TEXT_GAP * line.size
        for one, other in pairwise(line.cells)
    )


def _is_stretched_line(line: TextLine) -> bool:
    """Return whether a line has single words at equal distances, as in a justified narrow column."""
    gaps = [max(other.left - one.right, one.left - other.right) for one, other in pairwise(line.cells)]
    is_even = len(gaps) > 1 and max(gaps) - min(gaps) < line.size / 4
    return is_even and not _HAS_DIGIT.search(line.text) and all(" " not in cell.text for cell in line.cells)


@dataclass(frozen=True, slots=True)
class ParagraphGrouper:
    """Decides where paragraphs begin in one document; `rows` are the indexes of the lines that are table rows."""

    measures: DocumentMeasures
    rows: set[int]

    def group(self, lines: Sequence[TextLine]) -> list[PdfParagraph]:
        found: list[PdfParagraph] = []
        for at, line in enumerate(lines):
            if at in self.rows:
                found.append(PdfParagraph("row", [line]))
            elif _has_separate_texts(line):
                found += [PdfParagraph("text", [replace(line, text=cell.text, cells=(cell,))]) for cell in line.cells]
            elif not found or found[-1].kind == "row" or self.starts_paragraph_at(line, found[-1]):
                is_item = _BULLET.match(line.text) or _DASH.match(line.text)
                found.append(PdfParagraph("item" if is_item else "text", [line]))
            else:
                found[-1].lines.append(line)
        return found

    def starts_paragraph_at(self, line: TextLine, paragraph: PdfParagraph) -> bool:
        """Return whether a line begins a new paragraph after `paragraph`."""
        before = paragraph.last
        if _BULLET.match(line.text) or not has_same_size(before, line):
            return not (paragraph.kind == "item" and _BULLET.fullmatch(before.text))
        is_full = self.measures.is_full(before, line)
        if before.bold != line.bold and not is_full:
            return True
        if (before.page, before.column) != (line.page, line.column):
            return not is_full or self.is_indented(line, paragraph)
        if not 0 < line.bottom - before.bottom <= _PARAGRAPH_GAP * self.measures.leading(line):
            return True
        if line.size > _MIN_HEADING_SIZE_RATIO * self.measures.body_size:
            return False
        return self.is_set_off(line, paragraph, is_full=is_full) or not (is_full or self.continues(before, line))

    def is_indented(self, line: TextLine, paragraph: PdfParagraph) -> bool:
        """Whether the first line of a column is indented as only the first of a paragraph is."""
        return paragraph.kind == "text" and self.measures.indent(line) - self.measures.indent(paragraph.last) > _MIN_INDENT

    def is_set_off(self, line: TextLine, paragraph: PdfParagraph, *, is_full: bool) -> bool:
        """Whether a line's indent sets it off from the paragraph above, rather than from its first line only."""
        shift = self.measures.indent(line) - self.measures.indent(paragraph.last)
        if paragraph.kind == "item":
            return self.measures.indent(line) < self.measures.indent(paragraph.first) - _MIN_INDENT / 2
        if shift > _MIN_INDENT:
            return len(paragraph.lines) > 1 or not is_full or bool(_SENTENCE_END.search(paragraph.last.text))
        return shift < -_MIN_INDENT and len(paragraph.lines) > 1

    def continues(self, before: TextLine, line: TextLine) -> bool:
        """Return whether a sentence continues on `line` although it had room before, as where lines are broken by hand."""
        if _BULLET.fullmatch(before.text):
            return True
        is_amid = not _SENTENCE_END.search(before.text) and line.text[0].islower()
        return is_amid and (
            before.text[-1] in HYPHENS or self.measures.free_width(before) < _MAX_HAND_BROKEN_ROOM * self.measures.width(before)
        )


def mark_headings(paragraphs: Sequence[PdfParagraph], measures: DocumentMeasures) -> None:
    """Set the kind of the paragraphs that are headings, and of at most one that is the title."""
    following = [*paragraphs[1:], None]
    kinds = [_classify_paragraph(paragraph, below, measures) for paragraph, below in zip(paragraphs, following, strict=True)]
    for paragraph, kind in zip(paragraphs, kinds, strict=True):
        paragraph.kind = kind
    title = _find_pdf_title(paragraphs)
    if title is not None:
        title.kind = "title"


def _classify_paragraph(paragraph: PdfParagraph, below: PdfParagraph | None, measures: DocumentMeasures) -> str:
    text = paragraph.text
    if paragraph.kind != "text" or not any(map(str.isalpha, text)):
        return paragraph.kind
    is_sentence = _SENTENCE_END.search(text) is not None
    if paragraph.first.size > _MIN_HEADING_SIZE_RATIO * measures.body_size:
        return "text" if len(text) > (_MAX_SENTENCE_HEADING_LENGTH if is_sentence else _MAX_HEADING_LENGTH) else "heading"
    is_above_prose = below is not None and not below.is_bold and (below.kind == "item" or len(below.text) >= _MIN_PROSE_LENGTH)
    return (
        "heading"
        if paragraph.is_bold and is_above_prose and not is_sentence and len(text) <= _MAX_BOLD_HEADING_LENGTH
        else "text"
    )


def _find_pdf_title(paragraphs: Sequence[PdfParagraph]) -> PdfParagraph | None:
    """Return the largest heading or bold text in the upper part of the first page that could be a title."""
    first = [paragraph for paragraph in paragraphs if paragraph.first.page == 1]
    lowest = max((paragraph.last.bottom for paragraph in first), default=0.0)
    candidates = [
        paragraph
        for paragraph in first
        if (paragraph.kind == "heading" or (paragraph.kind == "text" and paragraph.is_bold))
        and paragraph.first.top < _TITLE_ZONE * lowest
        and _could_be_title(paragraph.text)
    ]
    return max(candidates, key=lambda paragraph: round(paragraph.first.size), default=None)


def _could_be_title(text: str) -> bool:
    """Return whether a text could be a title, which "Press release" could not.

    >>> _could_be_title("Acme builds a plant"), _could_be_title("Press release"), _could_be_title("公司在北方建厂")
    (True, False, True)
    """
    return len(text) <= _MAX_HEADING_LENGTH and (
        len(text.split()) >= _MIN_TITLE_WORDS or len(CJK_OR_SIGN.findall(text)) >= _MIN_TITLE_CJK
    )
