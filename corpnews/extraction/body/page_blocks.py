"""The blocks of a page with their measurements: what the features of blocks are computed from."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

import numpy as np

from corpnews.extraction.body.box_ranges import find_boxes
from corpnews.extraction.body.text_signs import MIN_PROSE_LETTERS, is_prose_length, measure_text, read_text_signs
from corpnews.page.layout import BlockKind, Zone
from corpnews.page.zones import is_dialog

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from corpnews.extraction.body.box_ranges import BoxRanges, IntArray
    from corpnews.extraction.headline import Headline
    from corpnews.extraction.site_template import SiteTemplate
    from corpnews.page.layout import Layout

# One feature of all blocks.
FeatureColumn: TypeAlias = "NDArray[np.int16]"

# A text on this share of the pages that have its path counts as repeated, unless it stands amid new text.
_MIN_REPEATED_SHARE: Final = 0.2
# Number of boxes around a block that its prose is added to.
_NEAR_BOXES: Final = 4
# The start of a text is compared with the structured data; shorter texts are not compared, they could occur anywhere.
_COMPARED_START: Final = 30
_MIN_COMPARED_LENGTH: Final = 20

LOOKS_LIKE_PROSE, LOOKS_LIKE_LABEL, LOOKS_LIKE_LINK, LOOKS_LIKE_HEADING, LOOKS_REPEATED = range(5)
# How a text stands on the site: no template, new, recurring amid new text of its box, recurring next to it, recurring apart.
UNKNOWN, NEW, RECURS_AMID, RECURS_NEXT, RECURS_APART = range(5)
# The page's article stands on this share of the site's pages at most, each under another URL.
_MAX_SHARE_OF_COPIES: Final = 0.5
_MIN_REPEATED_LENGTH: Final = 20
_MIN_PAGES_WITH_SITE_TEXT: Final = 3
# A table or list is at most so many boxes above its row or item.
_MAX_GROUP_LEVELS: Final = 3
_GROUPED_KINDS: Final = (BlockKind.TABLE_ROW, BlockKind.LIST_ITEM)
# Tags of boxes whose rows or items belong together.
GROUP_TAGS: Final = ("ul", "ol", "dl", "table")
_NUMBER_BY_GROUP_TAG: Final = {tag: number for number, tag in enumerate(GROUP_TAGS)}
_MIN_NEW_CHARS: Final = 12


def get_bins(steps: NDArray[Any], values: ArrayLike) -> IntArray:
    """Return for each value the number of steps that it has reached."""
    return steps.searchsorted(values, side="right")


class StatedBody(NamedTuple):
    """The description and the article's text in the page's structured data; empty if there is none."""

    description: str = ""
    body: str = ""

    def compare(self, text: str) -> int:
        """Return a feature for whether description and body contain the text; 0 if it is too short or nothing is stated."""
        if len(text) < _MIN_COMPARED_LENGTH:
            return 0
        start, description = text[:_COMPARED_START], self.description[:_COMPARED_START]
        described = 1 + (start in self.description or description in text) if self.description else 0
        return described + 3 * (1 + (start in self.body) if self.body else 0)


NO_STATED_BODY: Final = StatedBody()


@dataclass(frozen=True, slots=True)
class BlockArrays:
    """What the context of blocks is computed from: numbers only.

    Attributes:
        ranges: The boxes.
        text_lengths: Number of characters of each block.
        appearance: LOOKS_LIKE_… of each block.
        standing: How each text stands on the site.
        letters: Number of letters of each block outside links.
        path_of_box: For each box the number of its path.
        boxes_with_path: For each box the number of boxes with its path.
        groups: For each row or item a number of its table or list; -1 for other blocks.
        heading_above: The index of the heading above each block, or -1.
        text_ids: A number for each text that is on the page more than once; -1 for others and short ones.
        text_counts: On how many blocks of the page each text is.
    """

    ranges: BoxRanges
    text_lengths: IntArray
    appearance: IntArray
    standing: IntArray
    letters: NDArray[np.float64]
    path_of_box: IntArray
    boxes_with_path: IntArray
    groups: IntArray
    heading_above: IntArray
    text_ids: IntArray
    text_counts: IntArray


class PageBlocks:
    """The blocks of a page with their measurements, their appearance, and the amount of prose by box and by path."""

    def __init__(
        self, layout: Layout, template: SiteTemplate | None, headline: Headline | None, stated: StatedBody = NO_STATED_BODY
    ) -> None:
        self.blocks = layout.blocks
        self.stated = stated
        # the template of a single page says nothing
        self.template = template if template and template.pages > 1 else None
        self.headline = headline
        self.headline_index = headline.block.index if headline and headline.block else None
        self.boxes, self.ranges = find_boxes(self.blocks)
        self.texts = [block.text for block in self.blocks]
        self.text_lengths = np.array(list(map(len, self.texts)))
        link_chars = np.array([block.link_chars for block in self.blocks])
        self.densities = link_chars / self.text_lengths
        self.signs = read_text_signs(self.texts)
        self.lengths = measure_text(self.text_lengths, link_chars, self.signs.wide)
        self.zones = np.array([block.zone for block in self.blocks])
        kinds = [block.kind for block in self.blocks]
        is_heading = np.array([kind == BlockKind.HEADING for kind in kinds])
        # the index of the heading above each block, or -1
        headings = np.where(is_heading, np.arange(len(self.blocks)), -1)
        self.heading_above = np.concatenate(((-1,), np.maximum.accumulate(headings)[:-1]))
        self.groups = self.find_groups(kinds)
        self.text_ids, self.text_counts = _count_repeated_texts(self.texts)
        # for each box the number of its path, and how many boxes have that path
        numbers: dict[int, int] = {}
        self.path_of_box = np.array([numbers.setdefault(box.path_hash, len(numbers)) for box in self.boxes])
        self.boxes_with_path = np.bincount(self.path_of_box)[self.path_of_box]
        self.read_template()
        is_repeated = (self.standing == RECURS_APART) & (self.pages >= _MIN_REPEATED_SHARE * self.pages_at)
        is_prose = is_prose_length(self.lengths, self.signs.endings)
        self.appearance = np.where(is_prose, LOOKS_LIKE_PROSE, LOOKS_LIKE_LABEL)
        self.appearance[is_heading] = LOOKS_LIKE_HEADING
        self.appearance[is_repeated] = LOOKS_REPEATED
        self.appearance[self.densities > 0.5] = LOOKS_LIKE_LINK
        self.measure_prose()

    def get_arrays(self) -> BlockArrays:
        return BlockArrays(
            self.ranges,
            self.text_lengths,
            self.appearance,
            self.standing,
            self.lengths,
            self.path_of_box,
            self.boxes_with_path,
            self.groups,
            self.heading_above,
            self.text_ids,
            self.text_counts,
        )

    def find_blocks_in_dialogs(self) -> list[int]:
        """Return the indices of the blocks in dialogs and requests for consent."""
        ranges = self.ranges
        dialogs = [number for number, box in enumerate(self.boxes) if box.zone & Zone.HIDDEN and is_dialog(box)]
        return [at for number in dialogs for at in range(ranges.starts[number], ranges.ends[number])]

    def find_site_texts(self) -> NDArray[np.bool_]:
        """Return whether each block is a long text that stands apart from all new text, on more than half of the site's pages."""
        if self.template is None:
            return np.zeros(len(self.blocks), dtype=bool)
        is_common = (self.pages >= _MIN_PAGES_WITH_SITE_TEXT) & (self.pages * 2 > self.template.pages)
        found: NDArray[np.bool_] = is_common & (self.standing == RECURS_APART) & (self.lengths >= MIN_PROSE_LETTERS)
        return found

    def find_groups(self, kinds: Sequence[str]) -> IntArray:
        """Return for each row or item a number of its table or list; -1 for other blocks."""
        tags = np.array([_NUMBER_BY_GROUP_TAG.get(box.tag, -1) for box in self.boxes])
        is_grouped = np.array([kind in _GROUPED_KINDS for kind in kinds])
        box, parents = self.ranges.box_of_block, self.ranges.parents
        group = box
        for _ in range(_MAX_GROUP_LEVELS):
            group = np.where(tags[group] >= 0, group, parents[group])
        return np.where(is_grouped & (tags[group] >= 0), group * len(GROUP_TAGS) + tags[group], -1)

    def read_template(self) -> None:
        """Set how often each text and its place are on the site, and how the text stands to the new texts of the page."""
        template, count = self.template, len(self.blocks)
        zeros = np.zeros(count, dtype=int)
        self.pages, self.pages_at, self.standing, self.newness = zeros, zeros + 1, zeros, np.zeros((2, count))
        self.varieties = np.zeros(count)
        if template is None:
            return
        copies = self.count_copies(template)
        self.pages = np.array([max(1, template.count_pages_with(block) - copies) for block in self.blocks])
        with_text, box = np.unique(self.ranges.box_of_block, return_inverse=True)
        boxes = [self.boxes[number] for number in with_text.tolist()]
        places = [(template.count_pages_at(each) - copies, template.get_variety(each)) for each in boxes]
        pages_at, varieties = (np.array(column)[box] for column in zip(*places, strict=True))
        self.pages_at, self.varieties = np.maximum(self.pages, pages_at), varieties
        self._compare_with_new_texts()

    def _compare_with_new_texts(self) -> None:
        """Set whether there is new text before and after each text in its container.

        What recurs amid new text is the release's, though other releases have it too; a sentence of the site's own stands apart,
        or at the edge of the text at most.
        """
        ranges, at = self.ranges, np.arange(len(self.blocks))
        new = np.where(self.pages < 2, self.lengths, 0)
        new[new < _MIN_NEW_CHARS] = 0
        if self.headline is not None:
            new[[block.index for block in self.headline.blocks]] = 0
        sums = np.concatenate(((0.0,), np.cumsum(new)))
        chars = np.concatenate(((0.0,), np.cumsum(self.lengths + 1)))
        box, own = ranges.box_of_block, np.zeros_like(at)
        before, after = np.zeros(len(at), dtype=bool), np.zeros(len(at), dtype=bool)
        for level in range(2):
            box = ranges.find_containers(box, own + 1)
            starts, ends = ranges.starts[box], ranges.ends[box]
            own = ends - starts
            inside = sums[ends] - sums[starts] - new
            self.newness[level] = inside / np.maximum(1.0, chars[ends] - chars[starts] - self.lengths)
            dense = self.newness[level] > 0.1
            before |= dense & (sums[at] - sums[starts] > 0)
            after |= dense & (sums[ends] - sums[at + 1] > 0)
        recurring = np.where(before & after, RECURS_AMID, np.where(before | after, RECURS_NEXT, RECURS_APART))
        self.standing = np.where(self.pages < 2, NEW, recurring)

    def count_copies(self, template: SiteTemplate) -> int:
        """Return on how many further pages the article is, told by its headline; 0 if half of the pages have that."""
        headline = self.headline.block if self.headline else None
        pages = template.count_pages_with(headline) if headline else 1
        return pages - 1 if 1 < pages <= _MAX_SHARE_OF_COPIES * template.pages else 0

    def measure_prose(self) -> None:
        """Sum up the prose by box, of near blocks only, and by path."""
        ranges = self.ranges
        prose = np.flatnonzero(self.appearance == LOOKS_LIKE_PROSE)
        lengths, box = self.lengths[prose], ranges.box_of_block[prose]
        self.prose = 1.0 + lengths.sum()
        by_path = np.bincount(self.path_of_box[box], lengths, len(self.path_of_box))
        self.prose_at = by_path[self.path_of_box]
        self.prose_in = np.zeros(len(ranges.parents))
        for _ in range(_NEAR_BOXES):
            self.prose_in += np.bincount(box, lengths, len(ranges.parents))
            inner = ranges.parents[box] != box
            lengths, box = lengths[inner], ranges.parents[box[inner]]

    def get_prose_shares(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return for each block the share of the page's prose in the parent box, and the largest in the box and three around."""
        box, parents, share = self.ranges.box_of_block, self.ranges.parents, self.prose_in / self.prose
        one = parents[box]
        two = parents[one]
        return share[one], np.max((share[box], share[one], share[two], share[parents[two]]), axis=0)


def _count_repeated_texts(texts: Sequence[str]) -> tuple[IntArray, IntArray]:
    """Return BlockArrays.text_ids and text_counts."""
    counts = Counter(texts)
    ids, counted = np.full(len(texts), -1), np.ones(len(texts), dtype=int)
    if len(counts) == len(texts):
        return ids, counted
    numbers: dict[str, int] = {}
    for at, text in enumerate(texts):
        if (count := counts[text]) > 1:
            counted[at] = count
            if len(text) >= _MIN_REPEATED_LENGTH:
                ids[at] = numbers.setdefault(text, len(numbers))
    return ids, counted
