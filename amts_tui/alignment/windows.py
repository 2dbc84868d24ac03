"""Runs of neighbouring units as vectors, and what their cosines say about a bead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from amts_tui.alignment.band import Tile
from amts_tui.alignment.beads import LARGEST, SHAPES
from amts_tui.alignment.chain import grouped
from amts_tui.alignment.lengths import lengths_of
from amts_tui.alignment.scores import Weights

if TYPE_CHECKING:
    from amts_tui.alignment.closer import Closer

Floats: TypeAlias = NDArray[np.floating]
Vectors: TypeAlias = NDArray[np.float32]

_SCALE = 10.0
_NEUTRAL = 0.75
_SAMPLE = 60
_PRIOR_SAMPLE = 15
_GROWTH = 0.15
_SIZES = np.array([(a * b) ** 0.45 for a, b in SHAPES], dtype=np.float32)


class Ending(NamedTuple):
    """Of runs: the length of each sum of vectors, and its cosine with the other text's mean."""

    norm: Vectors
    usual: Vectors


@dataclass(frozen=True, slots=True)
class Side:
    """One text: for each unit a vector of length 1 and its weight in a run, and the mean of some vectors."""

    units: Vectors
    weights: Vectors
    mean: Vectors

    @classmethod
    def of(cls, units: Vectors, texts: Sequence[str]) -> Side:
        """From the vectors of all units of a text."""
        sample = (
            units[np.linspace(0, len(units) - 1, min(_SAMPLE, len(units))).astype(np.int64)]
            if len(units)
            else units
        )
        mean = sample.sum(axis=0) / (len(sample) + _PRIOR_SAMPLE)
        return cls(units, (lengths_of(texts) ** _GROWTH).astype(np.float32), mean.astype(np.float32))

    def part(self, stretch: slice) -> Side:
        """The same for some of the units; the mean stays that of the whole text."""
        return replace(self, units=self.units[stretch], weights=self.weights[stretch])

    def weighted(self, first: int, last: int) -> Vectors:
        """The vectors of the units first..last-1 with their weights; units outside count as zero."""
        found = np.zeros((last - first, self.units.shape[1]), dtype=np.float32)
        low, high = max(0, first), min(len(self.units), last)
        if high > low:
            place = found[low - first : high - first]
            np.multiply(self.units[low:high], self.weights[low:high, None], out=place)
        return found


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

    def rows(self, group: tuple[int, int] = (1, 1)) -> tuple[Floats, Floats]:
        """The vectors of groups of units, moved so that random pairs have a product near 0."""
        sides = zip((self.source, self.target), group, strict=True)
        left, right = (grouped(side.units, size, side.mean) for side, size in sides)
        return left, right

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
        source = self.source.weighted(tile.first - LARGEST, tile.first + tile.rows - 1)
        target = self.target.weighted(first - LARGEST, last - 1)
        left, right = _endings(source, self.target.mean), _endings(target, self.source.mean)
        products = run_products(source @ target.T)
        costs = np.empty((len(SHAPES), tile.rows, tile.width))
        for shape, (a, b) in enumerate(SHAPES):
            usual = (left[a - 1].usual[:, None] + right[b - 1].usual[None, :]) / 2
            cosine = products[a, b] / (left[a - 1].norm[:, None] * right[b - 1].norm[None, :])
            unlike = (1 - cosine) / np.maximum(1 - usual, 0.2)
            cost = _SCALE * _SIZES[shape] * (unlike - _NEUTRAL)
            costs[shape] = np.take_along_axis(cost, places, axis=1)
        return costs


def _endings(weighted: Vectors, other: Vectors) -> list[Ending]:
    """Of the runs of one, two … units that end at each place from the `LARGEST`th on; `other` is the other
    text's mean.
    """
    count = len(weighted) - LARGEST + 1
    total = np.zeros((count, weighted.shape[1]), dtype=np.float32)
    found = []
    for size in range(1, LARGEST + 1):
        total += weighted[LARGEST - size : LARGEST - size + count]
        norm = np.maximum(np.sqrt(np.einsum("ij,ij->i", total, total)), np.float32(1e-9))
        found.append(Ending(norm, np.asarray((total @ other) / norm)))
    return found


def run_products(single: Vectors) -> dict[tuple[int, int], Vectors]:
    """For each shape the products of the sums of runs: sums of the products of single units, so that one
    multiplication serves all shapes.
    """
    rows, columns = (count - LARGEST + 1 for count in single.shape)
    found: dict[tuple[int, int], Vectors] = {}
    tall = np.zeros((rows, single.shape[1]), dtype=np.float32)
    for a in range(1, LARGEST + 1):
        tall = tall + single[LARGEST - a : LARGEST - a + rows]
        wide = np.zeros((rows, columns), dtype=np.float32)
        for b in range(1, LARGEST + 1):
            wide = wide + tall[:, LARGEST - b : LARGEST - b + columns]
            found[a, b] = wide
    return found
