"""Punctuation that a translation usually keeps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.floating]
Ints: TypeAlias = NDArray[np.int64]
Columns: TypeAlias = dict[str, Floats]

_SAME = str.maketrans("？！：；（“”„«»「」『』，、。…", "?!:;(" + '"' * 9 + ",,..")
_COUNTED = '?!:;(",'
_CLOSING = " \"')]*"
_FINALS = ".?!:"
_QUOTES = _COUNTED.index('"')
_MOST = np.array([3, 3, 3, 3, 3, 3, 5])
_NAMES = ("questions", "exclamations", "colons", "semicolons", "brackets", "quotes", "commas")


@dataclass(frozen=True, slots=True)
class Marks:
    """How often each mark occurs in each unit, and with which one it ends (number, -1 for none)."""

    counts: Ints
    final: Ints

    @classmethod
    def of(cls, texts: Sequence[str]) -> Marks:
        """From the units of a text."""
        plain = [text.translate(_SAME) for text in texts]
        counts = np.array([[text.count(mark) for mark in _COUNTED] for text in plain], dtype=np.int64)
        ends = [text.rstrip(_CLOSING)[-1:] for text in plain]
        final = np.array([_FINALS.find(end) if end else -1 for end in ends], dtype=np.int64)
        return cls(counts.reshape(-1, len(_COUNTED)), final)

    def part(self, stretch: slice) -> Marks:
        """The same for some of the units."""
        return Marks(self.counts[stretch], self.final[stretch])


def columns(source: Marks, target: Marks, beads: Ints) -> Columns:
    """Differences of counts, of the parity of quotes, of the last marks."""
    left, right = _summed(source, beads[:, 0], beads[:, 1]), _summed(target, beads[:, 2], beads[:, 3])
    differences = np.minimum(np.abs(left - right), _MOST)
    found: Columns = {f"marks.{name}": differences[:, k].astype(float) for k, name in enumerate(_NAMES)}
    found["marks.parity"] = ((left[:, _QUOTES] ^ right[:, _QUOTES]) & 1).astype(float)
    ends = source.final[beads[:, 1] - 1], target.final[beads[:, 3] - 1]
    for name, group in (("question", (1,)), ("exclamation", (2,)), ("colon", (3,)), ("stop", (0, 1, 2))):
        found[f"marks.final_{name}"] = (np.isin(ends[0], group) != np.isin(ends[1], group)).astype(float)
    return found


def _summed(marks: Marks, start: Ints, end: Ints) -> Ints:
    before = np.concatenate([np.zeros((1, len(_COUNTED)), np.int64), np.cumsum(marks.counts, axis=0)])
    return np.asarray(before[end] - before[start])
