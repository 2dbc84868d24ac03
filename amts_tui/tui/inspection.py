"""All that is known of a bead, in words, for the inspector."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content

from amts_tui.tui.widgets.bars import plain
from amts_tui.tui.widgets.wrapping import printable
from amts_tui.tui.wording import counted
from amts_tui.workbench.differences import differences
from amts_tui.workbench.reasons import reasons
from amts_tui.workbench.types import SIDES, Bead, Origin, Status

if TYPE_CHECKING:
    from amts_tui.workbench.inspecting import BeadEvent, MachineText

_STATUS = {
    Status.AUTO: "aligned by the program, seen by nobody",
    Status.CONFIRMED: "+ confirmed",
    Status.EDITED: "* changed by you",
    Status.EXCLUDED: "- excluded from every export",
}
_BAR_WIDTH = 12


@dataclass(frozen=True, slots=True)
class Inspected:
    """A bead with its row and what had to be looked up for it; events name beads by their rows."""

    bead: Bead
    row: int
    rows: int
    events: Sequence[BeadEvent] = ()
    machine: MachineText | None = None


def inspection(what: Inspected) -> Content:
    """The inspector's text."""
    bead = what.bead
    parts: list[str | tuple[str, str]] = []
    for title, lines in _sections(what):
        parts += [(f"{title}\n", "bold $text-accent"), *(f"{printable(line)}\n" for line in lines), "\n"]
    head = f"Row {what.row + 1} of {what.rows:,}   {bead.shape}\n"
    marks = "".join(f"{mark.value}\n" for mark in sorted(bead.marks))
    return Content.assemble((head, "bold"), f"{_STATUS[bead.status]}\n{marks}\n", *parts)


def _sections(what: Inspected) -> Iterator[tuple[str, list[str]]]:
    bead = what.bead
    if bead.status is Status.AUTO:
        against = [f"- {reason}" for reason in reasons(bead)]
        bar = plain(round(100 * bead.confidence), 100, _BAR_WIDTH)
        yield f"Confidence {bead.confidence:.2f} {bar}", against or ["nothing speaks against it"]
    else:
        yield f"Confidence {bead.confidence:.2f}", ["the aligner's, before a person settled it"]
    if bead.note:
        yield "Note", [bead.note]
    if alone := list(_on_one_side(bead)):
        yield "Only on one side", alone
    if what.machine is not None:
        yield f"Machine translation ({what.machine.run})", [what.machine.text]
    yield "Sentences", list(_units(bead))
    yield "History", [_event(event) for event in what.events] or ["as it was aligned"]


def _on_one_side(bead: Bead) -> Iterator[str]:
    found = differences(bead)
    for side in SIDES:
        missing = [
            unit.raw[match.start : match.end]
            for unit, matches in zip(bead.side(side), found.side(side), strict=True)
            for match in matches
            if not match.shared
        ]
        if missing:
            yield f"{side}: {', '.join(dict.fromkeys(missing))}"


def _units(bead: Bead) -> Iterator[str]:
    for side in SIDES:
        for number, unit in enumerate(bead.side(side), start=1):
            kind = unit.kind.value.replace("_", " ")
            written = "" if unit.origin is Origin.HUMAN or side == "source" else f", {unit.origin.value} text"
            yield f"{side} {number}: {kind}, {counted(len(unit.raw), 'character')}{written}"
            if unit.in_file is not None:
                yield f"  in the file: {unit.in_file}"


def _event(event: BeadEvent) -> str:
    undone = " (undone)" if event.undone else ""
    return f"{event.at.astimezone():%m-%d %H:%M} {event.who}: {event.action}{undone}"
