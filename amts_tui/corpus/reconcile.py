"""What becomes of beads when the files underneath have changed.

Old and new units of each side are compared in order. Unchanged units keep their beads; a bead with a changed unit keeps its links and its status
and is marked stale; what has no counterpart any more leaves the bead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from amts_tui.corpus.model import Bead, BeadUnit, Mark, Side

_SAME_UNIT_BY_CHANCE = 60.0


@dataclass(frozen=True, slots=True)
class Placed:
    """A bead on the new units: `source` and `target` are indexes into the new units of each side."""

    bead: Bead
    source: tuple[int, ...]
    target: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Reconciled:
    """`kept` in order of the old beads; `lost` are touched beads with nothing left on one or both sides that held text."""

    kept: tuple[Placed, ...]
    lost: tuple[Bead, ...]


def match_units(old: Sequence[BeadUnit], new: Sequence[BeadUnit]) -> list[int | None]:
    """For each old unit the index of the new unit that continues it, or None; order is kept.

    Equal texts first (longest common blocks); between them the units of a replaced run are paired in order when they
    resemble each other (rapidfuzz ratio of at least 60).
    """
    old_keys = [unit.key.split("/")[0] for unit in old]
    new_keys = [unit.key.split("/")[0] for unit in new]
    if old_keys == new_keys:
        return list(range(len(new)))
    found: list[int | None] = [None] * len(old)
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old_keys, new_keys, autojunk=False).get_opcodes():
        if tag == "equal":
            found[i1:i2] = range(j1, j2)
        elif tag == "replace":
            for i, j in _similar(old[i1:i2], new[j1:j2]):
                found[i1 + i] = j1 + j
    return found


def _similar(old: Sequence[BeadUnit], new: Sequence[BeadUnit]) -> list[tuple[int, int]]:
    """Pairs of resembling units, in order on both sides, each old one with the first that fits."""
    from rapidfuzz import fuzz

    pairs: list[tuple[int, int]] = []
    start = 0
    for i, unit in enumerate(old):
        text = _file_raw(unit)
        for j in range(start, len(new)):
            if fuzz.ratio(text, new[j].raw, score_cutoff=_SAME_UNIT_BY_CHANCE):
                pairs.append((i, j))
                start = j + 1
                break
    return pairs


def _file_raw(unit: BeadUnit) -> str:
    return unit.raw if unit.in_file is None else unit.in_file


def reconcile(beads: Sequence[Bead], source: Sequence[BeadUnit], target: Sequence[BeadUnit]) -> Reconciled:
    """Places beads on new units. Untouched beads stay only if nothing in them changed."""
    sources = _Continuation(beads, "source", source)
    targets = _Continuation(beads, "target", target)
    kept: list[Placed] = []
    lost: list[Bead] = []
    for bead in beads:
        s, s_same = sources.place(bead)
        t, t_same = targets.place(bead)
        if not bead.touched:
            if s_same and t_same:
                kept.append(_placed(bead, s, t))
        elif (bead.source and not s) or (bead.target and not t):
            lost.append(bead)
        else:
            marks = bead.marks if s_same and t_same else bead.marks | {Mark.STALE}
            kept.append(_placed(replace(bead, marks=marks), s, t))
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
    """The new unit for each old unit of one side."""

    def __init__(self, beads: Sequence[Bead], side: Side, new: Sequence[BeadUnit]) -> None:
        old = [unit for bead in beads for unit in bead.side(side)]
        self._side: Side = side
        self._new = new
        self._index = dict(zip((unit.key for unit in old), match_units(old, new), strict=True))

    def place(self, bead: Bead) -> tuple[list[tuple[int, BeadUnit]], bool]:
        """The bead's units among the new ones, and whether all of them are unchanged."""
        placed: list[tuple[int, BeadUnit]] = []
        same = True
        for unit in bead.side(self._side):
            index = self._index.get(unit.key)
            if index is None:
                same = False
                continue
            new = self._new[index]
            unchanged = new.key.split("/")[0] == unit.key.split("/")[0]
            same = same and unchanged
            placed.append((index, _carry_edit(unit, new, unchanged=unchanged)))
        return placed, same


def _carry_edit(old: BeadUnit, new: BeadUnit, *, unchanged: bool) -> BeadUnit:
    """The new unit with what a person wrote over the old one; the file's new text is kept beside it."""
    origin = old.origin if unchanged else new.origin
    if old.in_file is None or new.raw == old.raw:
        return replace(new, origin=origin)
    return replace(new, text=old.text, items=old.items, origin=origin, in_file=new.raw)
