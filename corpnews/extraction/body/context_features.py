"""Features of a block among the other blocks of the page, computed from the log-odds that the first model gives each block.

The features are small integers from 0, as in block_features.py.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from corpnews.extraction.body.block_features import get_bins

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from corpnews.extraction.body.block_features import IntArray
    from corpnews.page.layout import Block, Box

CONTEXT_FEATURES: Final = (
    "log-odds|before and after|log-odds and before|log-odds and after|best neighbours|mean neighbours|share in box|"
    "share in box 1|share in box 2|share in box 3|share in box 5|share of page 1|share of page 2|share of page 3|"
    "in best box|relation to article|relation and distance|depth|log-odds and size|log-odds in main box|"
    "appearance in main box"
).split("|")

_LOG_ODDS_BINS: Final = np.array((-4, -2.5, -1.5, -0.7, 0, 0.7, 1.5, 2.5, 4))
_COARSE_LOG_ODDS_BINS: Final = np.array((-2, -0.5, 0.5, 2))
_BOX_SHARE_BINS: Final = np.array((0.001, 0.02, 0.08, 0.2, 0.4, 0.6, 0.8, 0.95))
_BLOCK_SIZE_BINS: Final = np.array((8, 20, 45, 80, 140, 250, 500))
_DISTANCE_BINS: Final = np.array((0, 1, 2, 4, 8, 16, 32))
_MAX_LOG_ODDS: Final = 5.0
_LOG_ODDS_OUTSIDE: Final = -6.0
# The bin of the missing neighbours before the first and after the last block.
_BIN_OUTSIDE: Final = len(_COARSE_LOG_ODDS_BINS) + 1
# A longer block counts as this many characters.
_MAX_COUNTED_CHARS: Final = 400
_CERTAIN_LOG_ODDS: Final = 0.7
_MIN_CERTAIN_CHARS: Final = 60
_BEFORE_BODY, _WITHIN_BODY, _AFTER_BODY = range(3)


class PageContext:
    """Sums of log-odds over the boxes of a page, and the range of blocks that is certainly the article.

    Boxes are numbered by their index in `boxes`: `box_of_block` is the number of each block's box, `parent_of_box` that of
    each box's parent.

    Args:
        blocks: The blocks of the page.
        log_odds: The log-odds of each block from the first model.
        probabilities: The same as probabilities.
        novelty: Appearance and novelty of each block; see PageBlocks.get_appearance_and_novelty.
    """

    def __init__(
        self, blocks: Sequence[Block], log_odds: ArrayLike, probabilities: NDArray[np.float64], novelty: IntArray
    ) -> None:
        self.appearance, self.known = novelty.T
        self.log_odds = np.clip(log_odds, -_MAX_LOG_ODDS, _MAX_LOG_ODDS)
        self.coarse = get_bins(_COARSE_LOG_ODDS_BINS, self.log_odds)
        self.lengths = np.array([len(block.text) for block in blocks])
        self.boxes, self.starts, self.ends = _find_box_ranges(blocks)
        numbers = {box: number for number, box in enumerate(self.boxes)}
        self.box_of_block = np.array([numbers[block.box] for block in blocks])
        self.parent_of_box = np.array([numbers[box.parent or box] for box in self.boxes])
        chars = np.minimum(self.lengths, _MAX_COUNTED_CHARS)
        self.total = 1.0 + (probabilities * chars).sum()
        self.likely, self.chars = self.sum_by_box(probabilities * chars), self.sum_by_box(chars)
        support = self.sum_by_box(self.log_odds * self.lengths**0.7)
        best = max(np.flatnonzero(support == support.max()).tolist(), key=lambda number: self.boxes[number].depth)
        # a paragraph that is the whole article: the main box is the one around it
        main = self.parent_of_box[best] if self.ends[best] - self.starts[best] == 1 else best
        self.best_box, self.main_box = self.boxes[best], self.boxes[main]
        self.in_best_box, self.in_main_box = self.is_inside(best), self.is_inside(main)
        self.first, self.last = self.find_certain_range()

    def sum_by_box(self, values: NDArray[Any]) -> NDArray[np.float64]:
        """Return for each box the sum of the values of the blocks inside."""
        sums: NDArray[np.float64] = np.concatenate(((0.0,), np.cumsum(values)))
        return sums[self.ends] - sums[self.starts]

    def is_inside(self, box: int) -> NDArray[np.bool_]:
        """Return for each block whether it is in the box."""
        inside = np.zeros(len(self.log_odds), dtype=np.bool_)
        inside[self.starts[box] : self.ends[box]] = True
        return inside

    def find_certain_range(self) -> tuple[int, int]:
        """Return the indexes of the first and last block that certainly belong to the article; (count, -1) if none does."""
        sure = np.flatnonzero((self.log_odds > _CERTAIN_LOG_ODDS) & (self.lengths >= _MIN_CERTAIN_CHARS))
        return (int(sure[0]), int(sure[-1])) if len(sure) else (len(self.log_odds), -1)

    def features(self) -> IntArray:
        """Return the features in the order of CONTEXT_FEATURES, a row for each block."""
        own = self.coarse
        before, after = np.append(_BIN_OUTSIDE, own[:-1]), np.append(own[1:], _BIN_OUTSIDE)
        position, distance = self.compute_positions()
        box, up = self.box_of_block, self.parent_of_box
        one = up[box]
        two = up[one]
        three = up[two]
        shares, parts = get_bins(_BOX_SHARE_BINS, self.likely / self.chars), get_bins(_BOX_SHARE_BINS, self.likely / self.total)
        return np.column_stack(
            (
                get_bins(_LOG_ODDS_BINS, self.log_odds),
                before * 6 + after,
                own * 6 + before,
                own * 6 + after,
                self.compute_best_neighbours(),
                self.compute_mean_neighbours(),
                *(shares[each] for each in (box, one, two, three, up[up[three]])),
                *(parts[each] for each in (one, two, three)),
                self.in_best_box * 5 + own,
                position * 5 + own,
                position * 10 + distance,
                self.compute_depths(),
                get_bins(_BLOCK_SIZE_BINS, self.lengths) * 5 + own,
                self.in_main_box * 15 + own * 3 + self.known,
                self.in_main_box * 15 + self.appearance * 3 + self.known,
            )
        )

    def get_windows(self, size: int, filler: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return the log-odds of the `size` blocks before each block, and after it; `filler` outside the page."""
        ends = np.full(size, filler)
        windows = sliding_window_view(np.concatenate((ends, self.log_odds, ends)), size)
        return windows[: len(self.log_odds)], windows[size + 1 :]

    def compute_best_neighbours(self) -> IntArray:
        before, after = (window.max(axis=1) for window in self.get_windows(6, _LOG_ODDS_OUTSIDE))
        return get_bins(_COARSE_LOG_ODDS_BINS, before) * 6 + get_bins(_COARSE_LOG_ODDS_BINS, after)

    def compute_mean_neighbours(self) -> IntArray:
        before, after = (window.sum(axis=1) / 4 for window in self.get_windows(4, 0.0))
        before[0] = after[-1] = _LOG_ODDS_OUTSIDE
        return get_bins(_COARSE_LOG_ODDS_BINS, before) * 6 + get_bins(_COARSE_LOG_ODDS_BINS, after)

    def compute_positions(self) -> tuple[IntArray, IntArray]:
        """Return whether each block is before, within or after the certain range, and the bin of its distance."""
        numbers = np.arange(len(self.log_odds))
        before, after = numbers < self.first, numbers > self.last
        position = np.where(before, _BEFORE_BODY, np.where(after, _AFTER_BODY, _WITHIN_BODY))
        return position, get_bins(_DISTANCE_BINS, np.where(before, self.first - numbers, np.maximum(0, numbers - self.last)))

    def compute_depths(self) -> IntArray:
        """Return how deep each block is in the best box; outside it, how many boxes below the common ancestor."""
        above = set(self.best_box.ancestors())
        distances = [0] * len(self.boxes)
        for number, parent in enumerate(self.parent_of_box.tolist()):
            distances[number] = 0 if self.boxes[number] in above else distances[parent] + 1
        depths: IntArray = np.array([box.depth for box in self.boxes])[self.box_of_block] - self.best_box.depth + 1
        outside: IntArray = np.array(distances)[self.box_of_block]
        return np.where(self.in_best_box, np.minimum(10, depths), 11 + np.minimum(20, outside))


def _find_box_ranges(blocks: Sequence[Block]) -> tuple[list[Box], IntArray, IntArray]:
    """Return the boxes around the blocks, outer ones first, and the start and end of each box's range of blocks."""
    starts, ends = _find_first_blocks(blocks), _find_first_blocks(blocks[::-1])
    boxes = sorted(starts, key=attrgetter("depth"))
    return boxes, np.array([starts[box] for box in boxes]), len(blocks) - np.array([ends[box] for box in boxes])


def _find_first_blocks(blocks: Sequence[Block]) -> dict[Box, int]:
    """Return the boxes around the blocks, each with the index of its first block."""
    found: dict[Box, int] = {}
    for number, block in enumerate(blocks):
        box: Box | None = block.box
        while box is not None and box not in found:
            found[box] = number
            box = box.parent
    return found
