"""The lines of the body for its renderings: the runs of one style in each line, the cells of rows, the items of lists."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count, groupby, islice
from operator import itemgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from corpnews.page.layout import CELL_BORDER, BlockKind
from corpnews.web.text import normalize_space

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from corpnews.page.layout import Block, Box, TextStyle
    from corpnews.page.page import Page

_ITEM_TAGS: Final = frozenset(("li", "dt", "dd"))
_LIST_TAGS: Final = frozenset(("ul", "ol", "dl", "menu"))
_QUOTE_TAGS: Final = frozenset(("blockquote",))
# Maximum number of boxes from a block up to its item, list or quote.
_MAX_BOXES_UP: Final = 6
# Numbers of list items that a page may set, and Markdown can write.
_MAX_LIST_NUMBER: Final = 999_999_999


class Run(NamedTuple):
    """A text of one style, with the white space around it; `url` is absolute."""

    before: str
    text: str
    after: str
    is_bold: bool = False
    url: str | None = None

    @property
    def is_plain(self) -> bool:
        return not self.is_bold and self.url is None


class Line(NamedTuple):
    """A block and its cells, one if it is no row of a table; each cell is a list of runs, empty if it has no styled text."""

    block: Block
    cells: list[list[Run]]


@dataclass(frozen=True, slots=True)
class ItemLines:
    """The paragraphs of an item, the list around it, and its number if the list is ordered.

    `is_renumbered` says whether the number is not the one after that of the item before.
    """

    lines: list[Line]
    list_box: Box
    number: int | None
    level: int
    is_renumbered: bool = False


def split_lines(page: Page, blocks: Sequence[Block]) -> Iterator[list[Line]]:
    """Yield the lines of each paragraph, table, quote and run of adjacent lists."""
    for group in _group_blocks(blocks):
        yield [Line(block, list(_split_cells(page, block))) for block in group]


def get_cells_text(block: Block) -> list[str]:
    """Return the texts of the columns of a row."""
    cells = [""]
    for text, style in block.runs:
        if style is CELL_BORDER:
            cells.append("")
        else:
            cells[-1] += text
    return list(map(normalize_space, cells)) if block.runs else [block.text]


def is_continuation(before: Block, block: Block) -> bool:
    """Return whether both are lines of one paragraph, items of adjacent lists or rows of one table."""
    if block.is_after_line_break and block.index == before.index + 1:
        return True
    return block.kind in (BlockKind.LIST_ITEM, BlockKind.TABLE_ROW) and block.kind is before.kind


def _group_blocks(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Yield runs of blocks that are one paragraph, table or quote, or adjacent lists."""
    group: list[Block] = []
    for block in blocks:
        if group and not _is_same_group(group[-1], block):
            yield group
            group = []
        group.append(block)
    if group:
        yield group


def _is_same_group(before: Block, block: Block) -> bool:
    if block.kind is BlockKind.QUOTE is before.kind:
        return _find_box(block, _QUOTE_TAGS) is _find_box(before, _QUOTE_TAGS)
    return is_continuation(before, block)


def _find_box(block: Block, tags: frozenset[str]) -> Box:
    """Return the nearest box around the block that has one of the tags, else its own."""
    return next((box for box in islice(block.box.ancestors(), _MAX_BOXES_UP) if box.tag in tags), block.box)


def pad_rows(group: Sequence[Line]) -> list[list[list[Run]]]:
    """Return the cells of the rows of a table, each row as wide as the widest."""
    width = max(len(line.cells) for line in group)
    return [line.cells + [[]] * (width - len(line.cells)) for line in group]


def group_items(group: Sequence[Line]) -> Iterator[ItemLines]:
    """Yield the items of adjacent lists with their levels from 1, without jumps."""
    depth = 0
    numbers: dict[Box, dict[object, int]] = {}
    last: dict[Box, int] = {}
    for item, lines in groupby(group, key=lambda line: _find_box(line.block, _ITEM_TAGS)):
        paragraphs = list(lines)
        block = paragraphs[0].block
        depth = max(1, min(block.level, depth + 1))
        around = _find_box(block, _LIST_TAGS)
        if around.tag != "ol":
            yield ItemLines(paragraphs, around, None, depth)
            continue
        if around not in numbers:
            numbers[around] = _number_items(around)
        number = numbers[around].get(item.element, 1)
        yield ItemLines(paragraphs, around, number, depth, last.get(around, number - 1) != number - 1)
        last[around] = number


def _number_items(box: Box) -> dict[object, int]:
    """Return the numbers of the items of an ordered list by their elements."""
    found: dict[object, int] = {}
    numbers = count(_read_number(box.element.get("start")) or 1)
    for item in box.element.iterchildren("li"):
        stated = _read_number(item.get("value"))
        if stated is not None:
            numbers = count(stated)
        found[item] = next(numbers)
    return found


def _read_number(stated: str | None) -> int | None:
    """Return the number that a start or value attribute gives; None if it is none that a list can have."""
    text = (stated or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < len(str(_MAX_LIST_NUMBER)) else None


def _split_cells(page: Page, block: Block) -> Iterator[list[Run]]:
    """Yield the runs of each cell; those of the whole text if it is no row."""
    if block.kind is not BlockKind.TABLE_ROW or not block.runs:
        yield _split_runs(page, block.runs)
        return
    cell: list[tuple[str, TextStyle | None]] = []
    for piece in block.runs:
        if piece[1] is CELL_BORDER:
            yield _split_runs(page, cell)
            cell = []
        else:
            cell.append(piece)
    yield _split_runs(page, cell)


def _split_runs(page: Page, pieces: Sequence[tuple[str, TextStyle | None]]) -> list[Run]:
    """Return the pieces as runs of one style."""
    if len(pieces) == 1 and not pieces[0][1]:  # most cells of large tables
        return [_make_run(pieces[0][0], is_bold=False, url=None)]
    styled = [(text, (style.bold, page.resolve_url(style.href)) if style else (False, None)) for text, style in pieces]
    runs: list[Run] = []
    for (is_bold, url), group in groupby(styled, key=itemgetter(1)):
        runs.append(_make_run("".join(text for text, _ in group), is_bold=is_bold, url=url))
    return runs


def _make_run(raw: str, *, is_bold: bool, url: str | None) -> Run:
    return Run(" " if raw[:1].isspace() else "", normalize_space(raw), " " if raw[-1:].isspace() else "", is_bold, url)


def join_runs(pieces: Iterable[str]) -> str:
    return " ".join("".join(pieces).split())
