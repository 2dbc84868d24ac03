"""The cheapest monotone sequence of beads through a band (dynamic programming, Viterbi), missing units in
runs.

Three states for each cell (i, j), i source and j target units consumed: the last step was a bead with both
sides (M), a missing source unit (X) or a missing target unit (Y). Inside a gap source units come first, so
that each alignment has one path.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from amts_tui.alignment.band import Band
from amts_tui.alignment.beads import LARGEST, SHAPES
from amts_tui.alignment.scores import Costs

Bead: TypeAlias = tuple[int, int, int, int]
"""Source start and end, target start and end; one of the runs may be empty."""

_BACK, _ACROSS = np.array(SHAPES).T
_SHAPE = 15
_X_RUNS = 16  # X was reached from X
_Y_RUNS = 32  # Y was reached from Y
_X_BEST = 64  # X is cheaper than M here
_Y_BEST = 128  # Y is cheaper than both


class Near:
    """The last few rows of the plane, each at its target positions, `outside` where a row has no cell.

    Rows are put in order, either rising or falling.
    """

    def __init__(self, targets: int, outside: float) -> None:
        self._outside = outside
        self._rows = np.full((LARGEST + 1, targets + 1 + 2 * LARGEST), outside)
        self._spans = [slice(0, 0)] * (LARGEST + 1)
        self._flat = self._rows.reshape(-1)

    def put(self, row: int, low: int, values: NDArray[np.floating]) -> None:
        """The values of a row from target position `low` on."""
        slot = row % (LARGEST + 1)
        self._rows[slot, self._spans[slot]] = self._outside
        self._spans[slot] = slice(low + LARGEST, low + LARGEST + len(values))
        self._rows[slot, self._spans[slot]] = values

    def starts(self, row: int, low: int, width: int) -> NDArray[np.floating]:
        """Shape (shapes, width): the values where the beads begin that end in `row` from `low` on."""
        begins = (row - _BACK) % (LARGEST + 1) * self._rows.shape[1] + (low + LARGEST - _ACROSS)
        return np.asarray(self._flat.take(begins[:, None] + np.arange(width)))


def best(costs: Costs, band: Band) -> list[Bead]:
    """The cheapest beads, in order; every unit of both sides is in one of them, missing units one by one."""
    source, target = costs.size
    opening, missing = costs.weights.opening, costs.weights.missing
    near = Near(target, np.inf)
    steps: list[NDArray[np.uint8]] = []
    matched = np.full(int(band.high[0]) + 1, np.inf)
    matched[0] = 0.0
    in_x = np.full_like(matched, np.inf)
    enter, step = _close(matched, in_x, np.zeros(len(matched), np.uint8), opening, missing)
    near.put(0, 0, costs.landmarked(0, 0, enter))
    steps.append(step)
    for tile in band.tiles():
        table = costs.tile(tile)
        for offset in range(tile.rows):
            row = tile.first + offset
            low, above = int(band.low[row]), int(band.low[row - 1])
            width = int(band.high[row]) - low + 1
            candidates = table[:, offset, :width] + near.starts(row, low, width)
            opened = shifted(matched, above, low, width, np.inf) + (opening + missing)
            extended = shifted(in_x, above, low, width, np.inf) + missing
            chosen = candidates.argmin(axis=0)
            matched = candidates[chosen, np.arange(width)]
            in_x = np.minimum(opened, extended)
            step = chosen.astype(np.uint8)
            step[extended < opened] |= _X_RUNS
            enter, step = _close(matched, in_x, step, opening, missing)
            near.put(row, low, costs.landmarked(row, low, enter))
            steps.append(step)
    return _trace(steps, band, source, target)


def shifted(
    values: NDArray[np.floating], begins: int, low: int, width: int, outside: float
) -> NDArray[np.floating]:
    """`values` stand at begins, begins + 1, …: those at low .. low + width - 1, `outside` where there are
    none.
    """
    window = np.empty(width)
    window.fill(outside)
    first, last = max(low, begins), min(low + width, begins + len(values))
    if last > first:
        window[first - low : last - low] = values[first - begins : last - begins]
    return window


def _close(
    matched: NDArray[np.floating],
    in_x: NDArray[np.floating],
    step: NDArray[np.uint8],
    opening: float,
    missing: float,
) -> tuple[NDArray[np.floating], NDArray[np.uint8]]:
    """The best of the three states at each cell of a row, the runs of missing target units taken within
    it.
    """
    step[in_x < matched] |= _X_BEST
    base = np.minimum(matched, in_x)
    along = missing * np.arange(len(base))
    begun = base + opening - along
    running = np.minimum.accumulate(begun)
    in_y = np.empty(len(base))
    in_y[0] = np.inf
    in_y[1:] = running[:-1] + along[1:]
    step[1:][running[:-1] < begun[:-1]] |= _Y_RUNS
    step[in_y < base] |= _Y_BEST
    return np.minimum(base, in_y), step


def _trace(steps: list[NDArray[np.uint8]], band: Band, i: int, j: int) -> list[Bead]:
    beads: list[Bead] = []
    state = _state(steps, band, i, j)
    while i or j:
        step = int(steps[i][j - int(band.low[i])])
        if state == "Y":
            beads.append((i, i, j - 1, j))
            j -= 1
            if not step & _Y_RUNS:
                state = _state(steps, band, i, j, gap=True)
        elif state == "X":
            beads.append((i - 1, i, j, j))
            i -= 1
            state = "X" if step & _X_RUNS else "M"
        else:
            a, b = SHAPES[step & _SHAPE]
            beads.append((i - a, i, j - b, j))
            i, j = i - a, j - b
            state = _state(steps, band, i, j)
    beads.reverse()
    return beads


def _state(steps: list[NDArray[np.uint8]], band: Band, i: int, j: int, *, gap: bool = False) -> str:
    """The cheapest state of a cell; with `gap` the one that a run of missing target units leaves."""
    step = int(steps[i][j - int(band.low[i])])
    if step & _Y_BEST and not gap:
        return "Y"
    return "X" if step & _X_BEST else "M"
