"""Features of a block among the other blocks of the page, computed from the log-odds that the first model gives each block.

The features are small integers from 0, as in block_features.py.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from corpnews.extraction.body.evidence import binned

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from corpnews.extraction.blocks import Block, Box
    from corpnews.extraction.body.evidence import Numbers

CONTEXT_TRAITS: Final = (
    "lean",
    "both sides",
    "lean and before",
    "lean and after",
    "best around",
    "mean around",
    "share in box",
    "share in box 1",
    "share in box 2",
    "share in box 3",
    "share in box 5",
    "part of all 1",
    "part of all 2",
    "part of all 3",
    "in best box",
    "within",
    "within and distance",
    "depth",
    "lean and size",
    "lean at home",
    "look at home",
)

LEANS: Final = np.array((-4, -2.5, -1.5, -0.7, 0, 0.7, 1.5, 2.5, 4))
COARSE: Final = np.array((-2, -0.5, 0.5, 2))
SHARES: Final = np.array((0.001, 0.02, 0.08, 0.2, 0.4, 0.6, 0.8, 0.95))
SIZES: Final = np.array((8, 20, 45, 80, 140, 250, 500))
STEPS: Final = np.array((0, 1, 2, 4, 8, 16, 32))
MOST_LEAN: Final = 5.0
NOWHERE: Final = -6.0
# The bin of the missing neighbours before the first and after the last block.
NONE: Final = len(COARSE) + 1
# A longer block counts as this many characters.
MOST_CHARS: Final = 400
SURE_LEAN: Final = 0.7
SURE_CHARS: Final = 60
BEFORE, WITHIN, BEHIND = range(3)


class Context:
    """Sums of log-odds over the boxes of a page, and the range of blocks that is certainly the article.

    Boxes are numbered by their index in `boxes`: `box_of_block` is the number of each block's box, `parent_of_box` that of
    each box's parent.

    Args:
        blocks: The blocks of the page.
        log_odds: The log-odds of each block from the first model.
        probabilities: The same as probabilities.
        appearance_and_novelty: See PageBlocks.get_appearance_and_novelty.
    """

    def __init__(self, blocks: Sequence[Block], leans: ArrayLike, chances: NDArray[np.float64], sights: Numbers) -> None:
        self.looks, self.known = sights.T
        self.leans = np.clip(leans, -MOST_LEAN, MOST_LEAN)
        self.coarse = binned(COARSE, self.leans)
        self.lengths = np.array([len(block.text) for block in blocks])
        self.boxes, self.starts, self.ends = boxes_around(blocks)
        numbers = {box: number for number, box in enumerate(self.boxes)}
        self.at = np.array([numbers[block.box] for block in blocks])
        self.up = np.array([numbers[box.parent or box] for box in self.boxes])
        chars = np.minimum(self.lengths, MOST_CHARS)
        self.total = 1.0 + (chances * chars).sum()
        self.likely, self.chars = self.sums(chances * chars), self.sums(chars)
        speaks = self.sums(self.leans * self.lengths**0.7)
        best = max(np.flatnonzero(speaks == speaks.max()).tolist(), key=lambda number: self.boxes[number].depth)
        # a paragraph that is the whole article: the main box is the one around it
        home = self.up[best] if self.ends[best] - self.starts[best] == 1 else best
        self.best, self.home = self.boxes[best], self.boxes[home]
        self.in_best, self.at_home = self.inside(best), self.inside(home)
        self.first, self.last = self.sure_ends()

    def sums(self, values: NDArray[Any]) -> NDArray[np.float64]:
        """Return for each box the sum of the values of the blocks inside."""
        sums: NDArray[np.float64] = np.concatenate(((0.0,), np.cumsum(values)))
        return sums[self.ends] - sums[self.starts]

    def inside(self, box: int) -> NDArray[np.bool_]:
        """Return for each block whether it is in the box."""
        inside = np.zeros(len(self.leans), dtype=np.bool_)
        inside[self.starts[box] : self.ends[box]] = True
        return inside

    def sure_ends(self) -> tuple[int, int]:
        """Return the indexes of the first and last block that certainly belong to the article; (count, -1) if none does."""
        sure = np.flatnonzero((self.leans > SURE_LEAN) & (self.lengths >= SURE_CHARS))
        return (int(sure[0]), int(sure[-1])) if len(sure) else (len(self.leans), -1)

    def traits(self) -> Numbers:
        """Return the features in the order of CONTEXT_FEATURES, a row for each block."""
        own = self.coarse
        before, after = np.append(NONE, own[:-1]), np.append(own[1:], NONE)
        where, distance = self.whereabouts()
        box, up = self.at, self.up
        one = up[box]
        two = up[one]
        three = up[two]
        shares, parts = binned(SHARES, self.likely / self.chars), binned(SHARES, self.likely / self.total)
        return np.column_stack(
            (
                binned(LEANS, self.leans),
                before * 6 + after,
                own * 6 + before,
                own * 6 + after,
                self.best_around(),
                self.mean_around(),
                *(shares[each] for each in (box, one, two, three, up[up[three]])),
                *(parts[each] for each in (one, two, three)),
                self.in_best * 5 + own,
                where * 5 + own,
                where * 10 + distance,
                self.depths(),
                binned(SIZES, self.lengths) * 5 + own,
                self.at_home * 15 + own * 3 + self.known,
                self.at_home * 15 + self.looks * 3 + self.known,
            )
        )

    def windows(self, size: int, filler: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return the log-odds of the `size` blocks before each block, and after it; `filler` outside the page."""
        ends = np.full(size, filler)
        windows = sliding_window_view(np.concatenate((ends, self.leans, ends)), size)
        return windows[: len(self.leans)], windows[size + 1 :]

    def best_around(self) -> Numbers:
        before, after = (window.max(axis=1) for window in self.windows(6, NOWHERE))
        return binned(COARSE, before) * 6 + binned(COARSE, after)

    def mean_around(self) -> Numbers:
        before, after = (window.sum(axis=1) / 4 for window in self.windows(4, 0.0))
        before[0] = after[-1] = NOWHERE
        return binned(COARSE, before) * 6 + binned(COARSE, after)

    def whereabouts(self) -> tuple[Numbers, Numbers]:
        """Return whether each block is before, within or after the certain range, and the bin of its distance."""
        numbers = np.arange(len(self.leans))
        before, behind = numbers < self.first, numbers > self.last
        where = np.where(before, BEFORE, np.where(behind, BEHIND, WITHIN))
        return where, binned(STEPS, np.where(before, self.first - numbers, np.maximum(0, numbers - self.last)))

    def depths(self) -> Numbers:
        """Return how deep each block is in the best box; outside it, how many boxes below the common ancestor."""
        above = set(self.best.ancestors())
        apart = [0] * len(self.boxes)
        for number, around in enumerate(self.up.tolist()):
            apart[number] = 0 if self.boxes[number] in above else apart[around] + 1
        depths: Numbers = np.array([box.depth for box in self.boxes])[self.at] - self.best.depth + 1
        away: Numbers = np.array(apart)[self.at]
        return np.where(self.in_best, np.minimum(10, depths), 11 + np.minimum(20, away))


def boxes_around(blocks: Sequence[Block]) -> tuple[list[Box], Numbers, Numbers]:
    """Return the boxes around the blocks, outer ones first, and the start and end of each box's range of blocks."""
    starts, ends = first_seen(blocks), first_seen(blocks[::-1])
    boxes = sorted(starts, key=attrgetter("depth"))
    return boxes, np.array([starts[box] for box in boxes]), len(blocks) - np.array([ends[box] for box in boxes])


def first_seen(blocks: Sequence[Block]) -> dict[Box, int]:
    """Return the boxes around the blocks, each with the index of its first block."""
    found: dict[Box, int] = {}
    for number, block in enumerate(blocks):
        box: Box | None = block.box
        while box is not None and box not in found:
            found[box] = number
            box = box.parent
    return found
