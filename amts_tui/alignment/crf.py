"""Segment CRF over a lattice of beads (after Sarawagi and Cohen 2004): the best path, and each bead's share
of all paths.

A path is scored by the sum of its beads' scores, and by `further` for each missing unit that goes on a run of
missing units of the same text. In a run source units come first, so that each alignment has one path.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]

_SHORTEST = 24  # levels of a part
_NO = -1e30  # minus infinity without the trouble of differences


class _Step(NamedTuple):
    """The beads that lead to (or from) the points of one level: beads with two sides (their points in runs
    that begin at `runs`), missing source units, missing target units.
    """

    beads: Ints
    runs: Ints
    points: Ints
    source: Ints
    target: Ints


@dataclass(frozen=True, slots=True)
class Graph:
    """The lattices of one or several texts: `start` and `end` are the points of each edge, the points of
    text k begin at `firsts[k]` and end at `lasts[k]`.
    """

    points: int
    start: Ints
    end: Ints
    text: Ints
    firsts: Ints
    lasts: Ints
    forward: tuple[_Step, ...]
    backward: tuple[_Step, ...]

    @classmethod
    def of(cls, lattices: Sequence[tuple[tuple[int, int], Ints]]) -> Graph:
        """From the (size, edges) of each text."""
        keys, levels, text = [], [], []
        corners = []
        offset = 0
        for number, ((n, m), edges) in enumerate(lattices):
            keys.append(offset + edges[:, [0, 1]] * (m + 1) + edges[:, [2, 3]])
            levels.append(edges[:, [0, 1]] + edges[:, [2, 3]])
            text.append(np.full(len(edges), number))
            corners.append((offset, offset + n * (m + 1) + m))
            offset += (n + 1) * (m + 1)
        key, level = np.concatenate(keys), np.concatenate(levels)
        names, place = np.unique(np.concatenate([key.ravel(), np.ravel(corners)]), return_inverse=True)
        ends = place[: key.size].reshape(-1, 2)
        corner = place[key.size :].reshape(-1, 2)
        edges = np.concatenate([edges for _, edges in lattices])
        kind = np.where(edges[:, 2] == edges[:, 3], 1, np.where(edges[:, 0] == edges[:, 1], 2, 0))
        return cls(
            len(names),
            ends[:, 0],
            ends[:, 1],
            np.concatenate(text),
            corner[:, 0],
            corner[:, 1],
            tuple(_steps(level[:, 1], ends[:, 1], kind)),
            tuple(_steps(-level[:, 0], ends[:, 0], kind)),
        )

    def best(self, scores: Floats, further: float) -> list[list[int]]:
        """For each text the edges of the path with the greatest score, in order."""
        value = np.full((3, self.points), _NO)
        value[0, self.firsts] = 0.0
        came = np.full((3, self.points), -1)
        state = np.zeros((3, len(scores)), dtype=np.int64)
        for step in self.forward:
            if len(step.beads):
                before = value[:, self.start[step.beads]]
                state[0, step.beads] = before.argmax(axis=0)
                reached = before.max(axis=0) + scores[step.beads]
                top = np.maximum.reduceat(reached, step.runs)
                sizes = np.diff(step.runs, append=len(reached))
                hit = np.flatnonzero(reached == np.repeat(top, sizes))
                came[0, self.end[step.beads[hit]]] = step.beads[hit]
                value[0, step.points] = top
            for kind, chosen in ((1, step.source), (2, step.target)):
                if len(chosen):
                    before = value[:, self.start[chosen]].copy()
                    before[kind] += further
                    if kind == 1:
                        before[2] = _NO
                    state[kind, chosen] = before.argmax(axis=0)
                    value[kind, self.end[chosen]] = before.max(axis=0) + scores[chosen]
                    came[kind, self.end[chosen]] = chosen
        return [
            self._traced(int(first), int(last), value, came, state)
            for first, last in zip(self.firsts, self.lasts, strict=True)
        ]

    def _traced(self, first: int, last: int, value: Floats, came: Ints, state: Ints) -> list[int]:
        path: list[int] = []
        point, now = last, int(value[:, last].argmax())
        while point != first:
            edge = int(came[now, point])
            path.append(edge)
            now, point = int(state[now, edge]), int(self.start[edge])
        return path[::-1]

    def shares(self, scores: Floats, further: float) -> tuple[Floats, Floats, Floats]:
        """For each text the logarithm of the sum over all paths; for each edge its share of it, and the share
        of the paths where it goes on a run of missing units.
        """
        value = np.full((3, self.points), _NO)
        value[0, self.firsts] = 0.0
        for step in self.forward:
            if len(step.beads):
                reached = _sum(value[:, self.start[step.beads]]) + scores[step.beads]
                value[0, step.points] = _sums(reached, step.runs)
            if len(step.source):
                x = step.source
                before = value[:, self.start[x]]
                value[1, self.end[x]] = np.logaddexp(before[0], before[1] + further) + scores[x]
            if len(step.target):
                y = step.target
                before = value[:, self.start[y]]
                base = np.logaddexp(before[0], before[1])
                value[2, self.end[y]] = np.logaddexp(base, before[2] + further) + scores[y]
        rest = self._rest(scores, further)
        whole = _sum(value[:, self.lasts])
        share, extended = np.zeros(len(scores)), np.zeros(len(scores))
        for step in self.forward:
            for kind, chosen in enumerate((step.beads, step.source, step.target)):
                if not len(chosen):
                    continue
                before = value[:, self.start[chosen]]
                after = rest[kind, self.end[chosen]] + scores[chosen] - whole[self.text[chosen]]
                if kind == 0:
                    share[chosen] = np.exp(np.minimum(_sum(before) + after, 0))
                    continue
                base = before[0] if kind == 1 else np.logaddexp(before[0], before[1])
                extended[chosen] = np.exp(np.minimum(before[kind] + further + after, 0))
                share[chosen] = np.exp(np.minimum(base + after, 0)) + extended[chosen]
        return whole, share, extended

    def _rest(self, scores: Floats, further: float) -> Floats:
        """For each state and point the sum over all ways to the end."""
        rest = np.full((3, self.points), _NO)
        rest[:, self.lasts] = 0.0
        for step in self.backward:
            here = np.unique(np.concatenate([step.points, self.start[step.source], self.start[step.target]]))
            bead, source, target = np.full((3, len(here)), _NO)
            if len(step.beads):
                ways = _sums(rest[0, self.end[step.beads]] + scores[step.beads], step.runs)
                bead[np.searchsorted(here, step.points)] = ways
            if len(step.source):
                x = step.source
                source[np.searchsorted(here, self.start[x])] = rest[1, self.end[x]] + scores[x]
            if len(step.target):
                y = step.target
                target[np.searchsorted(here, self.start[y])] = rest[2, self.end[y]] + scores[y]
            both = np.logaddexp(bead, target)
            rest[0, here] = np.logaddexp(both, source)
            rest[1, here] = np.logaddexp(both, source + further)
            rest[2, here] = np.logaddexp(bead, target + further)
        return rest


def parts(size: tuple[int, int], edges: Ints) -> list[tuple[tuple[int, int], Ints]]:
    """A lattice (edges in the order of their start) cut at points that every path passes by a bead with two
    sides: what holds of each part holds of the whole, and all parts are walked at once.
    """
    two = (edges[:, 1] > edges[:, 0]) & (edges[:, 3] > edges[:, 2])
    points = np.unique(edges[two][:, [1, 3]], axis=0)
    barred = {tuple(point) for point in edges[~two][:, [1, 3]].tolist()}
    before = np.searchsorted(edges[:, 0], points[:, 0])
    furthest = np.maximum.accumulate(edges[:, [1, 3]], axis=0)
    nearest = np.append(np.minimum.accumulate(edges[::-1, 2])[::-1], size[1])
    open_ = (furthest[before - 1] <= points).all(axis=1) & (nearest[before] >= points[:, 1])
    found = []
    i = j = first = 0
    for (k, m), last in zip(points[open_].tolist(), before[open_].tolist(), strict=True):
        if k + m - i - j >= _SHORTEST and (k, m) not in barred and (k, m) != size:
            found.append(((k - i, m - j), edges[first:last] - (i, i, j, j)))
            i, j, first = k, m, last
    found.append(((size[0] - i, size[1] - j), edges[first:] - (i, i, j, j)))
    return found


def _steps(level: Ints, point: Ints, kind: Ints) -> Iterator[_Step]:
    order = np.lexsort((point, level))
    cuts = np.flatnonzero(np.diff(level[order])) + 1
    for edges in np.split(order, cuts) if len(order) else ():
        beads = edges[kind[edges] == 0]
        runs = np.flatnonzero(np.diff(point[beads], prepend=-1))
        yield _Step(beads, runs, point[beads[runs]], edges[kind[edges] == 1], edges[kind[edges] == 2])


def _sum(values: Floats) -> Floats:
    return np.asarray(np.logaddexp(np.logaddexp(values[0], values[1]), values[2]))


def _sums(values: Floats, starts: Ints) -> Floats:
    """The logarithms of the sums of exponentials of runs of values."""
    top = np.maximum.reduceat(values, starts)
    sizes = np.diff(starts, append=len(values))
    return np.asarray(top + np.log(np.add.reduceat(np.exp(values - np.repeat(top, sizes)), starts)))
