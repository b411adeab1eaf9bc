"""Lines grouped to paragraphs by their distance, their indents, and by where a line ends before it must."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from corpnews.extraction.pdf.measures import Measures, is_same_size
from corpnews.extraction.pdf.spelling import HYPHENS, joined

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpnews.extraction.pdf.parts import Line

# Minimum distance of lines between paragraphs, in usual distances.
GAP: Final = 1.25
# Minimum indent of a first line, in font sizes.
INDENT: Final = 0.8
# Maximum empty share of the column after a line that was broken by hand.
BROKEN_BY_HAND: Final = 0.5
# Minimum gap between separate texts on one line, in font sizes.
FAR: Final = 4
# Minimum font size of a heading, in body font sizes.
LARGER: Final = 1.12
BULLET = re.compile(r"[•·▪■◦‣●○∙⁃➢➤►▶✓✔❖◆★※]\s*")
# A dash or star is a bullet only at the start of a paragraph.
DASH = re.compile(r"[-–—*o]\s+(?=\S)")
SENTENCE_END = re.compile(r"[.!?:;。！？：；…؟।][\"'”’»)\]）」』]*$")
HAS_DIGIT = re.compile(r"\d")
COMPOUND = re.compile(r"\w+(?:-\w+)+")


@dataclass(slots=True)
class Paragraph:
    """Lines that belong together; `kind` is one of text, title, heading, item and row."""

    kind: str
    lines: list[Line]
    text: str = ""

    @property
    def first(self) -> Line:
        return self.lines[0]

    @property
    def last(self) -> Line:
        return self.lines[-1]

    @property
    def is_bold(self) -> bool:
        return all(line.bold for line in self.lines)


def read_paragraphs(lines: Sequence[Line], measures: Measures) -> list[Paragraph]:
    """Return the document's paragraphs, list items and table rows, in reading order."""
    words = frozenset(word for line in lines for word in COMPOUND.findall(line.text.lower()))
    found = Grouping(measures, rows_of_tables(lines)).group(lines)
    for paragraph in found:
        first, *rest = (line.text for line in paragraph.lines)
        if paragraph.kind == "item":
            bullet = BULLET.match(first) or DASH.match(first)
            first = first[bullet.end() :] if bullet else first
        paragraph.text = joined([first, *rest] if first else rest, words) if first or rest else ""
    return [paragraph for paragraph in found if paragraph.text]


def rows_of_tables(lines: Sequence[Line]) -> set[int]:
    """Return the indexes of the lines that are rows of a table: their cells are aligned."""
    found: set[int] = set()
    for at, (line, below) in enumerate(pairwise(lines)):
        is_list = BULLET.match(line.text) or BULLET.match(below.text)
        if len(line.cells) > 1 and len(below.cells) > 1 and not is_list and are_aligned(line, below):
            found |= {at, at + 1}
    return found


def are_aligned(line: Line, below: Line) -> bool:
    """Return whether cells other than the first start at the same x, or numbers end there."""
    if is_stretched(line) or is_stretched(below):
        return False
    near = line.size / 2
    return any(
        abs(one.left - other.left) < near or (abs(one.right - other.right) < near and HAS_DIGIT.search(one.text + other.text))
        for one in line.cells[1:]
        for other in below.cells[1:]
    )


def is_parted(line: Line) -> bool:
    """Return whether a line holds texts far from each other, such as a label and a date at both edges of the page."""
    return any(max(other.left - one.right, one.left - other.right) > FAR * line.size for one, other in pairwise(line.cells))


def is_stretched(line: Line) -> bool:
    """Return whether a line has single words at equal distances, as in a justified narrow column."""
    gaps = [max(other.left - one.right, one.left - other.right) for one, other in pairwise(line.cells)]
    is_even = len(gaps) > 1 and max(gaps) - min(gaps) < line.size / 4
    return is_even and not HAS_DIGIT.search(line.text) and all(" " not in cell.text for cell in line.cells)


@dataclass(frozen=True, slots=True)
class Grouping:
    """Decides where paragraphs begin in one document; `rows` are the indexes of the lines that are table rows."""

    measures: Measures
    rows: set[int]

    def group(self, lines: Sequence[Line]) -> list[Paragraph]:
        found: list[Paragraph] = []
        for at, line in enumerate(lines):
            if at in self.rows:
                found.append(Paragraph("row", [line]))
            elif is_parted(line):
                found += [Paragraph("text", [replace(line, text=cell.text, cells=(cell,))]) for cell in line.cells]
            elif not found or found[-1].kind == "row" or self.begins(line, found[-1]):
                is_item = BULLET.match(line.text) or DASH.match(line.text)
                found.append(Paragraph("item" if is_item else "text", [line]))
            else:
                found[-1].lines.append(line)
        return found

    def begins(self, line: Line, paragraph: Paragraph) -> bool:
        """Return whether a line begins a new paragraph after `paragraph`."""
        before = paragraph.last
        if BULLET.match(line.text) or not is_same_size(before, line):
            return not (paragraph.kind == "item" and BULLET.fullmatch(before.text))
        is_full = self.measures.is_full(before, line)
        if before.bold != line.bold and not is_full:
            return True
        if (before.page, before.column) != (line.page, line.column):
            return not is_full or self.is_indented(line, paragraph)
        if not 0 < line.bottom - before.bottom <= GAP * self.measures.leading(line):
            return True
        if line.size > LARGER * self.measures.body_size:
            return False
        return self.is_set_off(line, paragraph, is_full=is_full) or not (is_full or self.goes_on(before, line))

    def is_indented(self, line: Line, paragraph: Paragraph) -> bool:
        """Whether the first line of a column is indented as only the first of a paragraph is."""
        return paragraph.kind == "text" and self.measures.indent(line) - self.measures.indent(paragraph.last) > INDENT

    def is_set_off(self, line: Line, paragraph: Paragraph, *, is_full: bool) -> bool:
        """Whether a line's indent sets it off from the paragraph above, rather than from its first line only."""
        shift = self.measures.indent(line) - self.measures.indent(paragraph.last)
        if paragraph.kind == "item":
            return self.measures.indent(line) < self.measures.indent(paragraph.first) - INDENT / 2
        if shift > INDENT:
            return len(paragraph.lines) > 1 or not is_full or bool(SENTENCE_END.search(paragraph.last.text))
        return shift < -INDENT and len(paragraph.lines) > 1

    def goes_on(self, before: Line, line: Line) -> bool:
        """Return whether a sentence continues on `line` although it had room before, as where lines are broken by hand."""
        if BULLET.fullmatch(before.text):
            return True
        is_amid = not SENTENCE_END.search(before.text) and line.text[0].islower()
        return is_amid and (
            before.text[-1] in HYPHENS or self.measures.room(before) < BROKEN_BY_HAND * self.measures.width(before)
        )
