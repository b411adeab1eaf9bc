"""Bits of a block that each have a weight of their own: the zones around it, and what its classes and words are about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from corpnews.extraction.body.text_signs import MIN_PROSE_LETTERS
from corpnews.extraction.body.wording import CLASS_TOPICS, TEXT_TOPICS, get_class_topics

if TYPE_CHECKING:
    from corpnews.extraction.body.box_ranges import IntArray
    from corpnews.extraction.body.page_blocks import PageBlocks

# Groups of bits, each bit with a weight of its own: the zones of all boxes and of near ones, topics of class names of near boxes
# and of the box, of the words of short and of long texts, and of the heading above.
BIT_GROUPS: Final = {
    "zone": 12,
    "zone of near boxes": 12,
    "class names": len(CLASS_TOPICS),
    "class names of the box": len(CLASS_TOPICS),
    "words of a short text": len(TEXT_TOPICS),
    "words of a long text": len(TEXT_TOPICS),
    "words of the heading above": len(TEXT_TOPICS),
}


def compute_block_bits(page: PageBlocks) -> IntArray:
    """Return the bits of BIT_GROUPS, a row for each block and a number for each group."""
    ranges, words = page.ranges, page.signs.topics
    box, parents = ranges.box_of_block, ranges.parents
    own_zones = np.array([each.own_zone for each in page.boxes])
    topics = np.array([get_class_topics(each.class_names) for each in page.boxes])
    near_topics = topics | topics[parents] | topics[parents[parents]]
    short = page.lengths < MIN_PROSE_LETTERS
    heading = page.heading_above
    return np.column_stack(
        (
            page.zones,
            (own_zones | own_zones[parents])[box],
            near_topics[box],
            topics[box],
            np.where(short, words, 0),
            np.where(short, 0, words),
            np.where(heading >= 0, words[heading], 0),
        )
    )
