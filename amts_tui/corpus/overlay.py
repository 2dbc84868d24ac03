"""Lays curated beads over a document's beads, and tells two states of a document apart as changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from amts_tui.corpus.model import Bead, Mark, Status
from amts_tui.corpus.operations import Change, NewId


def overlay(beads: Sequence[Bead], curated: Sequence[Bead], new_id: NewId) -> list[Bead]:
    """The beads with `curated` ones in their places; no unit of `beads` is lost.

    A curated bead takes its units out of whatever bead holds them and stands where the first of them stood; with none of its units in `beads`, it
    follows the curated bead before it. A touched bead that loses units keeps the rest and is marked stale.
    """
    by_id = {bead.id: bead for bead in curated}
    owner = {("source", unit.key): bead.id for bead in curated for unit in bead.source}
    owner |= {("target", unit.key): bead.id for bead in curated for unit in bead.target}
    placed: dict[str, None] = {}
    result: list[Bead] = []
    for bead in beads:
        names = [("source", u.key) for u in bead.source] + [("target", u.key) for u in bead.target]
        claims = [owner[name] for name in names if name in owner]
        if bead.id in by_id:
            claims.append(bead.id)
        for bead_id in claims:
            if bead_id not in placed:
                placed[bead_id] = None
                result.append(by_id[bead_id])
        if not claims:
            result.append(bead)
        elif (rest := _rest(bead, owner)) is not None:
            result.append(_anew(rest, new_id) if bead.id in by_id else rest)
    for place, bead in enumerate(curated):
        if bead.id not in placed:
            after = curated[place - 1].id if place else None
            at = next((n + 1 for n, other in enumerate(result) if other.id == after), 0)
            result.insert(at, bead)
    return result


def _rest(bead: Bead, owner: dict[tuple[str, str], str]) -> Bead | None:
    source = tuple(unit for unit in bead.source if ("source", unit.key) not in owner)
    target = tuple(unit for unit in bead.target if ("target", unit.key) not in owner)
    if not source and not target:
        return None
    marks = bead.marks | {Mark.STALE} if bead.touched else bead.marks
    return replace(bead, source=source, target=target, marks=marks)


def _anew(bead: Bead, new_id: NewId) -> Bead:
    return Bead(new_id(bead.source, bead.target), bead.source, bead.target, status=Status.AUTO)


def changes_between(old: Sequence[Bead], new: Sequence[Bead]) -> list[Change]:
    """Changes that lead from one state of a document to another, the last place first."""
    if list(old) == list(new):
        return []
    numbers: dict[Bead, int] = {}
    old_names = [numbers.setdefault(bead, len(numbers)) for bead in old]
    new_names = [numbers.setdefault(bead, len(numbers)) for bead in new]
    matcher = SequenceMatcher(None, old_names, new_names, autojunk=False)
    runs = [code[1:] for code in matcher.get_opcodes() if code[0] != "equal"]
    changes = [_change(old, new, *run) for run in reversed(runs)]
    if _moves_across(changes):
        return [_change(old, new, runs[0][0], runs[-1][1], runs[0][2], runs[-1][3])]
    return changes


def _change(old: Sequence[Bead], new: Sequence[Bead], i1: int, i2: int, j1: int, j2: int) -> Change:
    return Change(old[i1 - 1].id if i1 else None, tuple(old[i1:i2]), tuple(new[j1:j2]))


def _moves_across(changes: Sequence[Change]) -> bool:
    """Whether a bead leaves one run and enters another: such changes can only be carried out together."""
    left = {bead.id: n for n, change in enumerate(changes) for bead in change.before}
    return any(left.get(bead.id, n) != n for n, change in enumerate(changes) for bead in change.after)
