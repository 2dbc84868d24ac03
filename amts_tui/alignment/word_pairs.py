"""What the words of single units say about one another, for the part of the plane that is asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from amts_tui.alignment.vocabulary import Table, Words, ratios

Floats: TypeAlias = NDArray[np.float32]
Ints: TypeAlias = NDArray[np.int64]

_STRIP = 32
_MOST_CELLS = 4_000_000
_LONG = 15


class Gains(NamedTuple):
    """What source unit and target unit say for each other above what words without partner say: for the
    target's words given the source (`there`) and for the source's given the target (`back`); and how much of
    it the unit before the given one says as well.
    """

    there: Floats
    there_twice: Floats
    back: Floats
    back_twice: Floats


class _Strip(NamedTuple):
    low: int
    gains: Gains


@dataclass(frozen=True, slots=True)
class WordPairs:
    """Two texts and how the words of each explain the other's (`forward`: target given source words)."""

    source: Words
    target: Words
    forward: Table
    backward: Table
    unexplained: tuple[float, float]
    _strips: dict[int, _Strip] = field(default_factory=dict)

    def gains(self, first: int, last: int, low: int, high: int) -> Gains:
        """For the source units first..last-1 and target units low..high-1 (0 where there is no such unit)."""
        n, m = len(self.source.first) - 1, len(self.target.first) - 1
        found = Gains(*np.zeros((4, last - first, high - low), dtype=np.float32))
        left, right = max(low, 0), min(high, m)
        if right <= left:
            return found
        for number in range(max(first, 0) // _STRIP, -(-min(last, n) // _STRIP)):
            top = number * _STRIP
            rows = slice(max(first, top), min(last, top + _STRIP, n))
            strip = self._strip(number, left, right)
            for into, out in zip(found, strip.gains, strict=True):
                into[rows.start - first : rows.stop - first, left - low : right - low] = out[
                    rows.start - top : rows.stop - top, left - strip.low : right - strip.low
                ]
        return found

    def _strip(self, number: int, low: int, high: int) -> _Strip:
        known = self._strips.get(number)
        if known:
            known_high = known.low + known.gains.there.shape[1]
            if known.low <= low and high <= known_high:
                return known
            low, high = min(low, known.low), max(high, known_high)
        start = number * _STRIP
        end = min(start + _STRIP, len(self.source.first) - 1)
        there = _gains(self.source, self.target, self.forward, (start, end), (low, high), self.unexplained[0])
        back = _gains(self.target, self.source, self.backward, (low, high), (start, end), self.unexplained[1])
        strip = _Strip(low, Gains(*there, back[0].T, back[1].T))
        while self._strips and sum(s.gains.there.size for s in self._strips.values()) > _MOST_CELLS:
            del self._strips[next(iter(self._strips))]
        self._strips[number] = strip
        return strip


def damping(words: NDArray[np.floating] | Ints) -> Floats:
    """How much less each word of a long text says."""
    return np.asarray(1 / np.sqrt(1 + words / _LONG), dtype=np.float32)


def _gains(
    given: Words,
    other: Words,
    table: Table,
    units: tuple[int, int],
    others: tuple[int, int],
    unexplained: float,
) -> tuple[Floats, Floats]:
    """Shape (units, others) twice: the gains, and what the unit before says as well."""
    start, end = max(units[0] - 1, 0), units[1]
    words, unit, place = other.block(*others)
    explained = table.explained(given, start, end, words)
    some: NDArray[np.bool_] = np.asarray(explained.any(axis=0))
    column = np.cumsum(some) - 1
    kept = np.flatnonzero(some[place])
    occurs = np.zeros((others[1] - others[0], int(some.sum())), dtype=np.float32)
    occurs[unit[kept], column[place[kept]]] = 1
    chance = np.outer(given.counts[start:end] + 1, other.share[words[some]]).astype(np.float32)
    gains: Floats = ratios(explained[:, some], chance, unexplained) - np.float32(unexplained)
    twice = np.zeros_like(gains)
    np.minimum(gains[1:], gains[:-1], out=twice[1:])
    skipped = units[0] - start
    return gains[skipped:] @ occurs.T, twice[skipped:] @ occurs.T
