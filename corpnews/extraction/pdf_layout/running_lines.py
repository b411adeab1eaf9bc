"""Running headers, footers and page numbers: lines that repeat at the edges of pages."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, TypeAlias

from corpnews.extraction.pdf_layout.lines import group_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corpnews.extraction.pdf_layout.parts import PdfPage, TextFragment

_LineKey: TypeAlias = tuple[str, int]
# A running line is among this many outermost lines of a page, on two pages and on this share of them.
_MAX_EDGE_ROWS: Final = 4
_MIN_PAGE_SHARE: Final = 0.3
# Maximum difference of its position between pages, in points.
_MAX_SHIFT: Final = 4
# Maximum number of pages before the first that is numbered.
_MAX_UNNUMBERED_PAGES: Final = 2
_NUMBER = re.compile(r"\d+")
# Minimum gap to the text, in heights of the line.
_MIN_GAP_TO_TEXT: Final = 0.5
# Maximum number of letters in a page number: "Page 2 of 3", "第2页".
_MAX_PAGE_NUMBER_LETTERS: Final = 8


def remove_running_lines(pages: Sequence[PdfPage], page_count: int) -> tuple[list[PdfPage], tuple[str, ...]]:
    """Return the pages without their running lines, and the texts that were left out, each once."""
    stacks = {page.number: group_rows(page.fragments) for page in pages}
    seen = Counter(key for number, stack in stacks.items() for key in _build_edge_keys(stack, number))
    common = {key for key, count in seen.items() if count >= max(2, _MIN_PAGE_SHARE * len(pages))}
    edges = {page.number: PageEdges(stacks[page.number], page.number, page_count, common) for page in pages}
    known = {key for each in edges.values() for row in each.find_running_rows(set()) for key in _build_row_keys(row, each.number)}
    kept, removed = [], [text for page in pages for text in page.rotated_texts]
    for page in pages:
        running = edges[page.number].find_running_rows(known)
        removed += map(_join_row_text, running)
        gone = {fragment for row in running for fragment in row}
        kept.append(replace(page, fragments=tuple(each for each in page.fragments if each not in gone)))
    return kept, tuple(dict.fromkeys(removed))


@dataclass(frozen=True, slots=True)
class PageEdges:
    """The rows of one page, to be removed from both ends; `common` are the keys of rows that many pages have there."""

    stack: Sequence[Sequence[TextFragment]]
    number: int
    page_count: int
    common: set[_LineKey]

    def find_running_rows(self, known: set[_LineKey]) -> list[Sequence[TextFragment]]:
        """Return the outermost rows that repeat or number the page, if they are separate from the text or in `known`."""
        top = self.count_running_rows(self.stack, known)
        bottom = self.count_running_rows(self.stack[top:][::-1], known)
        return [*self.stack[:top], *self.stack[len(self.stack) - bottom :]]

    def count_running_rows(self, stack: Sequence[Sequence[TextFragment]], known: set[_LineKey]) -> int:
        """Return how many rows from the edge inwards are running lines."""
        count = next(
            (at for at, row in enumerate(stack[:_MAX_EDGE_ROWS]) if not self.is_running_row(row)), min(_MAX_EDGE_ROWS, len(stack))
        )
        while 0 < count < len(stack):
            row = stack[count - 1]
            if _measure_row_gap(row, stack[count]) >= _MIN_GAP_TO_TEXT * _get_row_height(row) or not known.isdisjoint(
                _build_row_keys(row, self.number)
            ):
                break
            count -= 1
        return count

    def is_running_row(self, row: Sequence[TextFragment]) -> bool:
        return not self.common.isdisjoint(_build_row_keys(row, self.number)) or _is_page_number(row, self.number, self.page_count)


def _measure_row_gap(row: Sequence[TextFragment], other: Sequence[TextFragment]) -> float:
    return max(other[0].top - row[0].bottom, row[0].top - other[0].bottom)


def _get_row_height(row: Sequence[TextFragment]) -> float:
    return row[0].bottom - row[0].top


def _build_edge_keys(stack: Sequence[Sequence[TextFragment]], number: int) -> set[_LineKey]:
    edges = stack if len(stack) <= 2 * _MAX_EDGE_ROWS else (*stack[:_MAX_EDGE_ROWS], *stack[-_MAX_EDGE_ROWS:])
    return {key for row in edges for key in _build_row_keys(row, number)}


def _build_row_keys(row: Sequence[TextFragment], number: int) -> Iterator[_LineKey]:
    """Yield keys of a row's text and position; each at two positions, so that rows a little apart share one.

    The number of the page is replaced by "#", also where the numbering starts on a later page.
    """
    text, place = _join_row_text(row), int(row[0].top / _MAX_SHIFT)
    for own in range(number - _MAX_UNNUMBERED_PAGES, number + 1):
        for at in (place, place + 1):
            yield re.sub(rf"\b{own}\b", "#", text, count=1), at


def _join_row_text(row: Sequence[TextFragment]) -> str:
    return " ".join(fragment.text for fragment in row)


def _is_page_number(row: Sequence[TextFragment], number: int, page_count: int) -> bool:
    """Return whether a row says nothing but the page's number."""
    text = _join_row_text(row)
    if [int(digits) for digits in _NUMBER.findall(text[:40])] not in ([number], [number, page_count]):
        return False
    return sum(map(str.isalpha, text)) <= _MAX_PAGE_NUMBER_LETTERS
