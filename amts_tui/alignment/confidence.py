"""How sure a bead is: its posterior among all alignments of the band (forward-backward over the search's
states).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Sequence
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from amts_tui.alignment.band import Band, Point, Tile
from amts_tui.alignment.beads import LARGEST, SHAPES
from amts_tui.alignment.scores import Costs
from amts_tui.alignment.search import Bead, shifted

Row: TypeAlias = NDArray[np.floating]


class _Leaving(NamedTuple):
    """Log-weight of all beginnings that leave a point by a bead, by a missing source or a missing target
    unit.
    """

    bead: float
    source: float
    target: float


def posteriors(costs: Costs, band: Band, beads: Sequence[Bead]) -> list[float]:
    """For each bead of a path the share of all alignments' probability that falls on those with this bead,
    0..1.
    """
    tiles = list(band.tiles())
    leaving = _forward(costs, band, tiles, {(bead[0], bead[2]) for bead in beads})
    return _backward(costs, band, tiles, beads, leaving)


def _forward(costs: Costs, band: Band, tiles: list[Tile], points: Collection[Point]) -> dict[Point, _Leaving]:
    opening, missing = _gap_weights(costs)
    wanted: dict[int, list[int]] = {}
    for i, j in points:
        wanted.setdefault(i, []).append(j)
    leaving: dict[Point, _Leaving] = {}
    matched = np.full(int(band.high[0]) + 1, -np.inf)
    matched[0] = 0.0
    in_x = np.full_like(matched, -np.inf)
    entered: deque[Row] = deque(maxlen=LARGEST)

    def close(row: int, low: int) -> None:
        base = np.logaddexp(matched, in_x)
        along = missing * np.arange(len(base))
        running = np.logaddexp.accumulate(base + opening - along)
        in_y = np.full(len(base), -np.inf)
        in_y[1:] = running[:-1] + along[1:]
        enter = _landmarked(costs, row, low, np.logaddexp(base, in_y))
        entered.appendleft(enter)
        for column in wanted.get(row, ()):
            k = column - low
            leaving[row, column] = _Leaving(
                float(enter[k]),
                float(np.logaddexp(matched[k] + opening, in_x[k]) + missing),
                float(np.logaddexp(base[k] + opening, in_y[k]) + missing),
            )

    close(0, 0)
    for tile in tiles:
        table = costs.tile(tile) / -costs.weights.temperature
        for offset in range(tile.rows):
            row = tile.first + offset
            low, above = int(band.low[row]), int(band.low[row - 1])
            width = int(band.high[row]) - low + 1
            terms = table[:, offset, :width]
            for shape, (a, b) in enumerate(SHAPES):
                if a <= len(entered):
                    terms[shape] += shifted(entered[a - 1], int(band.low[row - a]), low - b, width, -np.inf)
            opened = shifted(matched, above, low, width, -np.inf) + (opening + missing)
            in_x = np.logaddexp(opened, shifted(in_x, above, low, width, -np.inf) + missing)
            matched = np.logaddexp.reduce(terms, axis=0)
            close(row, low)
    return leaving


def _backward(
    costs: Costs, band: Band, tiles: list[Tile], beads: Sequence[Bead], leaving: dict[Point, _Leaving]
) -> list[float]:
    ending: dict[int, list[int]] = {}
    for index, bead in enumerate(beads):
        ending.setdefault(bead[1], []).append(index)
    shares = [0.0] * len(beads)
    rest = _Rest(costs, band)
    for tile in reversed(tiles):
        table = costs.tile(tile) / -costs.weights.temperature
        for row in range(tile.first + tile.rows - 1, tile.first - 1, -1):
            rest.close(row)
            beginnings = table[:, row - tile.first]
            for index in ending.get(row, ()):
                shares[index] = _share(beads[index], leaving, rest, beginnings, int(band.low[row]))
            rest.pour(row, beginnings)
    rest.close(0)
    for index in ending.get(0, ()):
        shares[index] = _share(beads[index], leaving, rest, np.zeros((0, 0)), 0)
    total = float(rest.from_m[0])
    return [min(1.0, float(np.exp(share - total))) for share in shares]


def _share(bead: Bead, leaving: dict[Point, _Leaving], rest: _Rest, beginnings: Row, low: int) -> float:
    """Log-weight of all alignments that contain the bead, which ends in the row that was closed last."""
    i0, i1, j0, j1 = bead
    point, cell = leaving[i0, j0], j1 - low
    if i0 == i1:
        return point.target + float(rest.from_y[cell])
    if j0 == j1:
        return point.source + float(rest.from_x[cell])
    shape = SHAPES.index((i1 - i0, j1 - j0))
    return point.bead + float(beginnings[shape, cell]) + float(rest.from_m[cell])


class _Rest:
    """Log-weights of all ways from a row's cells to the end, for each state in which a cell may be reached.

    Rows are closed from the last to the first; `pour` hands a row's weights to those where its beads begin.
    """

    def __init__(self, costs: Costs, band: Band) -> None:
        self._costs = costs
        self._band = band
        self._begun: dict[int, Row] = {}
        self.from_m: Row = np.zeros(0)
        self.from_x: Row = np.zeros(0)
        self.from_y: Row = np.zeros(0)

    def close(self, row: int) -> None:
        """Row `row` becomes the current one."""
        opening, missing = _gap_weights(self._costs)
        low, width = self._extent(row)
        enter = _landmarked(self._costs, row, low, self._begun.pop(row, np.full(width, -np.inf)))
        next_x = np.full(width, -np.inf)
        if row == self._costs.size[0]:
            enter[-1] = 0.0
        else:
            next_x = shifted(self.from_x, int(self._band.low[row + 1]), low, width, -np.inf) + missing
        along = missing * np.arange(width)
        self.from_y = np.logaddexp.accumulate((enter + along)[::-1])[::-1] - along
        next_y = np.append(self.from_y[1:], -np.inf) + (opening + missing)
        stay = np.logaddexp(enter, next_y)
        self.from_m = np.logaddexp(stay, next_x + opening)
        self.from_x = np.logaddexp(stay, next_x)

    def pour(self, row: int, beginnings: Row) -> None:
        """Add the current row's weights where its beads (log-weights of shape (shapes, cells)) begin."""
        low, width = self._extent(row)
        for shape, (a, b) in enumerate(SHAPES):
            if row < a:
                continue
            into_low, into_width = self._extent(row - a)
            into = self._begun.setdefault(row - a, np.full(into_width, -np.inf))
            first, last = max(low - b, into_low), min(low - b + width, into_low + into_width)
            if last > first:
                values = beginnings[shape, :width] + self.from_m
                place = into[first - into_low : last - into_low]
                np.logaddexp(place, values[first - low + b : last - low + b], out=place)

    def _extent(self, row: int) -> tuple[int, int]:
        low = int(self._band.low[row])
        return low, int(self._band.high[row]) - low + 1


def _gap_weights(costs: Costs) -> tuple[float, float]:
    weights = costs.weights
    return -weights.opening / weights.temperature, -weights.missing / weights.temperature


def _landmarked(costs: Costs, row: int, low: int, values: Row) -> Row:
    heat = costs.weights.temperature
    return np.asarray(costs.landmarked(row, low, values * -heat) / -heat)
