"""Features of a block by itself: its text, its boxes, its position on the page, and how it stands on the site.

Each feature is a small integer from 0, the index of a weight in the feature's table. They are computed feature by feature for
all blocks of a page at once: numpy needs a fifth of the time of a loop over the blocks.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

import numpy as np

from corpnews.extraction.body.page_blocks import GROUP_TAGS, LOOKS_LIKE_LINK, get_bins
from corpnews.extraction.body.text_signs import MIN_PROSE_LETTERS, SEPARATOR
from corpnews.page.layout import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import ArrayLike

    from corpnews.extraction.body.box_ranges import IntArray
    from corpnews.extraction.body.page_blocks import FeatureColumn, PageBlocks
    from corpnews.page.layout import Block, Box

BLOCK_FEATURES: Final = (
    "size and links|ending|kind|tag|parent tag|site|variety|headline|position|before|after|box|near boxes|path|commas|"
    "bold|signs|links|structured data|"
    "beginning and casing|figures|inner|standing|place share|newness|outer newness|standing and variety|"
    "path on page|repeated box 1|repeated box 2|repeated box 3|article|above heading|group|link target|repeated text|in headline|"
    "end|links in container"
).split("|")

_SIZE_BINS: Final = np.array((8, 20, 45, 80, 140, 250, 500))
_LONG_SIZE: Final = 3  # the number of a bin
_LINK_DENSITY_BINS: Final = np.array((0.05, 0.25, 0.6, 0.95))
_PAGE_SHARE_BINS: Final = np.array((0.02, 0.06, 0.12, 0.25, 0.5))
_PLACE_SHARE_BINS: Final = np.array((0.1, 0.3, 0.6, 0.9))
_PROSE_SHARE_BINS: Final = np.array((0.001, 0.05, 0.15, 0.3, 0.5, 0.7, 0.9))
_NEWNESS_BINS: Final = np.array((0.001, 0.05, 0.15, 0.3, 0.6, 0.9))
_HEADLINE_DISTANCE_BINS: Final = np.array((-20, -6, -2, 0, 1, 2, 4, 10, 25, 60))
_LINK_SHARE_BINS: Final = np.array((0.001, 0.2, 0.35, 0.6))
_END_BINS: Final = np.array((1, 2, 4, 10, 25, 60, 150))
_COUNT_BINS: Final = np.array((2, 3, 5, 9, 17, 33))
_COMMA_BINS: Final = np.array((1, 2, 4))
_BOLD_BINS: Final = np.array((0.1, 0.95))
_OVERLAP_BINS: Final = np.array((0.01, 0.3, 0.6, 0.9))

_KIND_ORDER: Final = (
    BlockKind.PARAGRAPH,
    BlockKind.HEADING,
    BlockKind.LIST_ITEM,
    BlockKind.TABLE_ROW,
    BlockKind.QUOTE,
    BlockKind.CODE,
    BlockKind.CAPTION,
)
_NUMBER_BY_KIND: Final = {kind: number for number, kind in enumerate(_KIND_ORDER)}
_FEATURE_TAGS: Final = "p div li td span section article main h1 h2 h3 h4 dd figure center font body"
_NUMBER_BY_TAG: Final = {tag: number for number, tag in enumerate(_FEATURE_TAGS.split(), 1)}
_GROUP_SIZE_BINS: Final = np.array((3, 12))
_HREF_TO_HOST, _HREF_AS_TEXT = 4, 5
_MAX_COMPARED_WITH_HEADLINE: Final = 250
_MIN_REPEATED_LENGTH: Final = 20
_REPEATED_START: Final = 40


def compute_block_features(page: PageBlocks) -> list[FeatureColumn]:
    """Return the features in the order of BLOCK_FEATURES, each with a value for each block."""
    columns = (
        *_compute_form_features(page),
        *_compute_site_features(page),
        *_compute_position_features(page),
        *_compute_text_features(page),
        *_compute_standing_features(page),
        *_compute_page_features(page),
    )
    return [np.asarray(column, dtype=np.int16) for column in columns]


def _compute_form_features(page: PageBlocks) -> Iterator[ArrayLike]:
    """Yield from "size and links" to "parent tag"."""
    box = page.ranges.box_of_block
    tags = np.array([_NUMBER_BY_TAG.get(each.tag, 0) for each in page.boxes])
    yield get_bins(_SIZE_BINS, page.lengths) * (len(_LINK_DENSITY_BINS) + 1) + get_bins(_LINK_DENSITY_BINS, page.densities)
    yield page.signs.endings * 3 + _get_length_class(page)
    yield [_number_kind(block.box) for block in page.blocks]
    yield tags[box]
    yield tags[page.ranges.parents[box]]


def _get_length_class(page: PageBlocks) -> IntArray:
    """Return whether each block is short (0), medium (1) or long (2)."""
    sizes = get_bins(_SIZE_BINS, page.lengths)
    return (sizes > 1).astype(int) + (sizes > _LONG_SIZE)


def _compute_position_features(page: PageBlocks) -> Iterator[ArrayLike]:
    """Yield from "headline" to "path"."""
    numbers, headline = np.arange(len(page.blocks)), page.headline_index
    yield 0 * numbers if headline is None else 1 + get_bins(_HEADLINE_DISTANCE_BINS, numbers - headline)
    yield 10 * numbers // len(page.blocks)
    yield from _compute_neighbour_features(page)
    for shares in (*page.get_prose_shares(), page.prose_at[page.ranges.box_of_block] / page.prose):
        yield get_bins(_PROSE_SHARE_BINS, shares)


def _compute_text_features(page: PageBlocks) -> Iterator[ArrayLike]:
    """Yield from "commas" to "inner"."""
    blocks, signs, length_class = page.blocks, page.signs, _get_length_class(page)
    bold = np.array([block.bold_chars for block in blocks]) / page.text_lengths
    yield get_bins(_COMMA_BINS, signs.commas)
    yield get_bins(_BOLD_BINS, bold) * 2 + [block.is_after_line_break for block in blocks]
    yield signs.signs
    yield np.minimum(3, [block.links for block in blocks]) * 2 + signs.capitals
    yield list(map(page.stated.compare, page.texts)) if any(page.stated) else np.zeros(len(blocks))
    yield signs.beginnings * 5 + signs.casings
    yield signs.figures * 3 + length_class
    yield signs.inner * 3 + length_class


def _compute_page_features(page: PageBlocks) -> Iterator[ArrayLike]:
    """Yield from "path on page" to "links in container"."""
    length_class = _get_length_class(page)
    yield get_bins(_COUNT_BINS, _count_path(page, 0)) * 3 + length_class
    yield from (get_bins(_COUNT_BINS, _count_path(page, level)) for level in (1, 2, 3))
    yield _number_articles(page)
    yield _compute_heading_features(page)
    yield _compute_group_features(page)
    yield [_classify_link_target(block) if block.links else 0 for block in page.blocks]
    yield _find_repeated_texts(page) * 3 + length_class
    yield _compare_with_headline(page)
    yield get_bins(_END_BINS, np.arange(len(page.blocks), 0, -1))
    yield _compute_container_links(page) * 3 + length_class


def _number_kind(box: Box) -> int:
    return _NUMBER_BY_KIND[box.kind] + (len(_NUMBER_BY_KIND) + box.level if box.kind == BlockKind.HEADING else 0)


def _compute_site_features(page: PageBlocks) -> tuple[IntArray, IntArray]:
    """Return for each block on what share of the site's pages its text is, and how varied the texts at its path are.

    Long texts have bins of their own. Both features are 0 without a template.
    """
    zeros = np.zeros(len(page.blocks), dtype=int)
    if page.template is None:
        return zeros, zeros
    shares = np.where(page.pages < 2, 1, 2 + get_bins(_PAGE_SHARE_BINS, page.pages / page.template.pages))
    return shares + 8 * (page.lengths >= MIN_PROSE_LETTERS), get_bins(_PROSE_SHARE_BINS, page.varieties) + 1


def _compute_standing_features(page: PageBlocks) -> tuple[IntArray, ...]:
    """Return from "standing" to "standing and variety"."""
    standing, long = page.standing, get_bins(_SIZE_BINS, page.lengths) > _LONG_SIZE
    if page.template is None:
        return (standing,) * 5
    share = get_bins(_PLACE_SHARE_BINS, page.pages / page.pages_at)
    inner, outer = get_bins(_NEWNESS_BINS, page.newness)
    varieties = get_bins(_PLACE_SHARE_BINS, page.varieties)
    return (
        standing * 3 + long + (long & (page.densities > 0.25)),
        standing * 5 + share,
        standing * 7 + inner,
        standing * 7 + outer,
        standing * 10 + varieties * 2 + long,
    )


def _compute_neighbour_features(page: PageBlocks) -> tuple[IntArray, IntArray]:
    """Return the appearance of the blocks before and after, and whether they are in the same box; 0 at the page's ends."""
    appearance, box = page.appearance, page.ranges.box_of_block
    parents = np.where(page.ranges.parents[box] == box, -1, page.ranges.parents[box])
    together = parents[1:] == parents[:-1]
    before, after = np.zeros_like(appearance), np.zeros_like(appearance)
    before[1:] = 1 + appearance[:-1] * 2 + together
    after[:-1] = 1 + appearance[1:] * 2 + together
    return before, after


def _count_path(page: PageBlocks, level: int) -> IntArray:
    """Return for each block on how many boxes of the page the path of the box `level` boxes up is."""
    box = page.ranges.box_of_block
    for _ in range(level):
        box = page.ranges.parents[box]
    counts: IntArray = page.boxes_with_path[box]
    return counts


def _number_articles(page: PageBlocks) -> list[int]:
    """Return whether each block is in no <article> (0), the only one (1), the first (2), a later (3), or a nested one (4)."""
    ranges = page.ranges
    ordinals: dict[Box | None, int] = {None: 0}
    if all(box.tag != "article" for box in page.boxes):
        return [0] * len(page.blocks)
    outer = 0
    for number in np.argsort(ranges.starts, kind="stable").tolist():  # in document order, outer ones first
        box = page.boxes[number]
        above = ordinals[box.parent]
        if box.tag == "article":
            outer += not above
            above = 4 if above else 1 + min(2, outer)
        ordinals[box] = above
    return [1 if outer == 1 and ordinals[block.box] == 2 else ordinals[block.box] for block in page.blocks]


def _compute_heading_features(page: PageBlocks) -> IntArray:
    """Return what the heading above each block is: none, the headline, or another; linked; near; in the same container."""
    above = page.heading_above
    at = np.arange(len(above))
    linked = page.densities[above] > 0.5
    headline = np.zeros(len(above), dtype=bool)
    for block in page.headline.blocks if page.headline else ():
        headline |= above == block.index
    kind = np.where(above < 0, 0, np.where(headline, 1, np.where(linked, 2, 3)))
    ranges = page.ranges
    container = ranges.find_containers(ranges.box_of_block, np.ones(len(above), dtype=int))
    together = (above >= ranges.starts[container]) & (above < ranges.ends[container])
    features: IntArray = kind * 6 + together * 3 + get_bins(np.array((3, 10)), at - above)
    return features


def _compute_group_features(page: PageBlocks) -> IntArray:
    """Return for rows and items the kind of their group, its number of members and its share of links; else 0."""
    groups, links = page.groups, page.appearance == LOOKS_LIKE_LINK
    counts = np.bincount(groups + 1)[groups + 1]
    shares = np.minimum(3, 4 * np.bincount(groups + 1, links)[groups + 1] // counts).astype(int)
    sizes = get_bins(_GROUP_SIZE_BINS, counts)
    features: IntArray = np.where(groups < 0, 0, 1 + groups % len(GROUP_TAGS) * 12 + sizes * 4 + shares)
    return features


def _compute_container_links(page: PageBlocks) -> IntArray:
    """Return the bin of the share of blocks that are links in the nearest container with two more blocks, or one less near."""
    ranges = page.ranges
    links, ones = ranges.sum_by_box(page.appearance == LOOKS_LIKE_LINK), ranges.ends - ranges.starts
    near = ranges.find_containers(ranges.box_of_block, np.full(len(page.blocks), 2))
    far = ranges.find_containers(near, ones[near] + 2)
    return get_bins(_LINK_SHARE_BINS, links[near] / ones[near]) * 5 + get_bins(_LINK_SHARE_BINS, links[far] / ones[far])


def _classify_link_target(block: Block) -> int:
    """Return what the block's first link leads to, and the share of links in the text."""
    href = ""
    for _, style in block.runs:
        if style is not None and style.href:
            href = style.href
            break
    kind = _classify_href(href)
    if kind == _HREF_TO_HOST and ("://" in block.text or "www." in block.text):
        kind = _HREF_AS_TEXT
    return 1 + kind * 3 + (block.link_chars > 0.25 * len(block.text)) + (block.link_chars > 0.9 * len(block.text))


def _classify_href(href: str) -> int:
    """Return what a link leads to: mail, a place on the page, a file, another host or a path."""
    if "@" in href or href.startswith("tel:"):
        return 1
    if href.startswith(("#", "javascript")) or not href:
        return 2
    if href.lower().endswith((".pdf", ".doc", ".docx", ".zip", ".jpg", ".png", ".mp4", ".xls", ".xlsx")):
        return 3
    return _HREF_TO_HOST if href.startswith(("http", "//")) else 6


def _find_repeated_texts(page: PageBlocks) -> IntArray:
    """Return whether a text is on the page again: 1 if only later, 2 if earlier too; 3 and 4 if only its start is."""
    features: IntArray = np.zeros(len(page.blocks), dtype=int)
    long = [(number, text) for number, text in enumerate(page.texts) if len(text) >= _MIN_REPEATED_LENGTH]
    for length, first, later in ((_REPEATED_START, 3, 4), (None, 1, 2)):
        starts = [(at, start) for at, text in long if len(start := text[:length].rstrip(".…")) >= _MIN_REPEATED_LENGTH]
        counts = Counter([start for _, start in starts])
        if len(counts) == len(starts):
            continue
        seen = set[str]()
        for number, start in starts:
            if counts[start] > 1:
                features[number] = later if start in seen else first
                seen.add(start)
    return features


def _compare_with_headline(page: PageBlocks) -> IntArray:
    """Return the bin of the share of each short text's words that the headline has; 0 without a headline."""
    words = set(page.headline.text.lower().split()) if page.headline else set()
    shares = np.zeros(len(page.blocks))
    if words:
        lines = [text if len(text) <= _MAX_COMPARED_WITH_HEADLINE else "" for text in page.texts]
        own = [line.split() for line in SEPARATOR.join(lines).lower().split(SEPARATOR)]
        shares += [0.0 if words.isdisjoint(each) else len(words.intersection(each)) / max(len(each), 3) for each in own]
    return get_bins(_OVERLAP_BINS, shares)
