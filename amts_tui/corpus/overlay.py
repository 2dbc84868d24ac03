"""Lays curated beads over a document's beads, and tells two states of a document apart as changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from amts_tui.corpus.doubts import NO_DOUBTS
from amts_tui.corpus.model import SIDES, Bead, Mark, Status
from amts_tui.corpus.operations import Change
from amts_tui.corpus.sequences import Gap, common, gaps
from amts_tui.corpus.shaping import NewId


def overlay(beads: Sequence[Bead], curated: Sequence[Bead], new_id: NewId) -> list[Bead]:
    """The beads with `curated` ones in their places; no unit of `beads` is lost.

    A curated bead takes its units out of whatever bead holds them and stands where the first of its source
    units stood, or else of its target units; those that stand at one place keep their order. With none of its
    units in `beads`, it follows the curated bead before it. A touched bead that loses units
    keeps the rest and is marked stale; one that loses all of them leaves its note to the bead that took the
    first.
    """
    by_id = {bead.id: bead for bead in curated}
    owner = {("source", unit.key): bead.id for bead in curated for unit in bead.source}
    owner |= {("target", unit.key): bead.id for bead in curated for unit in bead.target}
    homes = _homes(beads, curated, owner)
    placed: set[str] = set()
    result: list[Bead] = []
    notes: dict[str, list[str]] = defaultdict(list)
    for bead in beads:
        names = [("source", u.key) for u in bead.source] + [("target", u.key) for u in bead.target]
        claims = dict.fromkeys(owner[name] for name in names if name in owner)
        if bead.id in by_id:
            claims[bead.id] = None
        taking = [by_id[bead_id] for bead_id in homes[bead.id]]
        placed.update(homes[bead.id])
        rest = _rest(bead, owner) if claims else bead
        if rest is None:
            if bead.note and bead.id not in by_id:
                notes[next(iter(claims))].append(bead.note)
            result += taking
            continue
        if bead.id in by_id:
            rest = _anew(rest, new_id)
        result += [*taking, rest] if names[0] in owner else [rest, *taking]
    return [_noted(bead, notes.get(bead.id, ())) for bead in _with_followers(result, curated, placed)]


def _homes(
    beads: Sequence[Bead], curated: Sequence[Bead], owner: Mapping[tuple[str, str], str]
) -> dict[str, list[str]]:
    """Which curated beads stand in the places of which of the others, in the order of the curated ones."""
    first: dict[tuple[str, str], str] = {}
    for bead in beads:
        for side in SIDES:
            for unit in bead.side(side):
                if (taker := owner.get((side, unit.key))) is not None:
                    first.setdefault((side, taker), bead.id)
    own = {bead.id for bead in beads}
    homes: dict[str, list[str]] = {bead.id: [] for bead in beads}
    for bead in curated:
        home = first.get(("source", bead.id)) or first.get(("target", bead.id))
        if home is not None or bead.id in own:
            homes[home or bead.id].append(bead.id)
    return homes


def _with_followers(result: Sequence[Bead], curated: Sequence[Bead], placed: set[str]) -> list[Bead]:
    """The beads with the curated ones that have no place yet, after the curated bead in front of them."""
    followers: dict[str | None, list[Bead]] = defaultdict(list)
    anchor: str | None = None
    for bead in curated:
        if bead.id in placed:
            anchor = bead.id
        else:
            followers[anchor].append(bead)
    if not followers:
        return list(result)
    return followers[None] + [b for bead in result for b in (bead, *followers.get(bead.id, ()))]


def _noted(bead: Bead, notes: Sequence[str]) -> Bead:
    new = [note for note in notes if note not in bead.note]
    return replace(bead, note="\n".join([*filter(None, [bead.note]), *new])) if new else bead


def _rest(bead: Bead, owner: dict[tuple[str, str], str]) -> Bead | None:
    source = tuple(unit for unit in bead.source if ("source", unit.key) not in owner)
    target = tuple(unit for unit in bead.target if ("target", unit.key) not in owner)
    if not source and not target:
        return None
    marks = bead.marks | {Mark.STALE} if bead.touched else bead.marks
    return replace(bead, source=source, target=target, marks=marks, doubts=NO_DOUBTS)


def _anew(bead: Bead, new_id: NewId) -> Bead:
    return Bead(new_id(bead.source, bead.target), bead.source, bead.target, status=Status.AUTO)


def changes_between(old: Sequence[Bead], new: Sequence[Bead]) -> list[Change]:
    """Changes that lead from one state of a document to another, the last place first."""
    runs = list(gaps(common(old, new), len(old), len(new)))
    changes = [_change(old, new, run) for run in reversed(runs)]
    if _moves_across(changes):
        return [_change(old, new, (runs[0][0], runs[-1][1], runs[0][2], runs[-1][3]))]
    return changes


def _change(old: Sequence[Bead], new: Sequence[Bead], run: Gap) -> Change:
    i1, i2, j1, j2 = run
    return Change(old[i1 - 1].id if i1 else None, tuple(old[i1:i2]), tuple(new[j1:j2]))


def _moves_across(changes: Sequence[Change]) -> bool:
    """Whether a bead leaves one run and enters another: such changes can only be carried out together."""
    left = {bead.id: n for n, change in enumerate(changes) for bead in change.before}
    return any(left.get(bead.id, n) != n for n, change in enumerate(changes) for bead in change.after)
