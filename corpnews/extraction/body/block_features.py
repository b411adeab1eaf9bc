"""Features of a block by itself: its text, its boxes, its position on the page, and how common its text is on the site.

Each feature is a small integer from 0, the index of a weight in the feature's table. They are computed feature by feature for
all blocks of a page at once: numpy needs a fifth of the time of a loop over the blocks.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

import numpy as np

from corpnews.page.layout import BlockKind

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from corpnews.extraction.site_template import SiteTemplate
    from corpnews.page.layout import Block, Box, Layout

# An integer for each block, or for each block and feature.
IntArray: TypeAlias = "NDArray[np.int_]"

BLOCK_FEATURES: Final = (
    "size and links|ending|kind|tag|parent tag|site|variety|headline|position|before|after|box|near boxes|path|commas|"
    "bold|signs|links|structured data"
).split("|")

_SIZE_BINS: Final = np.array((8, 20, 45, 80, 140, 250, 500))
_LINK_DENSITY_BINS: Final = np.array((0.05, 0.25, 0.6, 0.95))
_PAGE_SHARE_BINS: Final = np.array((0.02, 0.06, 0.12, 0.25, 0.5))
_PROSE_SHARE_BINS: Final = np.array((0.001, 0.05, 0.15, 0.3, 0.5, 0.7, 0.9))
_HEADLINE_DISTANCE_BINS: Final = np.array((-20, -6, -2, 0, 1, 2, 4, 10, 25, 60))
_COMMA_BINS: Final = np.array((1, 2, 4))
_BOLD_BINS: Final = np.array((0.1, 0.95))

_END_OF_SENTENCE = re.compile(r"[.!?。！？…؟।][\"'”’»」』)）\]]*$")
_CJK_RUN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
_DIGIT = re.compile(r"\d")
_OTHER_COMMAS: Final = "，、،"
_COPYRIGHT_SIGNS: Final = ("©", "(c)", "all rights reserved", "版权")
_URL_PREFIXES: Final = ("http://", "https://", "www.")
# One character of Chinese, Japanese or Korean counts as this many letters.
_CJK_WEIGHT: Final = 2.5
# A text of the first number of letters is prose; of the second number, if it ends like a sentence.
_MIN_PROSE_LETTERS: Final = 80
MIN_SENTENCE_LETTERS: Final = 30
# A text on this share of a site's pages counts as repeated.
_MIN_REPEATED_SHARE: Final = 0.2
# Number of boxes around a block that its prose is added to.
_NEAR_BOXES: Final = 4
# The start of a text is compared with the structured data; shorter texts are not compared, they could occur anywhere.
_COMPARED_START: Final = 30
_MIN_COMPARED_LENGTH: Final = 20
_MAX_SEARCHED_FOR_SIGNS: Final = 300
_MAX_CACHED_TEXT: Final = 100

_ENDS_SENTENCE, _ENDS_WITH_COLON, _ENDS_WITH_COMMA, _ENDS_OPEN, _ENDS_WITH_ELLIPSIS = range(5)
_ELLIPSES: Final = ("…", "...", "…]", "...]", "…)", "...)")
_ENDING_BY_CHARACTER: Final = {":": _ENDS_WITH_COLON, "：": _ENDS_WITH_COLON, ",": _ENDS_WITH_COMMA, "，": _ENDS_WITH_COMMA}
_LOOKS_LIKE_PROSE, _LOOKS_LIKE_LABEL, _LOOKS_LIKE_LINK, _LOOKS_LIKE_HEADING, _LOOKS_REPEATED = range(5)
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


def get_bins(steps: NDArray[Any], values: ArrayLike) -> IntArray:
    """Return for each value the number of steps that it has reached."""
    return steps.searchsorted(values, side="right")


class TextSigns(NamedTuple):
    """How a text ends, its numbers of CJK characters and commas, the class of its signs, and whether it is in capitals."""

    ending: int
    wide: int
    commas: int
    signs: int
    capitals: bool


def _read_text_signs(text: str) -> TextSigns:
    """Return the signs of a text; those of short texts are cached, because menus are on all pages of a site."""
    return _compute_text_signs_cached(text) if len(text) <= _MAX_CACHED_TEXT else _compute_text_signs(text)


def _compute_text_signs(text: str) -> TextSigns:
    return TextSigns(_classify_ending(text), _count_wide(text), _count_commas(text), _classify_signs(text), text.isupper())


_compute_text_signs_cached = lru_cache(maxsize=10_000)(_compute_text_signs)


def _measure_text(block: Block, wide: int) -> float:
    """Return the length of the block's text outside links in letters; each of its `wide` CJK characters counts as several."""
    length = float(len(block.text) - block.link_chars)
    return length + wide * (_CJK_WEIGHT - 1) * (1 - block.link_density) if wide else length


def _classify_ending(text: str) -> int:
    if text.endswith(_ELLIPSES):
        return _ENDS_WITH_ELLIPSIS
    return (
        _ENDS_SENTENCE if _END_OF_SENTENCE.search(text, max(0, len(text) - 8)) else _ENDING_BY_CHARACTER.get(text[-1], _ENDS_OPEN)
    )


def is_prose(block: Block) -> bool:
    """Return whether the block is prose rather than a label or a link."""
    text = block.text
    return block.link_density <= 0.5 and _is_prose_length(_measure_text(block, _count_wide(text)), _classify_ending(text))


def _is_prose_length(length: float, end: int) -> bool:
    return length >= _MIN_PROSE_LETTERS or (length >= MIN_SENTENCE_LETTERS and end in (_ENDS_SENTENCE, _ENDS_WITH_ELLIPSIS))


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


class PageBlocks:
    """The blocks of a page with their measurements, their appearance, and the amount of prose by box and by path."""

    def __init__(
        self, layout: Layout, template: SiteTemplate | None, headline: Block | None, stated: StatedBody = NO_STATED_BODY
    ) -> None:
        self.blocks = layout.blocks
        self.stated = stated
        # the template of a single page says nothing
        self.template = template if template and template.pages > 1 else None
        self.headline = headline.index if headline else None
        self.densities = [block.link_chars / len(block.text) for block in self.blocks]
        self.text_signs = [_read_text_signs(block.text) for block in self.blocks]
        self.lengths = [_measure_text(block, words.wide) for block, words in zip(self.blocks, self.text_signs, strict=True)]
        self.pages = [self.template.count_pages_with(block) if self.template else 0 for block in self.blocks]
        self.appearance = [self.classify_appearance(number) for number in range(len(self.blocks))]
        self.prose = 1.0
        self.prose_in: dict[Box, float] = {}
        self.prose_at: dict[int, float] = {}
        for block, length, appearance in zip(self.blocks, self.lengths, self.appearance, strict=True):
            if appearance == _LOOKS_LIKE_PROSE:
                self.add_prose(block.box, length)

    def classify_appearance(self, number: int) -> int:
        if self.densities[number] > 0.5:
            return _LOOKS_LIKE_LINK
        if self.template and 1 < self.pages[number] >= _MIN_REPEATED_SHARE * self.template.pages:
            return _LOOKS_REPEATED
        if self.blocks[number].kind is BlockKind.HEADING:
            return _LOOKS_LIKE_HEADING
        return _LOOKS_LIKE_PROSE if _is_prose_length(self.lengths[number], self.text_signs[number].ending) else _LOOKS_LIKE_LABEL

    def get_appearance_and_novelty(self) -> IntArray:
        """Return for each block its appearance, and 0 without a template, 1 if the text is new on the site, 2 if it is known."""
        known = (np.array(self.pages) >= 2) + (1 if self.template else 0)
        return np.column_stack((self.appearance, known))

    def add_prose(self, box: Box, length: float) -> None:
        self.prose += length
        self.prose_at[box.path_hash] = self.prose_at.get(box.path_hash, 0.0) + length
        for ancestor in islice(box.ancestors(), _NEAR_BOXES):
            self.prose_in[ancestor] = self.prose_in.get(ancestor, 0.0) + length

    def get_prose_shares(self, box: Box) -> tuple[float, float]:
        """Return the share of the page's prose in the parent box, and the largest share in the box and the three around it."""
        parent = box.parent or box
        grandparent = parent.parent or parent
        within = self.prose_in.get
        first = within(parent, 0.0)
        largest = max(within(box, 0.0), first, within(grandparent, 0.0), within(grandparent.parent or grandparent, 0.0))
        return first / self.prose, largest / self.prose


def compute_block_features(page: PageBlocks) -> IntArray:
    """Return the features in the order of BLOCK_FEATURES, a row for each block."""
    blocks, boxes = page.blocks, [block.box for block in page.blocks]
    sizes, numbers = get_bins(_SIZE_BINS, page.lengths), np.arange(len(blocks))
    endings, _, commas, signs, capitals = np.array(page.text_signs).T
    first, largest = zip(*map(page.get_prose_shares, boxes), strict=True)
    before, after = _compute_neighbour_features(page)
    return np.column_stack(
        (
            sizes * (len(_LINK_DENSITY_BINS) + 1) + get_bins(_LINK_DENSITY_BINS, page.densities),
            endings * 3 + (sizes > 1) + (sizes > 3),
            [
                _NUMBER_BY_KIND[box.kind] + (len(_NUMBER_BY_KIND) + box.level if box.kind is BlockKind.HEADING else 0)
                for box in boxes
            ],
            [_NUMBER_BY_TAG.get(box.tag, 0) for box in boxes],
            [_NUMBER_BY_TAG.get((box.parent or box).tag, 0) for box in boxes],
            *_compute_site_features(page),
            0 * numbers if page.headline is None else 1 + get_bins(_HEADLINE_DISTANCE_BINS, numbers - page.headline),
            10 * numbers // len(blocks),
            before,
            after,
            get_bins(_PROSE_SHARE_BINS, first),
            get_bins(_PROSE_SHARE_BINS, largest),
            get_bins(_PROSE_SHARE_BINS, [page.prose_at.get(box.path_hash, 0.0) / page.prose for box in boxes]),
            get_bins(_COMMA_BINS, commas),
            get_bins(_BOLD_BINS, [block.bold_chars / len(block.text) for block in blocks]) * 2
            + [block.is_after_line_break for block in blocks],
            signs,
            np.minimum(3, [block.links for block in blocks]) * 2 + capitals,
            [page.stated.compare(block.text) for block in blocks] if any(page.stated) else 0 * numbers,
        )
    )


def _compute_site_features(page: PageBlocks) -> tuple[IntArray, IntArray]:
    """Return for each block on what share of the site's pages its text is, and how varied the texts at its path are.

    Long texts have bins of their own. Both features are 0 without a template.
    """
    zeros = np.zeros(len(page.blocks), dtype=int)
    if page.template is None:
        return zeros, zeros
    pages = np.array(page.pages)
    shares = np.where(pages < 2, 1, 2 + get_bins(_PAGE_SHARE_BINS, pages / page.template.pages))
    varieties = [page.template.get_variety(block) for block in page.blocks]
    return shares + 8 * (np.array(page.lengths) >= _MIN_PROSE_LETTERS), get_bins(_PROSE_SHARE_BINS, varieties) + 1


def _compute_neighbour_features(page: PageBlocks) -> tuple[IntArray, IntArray]:
    """Return the appearance of the blocks before and after, and whether they are in the same box; 0 at the page's ends."""
    appearance, parents = np.array(page.appearance), np.array([id(block.box.parent) for block in page.blocks])
    together = parents[1:] == parents[:-1]
    before, after = np.zeros_like(appearance), np.zeros_like(appearance)
    before[1:] = 1 + appearance[:-1] * 2 + together
    after[:-1] = 1 + appearance[1:] * 2 + together
    return before, after


def _count_wide(text: str) -> int:
    return 0 if text.isascii() else sum(map(len, _CJK_RUN.findall(text)))


def _count_commas(text: str) -> int:
    return text.count(",") + (0 if text.isascii() else sum(map(text.count, _OTHER_COMMAS)))


def _classify_signs(text: str) -> int:
    """Return the number of digits, addresses and copyright signs at the text's start, at most 3; plus 4 with a copyright sign."""
    start = text[:_MAX_SEARCHED_FOR_SIGNS].lower()
    signs = len(_DIGIT.findall(start)) + start.count("@")
    if "://" in start or "www." in start:
        signs += sum(map(start.count, _URL_PREFIXES))
    rights = sum(map(start.count, _COPYRIGHT_SIGNS))
    return min(3, signs + rights) + (4 if rights else 0)
