"""What goes into an alignment and what comes out of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from amts_tui.corpus.doubts import NO_DOUBTS, Doubts
from amts_tui.errors import AmtsError


@dataclass(frozen=True, slots=True)
class Link:
    """One bead: runs of unit indices (contiguous, 0-based), either of them possibly empty, with a confidence
    0..1 and what speaks against it.
    """

    source: tuple[int, ...]
    target: tuple[int, ...]
    confidence: float
    doubts: Doubts = NO_DOUBTS


@dataclass(frozen=True, slots=True)
class Fixed:
    """A bead that a person settled: the search goes around it and returns it with confidence 1."""

    source: tuple[int, ...]
    target: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TextUnit:
    """A sentence as the aligner sees it.

    `text` has no markup and no roles; `anchors` are what must reappear in a translation (formulas, inline
    code, numbers, references); `kind` is the kind of its block, `level` the heading level or list depth,
    `within` the enclosing container; `opens` says that a new segment starts with it.
    """

    text: str
    anchors: frozenset[str] = frozenset()
    kind: str = ""
    level: int = 0
    within: str = ""
    opens: bool = False


def check_fixed(fixed: Sequence[Fixed], source: int, target: int) -> tuple[Fixed, ...]:
    """The fixed beads in document order.

    Raises AmtsError when a run is not contiguous, lies outside the `source` and `target` units, meets another
    or crosses it.
    """
    for side, count in (("source", source), ("target", target)):
        last = -1
        for run in sorted(run for bead in fixed if (run := bead.source if side == "source" else bead.target)):
            if run != tuple(range(run[0], run[-1] + 1)) or run[-1] >= count or run[0] <= last:
                raise AmtsError(f"a fixed bead does not fit: {side} units {run} of {count}")
            last = run[-1]
    cuts = sorted((bead for bead in fixed if bead.source and bead.target), key=lambda bead: bead.source)
    if any(after.target[0] < before.target[0] for before, after in pairwise(cuts)):
        raise AmtsError(
            "fixed beads cross", remedy="confirm moved text as two beads, each with one empty side"
        )
    one_sided = [bead for bead in fixed if bool(bead.source) != bool(bead.target)]
    return (*cuts, *one_sided)
