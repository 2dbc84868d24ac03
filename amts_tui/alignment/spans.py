"""Vectors of a text's units, of runs of them and of pieces of them, from sums over tokens."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Vectors: TypeAlias = NDArray[np.float32]
Ints: TypeAlias = NDArray[np.int64]
Head: TypeAlias = Callable[[NDArray[np.floating], NDArray[np.floating]], Vectors]
Rows: TypeAlias = NDArray[np.float16]


@dataclass(frozen=True, slots=True)
class Pieces:
    """The pieces of neighbouring units: vectors, tokens, and in `first` where each unit's begin (one more
    than units).
    """

    vectors: Vectors
    sizes: NDArray[np.float32]
    first: Ints


@dataclass(frozen=True, slots=True)
class Spans:
    """One text: for each unit the rows of `TokenSums.rows`, their inner sums and tokens, and what a begin and
    an end token usually add.
    """

    rows: Sequence[Rows]
    inner: NDArray[np.float32]
    sizes: NDArray[np.float32]
    ends: NDArray[np.float32]
    head: Head

    @classmethod
    def of(cls, rows: Sequence[Rows], head: Head) -> Spans:
        """From the rows of all units of a text."""
        inner = np.zeros((len(rows), rows[0].shape[1] if rows else 1), dtype=np.float32)
        ends = np.zeros(inner.shape[1], dtype=np.float32)
        for total, unit in zip(inner, rows, strict=True):
            unit[1:].sum(axis=0, dtype=np.float32, out=total)
            ends += unit[0]
        return cls(
            rows,
            inner[:, :-1],
            inner[:, -1],
            np.asarray(ends[:-1] / np.float32(max(1, len(rows))), dtype=np.float32),
            head,
        )

    def part(self, stretch: slice) -> Spans:
        """The same for some of the units."""
        return replace(self, rows=self.rows[stretch], inner=self.inner[stretch], sizes=self.sizes[stretch])

    def runs(self, starts: Ints, counts: Ints) -> Vectors:
        """A vector for each run of `counts` units from `starts` on."""
        sums = np.broadcast_to(self.ends, (len(starts), len(self.ends))).copy()
        sizes = np.full(len(starts), 2, dtype=np.float32)
        for offset in range(int(counts.max(initial=0))):
            reached = np.flatnonzero(counts > offset)
            sums[reached] += self.inner[starts[reached] + offset]
            sizes[reached] += self.sizes[starts[reached] + offset]
        return self.head(sums, sizes)

    def pieces(self, first: int, last: int) -> Pieces:
        """The pieces of the units first..last-1."""
        units = self.rows[first:last]
        counts = np.array([len(unit) - 1 for unit in units], dtype=np.int64)
        if not counts.sum():
            return Pieces(np.zeros((0, len(self.ends)), np.float32), np.zeros(0, np.float32), _firsts(counts))
        inner = np.concatenate([unit[1:] for unit in units]).astype(np.float32)
        sizes = inner[:, -1]
        return Pieces(self.head(inner[:, :-1] + self.ends, sizes + 2), sizes, _firsts(counts))


def _firsts(counts: Ints) -> Ints:
    return np.concatenate(([0], np.cumsum(counts)))
