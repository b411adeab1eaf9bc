"""Measures of a document: its body font size, the edges of its columns, the distance of its lines."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cached_property
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Final

from corpnews.extraction.pdf_layout.spelling import CJK_OR_SIGN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpnews.extraction.pdf_layout.parts import TextLine

# Maximum difference of the edges of a column on several pages, in points.
_MAX_EDGE_DIFFERENCE: Final = 10
# A line is full if it ends within this many font sizes of the column's edge.
_MAX_RAGGED_EDGE: Final = 1.5
# Minimum number of full lines that make a column's edge certain.
_MIN_FULL_LINES: Final = 4
# Distance of lines in font sizes: the default where no two lines show it, and the maximum within a paragraph.
_DEFAULT_LEADING: Final = 1.3
_MAX_LEADING: Final = 2.6


class DocumentMeasures:
    """The measures of one document; `lines` are in reading order."""

    def __init__(self, lines: Sequence[TextLine]) -> None:
        self.lines = lines

    @cached_property
    def body_size(self) -> float:
        """The font size of most characters, in points."""
        sizes: Counter[float] = Counter()
        for line in self.lines:
            sizes[round(line.size * 2) / 2] += len(line.text)
        return sizes.most_common(1)[0][0]

    @cached_property
    def edges(self) -> dict[tuple[int, int], tuple[float, float]]:
        """The left and right edge of each page's columns; for a column with only short lines, those of another page's column."""
        columns: dict[tuple[int, int], list[TextLine]] = defaultdict(list)
        for line in self.lines:
            columns[line.page, line.column].append(line)
        starts = {column: min(line.left for line in lines) for column, lines in columns.items()}
        ends = {column: _find_right_edge(lines) for column, lines in columns.items()}
        sure = [(starts[column], ends[column]) for column, lines in columns.items() if _is_certain_edge(lines, ends[column])]
        found = {}
        for column, start in starts.items():
            wider = [
                end
                for left, end in sure
                if abs(left - start) < _MAX_EDGE_DIFFERENCE and end >= ends[column] - _MAX_EDGE_DIFFERENCE
            ]
            found[column] = start, min(wider, default=ends[column])
        return found

    @cached_property
    def leadings(self) -> dict[int, float]:
        """The distance of lines within a paragraph by font size."""
        found: dict[int, list[float]] = defaultdict(list)
        for line, below in pairwise(self.lines):
            distance = below.bottom - line.bottom
            if self.is_full(line, below) and 0 < distance < _MAX_LEADING * line.size and has_same_size(line, below):
                found[round(line.size)].append(distance)
        return {size: median(distances) for size, distances in found.items()}

    def leading(self, line: TextLine) -> float:
        return self.leadings.get(round(line.size), _DEFAULT_LEADING * line.size)

    def free_width(self, line: TextLine) -> float:
        """Return the width of its column that is empty after the line."""
        left, right = self.edges[line.page, line.column]
        return line.left - left if line.is_right_to_left else right - line.right

    def width(self, line: TextLine) -> float:
        left, right = self.edges[line.page, line.column]
        return max(1.0, right - left)

    def indent(self, line: TextLine) -> float:
        """Return the distance of the line's start from its column's edge, in font sizes."""
        left, right = self.edges[line.page, line.column]
        return (right - line.right if line.is_right_to_left else line.left - left) / max(1.0, line.size)

    def is_full(self, line: TextLine, below: TextLine) -> bool:
        """Return whether the first word of the line below did not fit on the line, so that it had to end there."""
        start = below.text[:2] if CJK_OR_SIGN.match(below.text) else below.text.split(" ", 1)[0]
        needed = (below.right - below.left) * len(start) / len(below.text) + line.size / 2
        return self.free_width(line) < needed


def _find_right_edge(lines: Sequence[TextLine]) -> float:
    """Return the right edge of a column: the rightmost position that several lines come near to."""
    ends = sorted((line.right for line in lines), reverse=True)
    near = _MAX_RAGGED_EDGE * median(line.size for line in lines)
    for at, end in enumerate(ends):
        needed = min(3, (len(ends) + 1) // 2)
        if at + needed <= len(ends) and end - ends[at + needed - 1] <= near:
            return end
    return ends[0]


def _is_certain_edge(lines: Sequence[TextLine], end: float) -> bool:
    """Return whether enough of a column's lines are full to make its right edge certain."""
    full = sum(0 <= end - line.right < _MAX_RAGGED_EDGE * line.size for line in lines)
    return full >= _MIN_FULL_LINES and 3 * full > len(lines)


def has_same_size(line: TextLine, other: TextLine) -> bool:
    return abs(line.size - other.size) < 0.08 * max(line.size, other.size)
