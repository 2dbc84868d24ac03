"""Cutting what is too long for a segment of parallel data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from amts_tui.amazon.parallel_rules import is_empty, is_too_long
from amts_tui.corpus.groups import SegmentGroup
from amts_tui.corpus.model import SIDES, Bead
from amts_tui.exchange.model import Form
from amts_tui.exchange.text import side_text


def fewest_chunks(group: SegmentGroup) -> tuple[list[SegmentGroup], list[Bead]]:
    """Cuts a group between its beads into runs that Amazon accepts on both sides; also the beads that fit
    into none.

    Of all cuts it takes one that drops the fewest beads and, among these, has the fewest chunks: dynamic
    programming over the last chunk.
    """
    costs: list[tuple[int, int]] = [(0, 0)]
    starts: list[int | None] = [None]
    for end in range(1, len(group.beads) + 1):
        dropped, chunks = costs[end - 1]
        best, best_start = (dropped + 1, chunks), None
        for start in range(end - 1, -1, -1):
            texts = _texts(_run(group, start, end))
            if any(is_too_long(text) for text in texts):
                break
            cost = (costs[start][0], costs[start][1] + 1)
            if cost < best and not any(is_empty(text) for text in texts):
                best, best_start = cost, start
        costs.append(best)
        starts.append(best_start)
    return _trace(group, starts)


def _run(group: SegmentGroup, start: int, end: int) -> SegmentGroup:
    return replace(group, beads=group.beads[start:end])


def _texts(group: SegmentGroup) -> list[str]:
    return [side_text(group.units(side), Form.AMAZON) for side in SIDES]


def _trace(group: SegmentGroup, starts: Sequence[int | None]) -> tuple[list[SegmentGroup], list[Bead]]:
    """The chunks and the dropped beads in order; `starts[end]` is where the chunk that ends there begins,
    None for a drop.
    """
    chunks: list[SegmentGroup] = []
    dropped: list[Bead] = []
    end = len(group.beads)
    while end:
        start = starts[end]
        if start is None:
            end -= 1
            dropped.append(group.beads[end])
        else:
            chunks.append(_run(group, start, end))
            end = start
    return chunks[::-1], dropped[::-1]
