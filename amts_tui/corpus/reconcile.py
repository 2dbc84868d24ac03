"""What becomes of beads when the files underneath have changed.

Unchanged units keep their beads; a bead with a changed unit keeps its links and its status and is marked
stale; what has no counterpart any more leaves the bead.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from amts_tui.corpus.doubts import NO_DOUBTS
from amts_tui.corpus.matching import match_units, same_text
from amts_tui.corpus.model import Bead, BeadUnit, Mark, Origin, Side


@dataclass(frozen=True, slots=True)
class Placed:
    """A bead on the new units: `source` and `target` are indexes into the new units of each side."""

    bead: Bead
    source: tuple[int, ...]
    target: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Reconciled:
    """`kept` in order of the old beads; `lost` are touched beads, as they were, that have lost text: kept in
    part as long as something is left of each side that held text.
    """

    kept: tuple[Placed, ...]
    lost: tuple[Bead, ...]


def reconcile(
    beads: Sequence[Bead], source: Sequence[BeadUnit], target: Sequence[BeadUnit], *, part: bool = False
) -> Reconciled:
    """Places beads on new units, no unit in two beads. Untouched beads stay only if nothing in them changed.

    `part` says that `beads` are not all of the document's.
    """
    sources = _Continuation(beads, "source", source, part=part)
    targets = _Continuation(beads, "target", target, part=part)
    kept: list[Placed] = []
    lost: list[Bead] = []
    for bead in beads:
        s, s_same = sources.place(bead)
        t, t_same = targets.place(bead)
        if not bead.touched:
            if s_same and t_same:
                kept.append(_placed(bead, s, t))
            continue
        if len(s) < len(bead.source) or len(t) < len(bead.target):
            lost.append(bead)
        if (s or not bead.source) and (t or not bead.target):
            if not (s_same and t_same):
                bead = replace(bead, marks=bead.marks | {Mark.STALE}, doubts=NO_DOUBTS)
            kept.append(_placed(bead, s, t))
    return Reconciled(tuple(kept), tuple(lost))


def _placed(
    bead: Bead, source: Sequence[tuple[int, BeadUnit]], target: Sequence[tuple[int, BeadUnit]]
) -> Placed:
    return Placed(
        replace(bead, source=tuple(unit for _, unit in source), target=tuple(unit for _, unit in target)),
        tuple(index for index, _ in source),
        tuple(index for index, _ in target),
    )


class _Continuation:
    """The new units of one side, given out bead by bead in the order in which the beads came."""

    def __init__(self, beads: Sequence[Bead], side: Side, new: Sequence[BeadUnit], *, part: bool) -> None:
        self._side: Side = side
        self._new = new
        old = [unit for bead in beads for unit in bead.side(side)]
        self._indexes: Iterator[int | None] = iter(match_units(old, new, part=part))

    def place(self, bead: Bead) -> tuple[list[tuple[int, BeadUnit]], bool]:
        """The next bead's units among the new ones, and whether all of them are unchanged."""
        placed: list[tuple[int, BeadUnit]] = []
        same = True
        for unit in bead.side(self._side):
            index = next(self._indexes)
            if index is None:
                same = False
                continue
            new = self._new[index]
            same = same and same_text(unit, new)
            placed.append((index, _carry_edit(unit, new)))
        return placed, same


def _carry_edit(old: BeadUnit, new: BeadUnit) -> BeadUnit:
    """The new unit with what a person wrote over the old one; the file's new text is kept beside it."""
    origin = new.origin if old.origin is Origin.HUMAN or not same_text(old, new) else old.origin
    if old.in_file is None or new.raw == old.raw:
        return replace(new, origin=origin)
    return replace(new, text=old.text, items=old.items, origin=origin, in_file=new.raw)
