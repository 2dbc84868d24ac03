"""Brings a document's beads up to date with its files: what still holds stays, the rest is aligned anew
around it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from amts_tui.corpus.doubts import Doubts
from amts_tui.corpus.model import Bead, BeadUnit
from amts_tui.corpus.overlay import overlay
from amts_tui.corpus.reconcile import Placed, reconcile
from amts_tui.corpus.sequences import longest_increasing
from amts_tui.corpus.shaping import NewId

Run = tuple[int, ...]
FixedPoint = tuple[Run, Run]
"""Unit indexes of both sides that belong together; one side may be empty."""
Aligned = Sequence[tuple[Run, Run, float, Doubts]]
"""The whole document aligned: runs of unit indexes in order, with a confidence and what speaks against it."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A renewal before its alignment: `fixed` is what the aligner must go around."""

    source: tuple[BeadUnit, ...]
    target: tuple[BeadUnit, ...]
    kept: tuple[Placed, ...]
    lost: tuple[Bead, ...]
    ids: Mapping[FixedPoint, str]
    fixed: tuple[FixedPoint, ...]


@dataclass(frozen=True, slots=True)
class Renewal:
    """`beads` cover all units of both sides; `lost` are touched beads whose text is gone from a file."""

    beads: tuple[Bead, ...]
    lost: tuple[Bead, ...]
    kept: int


def plan_renewal(
    old: Sequence[Bead],
    source: Sequence[BeadUnit],
    target: Sequence[BeadUnit],
    *,
    keep_untouched: bool | Set[str] = True,
) -> Plan:
    """What stays when a document's units have become `source` and `target`.

    Touched beads always stay; untouched ones only if they are unchanged and their ids in `keep_untouched`. If
    that is true, all pairs: an untouched
    unit that stood alone is aligned again: its counterpart may have been added.
    """
    # Touched beads alone are a clone's review file: what lay between them is not known.
    reconciled = reconcile(old, source, target, part=all(bead.touched for bead in old))
    if isinstance(keep_untouched, bool):
        staying = {bead.id for bead in old if keep_untouched and bead.paired}
    else:
        staying = set(keep_untouched)
    kept = tuple(p for p in reconciled.kept if p.bead.touched or p.bead.id in staying)
    there = {placed.bead.id for placed in kept}
    ids = {(p.source, p.target): p.bead.id for p in reconciled.kept if p.bead.id not in there}
    return Plan(tuple(source), tuple(target), kept, reconciled.lost, ids, tuple(_fixed_points(kept)))


def finish(plan: Plan, aligned: Aligned, new_id: NewId) -> Renewal:
    """New beads for new units; a new bead of exactly the units of an untouched old one takes over its id."""
    keep = {(placed.source, placed.target): placed.bead for placed in plan.kept}
    beads: list[Bead] = []
    for source_run, target_run, confidence, doubts in aligned:
        point = (tuple(source_run), tuple(target_run))
        if point in keep:
            beads.append(keep[point])
            continue
        s, t = tuple(plan.source[i] for i in source_run), tuple(plan.target[j] for j in target_run)
        beads.append(Bead(plan.ids.get(point) or new_id(s, t), s, t, confidence, doubts=doubts))
    curated = [placed.bead for placed in plan.kept]
    return Renewal(tuple(overlay(beads, curated, new_id)), plan.lost, len(curated))


def _fixed_points(placed: Sequence[Placed]) -> list[FixedPoint]:
    """What the aligner must leave alone: beads in the order of both sides as they are, the units of others
    alone.
    """
    straight = _longest_in_order([p for p in placed if _contiguous(p.source) and _contiguous(p.target)])
    points = [(p.source, p.target) for p in straight]
    chosen = set(points)
    for p in placed:
        if (p.source, p.target) not in chosen:
            points += [((i,), ()) for i in p.source] + [((), (j,)) for j in p.target]
    return points


def _contiguous(run: Run) -> bool:
    return not run or run == tuple(range(run[0], run[-1] + 1))


def _longest_in_order(placed: Sequence[Placed]) -> list[Placed]:
    """The one-sided points, and as many of the two-sided ones as do not cross."""
    paired = sorted((p for p in placed if p.source and p.target), key=lambda p: p.source[0])
    chosen = [paired[place] for place in longest_increasing([p.target[0] for p in paired])]
    return chosen + [p for p in placed if not (p.source and p.target)]
