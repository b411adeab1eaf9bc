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

from corpnews.extraction.body.block_features import BLOCK_FEATURES, PageBlocks, compute_block_features
from corpnews.extraction.body.context_features import CONTEXT_FEATURES, PageContext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from corpnews.extraction.body.block_features import IntArray, StatedBody
    from corpnews.extraction.site_template import SiteTemplate
    from corpnews.page.layout import Block, Layout

ZONE_BITS: Final = 12
# More than the values of any feature.
_MAX_FEATURE_VALUES: Final = 64
_LOG_ODDS_DECIMALS: Final = 3
ZONE_TABLES: Final = ("zone", "zone of near boxes")


class LinearModel:
    """One linear model: a constant, a table of weights for each feature, and a weight for each zone bit."""

    def __init__(self, table: dict[str, list[float]], features: Sequence[str]) -> None:
        self.constant = table["constant"][0]
        self.weights = np.array([table[name] + [0.0] * (_MAX_FEATURE_VALUES - len(table[name])) for name in features])
        self.zone_bits, self.near_bits = (table[name] for name in ZONE_TABLES)
        self.zones: dict[tuple[int, int], float] = {}

    def compute(self, features: IntArray, zones: Sequence[tuple[int, int]]) -> NDArray[np.float64]:
        """Return the log-odds of blocks with these features, a row for each block, and zones."""
        by_trait = self.weights[np.arange(len(self.weights)), features].sum(axis=1)
        by_zone = np.array([self.zone_weight(each) for each in zones])
        # rounded to the weights' decimals, so that the order of summation cannot move a sum across the edge of a bin
        return np.asarray(np.round(self.constant + by_trait + by_zone, _LOG_ODDS_DECIMALS), dtype=np.float64)

    def zone_weight(self, zones: tuple[int, int]) -> float:
        if zones not in self.zones:
            self.zones[zones] = _sum_bit_weights(self.zone_bits, zones[0]) + _sum_bit_weights(self.near_bits, zones[1])
        return self.zones[zones]


def _sum_bit_weights(weights: Sequence[float], bits: int) -> float:
    return sum(weight for bit, weight in enumerate(weights) if bits >> bit & 1)


@cache
def _load_models() -> tuple[LinearModel, LinearModel]:
    text = files("corpnews.extraction.body").joinpath("weights.json").read_text(encoding="utf-8")
    tables = json.loads(text)
    return LinearModel(tables["block"], BLOCK_FEATURES), LinearModel(tables["context"], CONTEXT_FEATURES + BLOCK_FEATURES)


def to_probabilities(log_odds: NDArray[np.float64]) -> NDArray[np.float64]:
    """Convert log-odds to probabilities."""
    return 1 / (1 + np.exp(-np.clip(log_odds, -30, 30)))


def get_block_zones(block: Block) -> tuple[int, int]:
    """Return the zone bits of all boxes around the block, and those of the innermost two."""
    box = block.box
    return box.zone, box.own_zone | (box.parent.own_zone if box.parent else 0)


def compute_log_odds(
    layout: Layout, template: SiteTemplate | None, headline: Block | None, stated: StatedBody
) -> tuple[list[float], PageContext]:
    """Return for each block the log-odds of being in the article, and the context. The layout must have a block."""
    block_model, context_model = _load_models()
    page = PageBlocks(layout, template, headline, stated)
    features = compute_block_features(page)
    zones = [get_block_zones(block) for block in layout.blocks]
    block_log_odds = block_model.compute(features, zones)
    context = PageContext(layout.blocks, block_log_odds, to_probabilities(block_log_odds), page.get_appearance_and_novelty())
    log_odds: list[float] = context_model.compute(np.hstack((context.features(), features)), zones).tolist()
    return log_odds, context
