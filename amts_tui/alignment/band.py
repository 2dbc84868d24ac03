"""Which part of the plane of (source position, target position) is searched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Ints: TypeAlias = NDArray[np.int64]
Point: TypeAlias = tuple[int, int]

_TILE_CELLS = 150_000
_TILE_ROWS = 128
_LONGEST_GAP = 600
_BRIDGE = 100


@dataclass(frozen=True, slots=True)
class Tile:
    """Consecutive rows `first` … of a band: row r holds the positions low[r] … low[r] + width - 1."""

    first: int
    low: Ints
    width: int

    @property
    def rows(self) -> int:
        return len(self.low)

    def columns(self) -> Ints:
        """Target positions of the cells, shape (rows, width); beyond the last position at the right edge."""
        return self.low[:, None] + np.arange(self.width)


@dataclass(frozen=True, slots=True)
class Band:
    """For each source position 0..n the range low..high (inclusive) of target positions; both never fall."""

    low: Ints
    high: Ints

    def tiles(self) -> Iterator[Tile]:
        """The rows 1..n in pieces of bounded size (a single wide row may exceed it)."""
        first, widest = 1, 0
        for row in range(1, len(self.low)):
            width = max(widest, int(self.high[row] - self.low[row]) + 1)
            count = row - first + 1
            if count > 1 and (count > _TILE_ROWS or count * width > _TILE_CELLS):
                yield Tile(first, self.low[first:row], widest)
                first, width = row, int(self.high[row] - self.low[row]) + 1
            widest = width
        if first < len(self.low):
            yield Tile(first, self.low[first:], widest)


def whole(source: int, target: int) -> Band:
    """Every cell."""
    return Band(np.zeros(source + 1, dtype=np.int64), np.full(source + 1, target, dtype=np.int64))


def around(points: Sequence[Point], source: int, target: int, *, rows: int, columns: int) -> Band:
    """The cells within `rows` and `columns` of a path through matched `points` (strictly rising in both).

    Between two matched points everything is kept, so that a missing stretch can lie anywhere between them; a
    gap that is long on both sides is bridged by its diagonal.
    """
    path = _bridged([(0, 0), *points, (source, target)])
    index = np.array([point[0] for point in path], dtype=np.int64)
    place = np.array([point[1] for point in path], dtype=np.int64)
    positions = np.arange(source + 1)
    before = np.searchsorted(index, positions - rows, side="right") - 1
    after = np.searchsorted(index, positions + rows, side="left")
    low = np.where(before < 0, 0, place[np.maximum(before, 0)] - columns)
    high = np.where(after >= len(index), target, place[np.minimum(after, len(index) - 1)] + columns)
    return Band(np.clip(low, 0, target), np.clip(high, 0, target))


def _bridged(path: Sequence[Point]) -> list[Point]:
    bridged = [path[0]]
    for point in path[1:]:
        last = bridged[-1]
        gap = (point[0] - last[0], point[1] - last[1])
        pieces = max(gap) // _BRIDGE + 1 if min(gap) > _LONGEST_GAP else 1
        for piece in range(1, pieces + 1):
            step = (
                last[0] + (point[0] - last[0]) * piece // pieces,
                last[1] + (point[1] - last[1]) * piece // pieces,
            )
            bridged.append(step)
    return bridged
