"""Boosted trees: small decision trees whose values are added up, evaluated for all blocks of a page at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

# Of large pages, rows are evaluated in pieces: the nodes of all trees for 100,000 rows would take 50 MB.
_ROWS_AT_ONCE: Final = 4096


class BoostedTrees:
    """Trees of nodes that are numbered through all trees.

    Args:
        table: For each node its `feature`, `threshold`, `low` and `high` (the nodes for values up to the threshold and above),
            and `value`; a leaf leads to itself. `roots` are the first nodes, `depth` the largest number of steps to a leaf.
    """

    def __init__(self, table: Mapping[str, Sequence[float]]) -> None:
        self.features, self.roots = (np.array(table[name], dtype=np.intp) for name in ("feature", "roots"))
        self.children = np.column_stack([np.array(table[name], dtype=np.intp) for name in ("low", "high")]).ravel()
        self.thresholds, self.values = (np.array(table[name], dtype=np.float64) for name in ("threshold", "value"))
        self.depth = int(table["depth"][0])

    def compute(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return for each row of features the sum of the values of the leaves that it reaches."""
        pieces = [self._compute_piece(rows[start : start + _ROWS_AT_ONCE]) for start in range(0, len(rows), _ROWS_AT_ONCE)]
        return np.concatenate(pieces) if pieces else np.zeros(0)

    def _compute_piece(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        count, width = rows.shape
        flat, firsts = np.ascontiguousarray(rows).ravel(), np.arange(count)[:, None] * width
        nodes = np.broadcast_to(self.roots, (count, len(self.roots)))
        for _ in range(self.depth):
            is_high = flat[firsts + self.features[nodes]] > self.thresholds[nodes]
            nodes = self.children[2 * nodes + is_high]
        return np.asarray(self.values[nodes].sum(axis=1), dtype=np.float64)
