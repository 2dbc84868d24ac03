"""Vectors of a text's units, of runs of them and of pieces of them: from sums over tokens, or from an encoder
of whole texts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, Self, TypeAlias

import numpy as np
from numpy.typing import NDArray

Vectors: TypeAlias = NDArray[np.float32]
Ints: TypeAlias = NDArray[np.int64]
Head: TypeAlias = Callable[[NDArray[np.floating], NDArray[np.floating]], Vectors]
Rows: TypeAlias = NDArray[np.float16]
Encode: TypeAlias = Callable[[Sequence[str]], Vectors]

_CLAUSE = re.compile(r"(?<=[、。，；：？！…—–])|(?<=[,;:.?!])(?=\s)")
_SHORTEST = 12  # bytes of a piece
_TOKEN = 4.0  # bytes
_LENGTH_POWER = 0.15


@dataclass(frozen=True, slots=True)
class Pieces:
    """The pieces of neighbouring units: vectors, tokens, and in `first` where each unit's begin (one more
    than units).
    """

    vectors: Vectors
    sizes: NDArray[np.float32]
    first: Ints


class Spans(Protocol):
    """One text, by its units."""

    def part(self, stretch: slice) -> Self:
        """The same for some of the units."""
        ...

    def runs(self, starts: Ints, counts: Ints) -> Vectors:
        """A vector for each run of `counts` units from `starts` on."""
        ...

    def pieces(self, first: int, last: int) -> Pieces:
        """The pieces of the units first..last-1."""
        ...


@dataclass(frozen=True, slots=True)
class TokenSpans:
    """One text: for each unit the rows of `TokenSums.rows`, and what a begin and an end token usually add."""

    rows: Sequence[Rows]
    ends: NDArray[np.float32]
    head: Head

    @classmethod
    def of(cls, rows: Sequence[Rows], head: Head) -> TokenSpans:
        """From the rows of all units of a text."""
        ends = np.zeros(rows[0].shape[1] if rows else 1, dtype=np.float32)
        for unit in rows:
            ends += unit[0]
        return cls(rows, np.asarray(ends[:-1] / np.float32(max(1, len(rows))), dtype=np.float32), head)

    def part(self, stretch: slice) -> TokenSpans:
        """The same for some of the units."""
        return replace(self, rows=self.rows[stretch])

    def runs(self, starts: Ints, counts: Ints) -> Vectors:
        """A vector for each run of `counts` units from `starts` on."""
        first = int(starts.min(initial=len(self.rows)))
        inner = self._inner(first, int((starts + counts).max(initial=first)))
        sums = np.broadcast_to(self.ends, (len(starts), len(self.ends))).copy()
        sizes = np.full(len(starts), 2, dtype=np.float32)
        for offset in range(int(counts.max(initial=0))):
            reached = np.flatnonzero(counts > offset)
            unit = starts[reached] + (offset - first)
            sums[reached] += inner[unit, :-1]
            sizes[reached] += inner[unit, -1]
        return self.head(sums, sizes)

    def _inner(self, first: int, last: int) -> NDArray[np.float32]:
        """What the pieces of the units first..last-1 add up to: for a whole text as large as its vectors,
        and so not kept.
        """
        inner = np.zeros((last - first, len(self.ends) + 1), dtype=np.float32)
        for total, unit in zip(inner, self.rows[first:last], strict=True):
            unit[1:].sum(axis=0, dtype=np.float32, out=total)
        return inner

    def pieces(self, first: int, last: int) -> Pieces:
        """The pieces of the units first..last-1."""
        units = self.rows[first:last]
        counts = np.array([len(unit) - 1 for unit in units], dtype=np.int64)
        if not counts.sum():
            return Pieces(np.zeros((0, len(self.ends)), np.float32), np.zeros(0, np.float32), _firsts(counts))
        inner = np.concatenate([unit[1:] for unit in units]).astype(np.float32)
        sizes = inner[:, -1]
        return Pieces(self.head(inner[:, :-1] + self.ends, sizes + 2), sizes, _firsts(counts))


@dataclass(frozen=True, slots=True)
class TextSpans:
    """One text: its units and their vectors. Runs and pieces are encoded when they are asked for; without
    `encode` a run is the sum of its units' vectors, and a unit its only piece.
    """

    texts: Sequence[str]
    vectors: Vectors
    encode: Encode | None

    def part(self, stretch: slice) -> TextSpans:
        """The same for some of the units."""
        return replace(self, texts=self.texts[stretch], vectors=self.vectors[stretch])

    def runs(self, starts: Ints, counts: Ints) -> Vectors:
        """A vector for each run of `counts` units from `starts` on."""
        if counts.max(initial=0) <= 1:
            return self.vectors[starts]
        if self.encode:
            ends = (starts + counts).tolist()
            return self.encode([
                " ".join(self.texts[start:end]) for start, end in zip(starts.tolist(), ends, strict=True)
            ])  # fmt: skip
        sums = np.zeros((len(starts), self.vectors.shape[1]), dtype=np.float32)
        for offset in range(int(counts.max(initial=0))):
            reached = np.flatnonzero(counts > offset)
            unit = starts[reached] + offset
            sums[reached] += self.vectors[unit] * self._sizes(unit)[:, None] ** np.float32(_LENGTH_POWER)
        sums /= np.maximum(np.sqrt(np.einsum("ij,ij->i", sums, sums)), np.float32(1e-9))[:, None]
        return sums

    def pieces(self, first: int, last: int) -> Pieces:
        """The pieces of the units first..last-1."""
        units = np.arange(first, last)
        if not self.encode:
            return Pieces(self.vectors[first:last], self._sizes(units), _firsts(np.ones_like(units)))
        cut = [clauses(text) for text in self.texts[first:last]]
        texts = [piece for pieces in cut for piece in pieces]
        sizes = np.array([_bytes(piece) / _TOKEN for piece in texts], dtype=np.float32)
        counts = np.array([len(pieces) for pieces in cut], dtype=np.int64)
        return Pieces(self.encode(texts), np.maximum(sizes, 1), _firsts(counts))

    def _sizes(self, units: Ints) -> NDArray[np.float32]:
        """About how many tokens units have."""
        lengths = np.array([_bytes(self.texts[unit]) for unit in units.tolist()], dtype=np.float32)
        return np.asarray(np.maximum(lengths / np.float32(_TOKEN), 1))


def clauses(text: str) -> list[str]:
    """The pieces of a text: cut after marks, none of them very short; the text itself if it has but one."""
    pieces = [""]
    for part in _CLAUSE.split(text):
        if _bytes(pieces[-1]) >= _SHORTEST:
            pieces.append("")
        pieces[-1] += part
    if len(pieces) > 1 and _bytes(pieces[-1]) < _SHORTEST:
        pieces[-2:] = [pieces[-2] + pieces[-1]]
    return [piece.strip() or piece for piece in pieces]


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))


def _firsts(counts: Ints) -> Ints:
    return np.concatenate(([0], np.cumsum(counts)))
