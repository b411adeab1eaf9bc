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

from corpnews.extraction.blocks import Kind

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from corpnews.extraction.blocks import Block, Box, Layout
    from corpnews.extraction.template import SiteTemplate

# An integer for each block, or for each block and feature.
Numbers: TypeAlias = "NDArray[np.int_]"

BLOCK_TRAITS: Final = (
    "size and links",
    "ending",
    "kind",
    "tag",
    "parent tag",
    "site",
    "variety",
    "headline",
    "position",
    "before",
    "after",
    "box",
    "surroundings",
    "place",
    "commas",
    "bold",
    "signs",
    "links",
    "stated",
)

SIZES: Final = np.array((8, 20, 45, 80, 140, 250, 500))
DENSITIES: Final = np.array((0.05, 0.25, 0.6, 0.95))
SHARES: Final = np.array((0.02, 0.06, 0.12, 0.25, 0.5))
PARTS: Final = np.array((0.001, 0.05, 0.15, 0.3, 0.5, 0.7, 0.9))
DISTANCES: Final = np.array((-20, -6, -2, 0, 1, 2, 4, 10, 25, 60))
COMMAS: Final = np.array((1, 2, 4))
BOLDNESS: Final = np.array((0.1, 0.95))

SENTENCE_END = re.compile(r"[.!?。！？…؟।][\"'”’»」』)）\]]*$")
WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
DIGIT = re.compile(r"\d")
COMMAS_OF_SCRIPTS: Final = "，、،"
COPYRIGHT: Final = ("©", "(c)", "all rights reserved", "版权")
ADDRESS: Final = ("http://", "https://", "www.")
# One character of Chinese, Japanese or Korean counts as this many letters.
WIDE_WORTH: Final = 2.5
# A text of the first number of letters is prose; of the second number, if it ends like a sentence.
LONG: Final = 80
SHORT: Final = 30
# A text on this share of a site's pages counts as repeated.
COMMON: Final = 0.2
# Number of boxes around a block that its prose is added to.
NEAR: Final = 4
# The start of a text is compared with the structured data; shorter texts are not compared, they could occur anywhere.
STATED_START: Final = 30
SHORTEST_STATED: Final = 20
SIGNS_WITHIN: Final = 300
SHORT_TEXT: Final = 100

SENTENCE, COLON, COMMA_END, OPEN, ELLIPSIS = range(5)
ELLIPSES: Final = ("…", "...", "…]", "...]", "…)", "...)")
ENDINGS: Final = {":": COLON, "：": COLON, ",": COMMA_END, "，": COMMA_END}
PROSE, LABEL, LINK, HEADING, REPEATED = range(5)
KIND_ORDER: Final = (
    Kind.PARAGRAPH,
    Kind.HEADING,
    Kind.LIST_ITEM,
    Kind.TABLE_ROW,
    Kind.QUOTE,
    Kind.CODE,
    Kind.CAPTION,
)
KINDS: Final = {kind: number for number, kind in enumerate(KIND_ORDER)}
TAG_NAMES: Final = "p div li td span section article main h1 h2 h3 h4 dd figure center font body"
TAGS: Final = {tag: number for number, tag in enumerate(TAG_NAMES.split(), 1)}


def binned(steps: NDArray[Any], values: ArrayLike) -> Numbers:
    """Return for each value the number of steps that it has reached."""
    return steps.searchsorted(values, side="right")


class Wording(NamedTuple):
    """How a text ends, its numbers of CJK characters and commas, the class of its signs, and whether it is in capitals."""

    ending: int
    wide: int
    commas: int
    signs: int
    capitals: bool


def wording(text: str) -> Wording:
    """Return the signs of a text; those of short texts are cached, because menus are on all pages of a site."""
    return wording_of_short(text) if len(text) <= SHORT_TEXT else wording_of(text)


def wording_of(text: str) -> Wording:
    return Wording(ending(text), count_wide(text), count_commas(text), sign_trait(text), text.isupper())


wording_of_short = lru_cache(maxsize=10_000)(wording_of)


def worth(block: Block, wide: int) -> float:
    """Return the length of the block's text outside links in letters; each of its `wide` CJK characters counts as several."""
    length = float(len(block.text) - block.link_chars)
    return length + wide * (WIDE_WORTH - 1) * (1 - block.link_density) if wide else length


def ending(text: str) -> int:
    if text.endswith(ELLIPSES):
        return ELLIPSIS
    return SENTENCE if SENTENCE_END.search(text, max(0, len(text) - 8)) else ENDINGS.get(text[-1], OPEN)


def is_prose(block: Block) -> bool:
    """Return whether the block is prose rather than a label or a link."""
    text = block.text
    return block.link_density <= 0.5 and reads_as_prose(worth(block, count_wide(text)), ending(text))


def reads_as_prose(length: float, end: int) -> bool:
    return length >= LONG or (length >= SHORT and end in (SENTENCE, ELLIPSIS))


class Stated(NamedTuple):
    """The description and the article's text in the page's structured data; empty if there is none."""

    description: str = ""
    body: str = ""

    def trait(self, text: str) -> int:
        """Return a feature for whether description and body contain the text; 0 if it is too short or nothing is stated."""
        if len(text) < SHORTEST_STATED:
            return 0
        start, lead = text[:STATED_START], self.description[:STATED_START]
        described = 1 + (start in self.description or lead in text) if self.description else 0
        return described + 3 * (1 + (start in self.body) if self.body else 0)


NOTHING_STATED: Final = Stated()


class Surroundings:
    """The blocks of a page with their measurements, their appearance, and the amount of prose by box and by path."""

    def __init__(
        self, layout: Layout, template: SiteTemplate | None, headline: Block | None, stated: Stated = NOTHING_STATED
    ) -> None:
        self.blocks = layout.blocks
        self.stated = stated
        # the template of a single page says nothing
        self.template = template if template and template.pages > 1 else None
        self.headline = headline.index if headline else None
        self.densities = [block.link_chars / len(block.text) for block in self.blocks]
        self.wordings = [wording(block.text) for block in self.blocks]
        self.worths = [worth(block, words.wide) for block, words in zip(self.blocks, self.wordings, strict=True)]
        self.pages = [self.template.pages_with(block) if self.template else 0 for block in self.blocks]
        self.looks = [self.look(number) for number in range(len(self.blocks))]
        self.prose = 1.0
        self.prose_in: dict[Box, float] = {}
        self.prose_at: dict[int, float] = {}
        for block, length, look in zip(self.blocks, self.worths, self.looks, strict=True):
            if look == PROSE:
                self.add_prose(block.box, length)

    def look(self, number: int) -> int:
        if self.densities[number] > 0.5:
            return LINK
        if self.template and 1 < self.pages[number] >= COMMON * self.template.pages:
            return REPEATED
        if self.blocks[number].kind is Kind.HEADING:
            return HEADING
        return PROSE if reads_as_prose(self.worths[number], self.wordings[number].ending) else LABEL

    def sights(self) -> Numbers:
        """Return for each block its appearance, and 0 without a template, 1 if the text is new on the site, 2 if it is known."""
        known = (np.array(self.pages) >= 2) + (1 if self.template else 0)
        return np.column_stack((self.looks, known))

    def add_prose(self, box: Box, length: float) -> None:
        self.prose += length
        self.prose_at[box.place] = self.prose_at.get(box.place, 0.0) + length
        for near in islice(box.ancestors(), NEAR):
            self.prose_in[near] = self.prose_in.get(near, 0.0) + length

    def prose_near(self, box: Box) -> tuple[float, float]:
        """Return the share of the page's prose in the parent box, and the largest share in the box and the three around it."""
        one = box.parent or box
        two = one.parent or one
        within = self.prose_in.get
        first = within(one, 0.0)
        largest = max(within(box, 0.0), first, within(two, 0.0), within(two.parent or two, 0.0))
        return first / self.prose, largest / self.prose


def block_traits(around: Surroundings) -> Numbers:
    """Return the features in the order of BLOCK_FEATURES, a row for each block."""
    blocks, boxes = around.blocks, [block.box for block in around.blocks]
    sizes, numbers = binned(SIZES, around.worths), np.arange(len(blocks))
    endings, _, commas, signs, capitals = np.array(around.wordings).T
    first, largest = zip(*map(around.prose_near, boxes), strict=True)
    before, after = neighbour_traits(around)
    return np.column_stack(
        (
            sizes * (len(DENSITIES) + 1) + binned(DENSITIES, around.densities),
            endings * 3 + (sizes > 1) + (sizes > 3),
            [KINDS[box.kind] + (len(KINDS) + box.level if box.kind is Kind.HEADING else 0) for box in boxes],
            [TAGS.get(box.tag, 0) for box in boxes],
            [TAGS.get((box.parent or box).tag, 0) for box in boxes],
            *site_traits(around),
            0 * numbers if around.headline is None else 1 + binned(DISTANCES, numbers - around.headline),
            10 * numbers // len(blocks),
            before,
            after,
            binned(PARTS, first),
            binned(PARTS, largest),
            binned(PARTS, [around.prose_at.get(box.place, 0.0) / around.prose for box in boxes]),
            binned(COMMAS, commas),
            binned(BOLDNESS, [block.bold_chars / len(block.text) for block in blocks]) * 2 + [block.soft for block in blocks],
            signs,
            np.minimum(3, [block.links for block in blocks]) * 2 + capitals,
            [around.stated.trait(block.text) for block in blocks] if any(around.stated) else 0 * numbers,
        )
    )


def site_traits(around: Surroundings) -> tuple[Numbers, Numbers]:
    """Return for each block on what share of the site's pages its text is, and how varied the texts at its path are.

    Long texts have bins of their own. Both features are 0 without a template.
    """
    nothing = np.zeros(len(around.blocks), dtype=int)
    if around.template is None:
        return nothing, nothing
    pages = np.array(around.pages)
    shares = np.where(pages < 2, 1, 2 + binned(SHARES, pages / around.template.pages))
    varieties = [around.template.variety(block) for block in around.blocks]
    return shares + 8 * (np.array(around.worths) >= LONG), binned(PARTS, varieties) + 1


def neighbour_traits(around: Surroundings) -> tuple[Numbers, Numbers]:
    """Return the appearance of the blocks before and after, and whether they are in the same box; 0 at the page's ends."""
    looks, parents = np.array(around.looks), np.array([id(block.box.parent) for block in around.blocks])
    together = parents[1:] == parents[:-1]
    before, after = np.zeros_like(looks), np.zeros_like(looks)
    before[1:] = 1 + looks[:-1] * 2 + together
    after[:-1] = 1 + looks[1:] * 2 + together
    return before, after


def count_wide(text: str) -> int:
    return 0 if text.isascii() else sum(map(len, WIDE.findall(text)))


def count_commas(text: str) -> int:
    return text.count(",") + (0 if text.isascii() else sum(map(text.count, COMMAS_OF_SCRIPTS)))


def sign_trait(text: str) -> int:
    """Return the number of digits, addresses and copyright signs at the text's start, at most 3; plus 4 with a copyright sign."""
    start = text[:SIGNS_WITHIN].lower()
    signs = len(DIGIT.findall(start)) + start.count("@")
    if "://" in start or "www." in start:
        signs += sum(map(start.count, ADDRESS))
    rights = sum(map(start.count, COPYRIGHT))
    return min(3, signs + rights) + (4 if rights else 0)
