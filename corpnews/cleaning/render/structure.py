"""Groups of blocks: lines of a paragraph, items of a list, rows of a table, paragraphs of a quote."""

from __future__ import annotations

import re
from itertools import groupby, islice
from typing import TYPE_CHECKING, Final

from corpnews.page.layout import BlockKind
from corpnews.web.text import normalize_space

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from corpnews.page.layout import Block, Box, TextStyle
    from corpnews.page.page import Page

_CELL_SEPARATOR: Final = " | "
CELL_BORDER: Final = re.compile(r"(?:^| )\|(?= |$)")
_ITEM_TAGS: Final = frozenset(("li", "dt", "dd"))
_LIST_TAGS: Final = frozenset(("ul", "ol", "dl", "menu"))
# Maximum number of boxes from a block up to its item, list or quote.
_MAX_BOXES_UP: Final = 6


def is_continuation(before: Block, block: Block) -> bool:
    """Return whether both are lines of one paragraph, items of one list or rows of one table."""
    if block.is_after_line_break and block.index == before.index + 1:
        return True
    return block.kind in (BlockKind.LIST_ITEM, BlockKind.TABLE_ROW) and block.kind is before.kind


def _is_same_group(before: Block, block: Block) -> bool:
    """Return whether both are in one paragraph, list, table or quote."""
    if block.kind is BlockKind.QUOTE is before.kind:
        return _find_box(block, frozenset(("blockquote",))) is _find_box(before, frozenset(("blockquote",)))
    return is_continuation(before, block)


def _find_box(block: Block, tags: frozenset[str]) -> Box:
    """Return the nearest box around the block that has one of the tags, else its own."""
    return next((box for box in islice(block.box.ancestors(), _MAX_BOXES_UP) if box.tag in tags), block.box)


def group_blocks(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    """Yield runs of blocks that are one paragraph, list, table or quote."""
    group: list[Block] = []
    for block in blocks:
        if group and not _is_same_group(group[-1], block):
            yield group
            group = []
        group.append(block)
    if group:
        yield group


def group_list_items(group: Iterable[Block]) -> Iterator[list[Block]]:
    """Yield the items of a list, each as its paragraphs."""
    for _, blocks in groupby(group, key=lambda block: _find_box(block, _ITEM_TAGS)):
        yield list(blocks)


def is_ordered_item(block: Block) -> bool:
    """Return whether the item's list is an ordered one."""
    return _find_box(block, _LIST_TAGS).tag == "ol"


def render_runs(page: Page, block: Block, wrap: Callable[[str, TextStyle | None, Page], str]) -> str:
    """Return the block's text, each run of one style rendered by `wrap`."""
    if not block.runs:
        return wrap(block.text, None, page)
    pieces: list[str] = []
    for style, group in groupby(block.runs, key=lambda run: run[1]):
        raw = "".join(text for text, _ in group)
        text = normalize_space(raw)
        if not text:
            pieces.append(" " if raw else "")
            continue
        lead = " " if raw[0].isspace() else ""
        tail = " " if raw[-1].isspace() else ""
        pieces.append(lead + wrap(text, style, page) + tail)
    return " ".join("".join(pieces).split()).removesuffix(_CELL_SEPARATOR.rstrip()).strip()
