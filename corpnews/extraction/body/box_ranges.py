"""The boxes around the blocks of a page as numbers and ranges of blocks."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from corpnews.page.layout import find_first_blocks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from corpnews.page.layout import Block, Box

# An integer for each block, or for each block and feature.
IntArray: TypeAlias = "NDArray[np.int_]"


class BoxRanges:
    """The boxes around the blocks of a page, outer ones first, with the range of blocks in each.

    Attributes:
        starts, ends: The range of each box's blocks.
        depths: Number of boxes around each box.
        box_of_block: The number of each block's box.
        parents: The number of each box's parent; the root is its own.
    """

    def __init__(self, boxes: Sequence[Box], starts: IntArray, ends: IntArray, blocks: Sequence[Block]) -> None:
        self.starts, self.ends = starts, ends
        self.depths = np.array([box.depth for box in boxes])
        numbers = {box: number for number, box in enumerate(boxes)}
        self.box_of_block = np.array([numbers[block.box] for block in blocks])
        self.parents = np.array([numbers[box.parent or box] for box in boxes])

    def sum_by_box(self, values: ArrayLike) -> NDArray[np.float64]:
        """Return for each box the sum of the values of the blocks inside."""
        sums = np.zeros(len(self.box_of_block) + 1)
        np.cumsum(values, out=sums[1:])
        return np.asarray(sums[self.ends] - sums[self.starts], dtype=np.float64)

    def find_containers(self, boxes: IntArray, more_than: IntArray) -> IntArray:
        """Return for each of the boxes the nearest around it, at most six up, that has more blocks than `more_than`."""
        sizes = self.ends - self.starts
        for _ in range(6):
            small = sizes[boxes] <= more_than
            boxes = np.where(small, self.parents[boxes], boxes)
        return boxes

    def find_around(self, box: int) -> list[int]:
        """Return the box and all boxes around it."""
        found = [box]
        while (parent := int(self.parents[found[-1]])) != found[-1]:
            found.append(parent)
        return found


def find_boxes(blocks: Sequence[Block]) -> tuple[list[Box], BoxRanges]:
    """Return the boxes around the blocks, outer ones first, and their ranges."""
    firsts, lasts = find_first_blocks(blocks), find_first_blocks(reversed(blocks))
    boxes = sorted(firsts, key=attrgetter("depth"))
    starts, ends = np.array([firsts[box] for box in boxes]), np.array([lasts[box] for box in boxes]) + 1
    return boxes, BoxRanges(boxes, starts, ends, blocks)
