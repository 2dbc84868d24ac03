"""Anchors: formulas, code, numbers, references, which should reappear in the translation of the same
sentence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import TypeAlias
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from amts_tui.alignment.band import Tile
from amts_tui.alignment.beads import LARGEST, SHAPES
from amts_tui.alignment.windows import run_sums

Floats: TypeAlias = NDArray[np.floating]

_WEIGHT = 4.0
_NEUTRAL = 0.5
_ENOUGH = 2.0
_BUCKETS = 128


@dataclass(frozen=True, slots=True)
class Anchors:
    """The anchors of both texts' units, each text as rows of hashed buckets with signs, rare anchors weighing
    more.

    The product of two rows is near the weight of what they share, so that rows of neighbouring units can be
    added.
    """

    source: NDArray[np.float32]
    target: NDArray[np.float32]

    @classmethod
    def of(cls, source: Sequence[frozenset[str]], target: Sequence[frozenset[str]]) -> Anchors:
        """From the anchors of each unit of both texts."""
        counts = [Counter(anchor for unit in side for anchor in unit) for side in (source, target)]
        weights = {anchor: sqrt(1 / max(side[anchor] for side in counts)) for anchor in counts[0] | counts[1]}
        return cls(_rows(source, weights), _rows(target, weights))

    def part(self, source: slice, target: slice) -> Anchors:
        """The anchors of a stretch of both sides."""
        return Anchors(self.source[source], self.target[target])

    def costs(self, tile: Tile) -> Floats:
        """Shape (shapes, rows, width): negative where both sides share what they have, positive where they
        differ.
        """
        first, last = int(tile.low[0]), int(tile.low[-1]) + tile.width
        places = tile.columns() - first
        sizes = range(1, LARGEST + 1)
        left = [run_sums(self.source, size, tile.first, tile.first + tile.rows) for size in sizes]
        right = [run_sums(self.target, size, first, last) for size in sizes]
        costs = np.empty((len(SHAPES), tile.rows, tile.width))
        for shape, (a, b) in enumerate(SHAPES):
            weight = _own(left[a - 1])[:, None] + _own(right[b - 1])[None, :]
            shared = 2 * np.maximum(left[a - 1] @ right[b - 1].T, 0) / np.maximum(weight, 1e-6)
            cost = -_WEIGHT * (np.minimum(shared, 1) - _NEUTRAL) * np.minimum(weight / _ENOUGH, 1)
            costs[shape] = np.take_along_axis(cost, places, axis=1)
        return costs


def _own(rows: Floats) -> Floats:
    return np.asarray(np.einsum("ij,ij->i", rows, rows))


def _rows(units: Sequence[frozenset[str]], weights: Mapping[str, float]) -> NDArray[np.float32]:
    rows = np.zeros((len(units), _BUCKETS), dtype=np.float32)
    for row, anchors in zip(rows, units, strict=True):
        for anchor in sorted(anchors):
            code = crc32(anchor.encode("utf-8", "surrogatepass"))
            row[code % _BUCKETS] += weights[anchor] if code >> 16 & 1 else -weights[anchor]
    return rows
