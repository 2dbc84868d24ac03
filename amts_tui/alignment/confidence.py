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
    opening, missing = _gap_weights(costs)
    n = costs.size[0]
    ending: dict[int, list[int]] = {}
    for index, bead in enumerate(beads):
        ending.setdefault(bead[1], []).append(index)
    shares = [0.0] * len(beads)
    begun = {
        row: np.full(int(band.high[row] - band.low[row]) + 1, -np.inf)
        for row in range(max(0, n - LARGEST), n + 1)
    }
    from_x: Row = np.full(1, -np.inf)

    def close(row: int) -> Row:
        nonlocal from_x
        low = int(band.low[row])
        enter = _landmarked(costs, row, low, begun.pop(row))
        if row == n:
            enter[-1] = 0.0
        along = missing * np.arange(len(enter))
        from_y = np.logaddexp.accumulate((enter + along)[::-1])[::-1] - along
        next_y = np.append(from_y[1:], -np.inf) + (opening + missing)
        below = int(band.low[row + 1]) if row < n else 0
        next_x = (
            shifted(from_x, below, low, len(enter), -np.inf) + missing
            if row < n
            else np.full_like(enter, -np.inf)
        )
        stay = np.logaddexp(enter, next_y)
        from_m = np.logaddexp(stay, next_x + opening)
        from_x = np.logaddexp(stay, next_x)
        for index in ending.get(row, ()):
            i0, i1, j0, j1 = beads[index]
            point, k = leaving[i0, j0], j1 - low
            if i0 == i1:
                shares[index] = point.target + float(from_y[k])
            elif j0 == j1:
                shares[index] = point.source + float(from_x[k])
            else:
                shape = SHAPES.index((i1 - i0, j1 - j0))
                shares[index] = point.bead + float(table[shape, offset, k]) + float(from_m[k])
        return from_m

    from_m: Row = np.zeros(1)
    for tile in reversed(tiles):
        table = costs.tile(tile) / -costs.weights.temperature
        for offset in range(tile.rows - 1, -1, -1):
            row = tile.first + offset
            from_m = close(row)
            low = int(band.low[row])
            if row - LARGEST >= 0:
                fresh = row - LARGEST - 0
                begun.setdefault(fresh, np.full(int(band.high[fresh] - band.low[fresh]) + 1, -np.inf))
            for shape, (a, b) in enumerate(SHAPES):
                if row >= a:
                    _pour(
                        begun[row - a],
                        int(band.low[row - a]),
                        table[shape, offset, : len(from_m)] + from_m,
                        low - b,
                    )
    table = np.zeros((0, 0, 0))
    offset = 0
    from_m = close(0)
    total = float(from_m[0])
    return [min(1.0, float(np.exp(share - total))) for share in shares]


def _gap_weights(costs: Costs) -> tuple[float, float]:
    weights = costs.weights
    return -weights.opening / weights.temperature, -weights.missing / weights.temperature


def _landmarked(costs: Costs, row: int, low: int, values: Row) -> Row:
    heat = costs.weights.temperature
    return np.asarray(costs.landmarked(row, low, values * -heat) / -heat)


def _pour(into: Row, into_low: int, values: Row, low: int) -> None:
    """Add probabilities in place, matching the two rows' positions; what lies outside `into` is lost."""
    first, last = max(low, into_low), min(low + len(values), into_low + len(into))
    if last > first:
        place = into[first - into_low : last - into_low]
        np.logaddexp(place, values[first - low : last - low], out=place)
