"""Texts that look like prose of the article, but whose places tell that they are none: comments, teasers, forms, footers.

The models know how these look on the sites that they were fitted to. On a page of another site, a thread of comments or a list
of other releases may seem likely, block by block; what its boxes are named after, and that each of its entries has a date, holds
there too. Only what stands below the text counts, and nothing on a page with hardly any other likely text: there it may be all
that the page is about.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import numpy as np

from corpnews.extraction.body.box_names import is_author_box
from corpnews.extraction.dates.parse import find_dates
from corpnews.page.layout import Zone

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from corpnews.extraction.body.page_blocks import PageBlocks
    from corpnews.page.layout import Block

# Letters of likely text that the rest of the page must have.
_MIN_OTHER_LETTERS: Final = 150
# Comments, forms, and what says something about the article: its author, its topics.
_ZONES_BELOW_TEXT: Final = Zone.COMMENT | Zone.FOOTER | Zone.FORM | Zone.META
# A shorter block is no sign that the text goes on.
_MIN_TEXT: Final = 60
_MIN_ENTRIES: Final = 3
_MIN_BLOCKS_OF_ENTRY: Final = 1.5  # on average
# The share of the entries that must have what entries of a list have.
_MIN_SHARE: Final = 0.7
# The title, the date and the name of an entry are among its first blocks.
_FIRST_BLOCKS: Final = 4
_MAX_DATE_LINE: Final = 80
_MIN_TITLE: Final = 12
_MIN_LINK_DENSITY: Final = 0.9
# "Today at 13:00"; the hours of a programme stand alone
_DAY_AND_HOUR: Final = re.compile(r"[^\W\d]{3,}\D{1,9}\d{1,2}:\d\d(?![\d:])")
_PRECISE: Final = ("minute", "second")


def find_outside_texts(page: PageBlocks, likely: NDArray[np.bool_], host: str) -> NDArray[np.bool_]:
    """Return for each block whether it is outside the article by its place.

    Args:
        page: The blocks.
        likely: Whether each block is likely in the article.
        host: The host of the page.
    """
    letters = np.where(likely, page.lengths, 0)
    outside = _find_named_texts(page, likely)
    if letters[~outside].sum() < _MIN_OTHER_LETTERS:
        outside[:] = False
    for start, end in (*_find_lists(page, letters, host), *_find_author_boxes(page)):
        outside[start:end] = True
    return outside


def _find_named_texts(page: PageBlocks, likely: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return whether each block is below the text in a box that is named after something else."""
    is_named: NDArray[np.bool_] = page.zones & _ZONES_BELOW_TEXT > 0
    text = np.flatnonzero(likely & ~is_named & (page.text_lengths > _MIN_TEXT))
    return is_named & (np.arange(len(is_named)) > text[-1]) if len(text) else np.zeros_like(is_named)


def _find_author_boxes(page: PageBlocks) -> Iterator[tuple[int, int]]:
    """Yield the range of blocks of each box below the headline that is named after the author."""
    head = page.headline.blocks[-1].index if page.headline and page.headline.blocks else len(page.blocks)
    for number in [number for number, box in enumerate(page.boxes) if is_author_box(box)]:
        start, end = int(page.ranges.starts[number]), int(page.ranges.ends[number])
        if start > head:
            yield start, end


def _find_lists(page: PageBlocks, letters: NDArray[np.float64], host: str) -> Iterator[tuple[int, int]]:
    """Yield the range of blocks of each list of entries, such as comments or teasers, that stands below most of the text."""
    ranges = page.ranges
    entries = np.flatnonzero(ranges.parents != np.arange(len(ranges.parents)))
    shapes = ranges.parents[entries] * (int(page.path_of_box.max()) + 1) + page.path_of_box[entries]
    _, shape, counts = np.unique(shapes, return_inverse=True, return_counts=True)
    # the range of blocks of all entries of a shape
    starts, ends = np.full(len(counts), len(letters)), np.zeros(len(counts), dtype=int)
    np.minimum.at(starts, shape, ranges.starts[entries])
    np.maximum.at(ends, shape, ranges.ends[entries])
    sums = np.concatenate(((0.0,), np.cumsum(letters)))
    before, after = sums[starts], sums[-1] - sums[ends]
    is_below = (sums[ends] > before) & (before >= _MIN_OTHER_LETTERS) & (before > after)
    sizes = np.bincount(shape, ranges.ends[entries] - ranges.starts[entries]) / counts
    for number in np.flatnonzero(is_below & (counts >= _MIN_ENTRIES) & (sizes >= _MIN_BLOCKS_OF_ENTRY)).tolist():
        own = entries[shape == number].tolist()
        blocks = [page.blocks[ranges.starts[each] : ranges.ends[each]] for each in own]
        if sum(_is_entry(each, host) for each in blocks) >= _MIN_SHARE * len(blocks):
            yield int(starts[number]), int(ends[number])


def _is_entry(blocks: list[Block], host: str) -> bool:
    """Return whether the blocks are a comment, which states its minute, or a teaser: a date and the title of another page."""
    lines = [block.text for block in blocks[:_FIRST_BLOCKS] if len(block.text) < _MAX_DATE_LINE]
    dates = [date for line in lines for date in find_dates(line)]
    if any(date.precision in _PRECISE for date in dates):
        return True
    is_dated = bool(dates) or any(map(_DAY_AND_HOUR.search, lines))
    return is_dated and any(_links_to_page(block, host) for block in blocks[:_FIRST_BLOCKS])


def _links_to_page(block: Block, host: str) -> bool:
    """Return whether the block is a link to another page of the site."""
    if block.link_density < _MIN_LINK_DENSITY or len(block.text) < _MIN_TITLE:
        return False
    href = next((style.href for _, style in block.runs if style is not None and style.href), "#")
    try:
        parts = urlsplit(href)
    except ValueError:
        return False
    return parts.scheme in ("", "http", "https") and not href.startswith("#") and parts.netloc in ("", host)
