"""The model that gives the log-odds of each block to be in the article.

Two linear models: the log-odds are the sum of one weight per feature. The second sees the results of the first.
The weights in weights.json, a list for each feature by its name, were fitted by logistic regression to pages whose article text
is known (tests/benchmarks/fit_body.py).
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

import numpy as np

from corpnews.extraction.body.block_features import BIT_GROUPS, BLOCK_FEATURES, compute_block_bits, compute_block_features
from corpnews.extraction.body.context_features import CONTEXT_FEATURES, PageContext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from corpnews.extraction.body.page_blocks import FeatureColumn, IntArray, PageBlocks

# More than the values of any feature.
MAX_FEATURE_VALUES: Final = 256
_LOG_ODDS_DECIMALS: Final = 3


class LinearModel:
    """One linear model: a constant, a table of weights for each feature, and a weight for each bit."""

    def __init__(self, table: dict[str, list[float]], features: Sequence[str]) -> None:
        self.constant = table["constant"][0]
        self.weights = np.array([table[name] + [0.0] * (MAX_FEATURE_VALUES - len(table[name])) for name in features])
        self.bit_weights = [np.array(table[group]) for group in BIT_GROUPS]

    def compute(self, features: Sequence[FeatureColumn], bits: IntArray) -> NDArray[np.float64]:
        """Return the log-odds of blocks with these features, a column for each, and bits, a row for each block."""
        log_odds = np.full(len(bits), self.constant)
        for weights, column in zip(self.weights, features, strict=True):
            log_odds += weights[column]
        for group, bit_weights in zip(bits.T, self.bit_weights, strict=True):
            log_odds += (group[:, None] >> np.arange(len(bit_weights)) & 1).dot(bit_weights)
        # rounded to the weights' decimals, so that the order of summation cannot move a sum across the edge of a bin
        return np.asarray(np.round(log_odds, _LOG_ODDS_DECIMALS), dtype=np.float64)


@cache
def _load_models() -> tuple[LinearModel, LinearModel]:
    text = files("corpnews.extraction.body").joinpath("weights.json").read_text(encoding="utf-8")
    first, second = json.loads(text)
    return LinearModel(first, BLOCK_FEATURES), LinearModel(second, CONTEXT_FEATURES + BLOCK_FEATURES)


def compute_log_odds(page: PageBlocks) -> tuple[NDArray[np.float64], PageContext]:
    """Return for each block the log-odds of being in the article, and the context. The page must have a block."""
    first, second = _load_models()
    features, bits = compute_block_features(page), compute_block_bits(page)
    log_odds = first.compute(features, bits)
    context = PageContext(page, log_odds)
    return second.compute([*context.features(), *features], bits), context
