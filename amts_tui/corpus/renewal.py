"""Brings a document's beads up to date with its files: what still holds stays, the rest is aligned anew around it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from amts_tui.corpus.model import Bead, BeadUnit
from amts_tui.corpus.operations import NewId
from amts_tui.corpus.overlay import overlay
from amts_tui.corpus.reconcile import Placed, reconcile

Run = tuple[int, ...]
FixedPoint = tuple[Run, Run]
"""Unit indexes of both sides that belong together; one side may be empty."""
AlignAround = Callable[[Sequence[FixedPoint]], Sequence[tuple[Run, Run, float]]]
"""Aligns the whole document around fixed points: runs of unit indexes in order, with a confidence."""


@dataclass(frozen=True, slots=True)
class Renewal:
    """`beads` cover all units of both sides; `lost` are touched beads whose text is gone from a file."""

    beads: tuple[Bead, ...]
    lost: tuple[Bead, ...]
    kept: int


def renew(
    old: Sequence[Bead],
    source: Sequence[BeadUnit],
    target: Sequence[BeadUnit],
    align: AlignAround,
    new_id: NewId,
    *,
    keep_untouched: bool = True,
) -> Renewal:
    """New beads for new units. Touched beads always stay; untouched ones only if unchanged and `keep_untouched`.

    A new bead of exactly the units of an old one takes over its id.
    """
    reconciled = reconcile([bead for bead in old if bead.touched or keep_untouched], source, target)
    keep = {(placed.source, placed.target): placed.bead for placed in reconciled.kept}
    ids = {_keys(bead.source, bead.target): bead.id for bead in old if not bead.touched}
    beads: list[Bead] = []
    for source_run, target_run, confidence in align(_fixed_points(reconciled.kept)):
        point = (tuple(source_run), tuple(target_run))
        if point in keep:
            beads.append(keep[point])
            continue
        s, t = tuple(source[i] for i in source_run), tuple(target[j] for j in target_run)
        beads.append(Bead(ids.pop(_keys(s, t), None) or new_id(s, t), s, t, confidence))
    kept = [placed.bead for placed in reconciled.kept]
    return Renewal(tuple(overlay(beads, kept, new_id)), reconciled.lost, len(kept))


def _keys(source: Sequence[BeadUnit], target: Sequence[BeadUnit]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return tuple(unit.key for unit in source), tuple(unit.key for unit in target)


def _fixed_points(placed: Sequence[Placed]) -> list[FixedPoint]:
    """What the aligner must leave alone: beads in the order of both sides as they are, the units of crossing ones held back."""
    straight = _longest_in_order([p for p in placed if _contiguous(p.source) and _contiguous(p.target)])
    points = [(p.source, p.target) for p in straight]
    chosen = set(points)
    for p in placed:
        if (p.source, p.target) not in chosen:
            points += [((i,), ()) for i in p.source] + [((), (j,)) for j in p.target]
    return points


def _contiguous(run: Run) -> bool:
    return not run or run[-1] - run[0] == len(run) - 1


def _longest_in_order(placed: Sequence[Placed]) -> list[Placed]:
    """The one-sided points and the longest increasing run of the two-sided ones (patience sorting)."""
    paired = sorted((p for p in placed if p.source and p.target), key=lambda p: p.source[0])
    tails: list[int] = []
    tail_of: list[int] = []
    previous: list[int | None] = []
    for number, p in enumerate(paired):
        at = bisect_left(tails, p.target[0])
        previous.append(tail_of[at - 1] if at else None)
        tails[at : at + 1] = [p.target[0]]
        tail_of[at : at + 1] = [number]
    chosen: list[Placed] = []
    step = tail_of[-1] if tail_of else None
    while step is not None:
        chosen.append(paired[step])
        step = previous[step]
    return chosen[::-1] + [p for p in placed if not (p.source and p.target)]
