"""Features of a block among the other blocks of the page, computed from the log-odds that the first model gives each block.

The features are small integers from 0, as in block_features.py.
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Final

import numpy as np

from corpnews.extraction.body.page_blocks import LOOKS_LIKE_HEADING, get_bins

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from corpnews.extraction.body.box_ranges import IntArray
    from corpnews.extraction.body.page_blocks import BlockArrays, FeatureColumn

    Columns = list[NDArray[np.float64]]

CONTEXT_FEATURES: Final = (
    "log-odds|before and after|log-odds and before|log-odds and after|best neighbours|mean neighbours|share in box|"
    "share in box 1|share in box 2|share in box 3|share in box 5|share of page 1|share of page 2|share of page 3|"
    "in best box|relation to article|relation and distance|depth|log-odds and size|log-odds in main box|"
    "appearance in main box|log-odds and neighbours|path mean|parent path mean|group mean|heading above|gap before|gap after|"
    "kind and position|copies"
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
_MEAN_BINS: Final = np.array((-2.5, -1, 0, 1, 2.5))
_GAP_BINS: Final = np.array((2, 3, 5, 9, 20))
_FAR: Final = 1_000_000
_LONG: Final = 80
_BEFORE_BODY, _WITHIN_BODY, _AFTER_BODY = range(3)


class PageContext:
    """Sums of log-odds over the boxes of a page, and the range of blocks that is certainly the article.

    Args:
        page: The blocks of the page as numbers.
        log_odds: The log-odds of each block from the model before.
    """

    def __init__(self, page: BlockArrays, log_odds: ArrayLike) -> None:
        self.page, self.ranges = page, page.ranges
        self.appearance, self.known = page.appearance, np.minimum(page.standing, 3)
        self.log_odds = np.clip(log_odds, -_MAX_LOG_ODDS, _MAX_LOG_ODDS)
        self.probabilities = 1 / (1 + np.exp(-self.log_odds))
        self.coarse = get_bins(_COARSE_LOG_ODDS_BINS, self.log_odds)
        self.lengths = page.text_lengths
        self.counted_chars = np.minimum(self.lengths, _MAX_COUNTED_CHARS)
        expected = self.probabilities * self.counted_chars
        self.total = 1.0 + expected.sum()
        ranges = self.ranges
        self.likely, self.chars = ranges.sum_by_box(expected), ranges.sum_by_box(self.counted_chars)
        support = ranges.sum_by_box(self.log_odds * self.lengths**0.7)
        best = max(np.flatnonzero(support == support.max()).tolist(), key=ranges.depths.__getitem__)
        # a paragraph that is the whole article: the main box is the one around it
        main = ranges.parents[best] if ranges.ends[best] - ranges.starts[best] == 1 else best
        while ranges.ends[main] - ranges.starts[main] == 1 and self.is_repeated(main):
            main = ranges.parents[main]
        self.best_box, self.main_box = best, main
        self.in_best_box, self.in_main_box = self.is_inside(best), self.is_inside(main)
        self.first, self.last = self.find_certain_range()

    def is_repeated(self, box: int) -> bool:
        """Return whether other boxes have the box's path, as where each paragraph is a component of its own."""
        return int(np.count_nonzero(self.page.path_of_box == self.page.path_of_box[box])) > 1

    def is_inside(self, box: int) -> NDArray[np.bool_]:
        """Return for each block whether it is in the box."""
        inside = np.zeros(len(self.log_odds), dtype=np.bool_)
        inside[self.ranges.starts[box] : self.ranges.ends[box]] = True
        return inside

    def find_certain_range(self) -> tuple[int, int]:
        """Return the indexes of the first and last block that certainly belong to the article; (count, -1) if none does."""
        sure = np.flatnonzero((self.log_odds > _CERTAIN_LOG_ODDS) & (self.lengths >= _MIN_CERTAIN_CHARS))
        return (int(sure[0]), int(sure[-1])) if len(sure) else (len(self.log_odds), -1)

    def features(self) -> list[FeatureColumn]:
        """Return the features in the order of CONTEXT_FEATURES, each with a value for each block."""
        own = self.coarse
        before, after = np.append(_BIN_OUTSIDE, own[:-1]), np.append(own[1:], _BIN_OUTSIDE)
        position, distance = self.compute_positions()
        box, up = self.ranges.box_of_block, self.ranges.parents
        one = up[box]
        two = up[one]
        three = up[two]
        shares, parts = get_bins(_BOX_SHARE_BINS, self.likely / self.chars), get_bins(_BOX_SHARE_BINS, self.likely / self.total)
        return [
            np.asarray(column, dtype=np.int16)
            for column in (
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
                self.in_main_box * 20 + own * 4 + self.known,
                self.in_main_box * 20 + self.appearance * 4 + self.known,
                own * 36 + before * 6 + after,
                self.compute_path_means(0) * 5 + own,
                self.compute_path_means(1) * 5 + own,
                self.compute_group_means() * 5 + own,
                self.compute_heading_log_odds() * 5 + own,
                *self.compute_gaps(),
                self.in_main_box * 42 + position * 14 + np.minimum(13, self.compute_kinds()),
                self.compare_copies() * 5 + own,
            )
        ]

    def get_windows(self, size: int, filler: float) -> tuple[Columns, Columns]:
        """Return columns of log-odds: of each of the `size` blocks before, and after; `filler` outside the page."""
        ends, count = [filler] * size, len(self.log_odds)
        padded = np.concatenate((ends, self.log_odds, ends))
        before, after = range(size), range(size + 1, 2 * size + 1)
        return [padded[at : at + count] for at in before], [padded[at : at + count] for at in after]

    def compute_best_neighbours(self) -> IntArray:
        before, after = (reduce(np.maximum, window) for window in self.get_windows(6, _LOG_ODDS_OUTSIDE))
        return get_bins(_COARSE_LOG_ODDS_BINS, before) * 6 + get_bins(_COARSE_LOG_ODDS_BINS, after)

    def compute_mean_neighbours(self) -> IntArray:
        before, after = (reduce(np.add, window) / 4 for window in self.get_windows(4, 0.0))
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
        ranges, box = self.ranges, self.ranges.box_of_block
        common = np.zeros(len(box), dtype=int)
        for around in reversed(ranges.find_around(self.best_box)):
            common[ranges.starts[around] : ranges.ends[around]] = ranges.depths[around]
        depths = ranges.depths[box]
        inside, outside = depths - ranges.depths[self.best_box] + 1, np.maximum(0, depths - common)
        found: IntArray = np.where(self.in_best_box, np.minimum(10, inside), 11 + np.minimum(20, outside))
        return found

    def mean_by(self, keys: IntArray) -> IntArray:
        """Return the bin of the mean log-odds of the blocks with the same key, a small number; 0 for a block alone."""
        counts = np.bincount(keys)
        means = np.bincount(keys, self.log_odds) / np.maximum(1, counts)
        return np.where(counts[keys] > 1, 1 + get_bins(_MEAN_BINS, means[keys]), 0)

    def compute_path_means(self, level: int) -> IntArray:
        """Return the mean over the blocks at the same path, in the main box or outside it."""
        box = self.ranges.box_of_block
        path = self.page.path_of_box[self.ranges.parents[box] if level else box]
        return self.mean_by(path * 2 + self.in_main_box)

    def compute_group_means(self) -> IntArray:
        """Return the mean over the rows of the same table or the items of the same list; 0 for other blocks."""
        groups = self.page.groups
        return np.where(groups < 0, 0, self.mean_by(groups + 1))

    def compare_copies(self) -> IntArray:
        """Return for a text that is on the page again whether the likeliest copy is before or after it, and that copy's bin."""
        found: IntArray = np.zeros(len(self.log_odds), dtype=int)
        places: dict[int, list[int]] = {}
        ids = self.page.text_ids
        for at in np.flatnonzero(ids >= 0).tolist():
            places.setdefault(int(ids[at]), []).append(at)
        for own in places.values():
            best, second = sorted(own, key=self.log_odds.__getitem__, reverse=True)[:2]
            for at in own:
                other = second if at == best else best
                found[at] = 1 + (other < at) * 5 + self.coarse[other]
        return found

    def compute_heading_log_odds(self) -> IntArray:
        """Return the bin of the log-odds of the heading above; of a heading, that of the block below."""
        above = self.page.heading_above
        is_heading = self.appearance == LOOKS_LIKE_HEADING
        below = np.append(self.coarse[1:], 0)
        return np.where(is_heading, 6 + below, np.where(above < 0, 0, 1 + self.coarse[above]))

    def compute_gaps(self) -> tuple[IntArray, IntArray]:
        """Return the bin of the distance to the nearest likely block before and after, and the own log-odds."""
        likely = self.log_odds > 0
        at = np.arange(len(likely))
        before = np.maximum.accumulate(np.where(likely, at, -_FAR))
        before = at - np.concatenate(((-_FAR,), before[:-1]))
        after = np.minimum.accumulate(np.where(likely, at, _FAR)[::-1])[::-1]
        after = np.append(after[1:], _FAR) - at
        own = self.coarse
        return get_bins(_GAP_BINS, before) * 5 + own, get_bins(_GAP_BINS, after) * 5 + own

    def compute_kinds(self) -> IntArray:
        """Return the appearance of each block, two values for each: short and long."""
        return self.appearance * 2 + (self.lengths > _LONG)
