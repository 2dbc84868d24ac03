"""Brings what the review files say into the beads of a document: at open, and after a pull."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from amts_tui.books.inline import mask
from amts_tui.corpus.model import Bead, BeadUnit, Mark, Status
from amts_tui.corpus.operations import NewId
from amts_tui.corpus.overlay import overlay
from amts_tui.corpus.reconcile import reconcile
from amts_tui.corpus.review import Review


@dataclass(frozen=True, slots=True)
class Curated:
    """The beads after a review has been merged in; `lost` are curated ones whose text is no longer in the
    book.
    """

    beads: tuple[Bead, ...]
    lost: tuple[Bead, ...]


def merge_review(
    current: Sequence[Bead],
    review: Review,
    source: Sequence[BeadUnit],
    target: Sequence[BeadUnit],
    new_id: NewId,
    *,
    unsaved: bool,
) -> Curated:
    """The review's beads in their places among the document's.

    A touched bead that the review no longer knows goes back to the aligner, as whoever wrote the review
    wanted; with `unsaved` work in the workspace it stays, and a bead that both know keeps the workspace's
    state.
    """
    placed = reconcile(review.beads, source, target, part=True)
    curated = [p.bead for p in placed.kept]
    known = {bead.id for bead in review.beads}
    if unsaved:
        mine = {bead.id for bead in current if bead.touched}
        curated = [bead for bead in curated if bead.id not in mine]
        base = list(current)
    else:
        base = [_as_found(bead) if bead.touched and bead.id not in known else bead for bead in current]
    confidence = {bead.id: bead.confidence for bead in current}
    curated = [replace(bead, confidence=confidence.get(bead.id, bead.confidence)) for bead in curated]
    return Curated(tuple(overlay(base, curated, new_id)), placed.lost)


def _as_found(bead: Bead) -> Bead:
    """The bead as if nobody had touched it: its links stay until the next alignment."""
    return replace(
        bead,
        status=Status.AUTO,
        marks=bead.marks & {Mark.STALE},
        note="",
        target=tuple(_unedited(unit) for unit in bead.target),
    )


def _unedited(unit: BeadUnit) -> BeadUnit:
    if unit.in_file is None:
        return unit
    text, items, _breaks = mask(unit.in_file)
    return replace(unit, text=text, items=items, in_file=None)
