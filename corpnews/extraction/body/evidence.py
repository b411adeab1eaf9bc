"""What speaks for and against a block by itself: its text, its boxes, its place on the page and on the site.

Each trait is a small number from 0 up, with which the model looks up a weight in the trait's table.
"""

from __future__ import annotations

import re
from bisect import bisect
from itertools import islice
from typing import TYPE_CHECKING, Final

from corpnews.extraction.blocks import Kind

if TYPE_CHECKING:
    from corpnews.extraction.blocks import Block, Box, Layout
    from corpnews.extraction.template import SiteTemplate

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
)

SIZES: Final = (8, 20, 45, 80, 140, 250, 500)
DENSITIES: Final = (0.05, 0.25, 0.6, 0.95)
SHARES: Final = (0.02, 0.06, 0.12, 0.25, 0.5)
PARTS: Final = (0.001, 0.05, 0.15, 0.3, 0.5, 0.7, 0.9)
DISTANCES: Final = (-20, -6, -2, 0, 1, 2, 4, 10, 25, 60)
COMMAS: Final = (1, 2, 4)
BOLDNESS: Final = (0.1, 0.95)

SENTENCE_END = re.compile(r"[.!?。！？…؟।][\"'”’»」』)）\]]*$")
WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
DIGIT = re.compile(r"\d")
COMMAS_OF_SCRIPTS: Final = "，、،"
COPYRIGHT: Final = ("©", "(c)", "all rights reserved", "版权")
ADDRESS: Final = ("http://", "https://", "www.", "@")
# One character of Chinese, Japanese or Korean says about as much as so many letters.
WIDE_WORTH: Final = 2.5
# A text of so many letters reads as prose; a shorter one does if it ends like a sentence.
LONG: Final = 80
SHORT: Final = 30
# A text on this share of a site's pages is likely the site's.
COMMON: Final = 0.2
# So many of the boxes around a block are its surroundings.
NEAR: Final = 4
SIGNS_WITHIN: Final = 300

SENTENCE, COLON, COMMA_END, OPEN = range(4)
ENDINGS: Final = {":": COLON, "：": COLON, ",": COMMA_END, "，": COMMA_END}
PROSE, LABEL, LINK, HEADING, REPEATED = range(5)
KINDS: Final = {kind: number for number, kind in enumerate(Kind)}
TAG_NAMES: Final = "p div li td span section article main h1 h2 h3 h4 dd figure center font body"
TAGS: Final = {tag: number for number, tag in enumerate(TAG_NAMES.split(), 1)}


def worth(block: Block) -> float:
    """The length of the block's text outside links, in letters of an alphabet."""
    text = block.text
    length = float(len(text) - block.link_chars)
    if not text.isascii():
        length += sum(map(len, WIDE.findall(text))) * (WIDE_WORTH - 1) * (1 - block.link_density)
    return length


def ending(text: str) -> int:
    return SENTENCE if SENTENCE_END.search(text, max(0, len(text) - 8)) else ENDINGS.get(text[-1], OPEN)


def is_prose(block: Block) -> bool:
    """Whether the block reads as sentences rather than as a label or a link."""
    return block.link_density <= 0.5 and reads_as_prose(worth(block), ending(block.text))


def reads_as_prose(length: float, end: int) -> bool:
    return length >= LONG or (length >= SHORT and end == SENTENCE)


class Surroundings:
    """What the blocks of a page have in common: how they look beside each other, and where the page's prose stands."""

    def __init__(self, layout: Layout, template: SiteTemplate | None, headline: Block | None) -> None:
        self.blocks = layout.blocks
        # one page alone has nothing in common with others
        self.template = template if template and template.pages > 1 else None
        self.headline = headline.index if headline else None
        self.worths = [worth(block) for block in self.blocks]
        self.ends = [ending(block.text) for block in self.blocks]
        self.pages = [self.template.pages_with(block) if self.template else 0 for block in self.blocks]
        self.looks = [self.look(number) for number in range(len(self.blocks))]
        self.prose = 1.0
        self.prose_in: dict[Box, float] = {}
        self.prose_at: dict[int, float] = {}
        for block, length, look in zip(self.blocks, self.worths, self.looks, strict=True):
            if look == PROSE:
                self.add_prose(block.box, length)

    def look(self, number: int) -> int:
        block = self.blocks[number]
        if block.link_density > 0.5:
            return LINK
        if self.template and 1 < self.pages[number] >= COMMON * self.template.pages:
            return REPEATED
        if block.kind is Kind.HEADING:
            return HEADING
        return PROSE if reads_as_prose(self.worths[number], self.ends[number]) else LABEL

    def sight(self, number: int) -> tuple[int, int]:
        """How the block looks, and its text: 0 if nothing is known of the site, 1 if it is new there, 2 if it is known."""
        if self.template is None:
            return self.looks[number], 0
        return self.looks[number], 1 if self.pages[number] < 2 else 2

    def add_prose(self, box: Box, length: float) -> None:
        self.prose += length
        self.prose_at[box.place] = self.prose_at.get(box.place, 0.0) + length
        for near in islice(box.ancestors(), NEAR):
            self.prose_in[near] = self.prose_in.get(near, 0.0) + length


def block_traits(around: Surroundings, number: int) -> tuple[int, ...]:
    """The traits of one block, in the order of BLOCK_TRAITS."""
    block = around.blocks[number]
    box, text = block.box, block.text
    parent = box.parent or box
    size, density = bisect(SIZES, around.worths[number]), block.link_density
    near = [around.prose_in.get(each, 0.0) / around.prose for each in islice(box.ancestors(), NEAR)]
    return (
        size * (len(DENSITIES) + 1) + bisect(DENSITIES, density),
        around.ends[number] * 3 + (size > 1) + (size > 3),
        KINDS[box.kind] + (len(KINDS) + box.level if box.kind is Kind.HEADING else 0),
        TAGS.get(box.tag, 0),
        TAGS.get(parent.tag, 0),
        site_trait(around, number),
        bisect(PARTS, around.template.variety(block)) + 1 if around.template else 0,
        0 if around.headline is None else 1 + bisect(DISTANCES, number - around.headline),
        10 * number // len(around.blocks),
        neighbour_trait(around, number, number - 1),
        neighbour_trait(around, number, number + 1),
        bisect(PARTS, near[min(1, len(near) - 1)]),
        bisect(PARTS, max(near)),
        bisect(PARTS, around.prose_at.get(box.place, 0.0) / around.prose),
        bisect(COMMAS, commas(text)),
        bisect(BOLDNESS, block.bold_chars / len(text)) * 2 + block.soft,
        sign_trait(text),
        min(3, block.links) * 2 + text.isupper(),
    )


def site_trait(around: Surroundings, number: int) -> int:
    """On what share of the site's pages the text stands, long texts apart; 0 if nothing is known of the site."""
    if around.template is None:
        return 0
    pages = around.pages[number]
    share = 1 if pages < 2 else 2 + bisect(SHARES, pages / around.template.pages)
    return share + (8 if around.worths[number] >= LONG else 0)


def neighbour_trait(around: Surroundings, number: int, other: int) -> int:
    """How the block before or behind looks, and whether it stands in the same box; 0 at the page's ends."""
    if not 0 <= other < len(around.blocks):
        return 0
    together = around.blocks[other].box.parent is around.blocks[number].box.parent
    return 1 + around.looks[other] * 2 + together


def commas(text: str) -> int:
    return text.count(",") + (0 if text.isascii() else sum(map(text.count, COMMAS_OF_SCRIPTS)))


def sign_trait(text: str) -> int:
    """Digits, addresses and copyright signs at the start of the text: up to three, and whether one is a copyright sign."""
    start = text[:SIGNS_WITHIN].lower()
    rights = sum(map(start.count, COPYRIGHT))
    signs = rights + len(DIGIT.findall(start)) + sum(map(start.count, ADDRESS))
    return min(3, signs) + (4 if rights else 0)
