"""Boosted trees add up the values of the leaves that a row reaches."""

from __future__ import annotations

import numpy as np

from corpnews.extraction.body.trees import BoostedTrees

# the first tree asks whether feature 0 is above 1 and then whether feature 1 is above 5; the second is one leaf
TREES = BoostedTrees(
    {
        "feature": [0, 0, 1, 0, 0, 0],
        "threshold": [1, 0, 5, 0, 0, 0],
        "low": [1, 1, 3, 3, 4, 5],
        "high": [2, 1, 4, 3, 4, 5],
        "value": [0, -1.0, 0, 2.0, 3.0, 0.5],
        "roots": [0, 5],
        "depth": [2],
    }
)


def test_values_up_to_a_threshold_go_low_and_values_above_go_high() -> None:
    rows = np.array([[1.0, 9.0], [1.5, 5.0], [1.5, 6.0]])
    assert TREES.compute(rows).tolist() == [-0.5, 2.5, 3.5]


def test_large_pages_are_computed_in_pieces() -> None:
    rows = np.tile([[0.0, 0.0], [2.0, 6.0]], (5000, 1))
    assert TREES.compute(rows).tolist() == [-0.5, 3.5] * 5000


def test_no_rows_give_no_values() -> None:
    assert TREES.compute(np.zeros((0, 2))).tolist() == []
