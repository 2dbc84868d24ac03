"""The beads worth a closer look: all to which the search's costs give some probability (forward-backward
over the search's states).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from amts_tui.alignment.band import Band, Tile
from amts_tui.alignment.beads import LARGEST, SHAPES
from amts_tui.alignment.scores import Costs
from amts_tui.alignment.search import Bead, Near, shifted

Row: TypeAlias = NDArray[np.floating]
Ints: TypeAlias = NDArray[np.int64]

LEAST = 1e-4
"""The probability from which on a bead is kept."""
MOST = 12
"""The most beads that are kept for each unit of both texts, so that repeated text stays cheap."""
_FEW = 1_000
_SIZES = np.array([*SHAPES, (1, 0), (0, 1)])
_KEPT_CELLS = 1_000_000


@dataclass(frozen=True, slots=True)
class Lattice:
    """Candidate beads of a stretch of `size` (source, target) units: rows of (source start, end, target
    start, end), and for each the logarithm of its share of all alignments' probability, and what the
    documents' structure and landmarks make it cost.
    """

    size: tuple[int, int]
    edges: Ints
    shares: NDArray[np.float64]
    extra: NDArray[np.float64]

    @classmethod
    def of(cls, costs: Costs, band: Band, path: Sequence[Bead] = (), *, heat: float, least: float) -> Lattice:
        """All beads of the band with a share of at least `least` (the `MOST` likeliest for each unit), and
        those of `path`; costs are divided by `heat`.
        """
        tables = _Tables(costs, band, heat)
        leaving = _forward(costs, band, tables, heat)
        edges, shares, extra = _kept(costs, band, tables, leaving, heat, float(np.log(least)))
        most = max(_FEW, MOST * sum(costs.size))
        if len(edges) > most:
            likeliest = np.argpartition(-shares, most)[:most]
            edges, shares, extra = edges[likeliest], shares[likeliest], extra[likeliest]
        known = {tuple(edge) for edge in edges.tolist()}
        more = np.array([bead for bead in path if bead not in known], dtype=np.int64).reshape(-1, 4)
        edges = np.concatenate([edges, more])
        shares = np.concatenate([shares, np.full(len(more), np.log(least))])
        extra = np.concatenate([extra, np.zeros(len(more))])
        order = np.lexsort((edges[:, 3], edges[:, 1], edges[:, 2], edges[:, 0]))
        return cls(costs.size, edges[order], shares[order], extra[order])

    def places(self, beads: Sequence[Bead]) -> list[int]:
        """Where the beads of a path stand among the edges."""
        place = {tuple(edge): number for number, edge in enumerate(self.edges.tolist())}
        return [place[bead] for bead in beads]


class _Tables:
    """The log-weights of a band's beads and their extra costs, tile by tile; kept for the way back unless
    they are too many.
    """

    def __init__(self, costs: Costs, band: Band, heat: float) -> None:
        self.tiles = list(band.tiles())
        self._costs = costs
        self._heat = heat
        self._keep = int((band.high - band.low + 1).sum()) <= _KEPT_CELLS
        self._known: dict[int, tuple[Row, Row | None]] = {}

    def of(self, tile: Tile) -> tuple[Row, Row | None]:
        """Both with shape (shapes, rows, width); no extra costs if there are neither factors nor
        landmarks.
        """
        known = self._known.pop(tile.first, None)
        if known is None:
            table, extra = self._costs.parts(tile)
            known = table / -self._heat, extra
            if self._keep:
                self._known[tile.first] = known
        return known


@dataclass(frozen=True, slots=True)
class _Leaving:
    """Log-weights of all beginnings that leave the cells of a row by a bead, by a missing source or by a
    missing target unit.
    """

    bead: Row
    source: Row
    target: Row


def _forward(costs: Costs, band: Band, tables: _Tables, heat: float) -> list[_Leaving]:
    opening, missing = _gap_weights(costs, heat)
    leaving: list[_Leaving] = []
    matched = np.full(int(band.high[0]) + 1, -np.inf)
    matched[0] = 0.0
    in_x = np.full_like(matched, -np.inf)
    near = Near(costs.size[1], -np.inf)

    def close(row: int, low: int) -> None:
        base = np.logaddexp(matched, in_x)
        along = missing * np.arange(len(base))
        running = np.logaddexp.accumulate(base + opening - along)
        in_y = np.full(len(base), -np.inf)
        in_y[1:] = running[:-1] + along[1:]
        enter = _landmarked(costs, row, low, np.logaddexp(base, in_y), heat)
        near.put(row, low, enter)
        source = np.logaddexp(matched + opening, in_x) + missing
        leaving.append(_Leaving(enter, source, np.logaddexp(base + opening, in_y) + missing))

    close(0, 0)
    for tile in tables.tiles:
        table, _ = tables.of(tile)
        for offset in range(tile.rows):
            row = tile.first + offset
            low, above = int(band.low[row]), int(band.low[row - 1])
            width = int(band.high[row]) - low + 1
            terms = table[:, offset, :width] + near.starts(row, low, width)
            opened = shifted(matched, above, low, width, -np.inf) + (opening + missing)
            in_x = np.logaddexp(opened, shifted(in_x, above, low, width, -np.inf) + missing)
            matched = np.logaddexp.reduce(terms, axis=0)
            close(row, low)
    return leaving


def _kept(
    costs: Costs, band: Band, tables: _Tables, leaving: list[_Leaving], heat: float, least: float
) -> tuple[Ints, NDArray[np.float64], NDArray[np.float64]]:
    """The beads of the band with a log-share of at least `least`, these shares, and their extra costs."""
    total = float(leaving[-1].bead[-1])
    found: list[Ints] = [np.zeros((0, 4), dtype=np.int64)]
    shares: list[Row] = [np.zeros(0)]
    extras: list[Row] = [np.zeros(0)]
    for end, share, extra in _ending(costs, band, tables, leaving, heat):
        shape, cell = np.nonzero(share > total + least)
        ends = int(band.low[end]) + cell
        rows = np.full(len(cell), end)
        beads = np.stack([rows - _SIZES[shape, 0], rows, ends - _SIZES[shape, 1], ends], axis=1)
        found.append(beads)
        shares.append(share[shape, cell] - total)
        extras.append(np.zeros(len(cell)) if extra is None else _extra(costs, beads, shape, cell, extra))
    return np.concatenate(found), np.concatenate(shares), np.concatenate(extras)


def _extra(costs: Costs, beads: Ints, shape: Ints, cell: Ints, extra: Row) -> Row:
    """What factors cost the beads of a row (`extra` by shape and cell), less what their landmarks save."""
    found = np.zeros(len(beads))
    two = np.flatnonzero(shape < len(SHAPES))
    found[two] = extra[shape[two], cell[two]]
    found[two] -= [costs.landmarks.get((i, j), 0.0) for i, j in beads[two][:, [0, 2]].tolist()]
    return found


def _ending(
    costs: Costs, band: Band, tables: _Tables, leaving: list[_Leaving], heat: float
) -> Iterator[tuple[int, NDArray[np.float64], Row | None]]:
    """For each row, from the last one: its number, for each size of bead and cell the log-weight of all
    alignments with the bead that ends there, and what factors make beads cost, if there are any.
    """
    rest = _Rest(costs, band, heat)
    near = Near(costs.size[1], -np.inf)
    for row in range(costs.size[0], costs.size[0] - LARGEST, -1):
        _put(near, band, row, leaving)
    for tile in (*reversed(tables.tiles), None):
        table, extra = (np.zeros((0, 1, 0)), None) if tile is None else tables.of(tile)
        last, first = (0, 0) if tile is None else (tile.first + tile.rows - 1, tile.first)
        for row in range(last, first - 1, -1):
            rest.close(row)
            _put(near, band, row - LARGEST, leaving)
            low, width = int(band.low[row]), int(band.high[row] - band.low[row]) + 1
            shares = np.full((len(_SIZES), width), -np.inf)
            shares[-1, 1:] = leaving[row].target[:-1] + rest.from_y[1:]
            if row:
                above = int(band.low[row - 1])
                shares[-2] = shifted(leaving[row - 1].source, above, low, width, -np.inf) + rest.from_x
                values = table[:, row - first, :width] + rest.from_m
                rest.put(row, values)
                np.add(values, near.starts(row, low, width), out=shares[: len(SHAPES)])
            yield row, shares, None if extra is None else extra[:, row - first]


def _put(near: Near, band: Band, row: int, leaving: list[_Leaving]) -> None:
    if row < 0:
        near.put(row, 0, np.zeros(0))
    else:
        near.put(row, int(band.low[row]), leaving[row].bead)


class _Rest:
    """Log-weights of all ways from a row's cells to the end, for each state in which a cell may be reached.

    Rows are closed from the last to the first; `put` gives it what a row's beads weigh with all that follows.
    """

    def __init__(self, costs: Costs, band: Band, heat: float) -> None:
        self._costs = costs
        self._band = band
        self._heat = heat
        self._ends = np.full((LARGEST + 1, len(SHAPES), costs.size[1] + 1 + LARGEST), -np.inf)
        self._flat = self._ends.reshape(-1)
        self._spans = [slice(0, 0)] * (LARGEST + 1)
        self.from_m: Row = np.zeros(0)
        self.from_x: Row = np.zeros(0)
        self.from_y: Row = np.zeros(0)

    def close(self, row: int) -> None:
        """Row `row` becomes the current one."""
        opening, missing = _gap_weights(self._costs, self._heat)
        low, width = self._extent(row)
        enter = _landmarked(self._costs, row, low, self._begun(row, low, width), self._heat)
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

    def put(self, row: int, values: Row) -> None:
        """The log-weights (shapes, cells) of all ways that go on with a bead ending in the row."""
        slot = row % (LARGEST + 1)
        low, width = self._extent(row)
        self._ends[slot, :, self._spans[slot]] = -np.inf
        self._spans[slot] = slice(low, low + width)
        self._ends[slot, :, self._spans[slot]] = values

    def _begun(self, row: int, low: int, width: int) -> Row:
        """For each cell the log-weight of all ways that go on with a bead that begins there."""
        slots = (row + _SIZES[:-2, 0]) % (LARGEST + 1)
        places = (slots * len(SHAPES) + np.arange(len(SHAPES))) * self._ends.shape[2] + low + _SIZES[:-2, 1]
        return np.asarray(np.logaddexp.reduce(self._flat.take(places[:, None] + np.arange(width)), axis=0))

    def _extent(self, row: int) -> tuple[int, int]:
        low = int(self._band.low[row])
        return low, int(self._band.high[row]) - low + 1


def _gap_weights(costs: Costs, heat: float) -> tuple[float, float]:
    return -costs.weights.opening / heat, -costs.weights.missing / heat


def _landmarked(costs: Costs, row: int, low: int, values: Row, heat: float) -> Row:
    return np.asarray(costs.landmarked(row, low, values * -heat) / -heat)
