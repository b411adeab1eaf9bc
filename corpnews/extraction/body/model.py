"""The model that gives the log-odds of each block to be in the article.

Two linear models: the log-odds are the sum of one weight per feature. The second sees the results of the first. Boosted trees,
which see those of the second, correct what a sum cannot say: that a likely comment stands in a list of unlikely ones.
The weights in weights.json, a list for each feature by its name, and the trees in trees.json were fitted to pages whose article
text is known (tests/benchmarks/fit_body.py).
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from corpnews.extraction.body.block_bits import BIT_GROUPS, compute_block_bits
from corpnews.extraction.body.block_features import BLOCK_FEATURES, compute_block_features
from corpnews.extraction.body.context_features import CONTEXT_FEATURES, PageContext
from corpnews.extraction.body.region_features import REGION_FEATURES, iter_region_features
from corpnews.extraction.body.trees import BoostedTrees

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from corpnews.extraction.body.box_ranges import IntArray
    from corpnews.extraction.body.page_blocks import FeatureColumn, PageBlocks

# More than the values of any feature.
MAX_FEATURE_VALUES: Final = 256
LOG_ODDS_DECIMALS: Final = 3
# Features of the block by itself that the trees see too.
FEATURES_OF_TREES: Final = ("headline", "article", "group", "repeated box 1", "size and links")
# The trees decide on blocks with log-odds of at most this size; the others are certain.
MAX_LOG_ODDS_FOR_TREES: Final = 4.0
# What dialogs say is new to a template that has seen few pages, and their tables look like data: they are certain, too.
_LOG_ODDS_IN_DIALOGS: Final = -10.0
# What the site says of itself on most of its pages is certain unless the page has nothing else.
_LOG_ODDS_OF_SITE_TEXTS: Final = -5.0
# Of large pages, log-odds are summed up in pieces: those of 100,000 blocks would take 60 MB and more.
_BLOCKS_AT_ONCE: Final = 4096

# The number of each group of bits is looked up byte by byte. Of its four bytes, these can be other than zero.
_BYTES_OF_GROUPS: Final = [
    4 * group + byte for group, width in enumerate(BIT_GROUPS.values()) for byte in range((width + 7) // 8)
]
_VALUES_OF_BYTE: Final = 256
_PLACES_OF_BYTES: Final = np.arange(len(_BYTES_OF_GROUPS)) * _VALUES_OF_BYTE


class LinearModel:
    """One linear model: a constant, a table of weights for each feature, and the sum of the bits' weights for each byte."""

    def __init__(self, table: dict[str, list[float]], features: Sequence[str]) -> None:
        self.constant = table["constant"][0]
        rows = [table[name] + [0.0] * (MAX_FEATURE_VALUES - len(table[name])) for name in features]
        self.weights, self.places = np.array(rows).ravel(), np.arange(len(rows))[:, None] * MAX_FEATURE_VALUES
        padded = np.array([table[group] + [0.0] * (32 - width) for group, width in BIT_GROUPS.items()])
        bits_of_byte = np.unpackbits(np.arange(_VALUES_OF_BYTE, dtype=np.uint8)[:, None], axis=1, bitorder="little")
        self.byte_weights = (padded.reshape(-1, 8)[_BYTES_OF_GROUPS] @ bits_of_byte.T).ravel()

    def compute(self, features: Sequence[FeatureColumn], parts: NDArray[np.uint8]) -> NDArray[np.float64]:
        """Return the log-odds of blocks with these features, a column for each, and these bytes, a row for each block."""
        pieces = [self._compute_piece(features, parts, start) for start in range(0, len(parts), _BLOCKS_AT_ONCE)]
        # rounded to the weights' decimals, so that the order of summation cannot move a sum across the edge of a bin
        return np.asarray(np.round(np.concatenate(pieces), LOG_ODDS_DECIMALS), dtype=np.float64)

    def _compute_piece(self, features: Sequence[FeatureColumn], parts: NDArray[np.uint8], start: int) -> NDArray[np.float64]:
        end = start + _BLOCKS_AT_ONCE
        values = np.concatenate([column[start:end] for column in features]).reshape(len(features), -1)
        bits = self.byte_weights[parts[start:end] + _PLACES_OF_BYTES].sum(axis=1)
        return np.asarray(self.constant + self.weights[values + self.places].sum(axis=0) + bits, dtype=np.float64)


@cache
def _load_models() -> tuple[LinearModel, LinearModel]:
    first, second = _read_json("weights.json")
    return LinearModel(first, BLOCK_FEATURES), LinearModel(second, CONTEXT_FEATURES + BLOCK_FEATURES)


@cache
def _load_trees() -> BoostedTrees:
    return BoostedTrees(_read_json("trees.json"))


def _read_json(name: str) -> Any:
    return json.loads(files("corpnews.extraction.body").joinpath(name).read_text(encoding="utf-8"))


def split_bytes(bits: IntArray) -> NDArray[np.uint8]:
    """Return the bytes of the numbers of BIT_GROUPS, a row for each block."""
    return bits.astype("<u4").view(np.uint8)[:, _BYTES_OF_GROUPS]


def compute_tree_features(
    context: PageContext, features: Sequence[FeatureColumn], rows: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Return what the trees see of the blocks for which `rows` is true: the region's features, and some of the block's own."""
    own = (features[BLOCK_FEATURES.index(name)] for name in FEATURES_OF_TREES)
    numbers = np.flatnonzero(rows)
    table = np.empty((len(numbers), len(REGION_FEATURES) + len(FEATURES_OF_TREES)))
    for at, column in enumerate(chain(iter_region_features(context), own)):
        table[:, at] = column[numbers]
    # rounded, so that the order of summation cannot move a value across a threshold
    return np.round(table, LOG_ODDS_DECIMALS, out=table)


def bound_log_odds(page: PageBlocks) -> NDArray[np.float64]:
    """Return for each block the highest log-odds that it may have."""
    bounds = np.where(page.find_site_texts(), _LOG_ODDS_OF_SITE_TEXTS, np.inf)
    bounds[page.find_blocks_in_dialogs()] = _LOG_ODDS_IN_DIALOGS
    return bounds


def compute_log_odds(page: PageBlocks) -> tuple[NDArray[np.float64], PageContext]:
    """Return for each block the log-odds of being in the article, and the context. The page must have a block."""
    first, second = _load_models()
    features, parts = compute_block_features(page), split_bytes(compute_block_bits(page))
    bounds = bound_log_odds(page)
    alone = np.minimum(first.compute(features, parts), bounds)
    context = PageContext(page.get_arrays(), alone)
    log_odds = np.minimum(second.compute([*context.features(), *features], parts), bounds)
    uncertain = np.abs(log_odds) <= MAX_LOG_ODDS_FOR_TREES
    if uncertain.any():
        rows = compute_tree_features(PageContext(context.page, log_odds), features, uncertain)
        log_odds[uncertain] = np.round(log_odds[uncertain] + _load_trees().compute(rows), LOG_ODDS_DECIMALS)
    return log_odds, context
