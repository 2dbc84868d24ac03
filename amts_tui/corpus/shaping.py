"""Beads with other units than before: who answers for them then, and what they take over from others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from amts_tui.corpus.doubts import NO_DOUBTS, Doubts, Reason
from amts_tui.corpus.model import Bead, BeadUnit, Side, Status

NewId = Callable[[Sequence[BeadUnit], Sequence[BeadUnit]], str]
Units = tuple[BeadUnit, ...]

_SHIFTED = Doubts((Reason.SHIFTED,))


def shaped(bead: Bead, source: Units | None = None, target: Units | None = None) -> Bead:
    """The bead with other units: no longer what the aligner said, so a person's. Unchanged if the units are
    its own.
    """
    new_source = bead.source if source is None else source
    new_target = bead.target if target is None else target
    if (new_source, new_target) == (bead.source, bead.target):
        return bead
    status = Status.EXCLUDED if bead.status is Status.EXCLUDED else Status.EDITED
    return replace(bead, status=status, source=new_source, target=new_target, doubts=NO_DOUBTS)


def with_side(bead: Bead, side: Side, units: Units) -> Bead:
    """The bead with other units on one side."""
    return shaped(bead, source=units) if side == "source" else shaped(bead, target=units)


def shifted(bead: Bead, side: Side, units: Units, confidence: float) -> Bead:
    """The bead after one side of it and its neighbours has been shifted: nobody has looked at it, so it is
    not settled, and no surer than the bead was that its new units come from.
    """
    if bead.side(side) == units:
        return bead
    sure = min(bead.confidence, confidence)
    moved = replace(bead, status=Status.AUTO, confidence=sure, doubts=_SHIFTED)
    return replace(moved, source=units) if side == "source" else replace(moved, target=units)


def was_shifted(bead: Bead) -> bool:
    """Whether nobody has looked at the bead since a shift moved it."""
    return bead.status is Status.AUTO and Reason.SHIFTED in bead.doubts.reasons


def inheriting(heir: Bead, *givers: Bead) -> Bead:
    """The bead with what people said about others whose text it takes over: notes, marks, exclusion."""
    family = (heir, *givers)
    excluded = any(bead.status is Status.EXCLUDED for bead in family)
    return replace(
        heir,
        status=Status.EXCLUDED if excluded else heir.status,
        confidence=min(bead.confidence for bead in family),
        marks=frozenset().union(*(bead.marks for bead in family)),
        note="\n".join(bead.note for bead in family if bead.note),
    )


def joined(beads: Sequence[Bead]) -> Bead:
    """One bead of all their units, with the id of the first."""
    whole = shaped(
        beads[0],
        source=tuple(unit for bead in beads for unit in bead.source),
        target=tuple(unit for bead in beads for unit in bead.target),
    )
    return inheriting(whole, *beads[1:])


def empty(bead: Bead) -> bool:
    """Whether no unit is left in the bead."""
    return not bead.source and not bead.target


def alone(side: Side, units: Units, new_id: NewId) -> Bead:
    """A new bead of units of one side that a person has put there."""
    source, target = (units, ()) if side == "source" else ((), units)
    return Bead(new_id(source, target), source, target, status=Status.EDITED)


def left_over(side: Side, units: Units, new_id: NewId) -> Bead:
    """A new bead of what a shift has pushed out at its end."""
    return replace(alone(side, units, new_id), status=Status.AUTO, doubts=_SHIFTED)
