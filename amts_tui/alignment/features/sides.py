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
class Local:
    """One text around a block: units `first`…, and for each candidate the run start..end (relative to
    `first`, as is everything) and in `run` the row of its vector in `runs`.
    """

    first: int
    start: Ints
    end: Ints
    run: Ints
    runs: Floats
    units: Floats
    weighted: Floats
    mean: Floats
    pieces: Pieces

    @classmethod
    def of(cls, reading: Reading, start: Ints, end: Ints) -> Local:
        """The surroundings of the runs start..end of a text."""
        first = max(0, int(start.min()) - REACH)
        last = min(len(reading.lengths), int(end.max()) + REACH)
        keys, run = np.unique(start * 16 + (end - start), return_inverse=True)
        around = slice(first, last)
        return cls(
            first,
            start - first,
            end - first,
            run,
            reading.spans.runs(keys // 16, keys % 16),
            reading.side.units[around],
            reading.side.weighted[around],
            reading.side.mean,
            reading.spans.pieces(first, last),
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
