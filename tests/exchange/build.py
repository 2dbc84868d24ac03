"""Beads for tests, written as the texts that stand in a file."""

from __future__ import annotations

from collections.abc import Sequence

from amts_tui.books.formats import mask_as
from amts_tui.corpus.model import Bead, BeadUnit, Origin, Status, text_hash


def unit(raw: str, segment: int = 0, origin: Origin = Origin.HUMAN) -> BeadUnit:
    text, items, _ = mask_as("a.md", raw)
    return BeadUnit(f"{text_hash(raw)}/0", text, items, segment, origin=origin)


def bead(
    name: str,
    source: Sequence[tuple[str, int]],
    target: Sequence[tuple[str, int]],
    *,
    confidence: float = 0.9,
    status: Status = Status.AUTO,
    origin: Origin = Origin.HUMAN,
) -> Bead:
    """A bead whose sides are given as (text, segment)."""
    return Bead(
        name,
        tuple(unit(raw, segment) for raw, segment in source),
        tuple(unit(raw, segment, origin) for raw, segment in target),
        confidence,
        status,
    )
