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

_SHAPE = 15
_X_RUNS = 16  # X was reached from X
_Y_RUNS = 32  # Y was reached from Y
_X_BEST = 64  # X is cheaper than M here
_Y_BEST = 128  # Y is cheaper than both


def best(costs: Costs, band: Band) -> list[Bead]:
    """The cheapest beads, in order; every unit of both sides is in one of them, missing units one by one."""
    source, target = costs.size
    opening, missing = costs.weights.opening, costs.weights.missing
    rows: list[NDArray[np.floating]] = []
    steps: list[NDArray[np.uint8]] = []
    matched = np.full(int(band.high[0]) + 1, np.inf)
    matched[0] = 0.0
    in_x = np.full_like(matched, np.inf)
    enter, step = _close(matched, in_x, np.zeros(len(matched), np.uint8), opening, missing)
    rows.append(costs.landmarked(0, 0, enter))
    steps.append(step)
    for tile in band.tiles():
        table = costs.tile(tile)
        for offset in range(tile.rows):
            row = tile.first + offset
            low, above = int(band.low[row]), int(band.low[row - 1])
            width = int(band.high[row]) - low + 1
            candidates = table[:, offset, :width]
            earlier = [_window(rows, band, row - back, low, width) for back in range(1, LARGEST + 1)]
            for shape, (a, b) in enumerate(SHAPES):
                candidates[shape] += earlier[a - 1][LARGEST - b : LARGEST - b + width]
            opened = shifted(matched, above, low, width, np.inf) + (opening + missing)
            extended = shifted(in_x, above, low, width, np.inf) + missing
            chosen = candidates.argmin(axis=0)
            matched = candidates[chosen, np.arange(width)]
            in_x = np.minimum(opened, extended)
            step = chosen.astype(np.uint8)
            step[extended < opened] |= _X_RUNS
            enter, step = _close(matched, in_x, step, opening, missing)
            rows.append(costs.landmarked(row, low, enter))
            steps.append(step)
            if row > LARGEST:
                rows[row - LARGEST - 1] = enter[:0]
    return _trace(steps, band, source, target)


def _window(
    rows: list[NDArray[np.floating]], band: Band, row: int, low: int, width: int
) -> NDArray[np.floating]:
    """The positions low - LARGEST .. low + width - 1 of an earlier row, infinite where it has no cell."""
    if row < 0:
        return np.full(width + LARGEST, np.inf)
    return shifted(rows[row], int(band.low[row]), low - LARGEST, width + LARGEST, np.inf)


def shifted(
    values: NDArray[np.floating], begins: int, low: int, width: int, outside: float
) -> NDArray[np.floating]:
    """`values` stand at begins, begins + 1, …: those at low .. low + width - 1, `outside` where there are
    none.
    """
    window = np.full(width, outside)
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
    in_y = np.full(len(base), np.inf)
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
