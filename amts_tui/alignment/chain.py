"""A first path: the best strictly rising chain of likely 1-1 pairs over the whole plane."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from amts_tui.alignment.band import Band, Point, around, whole
from amts_tui.alignment.scores import Costs

Floats: TypeAlias = NDArray[np.floating]

_SMALL = 30_000
_CELLS = 12_000_000
_MOST_CELLS = 60_000_000
_BLIND = 500_000
_FEWEST = 0.2
_LEAST = 0.25
_OFF_COURSE = 0.3
_LANDMARK = 0.5
_PIECE = 512
_DRIFT = 40
_DRIFTING = 2.5
_MISSING = 0.1


def first_band(costs: Costs) -> Band:
    """Where to search: everything when small, else around the chain.

    Long texts are chained in groups of neighbouring units, so that time and memory stay bounded.
    """
    n, m = costs.size
    if n * m <= _SMALL or min(n, m) == 0:
        return whole(n, m)
    group = max(1, int(np.ceil(np.sqrt(n * m / _CELLS))))
    rows, columns = min(group, n), min(group, m)
    boosts = {(i // rows, j // columns): _LANDMARK for i, j in costs.landmarks if i < n and j < m}
    pairs = chain(*costs.evidence.rows((rows, columns)), boosts)
    if len(pairs) < _FEWEST * min(n // rows, m // columns) and n * m <= _BLIND:
        return whole(n, m)
    points = [(i * rows, j * columns) for i, j in pairs]
    band = around(points, n, m, rows=12 + 2 * rows, columns=16 + 2 * columns)
    return widened(band, _along(costs)) if costs.weights.blind else band


def widened(band: Band, other: Band) -> Band:
    """Both bands and what lies between them; the other alone if that were too much."""
    both = Band(np.minimum(band.low, other.low), np.maximum(band.high, other.high))
    return both if int((both.high - both.low).sum()) <= _CELLS else other


def _along(costs: Costs) -> Band:
    """Near the same share of both texts' lengths: as far as lengths drift apart, or a tenth of a text may be
    missing; narrower where that were too much.
    """
    n, m = costs.size
    runs = np.zeros((max(n, m) + 1, 4), dtype=np.int64)
    runs[:, 1], runs[:, 3] = (np.minimum(np.arange(len(runs)), units) for units in (n, m))
    source, target = costs.extent(runs)
    place = np.searchsorted(target[: m + 1] / target[m], source[: n + 1] / source[n])
    drift = min(_DRIFT + _DRIFTING * np.sqrt(max(n, m)), _MOST_CELLS / (2 * n))
    reach = int(max(drift, min(_MISSING * n, _CELLS / (2 * n))))
    return Band(np.clip(place - reach, 0, m), np.clip(place + reach, 0, m))


def chain(source: Floats, target: Floats, boosts: Mapping[Point, float]) -> list[Point]:
    """Pairs (source row, target row), strictly rising, with the greatest sum of products above a threshold.

    A product counts the less the further the pair lies off the diagonal, so that repeated text stays in step.
    `boosts` are added to the products of pairs that both documents mark.
    """
    n, m = len(source), len(target)
    took = np.zeros((n, m), dtype=np.bool_)
    stayed = np.zeros((n, m), dtype=np.bool_)
    best = np.zeros(m + 1, dtype=np.float32)
    for first in range(0, n, _PIECE):
        products = np.asarray(source[first : first + _PIECE] @ target.T, dtype=np.float32)
        places = np.arange(first, first + len(products), dtype=np.float32)[:, None] / n
        distance = np.abs(places - np.arange(m, dtype=np.float32) / m)
        gains = (products - _LEAST) * (1 - _OFF_COURSE * distance)
        for i, j in boosts:
            if first <= i < first + len(gains):
                gains[i - first, j] += boosts[i, j]
        for offset, gain in enumerate(gains):
            taken = best[:-1] + gain
            took[first + offset] = (gain > 0) & (taken >= best[1:])
            reached = np.maximum.accumulate(np.maximum(np.where(took[first + offset], taken, 0), best[1:]))
            stayed[first + offset, 1:] = reached[1:] == reached[:-1]
            best[1:] = reached
    return _trace(took, stayed, n, m)


def _trace(took: NDArray[np.bool_], stayed: NDArray[np.bool_], n: int, m: int) -> list[Point]:
    points: list[Point] = []
    i, j = n - 1, m - 1
    while i >= 0 and j >= 0:
        if stayed[i, j]:
            j -= 1
        elif took[i, j]:
            points.append((i, j))
            i, j = i - 1, j - 1
        else:
            i -= 1
    points.reverse()
    return points


def grouped(vectors: Floats, size: int, mean: Floats | None = None) -> Floats:
    """The vectors less their `mean`; for groups of more than one their sums, of length 1."""
    if size == 1:
        return vectors if mean is None else vectors - mean
    first = np.arange(0, len(vectors), size)
    sums = np.add.reduceat(vectors, first, axis=0)
    if mean is not None:
        sums -= np.diff(first, append=len(vectors))[:, None].astype(np.float32) * mean
    return np.asarray(sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9))
