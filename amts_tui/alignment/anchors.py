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
from amts_tui.alignment.windows import run_products

Floats: TypeAlias = NDArray[np.floating]
Rows: TypeAlias = NDArray[np.float32]

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

    source: Rows
    target: Rows

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
        first, count = int(tile.low[0]), int(tile.low[-1]) + tile.width - int(tile.low[0])
        places = tile.columns() - first
        sides = _padded(self.source, tile.first, tile.rows), _padded(self.target, first, count)
        products = run_products(sides[0] @ sides[1].T)
        left, right = (_own_weights(side) for side in sides)
        costs = np.empty((len(SHAPES), tile.rows, tile.width), dtype=np.float32)
        for shape, (a, b) in enumerate(SHAPES):
            weight = left[a - 1][:, None] + right[b - 1][places]
            product = np.take_along_axis(products[a, b], places, axis=1)
            shared = 2 * np.maximum(product, 0) / np.maximum(weight, np.float32(1e-6))
            costs[shape] = -_WEIGHT * (np.minimum(shared, 1) - _NEUTRAL) * np.minimum(weight / _ENOUGH, 1)
        return costs


def _own_weights(rows: Rows) -> list[Rows]:
    """Of the runs of one, two … units that end at each place from the `LARGEST`th on."""
    count = len(rows) - LARGEST + 1
    total = np.zeros((count, rows.shape[1]), dtype=np.float32)
    found = []
    for size in range(1, LARGEST + 1):
        total += rows[LARGEST - size : LARGEST - size + count]
        found.append(np.asarray(np.einsum("ij,ij->i", total, total)))
    return found


def _padded(rows: Rows, first: int, count: int) -> Rows:
    """The rows that runs need that end at the positions first..first+count-1; zero where there are none."""
    padded = np.zeros((count + LARGEST - 1, rows.shape[1]), dtype=np.float32)
    low, high = max(0, first - LARGEST), min(len(rows), first + count - 1)
    if high > low:
        start = low - (first - LARGEST)
        padded[start : start + high - low] = rows[low:high]
    return padded


def _rows(units: Sequence[frozenset[str]], weights: Mapping[str, float]) -> Rows:
    rows = np.zeros((len(units), _BUCKETS), dtype=np.float32)
    for row, anchors in zip(rows, units, strict=True):
        for anchor in sorted(anchors):
            code = crc32(anchor.encode("utf-8", "surrogatepass"))
            row[code % _BUCKETS] += weights[anchor] if code >> 16 & 1 else -weights[anchor]
    return rows
