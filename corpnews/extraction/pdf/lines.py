"""Fragments grouped to lines, and pages with columns read column by column."""

from __future__ import annotations

from itertools import groupby
from statistics import median
from typing import TYPE_CHECKING, Final

from corpnews.extraction.pdf.parts import Fragment, Line
from corpnews.extraction.pdf.spelling import IS_CJK, is_leftward

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corpnews.extraction.pdf.parts import Sheet

# Minimum gaps within a line, in font sizes: of a space between words, and of a separate cell.
SPACE: Final = 0.15
CELL: Final = 1.0
# The gutter is searched in the middle of the page (this share of the width is left out at both sides), in steps of points.
STEP: Final = 3
MARGIN: Final = 0.2
# A column has at least this many lines, filled to this share of its width; this share of its characters are letters.
FEWEST_LINES: Final = 3
FILLED: Final = 0.55
LETTERS: Final = 0.6
NARROWEST: Final = 8
# Minimum gap above text that belongs to neither of two columns, in heights of its lines.
BELOW: Final = 0.6
MOST_COLUMNS_DEEP: Final = 3


def rows(fragments: Sequence[Fragment]) -> list[list[Fragment]]:
    """Group the fragments that are next to each other to rows, from the top of the page down."""
    found: list[list[Fragment]] = []
    for fragment in sorted(fragments, key=lambda each: (each.top + each.bottom, each.left)):
        if found and is_beside(fragment, found[-1]):
            found[-1].append(fragment)
        else:
            found.append([fragment])
    return [sorted(row, key=lambda each: each.left) for row in found]


def is_beside(fragment: Fragment, row: Sequence[Fragment]) -> bool:
    tallest = max(row, key=lambda each: each.bottom - each.top)
    overlap = min(fragment.bottom, tallest.bottom) - max(fragment.top, tallest.top)
    return overlap > min(fragment.bottom - fragment.top, tallest.bottom - tallest.top) / 2


def read_lines(sheet: Sheet) -> Iterator[Line]:
    """Yield the page's lines in reading order."""
    for column, region in enumerate(regions(sheet.fragments, MOST_COLUMNS_DEEP)):
        for row in rows(region):
            yield line_of(row, column, sheet.number)


def regions(fragments: Sequence[Fragment], depth: int) -> Iterator[list[Fragment]]:
    """Yield the columns of a page, and the parts of it that span all columns, in reading order."""
    gutter = find_gutter(fragments) if depth else None
    across: list[Fragment] = []
    stretches = list(bands(fragments, gutter))
    for at, band in enumerate(stretches):
        left, right = columns_of(band, gutter)
        if right:
            if across:
                yield across
            left, across = parted(left, right) if at + 1 < len(stretches) else (left, [])
            yield from regions(left, depth - 1)
            yield from regions(right, depth - 1)
        else:
            across += band
    if across:
        yield across


def columns_of(band: Sequence[Fragment], gutter: float | None) -> tuple[list[Fragment], list[Fragment]]:
    """Return the fragments left and right of the gutter if both are running text; else two empty lists."""
    if gutter is None or any(fragment.left < gutter < fragment.right for fragment in band):
        return [], []
    left = [fragment for fragment in band if fragment.right <= gutter]
    right = [fragment for fragment in band if fragment.left >= gutter]
    return (left, right) if is_column(left) and is_column(right) else ([], [])


def parted(left: Sequence[Fragment], right: Sequence[Fragment]) -> tuple[list[Fragment], list[Fragment]]:
    """Return the left column, and the fragments below both columns, such as a heading that spans them."""
    bottom = max(fragment.bottom for fragment in right)
    column: list[Fragment] = []
    for row in rows(left):
        gap = row[0].top - max((fragment.bottom for fragment in column), default=row[0].top)
        if row[0].top > bottom and gap > BELOW * (row[0].bottom - row[0].top):
            break
        column += row
    own = set(column)
    return column, [fragment for fragment in left if fragment not in own]


def find_gutter(fragments: Sequence[Fragment]) -> float | None:
    """Return the x in the middle of the page's stretch with the least text; None if there is none."""
    if len(fragments) < 2 * FEWEST_LINES:
        return None
    left, right = min(each.left for each in fragments), max(each.right for each in fragments)
    steps = min(1000, int((right - left) / STEP))
    covered = [0.0] * (steps + 2)
    for each in fragments:
        first, last = (min(steps, int((x - left) / (right - left) * steps)) for x in (each.left, each.right))
        covered[first] += each.bottom - each.top
        covered[last + 1] -= each.bottom - each.top
    for at in range(1, steps + 1):
        covered[at] += covered[at - 1]
    middle = range(int(steps * MARGIN), int(steps * (1 - MARGIN)))
    if not middle:
        return None
    least = min(covered[at] for at in middle) + 0.1
    at = next(at for at in middle if covered[at] <= least)
    end = next((end for end in range(at, middle.stop) if covered[end] > least), middle.stop)
    return left + (at + end) / 2 / steps * (right - left)


def bands(fragments: Sequence[Fragment], gutter: float | None) -> Iterator[list[Fragment]]:
    """Yield groups of consecutive rows of which all cross the gutter, or none does."""

    def is_across(row: Sequence[Fragment]) -> bool:
        return gutter is None or any(fragment.left < gutter < fragment.right for fragment in row)

    for _, group in groupby(rows(fragments), key=is_across):
        yield [fragment for row in group for fragment in row]


def is_column(fragments: Sequence[Fragment]) -> bool:
    """Return whether the fragments are running text rather than cells of a table."""
    lines = rows(fragments)
    if len(lines) < FEWEST_LINES:
        return False
    width = max(each.right for each in fragments) - min(each.left for each in fragments)
    filled = median(sum(each.right - each.left for each in line) for line in lines) / max(width, 1.0)
    text = "".join(each.text for each in fragments).replace(" ", "")
    letters = sum(map(str.isalpha, text)) / len(text)
    return filled > FILLED and letters > LETTERS and width > NARROWEST * median(each.size for each in fragments)


def line_of(row: Sequence[Fragment], column: int, page: int) -> Line:
    leftward = is_leftward(" ".join(fragment.text for fragment in row))
    cells: list[Fragment] = []
    for fragment in reversed(row) if leftward else row:
        if cells and not is_apart(cells[-1], fragment):
            cells[-1] = merged(cells[-1], fragment)
        else:
            cells.append(fragment)
    largest = max(row, key=lambda fragment: (len(fragment.text), fragment.size))
    return Line(
        text=" ".join(cell.text for cell in cells),
        cells=tuple(cells),
        left=row[0].left,
        right=max(fragment.right for fragment in row),
        top=largest.top,
        bottom=largest.bottom,
        size=largest.size,
        bold=all(fragment.bold for fragment in row),
        is_leftward=leftward,
        column=column,
        page=page,
    )


def gap(one: Fragment, other: Fragment) -> float:
    return max(other.left - one.right, one.left - other.right)


def is_apart(one: Fragment, other: Fragment) -> bool:
    return gap(one, other) > CELL * max(one.size, other.size)


def merged(one: Fragment, other: Fragment) -> Fragment:
    """Join two fragments of a line, with a space if their gap is wide enough."""
    is_tight = gap(one, other) < SPACE * min(one.size, other.size) or bool(
        IS_CJK.match(one.text[-1]) and IS_CJK.match(other.text) and gap(one, other) < one.size
    )
    return Fragment(
        f"{one.text}{'' if is_tight else ' '}{other.text}",
        min(one.left, other.left),
        max(one.right, other.right),
        min(one.top, other.top),
        max(one.bottom, other.bottom),
        one.size if len(one.text) >= len(other.text) else other.size,
        one.bold and other.bold,
    )
