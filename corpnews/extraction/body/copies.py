"""Texts that the page holds again: a variant for phones, a version to print, the lead above the text, a pull quote."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

import numpy as np

from corpnews.page.layout import BlockKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from corpnews.page.layout import Block, Box

# A shorter text may stand in a release more than once, as may items of a list, and rows and cells of a table.
_MIN_LETTERS: Final = 100
_KINDS_THAT_RECUR: Final = (BlockKind.LIST_ITEM, BlockKind.TABLE_ROW, BlockKind.CODE)
_CELL_TAGS: Final = ("td", "th")
QUOTATION_MARKS: Final = " \"'“”„‟«»‘’‚‹›「」『』"


def drop_copies(chosen: Sequence[Block], blocks: Sequence[Block], letters: NDArray[np.float64]) -> list[Block]:
    """Return the chosen blocks without paragraphs that are copies of others, and without what is copied along with such.

    Of two copies in different containers, that in the container with more of the text is kept. What one container holds twice
    was written twice.

    Args:
        chosen: The blocks of the text, in order.
        blocks: All blocks of the page.
        letters: The letters of each block of the page.
    """
    groups: dict[str, list[Block]] = {}
    for block in (blocks[at] for at in np.flatnonzero(letters >= _MIN_LETTERS).tolist()):
        if block.kind not in _KINDS_THAT_RECUR and block.box.tag not in _CELL_TAGS:
            groups.setdefault(block.text.strip(QUOTATION_MARKS), []).append(block)
    copied = [group for group in groups.values() if len(group) > 1]
    if not copied:
        return list(chosen)
    chars: Counter[Box | None] = Counter()
    for block in chosen:
        chars[block.box.parent] += len(block.text)
    own = set(chosen)
    copies = {block for group in copied for block in _list_copies(group, own, chars)}
    _add_what_is_copied_along(copies, chosen, blocks)
    return [block for block in chosen if block not in copies]


def _list_copies(group: Sequence[Block], chosen: set[Block], chars: Mapping[Box | None, int]) -> list[Block]:
    """Return those of the blocks of the same text that are copies of the one that is kept."""
    kept = max(filter(chosen.__contains__, group), key=lambda block: (chars[block.box.parent], -block.index), default=None)
    if kept is None:
        return []
    return [block for block in group if block.box.parent is not kept.box.parent]


def _add_what_is_copied_along(copies: set[Block], chosen: Sequence[Block], blocks: Sequence[Block]) -> None:
    """Add the blocks next to copies whose texts are chosen in another container, too."""
    containers: dict[str, set[Box | None]] = {}
    for block in chosen:
        if block not in copies:
            containers.setdefault(block.text, set()).add(block.box.parent)

    def is_copy(block: Block) -> bool:
        return any(container is not block.box.parent for container in containers.get(block.text, ()))

    for copy in sorted(copies, key=lambda block: block.index):
        for step in (1, -1):
            at = copy.index + step
            while 0 <= at < len(blocks) and blocks[at] not in copies and is_copy(blocks[at]):
                copies.add(blocks[at])
                containers[blocks[at].text].discard(blocks[at].box.parent)
                at += step
