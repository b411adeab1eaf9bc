"""The model that gives the log-odds of each block to be in the article.

Two linear models in sequence: the log-odds are the sum of one weight per feature. The second model sees the result of the first.
The weights in weights.json, a list for each feature by its name, were fitted by logistic regression to pages whose article text
is known (tests/benchmarks/fit_body.py).
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

import numpy as np

from corpnews.extraction.body.context import CONTEXT_TRAITS, Context
from corpnews.extraction.body.evidence import BLOCK_TRAITS, Surroundings, block_traits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from corpnews.extraction.blocks import Block, Layout
    from corpnews.extraction.body.evidence import Numbers, Stated
    from corpnews.extraction.template import SiteTemplate

ZONES: Final = 12
# More than the values of any feature.
MOST_TRAITS: Final = 64
DECIMALS: Final = 3
ZONE_TABLES: Final = ("zone", "near zone")


class Stage:
    """One linear model: a constant, a table of weights for each feature, and a weight for each zone bit."""

    def __init__(self, table: dict[str, list[float]], traits: Sequence[str]) -> None:
        self.constant = table["constant"][0]
        self.weights = np.array([table[name] + [0.0] * (MOST_TRAITS - len(table[name])) for name in traits])
        self.zone_bits, self.near_bits = (table[name] for name in ZONE_TABLES)
        self.zones: dict[tuple[int, int], float] = {}

    def leans(self, traits: Numbers, zones: Sequence[tuple[int, int]]) -> NDArray[np.float64]:
        """Return the log-odds of blocks with these features, a row for each block, and zones."""
        by_trait = self.weights[np.arange(len(self.weights)), traits].sum(axis=1)
        by_zone = np.array([self.zone_weight(each) for each in zones])
        # rounded to the weights' decimals, so that the order of summation cannot move a sum across the edge of a bin
        return np.asarray(np.round(self.constant + by_trait + by_zone, DECIMALS), dtype=np.float64)

    def zone_weight(self, zones: tuple[int, int]) -> float:
        if zones not in self.zones:
            self.zones[zones] = summed(self.zone_bits, zones[0]) + summed(self.near_bits, zones[1])
        return self.zones[zones]


def summed(weights: Sequence[float], bits: int) -> float:
    return sum(weight for bit, weight in enumerate(weights) if bits >> bit & 1)


@cache
def stages() -> tuple[Stage, Stage]:
    text = files("corpnews.extraction.body").joinpath("weights.json").read_text(encoding="utf-8")
    tables = json.loads(text)
    return Stage(tables["block"], BLOCK_TRAITS), Stage(tables["context"], CONTEXT_TRAITS + BLOCK_TRAITS)


def chances(leans: NDArray[np.float64]) -> NDArray[np.float64]:
    """Convert log-odds to probabilities."""
    return 1 / (1 + np.exp(-np.clip(leans, -30, 30)))


def zones_of(block: Block) -> tuple[int, int]:
    """Return the zone bits of all boxes around the block, and those of the innermost two."""
    box = block.box
    return box.zone, box.hint | (box.parent.hint if box.parent else 0)


def leans(layout: Layout, template: SiteTemplate | None, headline: Block | None, stated: Stated) -> tuple[list[float], Context]:
    """Return for each block the log-odds of being in the article, and the context. The layout must have a block."""
    alone, together = stages()
    around = Surroundings(layout, template, headline, stated)
    traits = block_traits(around)
    zones = [zones_of(block) for block in layout.blocks]
    first = alone.leans(traits, zones)
    context = Context(layout.blocks, first, chances(first), around.sights())
    second: list[float] = together.leans(np.hstack((context.traits(), traits)), zones).tolist()
    return second, context
