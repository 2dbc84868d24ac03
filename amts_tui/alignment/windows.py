"""Runs of neighbouring units as vectors, and what their cosines say about a bead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from amts_tui.alignment.band import Tile
from amts_tui.alignment.beads import LARGEST, SHAPES
from amts_tui.alignment.lengths import length
from amts_tui.alignment.scores import Weights

if TYPE_CHECKING:
    from amts_tui.alignment.closer import Closer

Vectors: TypeAlias = NDArray[np.float32]

_SCALE = 10.0
_NEUTRAL = 0.75
_SAMPLE = 60
_PRIOR_SAMPLE = 15
_SIZES = np.array([(a * b) ** 0.45 for a, b in SHAPES], dtype=np.float32)


def run_sums(rows: Vectors, size: int, first: int, last: int) -> Vectors:
    """The sums of the `size` rows before each of the positions first..last-1; rows outside count as zero."""
    total = np.zeros((last - first, rows.shape[1]), dtype=np.float32)
    for back in range(1, size + 1):
        low, high = max(first - back, 0), min(last - back, len(rows))
        if high > low:
            total[low + back - first : high + back - first] += rows[low:high]
    return total


@dataclass(frozen=True, slots=True)
class Side:
    """One text: a vector of length 1 for each unit, the same weighted by length, and the mean of a sample of
    them.
    """

    units: Vectors
    weighted: Vectors
    mean: Vectors

    @classmethod
    def of(cls, units: Vectors, texts: Sequence[str]) -> Side:
        """From the vectors of all units of a text."""
        lengths = np.array([length(text) for text in texts], dtype=np.float32)
        sample = (
            units[np.linspace(0, len(units) - 1, min(_SAMPLE, len(units))).astype(np.int64)]
            if len(units)
            else units
        )
        mean = sample.sum(axis=0) / (len(sample) + _PRIOR_SAMPLE)
        return cls(units, units * lengths[:, None] ** np.float32(0.15), mean.astype(np.float32))

    def part(self, stretch: slice) -> Side:
        """The same for some of the units; the mean stays that of the whole text."""
        return replace(self, units=self.units[stretch], weighted=self.weighted[stretch])

    def ending(self, size: int, first: int, last: int) -> Vectors:
        """Vectors of the runs of `size` units that end at the positions first..last-1; zero where there is
        none.
        """
        total = run_sums(self.weighted, size, first, last)
        total /= np.maximum(np.sqrt(np.einsum("ij,ij->i", total, total)), 1e-9)[:, None]
        return total


@dataclass(frozen=True, slots=True)
class VectorEvidence:
    """Cosine of the two sides of a bead against that of each with random units of the other text.

    A run's vector is the weighted sum of its units' vectors; the normalisation is that of Thompson and Koehn
    2019 (Vecalign), section 3.1.
    """

    source: Side
    target: Side
    weights: Weights
    closer: Closer | None = None

    def rows(self) -> tuple[Vectors, Vectors]:
        """The units' vectors, moved so that random pairs have a product near 0."""
        return self.source.units - self.source.mean, self.target.units - self.target.mean

    def part(self, source: slice, target: slice) -> VectorEvidence:
        """The evidence for a stretch of both sides."""
        closer = self.closer and self.closer.part(source, target)
        return replace(self, source=self.source.part(source), target=self.target.part(target), closer=closer)

    def costs(self, tile: Tile) -> NDArray[np.floating]:
        """Shape (shapes, rows, width): high for unlike sides, negative for like ones, growing with the bead's
        size.
        """
        first, last = int(tile.low[0]), int(tile.low[-1]) + tile.width
        places = tile.columns() - first
        left = [
            self.source.ending(size, tile.first, tile.first + tile.rows) for size in range(1, LARGEST + 1)
        ]
        right = [self.target.ending(size, first, last) for size in range(1, LARGEST + 1)]
        left_usual = [rows @ self.target.mean for rows in left]
        right_usual = [rows @ self.source.mean for rows in right]
        costs = np.empty((len(SHAPES), tile.rows, tile.width))
        for shape, (a, b) in enumerate(SHAPES):
            usual = (left_usual[a - 1][:, None] + right_usual[b - 1][None, :]) / 2
            unlike = (1 - left[a - 1] @ right[b - 1].T) / np.maximum(1 - usual, 0.2)
            cost = _SCALE * _SIZES[shape] * (unlike - _NEUTRAL)
            costs[shape] = np.take_along_axis(cost, places, axis=1)
        return costs
