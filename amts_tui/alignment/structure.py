"""What the build of two documents says about the beads between them: borders of segments and kinds of
block.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

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
_OTHER_CONTAINER = 3.0


class _Place(NamedTuple):
    """Where a unit stands: kind and level of its block and what encloses it."""

    kind: str
    level: int
    within: str

    def unlike(self, other: _Place) -> float:
        """What it costs to match units of two places."""
        cost = 0.0
        if self.kind != other.kind:
            cost += _OTHER_KIND
        elif self.level != other.level:
            cost += _OTHER_LEVEL
        if self.within != other.within and not _names(self.within) & _names(other.within):
            cost += _OTHER_CONTAINER
        return cost


def _names(within: str) -> set[str]:
    """A tab of several frameworks has several names."""
    return set(within.partition(":")[2].split(",")) - {""}


@dataclass(frozen=True, slots=True)
class _Side:
    """One text: whether a segment opens at each position 0..n (it does at n), how many have opened by then,
    and the number of each unit's place."""

    opens: NDArray[np.bool_]
    opened: Ints
    places: Ints

    @classmethod
    def of(cls, units: Sequence[TextUnit], numbers: Mapping[_Place, int]) -> _Side:
        opens = np.array([*(unit.opens for unit in units), True])
        places = [numbers[_place(unit)] for unit in units]
        return cls(opens, np.cumsum(opens), np.array(places, dtype=np.int64))

    def part(self, stretch: slice) -> _Side:
        ends = slice(stretch.start, stretch.stop + 1)
        return _Side(self.opens[ends], self.opened[ends], self.places[stretch])

    def inside(self, positions: Ints, size: int) -> Ints:
        """How many segments open strictly inside the runs of `size` units that end at the positions."""
        return self.opened[np.maximum(positions - 1, 0)] - self.opened[np.maximum(positions - size, 0)]

    def before(self, positions: Ints, size: int) -> Ints:
        """The place of the unit that lies `size` units before each position."""
        return self.places[np.maximum(positions - size, 0)]


@dataclass(frozen=True, slots=True)
class Structure:
    """Segment borders and places of both documents: strong hints, none of them a law.

    `unlike` has the cost of matching each place with each other.
    """

    source: _Side
    target: _Side
    unlike: Floats

    @classmethod
    def of(cls, source: Sequence[TextUnit], target: Sequence[TextUnit]) -> Structure:
        """From the units of both documents."""
        places = sorted({_place(unit) for unit in (*source, *target)})
        numbers = {place: number for number, place in enumerate(places)}
        unlike = np.array([[place.unlike(other) for other in places] for place in places])
        return cls(_Side.of(source, numbers), _Side.of(target, numbers), unlike)

    def part(self, source: slice, target: slice) -> Structure:
        """The same for a stretch of both sides."""
        return Structure(self.source.part(source), self.target.part(target), self.unlike)

    def costs(self, tile: Tile) -> Floats:
        """Shape (shapes, rows, width): dear where a bead runs over a border, ends at one on one side only, or
        joins units of unlike places."""
        costs = np.zeros((len(SHAPES), tile.rows, tile.width))
        if not len(self.source.places) or not len(self.target.places):
            return costs
        rows = np.arange(tile.first, tile.first + tile.rows)[:, None]
        columns = np.minimum(tile.columns(), len(self.target.places))
        ends = _BORDER_ONE_SIDED * (self.source.opens[rows] != self.target.opens[columns])
        for shape, (a, b) in enumerate(SHAPES):
            inside = self.source.inside(rows, a) + self.target.inside(columns, b)
            first = self.unlike[self.source.before(rows, a), self.target.before(columns, b)]
            last = self.unlike[self.source.before(rows, 1), self.target.before(columns, 1)]
            costs[shape] = ends + _BORDER_INSIDE * inside + (first + last) * (a + b) / 4
        return costs


def _place(unit: TextUnit) -> _Place:
    return _Place(unit.kind, unit.level, unit.within)
