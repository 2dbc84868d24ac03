"""Brings what the review files say into the beads of a document: at open, and after a pull."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from amts_tui.books.formats import mask_as
from amts_tui.corpus.doubts import NO_DOUBTS
from amts_tui.corpus.model import Bead, BeadUnit, Mark, Status
from amts_tui.corpus.overlay import overlay
from amts_tui.corpus.reconcile import reconcile
from amts_tui.corpus.review import Review, lines
from amts_tui.corpus.shaping import NewId


@dataclass(frozen=True, slots=True)
class Curated:
    """The beads after a review has been merged in.

    `lost` are touched beads that have no place of their own any more: their text is gone from the book, or
    two people did different things to it. `agreed` is what the review says about the book as it is now.
    """

    beads: tuple[Bead, ...]
    lost: tuple[Bead, ...]
    agreed: tuple[Bead, ...]


def merge_review(
    current: Sequence[Bead],
    review: Review,
    source: Sequence[BeadUnit],
    target: Sequence[BeadUnit],
    new_id: NewId,
    *,
    base: Mapping[str, str] | None,
) -> Curated:
    """The review's beads in their places among the document's.

    `base` are the lines on which workspace and review agreed last; None if the workspace has nothing that
    the review did not have. What only one of them has changed since, or released, is taken from it. Of a
    bead that both have changed the workspace's state stays, flagged, and the review's is among the lost.
    """
    placed = reconcile(review.beads, source, target, part=True)
    theirs = {p.bead.id: p.bead for p in placed.kept}
    said, mine = lines(theirs.values()), lines(current)
    before = mine if base is None else base
    changed_here = {bead_id for bead_id, line in mine.items() if line != before.get(bead_id)}
    changed_there = {bead_id for bead_id, line in said.items() if line != before.get(bead_id)}
    disputed = {bead_id for bead_id in changed_here & changed_there if said[bead_id] != mine[bead_id]}
    released = mine.keys() - changed_here - {bead.id for bead in review.beads}
    state = [
        _flagged(bead)
        if bead.id in disputed
        else _as_found(bead, review.target_path)
        if bead.id in released
        else bead
        for bead in current
    ]
    known = {bead.id: bead for bead in current}
    taken = [
        _judged_as(bead, known.get(bead.id))
        for bead in theirs.values()
        if bead.id not in changed_here and (bead.id in changed_there or bead.id in mine)
    ]
    beads = overlay(state, taken, new_id)
    size = {bead.id: _size(bead) for bead in beads}
    cut = [bead for bead in current if bead.id in changed_here and size.get(bead.id, 0) < _size(bead)]
    lost = (*placed.lost, *(theirs[bead_id] for bead_id in sorted(disputed)), *cut)
    return Curated(tuple(beads), lost, tuple(theirs.values()))


def _size(bead: Bead) -> int:
    return len(bead.source) + len(bead.target)


def _judged_as(bead: Bead, known: Bead | None) -> Bead:
    """The bead with what the aligner said of it."""
    if known is None:
        return bead
    doubts = known.doubts if bead.shape == known.shape else NO_DOUBTS
    return replace(bead, confidence=known.confidence, doubts=doubts)


def _flagged(bead: Bead) -> Bead:
    return replace(bead, marks=bead.marks | {Mark.FLAG})


def _as_found(bead: Bead, path: str) -> Bead:
    """The bead as if nobody had touched it: its links stay until the next alignment."""
    return replace(
        bead,
        status=Status.AUTO,
        marks=bead.marks & {Mark.STALE},
        note="",
        target=tuple(_unedited(unit, path) for unit in bead.target),
    )


def _unedited(unit: BeadUnit, path: str) -> BeadUnit:
    if unit.in_file is None:
        return unit
    text, items, _breaks = mask_as(path, unit.in_file)
    return replace(unit, text=text, items=items, in_file=None)
