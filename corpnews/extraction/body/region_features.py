"""Features of a block among the boxes, records and paths of the page, from the log-odds that the second model gives each block.

They are numbers: shares, means and counts. A record is one of several sibling boxes of the same shape, such as the teasers of a
list or readers' comments: a single likely comment among unlikely ones is no part of the article.
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from corpnews.extraction.body.page_blocks import LOOKS_LIKE_HEADING, LOOKS_LIKE_LINK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from corpnews.extraction.body.box_ranges import BoxRanges, IntArray
    from corpnews.extraction.body.context_features import PageContext

    Columns = list[NDArray[Any]]

REGION_FEATURES: Final = (
    "log-odds|likely before|likely after|mean after|share after|blocks of page|likely text of page|likely blocks of page|"
    "support of page|depth|depth in article|letters|copies of text|boxes with path|size of section|heading above|"
    "share in box|share in box 1|share in box 2|share in box 5|part in box|part in box 5|"
    "size of box 2|size of box 3|size of box 5|"
    "size of container 1|others in container 1|size of container 2|others in container 2|"
    "size of container 3|others in container 3|"
    "path mean|path count|path mean 1|path count 1|path mean 2|path count 2|group mean|group count|"
    "records|links in records|blocks in records|mean of record|mean of other records|"
    "siblings|links in siblings|blocks in siblings|mean of sibling|mean of other siblings"
).split("|")

_NO_MEAN: Final = -7.0
_NO_RECORD: Final = -9.0
_MIN_RECORDS: Final = 3
_MIN_BLOCKS_IN_RECORD: Final = 2
_MAX_LEVELS_TO_RECORD: Final = 8
_BLOCKS_AFTER: Final = 15
_LOG_ODDS_OUTSIDE: Final = -6.0


def iter_region_features(context: PageContext) -> Iterator[NDArray[Any]]:
    """Yield for each of REGION_FEATURES its values, one for each block."""
    page, ranges = context.page, context.ranges
    box, up = ranges.box_of_block, ranges.parents
    around = [box, up[box], up[up[box]]]
    around.append(up[around[2]])
    yield from _compute_own_columns(context)
    yield from _compute_box_columns(context, [*around, up[up[around[3]]]])
    yield from _compute_container_columns(context)
    for each in around[:3]:
        yield from _compare_with_others(context.log_odds, page.path_of_box[each] * 2 + context.in_main_box)
    yield from _compare_with_others(context.log_odds, np.where(page.groups < 0, 0, page.groups + 1))
    _, shapes = np.unique(up * (int(page.path_of_box.max()) + 1) + page.path_of_box, return_inverse=True)
    records = _find_possible_records(context)
    yield from _compute_record_columns(ranges, records, shapes)
    yield from _compute_record_columns(ranges, records, up)


def _compute_own_columns(context: PageContext) -> Columns:
    page, log_odds, lengths = context.page, context.log_odds, context.lengths
    count = len(log_odds)
    at = np.arange(count)
    expected = np.concatenate(((0.0,), np.cumsum(context.probabilities * context.counted_chars)))
    chars = np.concatenate(((0.0,), np.cumsum(context.counted_chars)))
    end = np.minimum(count, at + 1 + _BLOCKS_AFTER)
    after = context.get_windows(3, _LOG_ODDS_OUTSIDE)[1]
    section = np.cumsum(context.appearance == LOOKS_LIKE_HEADING)
    above = page.heading_above
    return [
        log_odds,
        expected[:-1] / context.total,
        (expected[-1] - expected[1:]) / context.total,
        reduce(np.add, after) / len(after),
        (expected[end] - expected[at + 1]) / np.maximum(1, chars[end] - chars[at + 1]),
        *(np.full(count, value, dtype=np.float64) for value in (count, context.total, (log_odds > 0).sum())),
        np.full(count, (log_odds * lengths**0.7).max()),
        context.ranges.depths[context.ranges.box_of_block],
        context.compute_depths(),
        page.letters,
        page.text_counts,
        page.boxes_with_path[context.ranges.box_of_block],
        np.bincount(section)[section],
        np.where(above < 0, _NO_MEAN, log_odds[above]),
    ]


def _compute_box_columns(context: PageContext, around: list[IntArray]) -> Columns:
    """Return shares, parts and sizes of the block's box and of boxes 1, 2, 3 and 5 above it."""
    box, one, two, three, five = around
    shares, parts = context.likely / context.chars, context.likely / context.total
    sizes = context.ranges.ends - context.ranges.starts
    return [
        *(shares[each] for each in (box, one, two, five)),
        *(parts[each] for each in (box, five)),
        *(sizes[each] for each in (two, three, five)),
    ]


def _compute_container_columns(context: PageContext) -> Columns:
    """Return the size of the three nearest boxes that add blocks, and the share of likely text among the other blocks."""
    ranges = context.ranges
    sizes = ranges.ends - ranges.starts
    own = context.probabilities * context.counted_chars
    box, more_than = ranges.box_of_block, np.ones(len(own), dtype=int)
    columns: Columns = []
    for level in range(3):
        box = ranges.find_containers(box, more_than)
        others = np.maximum(1, context.chars[box] - context.counted_chars)
        columns += [sizes[box], (context.likely[box] - own) / others]
        more_than = sizes[box] + 1 + level
    return columns


def _compare_with_others(log_odds: NDArray[np.float64], keys: IntArray) -> Columns:
    """Return the mean log-odds of the other blocks with the same key, a small number, and the number of blocks with it."""
    counts, sums = np.bincount(keys)[keys], np.bincount(keys, log_odds)[keys]
    return [np.where(counts > 1, (sums - log_odds) / np.maximum(1, counts - 1), _NO_MEAN), counts]


class _Records(NamedTuple):
    """The boxes of a page that may be records, with the sums over the blocks inside each box."""

    is_record: NDArray[np.bool_]
    sizes: IntArray
    sums: NDArray[np.float64]  # of the log-odds, weighted
    totals: NDArray[np.float64]  # of the weights
    linked: NDArray[np.bool_]


def _find_possible_records(context: PageContext) -> _Records:
    ranges, weights = context.ranges, np.sqrt(context.lengths)
    sizes = ranges.ends - ranges.starts
    return _Records(
        (sizes >= _MIN_BLOCKS_IN_RECORD) & (ranges.parents != np.arange(len(sizes))),
        sizes,
        ranges.sum_by_box(context.log_odds * weights),
        ranges.sum_by_box(weights),
        ranges.sum_by_box(context.appearance == LOOKS_LIKE_LINK) > 0,
    )


def _compute_record_columns(ranges: BoxRanges, records: _Records, group: IntArray) -> Columns:
    """Return the number of records around each block, their links and blocks, and the mean log-odds of its own and of the others.

    Args:
        ranges: The boxes.
        records: The boxes that may be records.
        group: A small number for each box; the records of a group have the same.
    """
    is_record, sizes, sums, totals, linked = records
    counts = np.bincount(group, is_record)
    record = _find_innermost(ranges, is_record & (counts[group] >= _MIN_RECORDS))
    all_sums, all_totals, all_linked, all_blocks = (
        np.bincount(group, values * is_record) for values in (sums, totals, linked, sizes)
    )
    of = group[record]
    columns = (
        counts[of],
        all_linked[of] / np.maximum(1, counts[of]),
        all_blocks[of] / np.maximum(1, counts[of]),
        sums[record] / np.maximum(1, totals[record]),
        (all_sums[of] - sums[record]) / np.maximum(1, all_totals[of] - totals[record]),
    )
    return [np.where(record < 0, _NO_RECORD, column) for column in columns]


def _find_innermost(ranges: BoxRanges, is_record: NDArray[np.bool_]) -> IntArray:
    """Return the number of the innermost record around each block, at most so many boxes up, or -1."""
    box, found = ranges.box_of_block, np.full(len(ranges.box_of_block), -1)
    if not is_record.any():
        return found
    for _ in range(_MAX_LEVELS_TO_RECORD):
        found = np.where((found < 0) & is_record[box], box, found)
        box = ranges.parents[box]
    return found
