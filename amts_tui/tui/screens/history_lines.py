"""Entries of the journal in words: a line each, a question before going back, what an entry changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from amts_tui.tui.widgets.wrapping import clip, printable
from amts_tui.tui.wording import by_rows
from amts_tui.workbench.history import HistoryEntry, Piece
from amts_tui.workbench.types import Bead, BeadUnit

_NAME = 16


def summary(entry: HistoryEntry, gist: str) -> str:
    """An entry without ids: what was done, and the text that it was about."""
    state = "" if entry.state == "done" else f"({entry.state}) "
    what = by_rows(entry.action, ())
    return f"{state}{what}  {gist}" if gist else f"{state}{what}"


def question_lines(undone: Sequence[HistoryEntry], width: int) -> list[str]:
    """What going back undoes, a line of a width for each entry."""
    return [
        clip(
            printable(
                f"{entry.n:>5}  {entry.at.astimezone():%m-%d %H:%M}  {clip(entry.who, _NAME)}"
                f"  {by_rows(entry.action, ())}  {' '.join(entry.documents[:2])}"
            ),
            width,
        )
        for entry in undone
    ]


def described(piece: Piece, width: int) -> list[str]:
    """A place before (`-`) and after (`+`), a line for each bead that is not the same in both."""
    return [
        clip(f"{sign} {_bead(bead)}", width)
        for sign, beads, others in (("-", piece.before, piece.after), ("+", piece.after, piece.before))
        for bead in beads
        if bead not in others
    ]


def _bead(bead: Bead) -> str:
    marks = ",".join([bead.status.value, *sorted(bead.marks)])
    note = f'  "{bead.note}"' if bead.note else ""
    return printable(f"[{marks}] {_text(bead.source)} | {_text(bead.target)}{note}")


def _text(units: Iterable[BeadUnit]) -> str:
    return " ".join(unit.raw for unit in units) or "(nothing)"
