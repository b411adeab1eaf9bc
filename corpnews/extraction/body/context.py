"""What speaks for and against a block among the others, once each has been weighed by itself.

A block's lean is the log-odds of its being in the article. The traits are numbers from 0 up, as in evidence.py.
"""

from __future__ import annotations

from bisect import bisect
from collections import defaultdict
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpnews.extraction.blocks import Block, Box

CONTEXT_TRAITS: Final = (
    "lean",
    "both sides",
    "lean and before",
    "lean and after",
    "best around",
    "mean around",
    "share in box",
    "share in box 1",
    "share in box 2",
    "share in box 3",
    "share in box 5",
    "part of all 1",
    "part of all 2",
    "part of all 3",
    "in best box",
    "within",
    "within and distance",
    "depth",
    "lean and size",
    "lean at home",
    "look at home",
)

LEANS: Final = (-4, -2.5, -1.5, -0.7, 0, 0.7, 1.5, 2.5, 4)
COARSE: Final = (-2, -0.5, 0.5, 2)
SHARES: Final = (0.001, 0.02, 0.08, 0.2, 0.4, 0.6, 0.8, 0.95)
SIZES: Final = (8, 20, 45, 80, 140, 250, 500)
STEPS: Final = (0, 1, 2, 4, 8, 16, 32)
MOST_LEAN: Final = 5.0
NOWHERE: Final = -6.0
# Past the page's ends there is no lean: a bin of its own.
NONE: Final = len(COARSE) + 1
# A long block counts no more than this many characters.
MOST_CHARS: Final = 400
SURE_LEAN: Final = 0.7
SURE_CHARS: Final = 60
BEFORE, WITHIN, BEHIND = range(3)


class Context:
    """Sums of the blocks' leans over boxes, and where the article surely stands.

    `sights` are the blocks' looks and what the site knows of their texts, as Surroundings.sight tells them.
    """

    def __init__(
        self,
        blocks: Sequence[Block],
        leans: Sequence[float],
        chances: Sequence[float],
        sights: Sequence[tuple[int, int]],
    ) -> None:
        self.blocks = blocks
        self.sights = sights
        self.leans = [max(-MOST_LEAN, min(MOST_LEAN, lean)) for lean in leans]
        self.coarse = [bisect(COARSE, lean) for lean in self.leans]
        self.likely: defaultdict[Box, float] = defaultdict(float)
        self.chars: defaultdict[Box, float] = defaultdict(float)
        self.speaks: defaultdict[Box, float] = defaultdict(float)
        self.counts: defaultdict[Box, int] = defaultdict(int)
        self.total = 1.0
        for block, lean, chance in zip(blocks, self.leans, chances, strict=True):
            self.add(block, lean, chance)
        self.best = max(self.speaks, key=lambda box: (self.speaks[box], box.depth))
        # a paragraph that is the whole article is at home in the box that its fellows would stand in
        self.home = self.best.parent if self.counts[self.best] == 1 and self.best.parent else self.best
        self.above_best = set(self.best.ancestors())
        sure = [n for n, lean in enumerate(self.leans) if lean > SURE_LEAN and len(blocks[n].text) >= SURE_CHARS]
        self.first, self.last = (sure[0], sure[-1]) if sure else (len(blocks), -1)

    def add(self, block: Block, lean: float, chance: float) -> None:
        length = len(block.text)
        chars = min(length, MOST_CHARS)
        spoken = lean * length**0.7
        self.total += chance * chars
        for box in block.box.ancestors():
            self.likely[box] += chance * chars
            self.chars[box] += chars
            self.speaks[box] += spoken
            self.counts[box] += 1

    def traits(self, number: int) -> tuple[int, ...]:
        """The traits of one block, in the order of CONTEXT_TRAITS."""
        block, lean, own = self.blocks[number], self.leans[number], self.coarse[number]
        before = self.coarse[number - 1] if number else NONE
        after = self.coarse[number + 1] if number + 1 < len(self.blocks) else NONE
        boxes = list(block.box.ancestors())
        around = [boxes[min(step, len(boxes) - 1)] for step in (0, 1, 2, 3, 5)]
        where, distance = self.whereabouts(number)
        return (
            bisect(LEANS, lean),
            before * 6 + after,
            own * 6 + before,
            own * 6 + after,
            self.best_around(number),
            self.mean_around(number),
            *(bisect(SHARES, self.likely[box] / self.chars[box]) for box in around),
            *(bisect(SHARES, self.likely[box] / self.total) for box in around[1:4]),
            (self.best in boxes) * 5 + own,
            where * 5 + own,
            where * 10 + distance,
            self.depth(boxes),
            bisect(SIZES, len(block.text)) * 5 + own,
            *self.at_home(number, boxes),
        )

    def at_home(self, number: int, boxes: Sequence[Box]) -> tuple[int, int]:
        """Whether the block stands in the article's own box, by its lean and by its look, known and new texts apart."""
        look, known = self.sights[number]
        inside = self.home in boxes
        return inside * 15 + self.coarse[number] * 3 + known, inside * 15 + look * 3 + known

    def best_around(self, number: int) -> int:
        before = max(self.leans[max(0, number - 6) : number], default=NOWHERE)
        after = max(self.leans[number + 1 : number + 7], default=NOWHERE)
        return bisect(COARSE, before) * 6 + bisect(COARSE, after)

    def mean_around(self, number: int) -> int:
        before = sum(self.leans[max(0, number - 4) : number]) / 4 if number else NOWHERE
        after = sum(self.leans[number + 1 : number + 5]) / 4 if number + 1 < len(self.blocks) else NOWHERE
        return bisect(COARSE, before) * 6 + bisect(COARSE, after)

    def whereabouts(self, number: int) -> tuple[int, int]:
        """Whether the block is before, within or behind what is surely the article, and how far outside."""
        if number < self.first:
            return BEFORE, bisect(STEPS, self.first - number)
        if number > self.last:
            return BEHIND, bisect(STEPS, number - self.last)
        return WITHIN, bisect(STEPS, 0)

    def depth(self, boxes: Sequence[Box]) -> int:
        """How deep the block's box is in the best box; outside it, how many boxes up the two meet."""
        if self.best in boxes:
            return min(10, boxes[0].depth - self.best.depth + 1)
        return 11 + min(20, next((step for step, box in enumerate(boxes) if box in self.above_best), 0))
