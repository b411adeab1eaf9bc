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

    from corpnews.extraction.body.box_ranges import IntArray
    from corpnews.extraction.body.page_blocks import FeatureColumn, PageBlocks

# More than the values of any feature.
MAX_FEATURE_VALUES: Final = 256
LOG_ODDS_DECIMALS: Final = 3
# Of large pages, log-odds are summed up in pieces: the weights of all features of 100,000 blocks would take 60 MB.
_BLOCKS_AT_ONCE: Final = 4096


class LinearModel:
    """One linear model: a constant, a table of weights for each feature, and a weight for each bit."""

    def __init__(self, table: dict[str, list[float]], features: Sequence[str]) -> None:
        self.constant = table["constant"][0]
        rows = [table[name] + [0.0] * (MAX_FEATURE_VALUES - len(table[name])) for name in features]
        self.weights = np.array(rows).ravel()
        self.bit_weights = np.array([weight for group in BIT_GROUPS for weight in table[group]])

    def compute(self, features: Sequence[FeatureColumn], bits: NDArray[np.int8]) -> NDArray[np.float64]:
        """Return the log-odds of blocks with these features, a column for each, and these bits, a row for each block."""
        pieces = [self._compute_piece(features, bits, start) for start in range(0, len(bits), _BLOCKS_AT_ONCE)]
        # rounded to the weights' decimals, so that the order of summation cannot move a sum across the edge of a bin
        return np.asarray(np.round(np.concatenate(pieces), LOG_ODDS_DECIMALS), dtype=np.float64)

    def _compute_piece(self, features: Sequence[FeatureColumn], bits: NDArray[np.int8], start: int) -> NDArray[np.float64]:
        end = start + _BLOCKS_AT_ONCE
        places = np.array([column[start:end] for column in features]) + np.arange(len(features))[:, None] * MAX_FEATURE_VALUES
        own_bits = bits[start:end].astype(np.float64) @ self.bit_weights
        return np.asarray(self.constant + self.weights[places].sum(axis=0) + own_bits, dtype=np.float64)


@cache
def _load_models() -> tuple[LinearModel, LinearModel]:
    text = files("corpnews.extraction.body").joinpath("weights.json").read_text(encoding="utf-8")
    first, second = json.loads(text)
    return LinearModel(first, BLOCK_FEATURES), LinearModel(second, CONTEXT_FEATURES + BLOCK_FEATURES)


def unpack_bits(bits: IntArray) -> NDArray[np.int8]:
    """Return the bits of BIT_GROUPS, a row for each block and a column for each bit."""
    groups = zip(bits.T, BIT_GROUPS.values(), strict=True)
    return np.hstack([(group[:, None] >> np.arange(width) & 1).astype(np.int8) for group, width in groups])


def compute_log_odds(page: PageBlocks) -> tuple[NDArray[np.float64], PageContext]:
    """Return for each block the log-odds of being in the article, and the context. The page must have a block."""
    first, second = _load_models()
    features, bits = compute_block_features(page), unpack_bits(compute_block_bits(page))
    log_odds = first.compute(features, bits)
    context = PageContext(page.get_arrays(), log_odds)
    return second.compute([*context.features(), *features], bits), context
