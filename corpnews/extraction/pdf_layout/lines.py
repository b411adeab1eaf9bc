"""Fragments grouped to lines, and pages with columns read column by column."""

from __future__ import annotations

from itertools import groupby
from statistics import median
from typing import TYPE_CHECKING, Final

from corpnews.extraction.pdf_layout.parts import TextFragment, TextLine
from corpnews.extraction.pdf_layout.spelling import CJK_OR_SIGN, is_right_to_left

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corpnews.extraction.pdf_layout.parts import PdfPage

# Minimum gaps within a line, in font sizes: of a space between words, and of a separate cell.
_MIN_SPACE_GAP: Final = 0.15
_MIN_CELL_GAP: Final = 1.0
# The gutter is searched in the middle of the page (this share of the width is left out at both sides), in steps of points.
_GUTTER_STEP: Final = 3
_GUTTER_MARGIN: Final = 0.2
# A column has at least this many lines, filled to this share of its width; this share of its characters are letters.
_MIN_COLUMN_LINES: Final = 3
_MIN_FILLED_SHARE: Final = 0.55
_MIN_LETTER_SHARE: Final = 0.6
_MIN_COLUMN_WIDTH: Final = 8
# Minimum gap above text that belongs to neither of two columns, in heights of its lines.
_MIN_GAP_BELOW_COLUMN: Final = 0.6
_MAX_COLUMN_DEPTH: Final = 3


def group_rows(fragments: Sequence[TextFragment]) -> list[list[TextFragment]]:
    """Group the fragments that are next to each other to rows, from the top of the page down."""
    found: list[list[TextFragment]] = []
    for fragment in sorted(fragments, key=lambda each: (each.top + each.bottom, each.left)):
        if found and _is_on_row(fragment, found[-1]):
            found[-1].append(fragment)
        else:
            found.append([fragment])
    return [sorted(row, key=lambda each: each.left) for row in found]


def _is_on_row(fragment: TextFragment, row: Sequence[TextFragment]) -> bool:
    tallest = max(row, key=lambda each: each.bottom - each.top)
    overlap = min(fragment.bottom, tallest.bottom) - max(fragment.top, tallest.top)
    return overlap > min(fragment.bottom - fragment.top, tallest.bottom - tallest.top) / 2


def read_text_lines(page: PdfPage) -> Iterator[TextLine]:
    """Yield the page's lines in reading order."""
    for column, region in enumerate(_split_columns(page.fragments, _MAX_COLUMN_DEPTH)):
        for row in group_rows(region):
            yield _build_text_line(row, column, page.number)


def _split_columns(fragments: Sequence[TextFragment], depth: int) -> Iterator[list[TextFragment]]:
    """Yield the columns of a page, and the parts of it that span all columns, in reading order."""
    gutter = _find_gutter(fragments) if depth else None
    across: list[TextFragment] = []
    stretches = list(_split_bands(fragments, gutter))
    for at, band in enumerate(stretches):
        left, right = _split_at_gutter(band, gutter)
        if right:
            if across:
                yield across
            left, across = _split_below_columns(left, right) if at + 1 < len(stretches) else (left, [])
            yield from _split_columns(left, depth - 1)
            yield from _split_columns(right, depth - 1)
        else:
            across += band
    if across:
        yield across


def _split_at_gutter(band: Sequence[TextFragment], gutter: float | None) -> tuple[list[TextFragment], list[TextFragment]]:
    """Return the fragments left and right of the gutter if both are running text; else two empty lists."""
    if gutter is None or any(fragment.left < gutter < fragment.right for fragment in band):
        return [], []
    left = [fragment for fragment in band if fragment.right <= gutter]
    right = [fragment for fragment in band if fragment.left >= gutter]
    return (left, right) if _is_column(left) and _is_column(right) else ([], [])


def _split_below_columns(
    left: Sequence[TextFragment], right: Sequence[TextFragment]
) -> tuple[list[TextFragment], list[TextFragment]]:
    """Return the left column, and the fragments below both columns, such as a heading that spans them."""
    bottom = max(fragment.bottom for fragment in right)
    column: list[TextFragment] = []
    for row in group_rows(left):
        gap = row[0].top - max((fragment.bottom for fragment in column), default=row[0].top)
        if row[0].top > bottom and gap > _MIN_GAP_BELOW_COLUMN * (row[0].bottom - row[0].top):
            break
        column += row
    own = set(column)
    return column, [fragment for fragment in left if fragment not in own]


def _find_gutter(fragments: Sequence[TextFragment]) -> float | None:
    """Return the x in the middle of the page's stretch with the least text; None if there is none."""
    if len(fragments) < 2 * _MIN_COLUMN_LINES:
        return None
    left, right = min(each.left for each in fragments), max(each.right for each in fragments)
    steps = min(1000, int((right - left) / _GUTTER_STEP))
    covered = [0.0] * (steps + 2)
    for each in fragments:
        first, last = (min(steps, int((x - left) / (right - left) * steps)) for x in (each.left, each.right))
        covered[first] += each.bottom - each.top
        covered[last + 1] -= each.bottom - each.top
    for at in range(1, steps + 1):
        covered[at] += covered[at - 1]
    middle = range(int(steps * _GUTTER_MARGIN), int(steps * (1 - _GUTTER_MARGIN)))
    if not middle:
        return None
    least = min(covered[at] for at in middle) + 0.1
    at = next(at for at in middle if covered[at] <= least)
    end = next((end for end in range(at, middle.stop) if covered[end] > least), middle.stop)
    return left + (at + end) / 2 / steps * (right - left)


def _split_bands(fragments: Sequence[TextFragment], gutter: float | None) -> Iterator[list[TextFragment]]:
    """Yield groups of consecutive rows of which all cross the gutter, or none does."""

    def is_across(row: Sequence[TextFragment]) -> bool:
        return gutter is None or any(fragment.left < gutter < fragment.right for fragment in row)

    for _, group in groupby(group_rows(fragments), key=is_across):
        yield [fragment for row in group for fragment in row]


def _is_column(fragments: Sequence[TextFragment]) -> bool:
    """Return whether the fragments are running text rather than cells of a table."""
    lines = group_rows(fragments)
    if len(lines) < _MIN_COLUMN_LINES:
        return False
    width = max(each.right for each in fragments) - min(each.left for each in fragments)
    filled = median(sum(each.right - each.left for each in line) for line in lines) / max(width, 1.0)
    text = "".join(each.text for each in fragments).replace(" ", "")
    letters = sum(map(str.isalpha, text)) / len(text)
    return (
        filled > _MIN_FILLED_SHARE
        and letters > _MIN_LETTER_SHARE
        and width > _MIN_COLUMN_WIDTH * median(each.size for each in fragments)
    )


def _build_text_line(row: Sequence[TextFragment], column: int, page: int) -> TextLine:
    is_rtl = is_right_to_left(" ".join(fragment.text for fragment in row))
    cells: list[TextFragment] = []
    for fragment in reversed(row) if is_rtl else row:
        if cells and not _is_separate_cell(cells[-1], fragment):
            cells[-1] = _merge_fragments(cells[-1], fragment)
        else:
            cells.append(fragment)
    largest = max(row, key=lambda fragment: (len(fragment.text), fragment.size))
    return TextLine(
        text=" ".join(cell.text for cell in cells),
        cells=tuple(cells),
        left=row[0].left,
        right=max(fragment.right for fragment in row),
        top=largest.top,
        bottom=largest.bottom,
        size=largest.size,
        bold=all(fragment.bold for fragment in row),
        is_right_to_left=is_rtl,
        column=column,
        page=page,
    )


def _measure_gap(one: TextFragment, other: TextFragment) -> float:
    return max(other.left - one.right, one.left - other.right)


def _is_separate_cell(one: TextFragment, other: TextFragment) -> bool:
    return _measure_gap(one, other) > _MIN_CELL_GAP * max(one.size, other.size)


def _merge_fragments(one: TextFragment, other: TextFragment) -> TextFragment:
    """Join two fragments of a line, with a space if their gap is wide enough."""
    is_tight = _measure_gap(one, other) < _MIN_SPACE_GAP * min(one.size, other.size) or bool(
        CJK_OR_SIGN.match(one.text[-1]) and CJK_OR_SIGN.match(other.text) and _measure_gap(one, other) < one.size
    )
    return TextFragment(
        f"{one.text}{'' if is_tight else ' '}{other.text}",
        min(one.left, other.left),
        max(one.right, other.right),
        min(one.top, other.top),
        max(one.bottom, other.bottom),
        one.size if len(one.text) >= len(other.text) else other.size,
        one.bold and other.bold,
    )
