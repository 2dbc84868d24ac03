"""A block of candidate beads, and either text around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from amts_tui.alignment.features.marks import Marks
from amts_tui.alignment.features.words import Words
from amts_tui.alignment.spans import Pieces, Spans
from amts_tui.alignment.windows import Side

Floats: TypeAlias = NDArray[np.floating]
Ints: TypeAlias = NDArray[np.int64]
Columns: TypeAlias = dict[str, Floats]

REACH = 8
"""Units around a bead that are looked at."""


@dataclass(frozen=True, slots=True)
class Reading:
    """All that is known of one text; `lengths` as the length model counts them."""

    lengths: Floats
    side: Side
    spans: Spans
    marks: Marks
    words: Words
    numbers: Words

    def part(self, stretch: slice) -> Reading:
        """The same for some of the units."""
        return Reading(
            self.lengths[stretch],
            self.side.part(stretch),
            self.spans.part(stretch),
            self.marks.part(stretch),
            self.words.part(stretch),
            self.numbers.part(stretch),
        )


@dataclass(frozen=True, slots=True)
class Around:
    """The units of one text around a block of candidates."""

    first: int
    units: Floats
    pieces: Pieces

    @classmethod
    def of(cls, reading: Reading, start: int, end: int) -> Around:
        """Around the units start..end - 1."""
        around = slice(max(0, start - REACH), min(len(reading.lengths), end + REACH))
        pieces = reading.spans.pieces(around.start, around.stop)
        return cls(around.start, reading.side.units[around], pieces)


@dataclass(frozen=True, slots=True)
class Local:
    """One text around a block, and for each candidate the run start..end (counted from the first unit
    around) and in `run` the row of its vector in `runs`.
    """

    start: Ints
    end: Ints
    run: Ints
    runs: Floats
    units: Floats
    mean: Floats
    pieces: Pieces

    @classmethod
    def of(cls, reading: Reading, around: Around, start: Ints, end: Ints) -> Local:
        """The runs start..end of a text and what is around them."""
        keys, run = np.unique(start * 16 + (end - start), return_inverse=True)
        return cls(
            start - around.first,
            end - around.first,
            run,
            _runs(reading, keys // 16, keys % 16),
            around.units,
            reading.side.mean,
            around.pieces,
        )

    @property
    def count(self) -> int:
        """How many units there are around the block."""
        return len(self.units)

    def near(self, before: int, after: int) -> tuple[Ints, NDArray[np.bool_]]:
        """For each candidate the units just outside its run, and which of them exist."""
        places = np.concatenate(
            [self.start[:, None] - np.arange(before, 0, -1), self.end[:, None] + np.arange(after)], axis=1
        )
        there = (places >= 0) & (places < self.count)
        return np.where(there, places, 0), there

    def inside(self) -> tuple[Ints, NDArray[np.bool_]]:
        """For each candidate the units of its run, and which of them exist."""
        places = self.start[:, None] + np.arange(max(1, int((self.end - self.start).max())))
        there = places < self.end[:, None]
        return np.where(there, places, 0), there


def _runs(reading: Reading, start: Ints, count: Ints) -> Floats:
    """Vectors of runs; a run of none has that of a unit near by, which nobody looks at."""
    runs = reading.side.units[np.minimum(start, len(reading.lengths) - 1)]
    several = np.flatnonzero(count > 1)
    runs[several] = reading.spans.runs(start[several], count[several])
    return runs
