"""Fitting the trees of corpnews/extraction/body/trees.json with LightGBM, which can start from another model's log-odds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import lightgbm
import numpy as np

from tests.benchmarks.body_labels import IN, OPEN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpnews.extraction.body.page_blocks import BlockArrays

# The trees see one of so many blocks of which the second model is certain, and right.
CERTAIN_FOR_TREES = 3.0
TREE_STEP = 16
TREES = 60
LEAF_DECIMALS = 4
TREE_PARAMETERS = {
    "objective": "binary",
    "num_leaves": 15,
    "learning_rate": 0.08,
    "lambda_l2": 20,
    "min_data_in_leaf": 250,
    "max_depth": 6,
    "feature_fraction": 0.4,
    "max_bin": 63,
    "use_missing": False,
    "deterministic": True,
    "force_col_wise": True,
    "seed": 0,
    "verbose": -1,
}


class Labelled(Protocol):
    """A page whose blocks are labelled."""

    arrays: BlockArrays
    labels: np.ndarray
    weight: float


def fit_trees(samples: Sequence[Labelled], rows: Sequence[np.ndarray], log_odds: Sequence[np.ndarray]) -> lightgbm.Booster:
    """Fit trees that are added to the log-odds; of the blocks that are certain, some count for all."""
    parts, answers, weights, starts = [], [], [], []
    for sample, row, odds in zip(samples, rows, log_odds, strict=True):
        is_easy = np.where(sample.labels == IN, 1, -1) * odds > CERTAIN_FOR_TREES
        mask = (sample.labels != OPEN) & ~(is_easy & (np.arange(len(odds)) % TREE_STEP > 0))
        sizes = np.log1p(sample.arrays.text_lengths) * np.where(is_easy, TREE_STEP, 1)
        parts.append(row[mask])
        answers.append(sample.labels[mask])
        weights.append(sizes[mask] * sample.weight)
        starts.append(odds[mask])
    weight = np.concatenate(weights)
    data = lightgbm.Dataset(
        np.concatenate(parts), np.concatenate(answers), weight=weight / weight.mean(), init_score=np.concatenate(starts)
    )
    return lightgbm.train(TREE_PARAMETERS, data, TREES)


def tabulate_trees(model: lightgbm.Booster) -> dict[str, list[float]]:
    """Return the trees as trees.BoostedTrees reads them."""
    nodes: list[dict[str, float]] = []

    def add(node: dict[str, Any], depth: int) -> tuple[int, int]:
        number = len(nodes)
        nodes.append({"feature": 0, "threshold": 0, "low": number, "high": number, "value": 0})
        if "leaf_value" in node:
            nodes[number]["value"] = round(node["leaf_value"], LEAF_DECIMALS)
            return number, depth
        low, low_depth = add(node["left_child"], depth + 1)
        high, high_depth = add(node["right_child"], depth + 1)
        threshold = round(node["threshold"], LEAF_DECIMALS)
        nodes[number] |= {"feature": node["split_feature"], "threshold": threshold, "low": low, "high": high}
        return number, max(low_depth, high_depth)

    roots = [add(tree["tree_structure"], 0) for tree in model.dump_model()["tree_info"]]
    table: dict[str, list[float]] = {name: [node[name] for node in nodes] for name in nodes[0]}
    return table | {"roots": [root for root, _ in roots], "depth": [max(depth for _, depth in roots)]}
