"""What a bead costs: its shape, its lengths, its similarity, the documents' structure, for whole tiles of the
plane at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from amts_tui.alignment.band import Point, Tile
from amts_tui.alignment.beads import PRIORS, SHAPES
from amts_tui.alignment.lengths import LengthModel

if TYPE_CHECKING:
    from amts_tui.alignment.closer import Closer

Floats: TypeAlias = NDArray[np.floating]


@dataclass(frozen=True, slots=True)
class Weights:
    """How the parts of a cost are weighed.

    A run of k missing units costs `opening + k * missing`; `temperature` turns costs into log-probabilities.
    With `blind` the vectors of units tell little about where to search.
    """

    prior: float
    length: float
    opening: float
    missing: float
    temperature: float
    blind: bool = False


class Factor(Protocol):
    """One thing that speaks for or against beads."""

    def costs(self, tile: Tile) -> Floats:
        """Shape (shapes, rows, width): what to add for the bead of each shape that ends at each cell."""
        ...

    def part(self, source: slice, target: slice) -> Factor:
        """The same for a stretch of both sides."""
        ...


class Evidence(Factor, Protocol):
    """What a similarity knows about the units of one document pair."""

    @property
    def weights(self) -> Weights:
        """The weights that go with this evidence."""
        ...

    @property
    def closer(self) -> Closer | None:
        """What a closer look needs, if this evidence allows one."""
        ...

    def rows(self, group: tuple[int, int] = (1, 1)) -> tuple[Floats, Floats]:
        """A vector for each group of so many source, and of so many target units; products are high for
        likely pairs, near 0 for others.
        """
        ...

    def part(self, source: slice, target: slice) -> Evidence:
        """The same for a stretch of both sides."""
        ...


class Costs:
    """The costs of all beads of one stretch, tile by tile.

    `lengths` and `alone` are given for the source and the target units: how long each is, and whether a
    person said that it has no partner.
    """

    def __init__(
        self,
        evidence: Evidence,
        lengths: tuple[Floats, Floats],
        alone: tuple[NDArray[np.bool_], NDArray[np.bool_]],
        factors: Sequence[Factor] = (),
        landmarks: Mapping[Point, float] | None = None,
    ) -> None:
        self.evidence = evidence
        self.weights = evidence.weights
        self.size = (len(lengths[0]), len(lengths[1]))
        self.lengths = LengthModel.initial(*lengths)
        self._factors = factors
        self.landmarks = landmarks or {}
        self._saved: dict[int, dict[int, float]] = defaultdict(dict)
        for (i, j), saving in self.landmarks.items():
            self._saved[i][j] = saving
        self._source, self._target = (np.concatenate([[0.0], np.cumsum(side)]) for side in lengths)
        self._alone_source, self._alone_target = (np.concatenate([[0], np.cumsum(side)]) for side in alone)
        self._any_alone = any(side.any() for side in alone)

    def tile(self, tile: Tile) -> Floats:
        """Shape (shapes, rows, width); infinite where a bead would begin before the text."""
        return self.parts(tile)[0]

    def parts(self, tile: Tile) -> tuple[Floats, Floats | None]:
        """What `tile` gives, and what `extra` gives."""
        costs = self.evidence.costs(tile)
        extra = self.extra(tile)
        if extra is not None:
            costs += extra
        columns = np.minimum(tile.columns(), self.size[1])
        rows = np.arange(tile.first, tile.first + tile.rows)[:, None]
        for shape, (a, b) in enumerate(SHAPES):
            above, before = np.maximum(rows - a, 0), np.maximum(columns - b, 0)
            source = self._source[rows] - self._source[above]
            target = self._target[columns] - self._target[before]
            costs[shape] += (
                self.weights.length * self.lengths.cost(source, target) + self.weights.prior * PRIORS[shape]
            )
            barred = (rows < a) | (columns < b)
            if self._any_alone:
                barred |= self._alone_source[rows] > self._alone_source[above]
                barred |= self._alone_target[columns] > self._alone_target[before]
            costs[shape][barred] = np.inf
        return costs, extra

    def extra(self, tile: Tile) -> Floats | None:
        """What the factors alone cost, shape (shapes, rows, width); None if there are neither factors nor
        landmarks.
        """
        if not self._factors and not self.landmarks:
            return None
        costs = np.zeros((len(SHAPES), tile.rows, tile.width))
        for factor in self._factors:
            costs += factor.costs(tile)
        return costs

    def extent(self, beads: NDArray[np.int64]) -> tuple[Floats, Floats]:
        """The lengths of both sides of beads, rows of (source start, end, target start, end)."""
        source, target = self._source, self._target
        return source[beads[:, 1]] - source[beads[:, 0]], target[beads[:, 3]] - target[beads[:, 2]]

    def landmarked(self, row: int, low: int, values: Floats) -> Floats:
        """The values of a row's cells, from target position `low` on, less what its landmarks save."""
        saved = self._saved.get(row)
        if not saved:
            return values
        values = values.copy()
        for column, saving in saved.items():
            if low <= column < low + len(values):
                values[column - low] -= saving
        return values
