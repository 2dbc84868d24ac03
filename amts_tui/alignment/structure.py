"""What the build of two documents says about the beads between them: borders of segments and kinds of
block.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from amts_tui.alignment.band import Tile
from amts_tui.alignment.beads import SHAPES
from amts_tui.alignment.model import TextUnit

Floats: TypeAlias = NDArray[np.floating]
Ints: TypeAlias = NDArray[np.int64]

_BORDER_INSIDE = 2.0
_BORDER_ONE_SIDED = 1.5
_OTHER_KIND = 2.0
_OTHER_LEVEL = 1.0


@dataclass(frozen=True, slots=True)
class _Side:
    """One text: whether a segment opens at each position 0..n (it does at n), how many opened up to there,
    and the kind and level of each unit.
    """

    opens: NDArray[np.bool_]
    opened: Ints
    kinds: Ints
    levels: Ints

    @classmethod
    def of(cls, units: Sequence[TextUnit], kinds: Mapping[str, int]) -> _Side:
        opens = np.array([*(unit.opens for unit in units), True])
        return cls(
            opens,
            np.cumsum(opens),
            np.array([kinds[unit.kind] for unit in units], dtype=np.int64),
            np.array([unit.level for unit in units], dtype=np.int64),
        )

    def part(self, stretch: slice) -> _Side:
        ends = slice(stretch.start, stretch.stop + 1)
        return _Side(self.opens[ends], self.opened[ends], self.kinds[stretch], self.levels[stretch])

    def inside(self, positions: Ints, size: int) -> Ints:
        """How many segments open strictly inside the runs of `size` units that end at the positions."""
        return self.opened[np.maximum(positions - 1, 0)] - self.opened[np.maximum(positions - size, 0)]

    def unit_before(self, positions: Ints, size: int) -> tuple[Ints, Ints]:
        """Kind and level of the unit that lies `size` units before the positions."""
        index = np.maximum(positions - size, 0)
        return self.kinds[index], self.levels[index]


@dataclass(frozen=True, slots=True)
class Structure:
    """Segment borders and block kinds of both documents: strong hints, none of them a law."""

    source: _Side
    target: _Side

    @classmethod
    def of(cls, source: Sequence[TextUnit], target: Sequence[TextUnit]) -> Structure:
        """From the units of both documents."""
        kinds = {
            kind: number for number, kind in enumerate(sorted({unit.kind for unit in (*source, *target)}))
        }
        return cls(_Side.of(source, kinds), _Side.of(target, kinds))

    def part(self, source: slice, target: slice) -> Structure:
        """The same for a stretch of both sides."""
        return Structure(self.source.part(source), self.target.part(target))

    def costs(self, tile: Tile) -> Floats:
        """Shape (shapes, rows, width): dear where a bead runs over a border, ends at one on one side only, or
        joins different kinds of block.
        """
        rows = np.arange(tile.first, tile.first + tile.rows)[:, None]
        columns = np.minimum(tile.columns(), len(self.target.opens) - 1)
        ends = _BORDER_ONE_SIDED * (self.source.opens[rows] != self.target.opens[columns])
        costs = np.empty((len(SHAPES), tile.rows, tile.width))
        if not len(self.source.kinds) or not len(self.target.kinds):
            costs[:] = 0
            return costs
        last = self._unlike(rows, columns, 1, 1)
        for shape, (a, b) in enumerate(SHAPES):
            inside = self.source.inside(rows, a) + self.target.inside(columns, b)
            unlike = last if a == b == 1 else (last + self._unlike(rows, columns, a, b)) / 2
            costs[shape] = ends + _BORDER_INSIDE * inside + unlike * (a + b) / 2
        return costs

    def _unlike(self, rows: Ints, columns: Ints, a: int, b: int) -> Floats:
        kinds, levels = self.source.unit_before(rows, a)
        other_kinds, other_levels = self.target.unit_before(columns, b)
        return np.where(kinds != other_kinds, _OTHER_KIND, _OTHER_LEVEL * (levels != other_levels))
