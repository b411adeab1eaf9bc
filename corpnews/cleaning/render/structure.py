"""Groups of blocks: lines of a paragraph, items of a list, rows of a table, paragraphs of a quote."""

from __future__ import annotations

import re
from itertools import groupby, islice
from typing import TYPE_CHECKING, Final

from corpnews.extraction.blocks import Kind
from corpnews.extraction.text import folded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from corpnews.extraction.blocks import Block, Box, Style
    from corpnews.extraction.page import Page

CELL: Final = " | "
CELL_BORDER: Final = re.compile(r"(?:^| )\|(?= |$)")
ITEMS: Final = frozenset(("li", "dt", "dd"))
LISTS: Final = frozenset(("ul", "ol", "dl", "menu"))
# Maximum number of boxes from a block up to its item, list or quote.
NEAR: Final = 6


def is_close(before: Block, block: Block) -> bool:
    """Return whether both are lines of one paragraph, items of one list or rows of one table."""
    if block.soft and block.index == before.index + 1:
        return True
    return block.kind in (Kind.LIST_ITEM, Kind.TABLE_ROW) and block.kind is before.kind


def is_joined(before: Block, block: Block) -> bool:
    """Return whether both are in one paragraph, list, table or quote."""
    if block.kind is Kind.QUOTE is before.kind:
        return box_of(block, frozenset(("blockquote",))) is box_of(before, frozenset(("blockquote",)))
    return is_close(before, block)


def box_of(block: Block, tags: frozenset[str]) -> Box:
    """Return the nearest box around the block that has one of the tags, else its own."""
    return next((box for box in islice(block.box.ancestors(), NEAR) if box.tag in tags), block.box)


def groups(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    """Yield runs of blocks that are one paragraph, list, table or quote."""
    group: list[Block] = []
    for block in blocks:
        if group and not is_joined(group[-1], block):
            yield group
            group = []
        group.append(block)
    if group:
        yield group


def items(group: Iterable[Block]) -> Iterator[list[Block]]:
    """Yield the items of a list, each as its paragraphs."""
    for _, blocks in groupby(group, key=lambda block: box_of(block, ITEMS)):
        yield list(blocks)


def is_numbered(block: Block) -> bool:
    """Return whether the item's list is an ordered one."""
    return box_of(block, LISTS).tag == "ol"


def styled(page: Page, block: Block, wrap: Callable[[str, Style | None, Page], str]) -> str:
    """Return the block's text, each run of one style rendered by `wrap`."""
    if not block.runs:
        return wrap(block.text, None, page)
    pieces: list[str] = []
    for style, group in groupby(block.runs, key=lambda run: run[1]):
        raw = "".join(text for text, _ in group)
        text = folded(raw)
        if not text:
            pieces.append(" " if raw else "")
            continue
        lead = " " if raw[0].isspace() else ""
        tail = " " if raw[-1].isspace() else ""
        pieces.append(lead + wrap(text, style, page) + tail)
    return " ".join("".join(pieces).split()).removesuffix(CELL.rstrip()).strip()
