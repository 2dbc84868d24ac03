"""Any operation on any beads, drawn by hypothesis."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from amts_tui.corpus import operations, rearranging
from amts_tui.corpus.model import Bead, Mark, Side
from amts_tui.corpus.operations import Change
from amts_tui.corpus.shaping import NewId

STRUCTURAL = ("merge", "merge side", "split", "move", "gap", "close gap")
CROSSING = ("swap", "pair", "carry")
REMARKS = ("edit text", "confirm", "exclude", "mark", "note")
SIDE: st.SearchStrategy[Side] = st.sampled_from(["source", "target"])


def act(draw: st.DrawFn, kind: str, beads: Sequence[Bead], new_id: NewId) -> list[Change]:
    """The changes of an operation with drawn arguments; AmtsError if it does not fit."""
    at = draw(st.integers(0, len(beads) - 1))
    bead = beads[at]
    other = beads[draw(st.integers(0, len(beads) - 1))].id
    below = beads[min(at + 1, len(beads) - 1)].id
    off = draw(st.booleans())
    match kind:
        case "merge":
            return operations.merge(beads, bead.id, below)
        case "merge side":
            return operations.merge(beads, bead.id, below, draw(SIDE))
        case "split":
            source = draw(st.integers(0, len(bead.source)))
            target = draw(st.integers(0, len(bead.target)))
            return operations.split(beads, bead.id, source, target, new_id)
        case "move":
            return operations.move(beads, bead.id, draw(st.sampled_from(["up", "down"])), draw(SIDE), new_id)
        case "gap":
            return operations.gap(beads, bead.id, draw(SIDE), new_id)
        case "close gap":
            return operations.close_gap(beads, bead.id, draw(SIDE))
        case "swap":
            return operations.swap(beads, bead.id, other)
        case "pair":
            return operations.pair(beads, [bead.id, other, below])
        case "carry":
            return rearranging.carry(beads, bead.id, draw(SIDE), draw(st.integers(0, 2)), other)
        case "edit text":
            text = draw(st.sampled_from(["Another text.", "With `code` in it.", "Target number 1."]))
            return operations.edit_text(beads, bead.id, 0, text, "a.md")
        case "confirm":
            return operations.confirm(beads, [bead.id, other], off=off)
        case "exclude":
            return operations.exclude(beads, [bead.id, other], off=off)
        case "mark":
            return operations.mark(beads, [other, bead.id], draw(st.sampled_from(list(Mark))), off=off)
        case _:
            return operations.note(beads, bead.id, draw(st.sampled_from(["", "see the glossary", " x "])))
