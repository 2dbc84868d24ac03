"""Passages that stand elsewhere in the translation: runs of missing units of both texts that are alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from amts_tui.alignment.band import Point
from amts_tui.alignment.chain import chain
from amts_tui.alignment.model import Link

if TYPE_CHECKING:
    from amts_tui.alignment.similarity import Similarity

Run: TypeAlias = tuple[int, int]
"""The first unit and the one after the last."""

_FEWEST = 3
_BRIDGED = 3
_GAP = 4
_SURE = 0.97
_LEAST = 0.5
_ALIKE = 0.6
_MOST_RUNS = 40
_MOST_CELLS = 25_000_000


@dataclass(frozen=True, slots=True)
class Crossing:
    """A proposal: these source units (first, one after the last) are translated by these target units, though
    others that they cross are between them. `confidence` is 0..1, from how much of both they match.
    """

    source: Run
    target: Run
    confidence: float


def crossings(
    source: Sequence[str], target: Sequence[str], links: Sequence[Link], similarity: Similarity
) -> list[Crossing]:
    """The moved passages of two texts, given their links, in the order of the source."""
    left, right = (_longest(missing_runs(links, side)) for side in ("source", "target"))
    if not left or not right or _units(left) * _units(right) > _MOST_CELLS:
        return []
    rows = similarity.evidence(_texts(source, left), _texts(target, right)).rows()
    sides = _Runs(left, rows[0]), _Runs(right, rows[1])
    found: list[Crossing] = []
    while best := max(
        (one for one in _candidates(*sides) if _crossed(links, one)), key=_weight, default=None
    ):
        found.append(best)
        sides = sides[0].without(best.source), sides[1].without(best.target)
    return sorted(found, key=lambda crossing: crossing.source)


def missing_runs(links: Sequence[Link], side: str) -> list[Run]:
    """The runs of units of a side without a partner or with a doubtful one, at least three of them without; a
    few with a sure one do not end a run.
    """
    runs: list[list[int]] = []
    settled = _BRIDGED + 1
    for link in links:
        units = link.source if side == "source" else link.target
        if not units:
            continue
        if link.source and link.target and link.confidence >= _SURE:
            settled += len(units)
            continue
        if settled > _BRIDGED:
            runs.append([units[0], 0, 0])
        runs[-1][1] = units[-1] + 1
        runs[-1][2] += 0 if link.source and link.target else len(units)
        settled = 0
    return [(first, last) for first, last, missing in runs if missing >= _FEWEST]


def _crossed(links: Sequence[Link], crossing: Crossing) -> bool:
    """Whether sure beads stand between the two passages."""
    (first, last), (start, end) = crossing.source, crossing.target
    between = (
        link
        for link in links
        if link.source
        and link.target
        and link.confidence >= _SURE
        and (
            (link.source[0] >= last and link.target[-1] < start)
            or (link.source[-1] < first and link.target[0] >= end)
        )
    )
    return sum(1 for _ in between) >= _FEWEST


@dataclass(frozen=True, slots=True)
class _Runs:
    """Runs of a text's units and a vector for each of their units, one after the other."""

    runs: Sequence[Run]
    rows: NDArray[np.floating]

    def each(self) -> Iterator[tuple[Run, NDArray[np.floating]]]:
        """The runs with their vectors."""
        place = 0
        for run in self.runs:
            yield run, self.rows[place : place + run[1] - run[0]]
            place += run[1] - run[0]

    def without(self, taken: Run) -> _Runs:
        """What is left of the runs, where it is long enough, without some units."""
        runs: list[Run] = []
        rows = [self.rows[:0]]
        for (first, last), vectors in self.each():
            free = (unit for unit in range(first, last) if not taken[0] <= unit < taken[1])
            for _, group in groupby(enumerate(free), lambda entry: entry[1] - entry[0]):
                units = [unit for _, unit in group]
                if len(units) >= _FEWEST:
                    runs.append((units[0], units[-1] + 1))
                    rows.append(vectors[units[0] - first : units[-1] + 1 - first])
        return _Runs(runs, np.concatenate(rows))


def _candidates(source: _Runs, target: _Runs) -> Iterator[Crossing]:
    for (i, _), left in source.each():
        for (j, _), right in target.each():
            points = _densest(chain(left, right, {}))
            if len(points) >= _FEWEST:
                yield from _proposed(left, right, points, i, j)


def _densest(points: Sequence[Point]) -> Sequence[Point]:
    """The longest part of a chain without a gap."""
    parts: list[list[Point]] = [[]]
    for point in points:
        if parts[-1] and max(point[0] - parts[-1][-1][0], point[1] - parts[-1][-1][1]) > _GAP:
            parts.append([])
        parts[-1].append(point)
    return max(parts, key=len)


def _proposed(
    left: NDArray[np.floating], right: NDArray[np.floating], points: Sequence[Point], i: int, j: int
) -> Iterator[Crossing]:
    """What a chain of likely pairs comes to: how much of both passages it holds, and how alike its pairs
    are.
    """
    (a, c), (b, d) = points[0], points[-1]
    held = 2 * len(points) / (b - a + d - c + 2)
    alike = float(np.median([left[x] @ right[y] for x, y in points]))
    sure = min(1.0, held) * min(1.0, alike / _ALIKE)
    if sure >= _LEAST:
        yield Crossing((i + a, i + b + 1), (j + c, j + d + 1), sure)


def _weight(crossing: Crossing) -> float:
    return crossing.confidence * (crossing.source[1] - crossing.source[0])


def _longest(runs: list[Run]) -> list[Run]:
    """The longest of many runs: all are compared with all."""
    return sorted(sorted(runs, key=lambda run: run[0] - run[1])[:_MOST_RUNS])


def _units(runs: Sequence[Run]) -> int:
    return sum(last - first for first, last in runs)


def _texts(texts: Sequence[str], runs: Sequence[Run]) -> list[str]:
    return [texts[unit] for first, last in runs for unit in range(first, last)]
