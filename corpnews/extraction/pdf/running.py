"""Running headers, footers and page numbers: lines that repeat at the edges of pages."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, TypeAlias

from corpnews.extraction.pdf.lines import rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corpnews.extraction.pdf.parts import Fragment, Sheet

Key: TypeAlias = tuple[str, int]
# A running line is among this many outermost lines of a page, on two pages and on this share of them.
MOST_ROWS: Final = 4
SHARE: Final = 0.3
# Maximum difference of its position between pages, in points.
TOLERANCE: Final = 4
# Maximum number of pages before the first that is numbered.
MOST_UNCOUNTED: Final = 2
NUMBER = re.compile(r"\d+")
# Minimum gap to the text, in heights of the line.
APART: Final = 0.5
# Maximum number of letters in a page number: "Page 2 of 3", "第2页".
MOST_LETTERS: Final = 8


def without_running_lines(sheets: Sequence[Sheet], pages: int) -> tuple[list[Sheet], tuple[str, ...]]:
    """Return the pages without their running lines, and the texts that were left out, each once."""
    stacks = {sheet.number: rows(sheet.fragments) for sheet in sheets}
    seen = Counter(key for number, stack in stacks.items() for key in keys_of_edges(stack, number))
    common = {key for key, count in seen.items() if count >= max(2, SHARE * len(sheets))}
    edges = {sheet.number: Edges(stacks[sheet.number], sheet.number, pages, common) for sheet in sheets}
    known = {key for each in edges.values() for row in each.running(set()) for key in keys(row, each.number)}
    kept, removed = [], [text for sheet in sheets for text in sheet.askew]
    for sheet in sheets:
        running = edges[sheet.number].running(known)
        removed += map(text_of, running)
        gone = {fragment for row in running for fragment in row}
        kept.append(replace(sheet, fragments=tuple(each for each in sheet.fragments if each not in gone)))
    return kept, tuple(dict.fromkeys(removed))


@dataclass(frozen=True, slots=True)
class Edges:
    """The rows of one page, to be removed from both ends; `common` are the keys of rows that many pages have there."""

    stack: Sequence[Sequence[Fragment]]
    number: int
    pages: int
    common: set[Key]

    def running(self, known: set[Key]) -> list[Sequence[Fragment]]:
        """Return the outermost rows that repeat or number the page, if they are separate from the text or in `known`."""
        top = self.outermost(self.stack, known)
        bottom = self.outermost(self.stack[top:][::-1], known)
        return [*self.stack[:top], *self.stack[len(self.stack) - bottom :]]

    def outermost(self, stack: Sequence[Sequence[Fragment]], known: set[Key]) -> int:
        """Return how many rows from the edge inwards are running lines."""
        count = next((at for at, row in enumerate(stack[:MOST_ROWS]) if not self.runs(row)), min(MOST_ROWS, len(stack)))
        while 0 < count < len(stack):
            row = stack[count - 1]
            if space(row, stack[count]) >= APART * height(row) or not known.isdisjoint(keys(row, self.number)):
                break
            count -= 1
        return count

    def runs(self, row: Sequence[Fragment]) -> bool:
        return not self.common.isdisjoint(keys(row, self.number)) or is_page_number(row, self.number, self.pages)


def space(row: Sequence[Fragment], other: Sequence[Fragment]) -> float:
    return max(other[0].top - row[0].bottom, row[0].top - other[0].bottom)


def height(row: Sequence[Fragment]) -> float:
    return row[0].bottom - row[0].top


def keys_of_edges(stack: Sequence[Sequence[Fragment]], number: int) -> set[Key]:
    edges = stack if len(stack) <= 2 * MOST_ROWS else (*stack[:MOST_ROWS], *stack[-MOST_ROWS:])
    return {key for row in edges for key in keys(row, number)}


def keys(row: Sequence[Fragment], number: int) -> Iterator[Key]:
    """Yield keys of a row's text and position; each at two positions, so that rows a little apart share one.

    The number of the page is replaced by "#", also where the numbering starts on a later page.
    """
    text, place = text_of(row), int(row[0].top / TOLERANCE)
    for own in range(number - MOST_UNCOUNTED, number + 1):
        for at in (place, place + 1):
            yield re.sub(rf"\b{own}\b", "#", text, count=1), at


def text_of(row: Sequence[Fragment]) -> str:
    return " ".join(fragment.text for fragment in row)


def is_page_number(row: Sequence[Fragment], number: int, pages: int) -> bool:
    """Return whether a row says nothing but the page's number."""
    text = text_of(row)
    if [int(digits) for digits in NUMBER.findall(text[:40])] not in ([number], [number, pages]):
        return False
    return sum(map(str.isalpha, text)) <= MOST_LETTERS
