"""Data tables: which tables are, and the columns of those in which cells are merged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from lxml.etree import _Element

# Larger spans and tables are cut to this: a span is a number that a page may set at will.
_MAX_COLUMNS: Final = 100
_MAX_ROWS: Final = 1_000


class TableGrid:
    """Tells how many borders stand between the cells of a table; cells are handed in row by row.

    >>> from lxml.html import fromstring
    >>> rows = fromstring('<table><tr><td rowspan=2>a<td>b<tr><td>c<td>d</table>').iter("tr")
    >>> grid = TableGrid()
    >>> [(grid.start_row(), [grid.place(cell) for cell in row])[1] for row in rows]
    [[0, 1], [1, 1]]
    """

    def __init__(self) -> None:
        self._rows_left: dict[int, int] = {}  # rows that a merged cell covers below this one, by column
        self._column = 0
        self._borders = 0

    def start_row(self) -> None:
        self._column = self._borders = 0

    def place(self, cell: _Element) -> int:
        """Return the number of borders before the row's next cell, which stands right of cells that reach down from above."""
        self._skip_covered()
        column = min(self._column, _MAX_COLUMNS)
        rows = _read_span(cell, "rowspan", _MAX_ROWS)
        self._column = min(column + _read_span(cell, "colspan", _MAX_COLUMNS), _MAX_COLUMNS)
        if rows > 1:
            self._rows_left |= dict.fromkeys(range(column, self._column), rows - 1)
        return self._take_borders(column)

    def end_row(self) -> int:
        """Return the number of borders after the row's last cell."""
        self._skip_covered()
        return self._take_borders(self._column - 1)

    def _take_borders(self, column: int) -> int:
        missing = max(0, column - self._borders)
        self._borders += missing
        return missing

    def _skip_covered(self) -> None:
        while rows := self._rows_left.get(self._column, 0):
            self._rows_left[self._column] = rows - 1
            self._column += 1


def _read_span(cell: _Element, name: str, most: int) -> int:
    stated = cell.get(name) or ""
    return max(1, min(int(stated), most)) if stated.isascii() and stated.isdigit() and len(stated) < len("1000000") else 1


def is_data_table(table: _Element) -> bool:
    """Return whether the rows of a table are lines of data: two or more columns of short cells, no table inside."""
    if next(table.iterdescendants("table"), None) is not None:
        return False
    rows = cells = filled = chars = 0
    for row in table.iter("tr"):
        lengths = [len("".join(cell.itertext()).strip()) for cell in row if cell.tag in ("td", "th")]
        rows += 1
        cells += len(lengths) > 1 and sum(length > 0 for length in lengths) > 1
        filled += sum(length > 0 for length in lengths)
        chars += sum(lengths)
    return rows > 1 and cells * 2 > rows and chars < 150 * filled


def holds_paragraphs(row: _Element) -> bool:
    """Return whether a row is no line of data but one cell of paragraphs, as the text below date and author on many boards."""
    cells = [cell for cell in row if cell.tag in ("td", "th")]
    return len(cells) == 1 and next(cells[0].iterdescendants("p", "div", "ul", "ol", "h2", "h3", "h4"), None) is not None
