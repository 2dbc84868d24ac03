"""The characters that say what a bead is; they are ASCII, and colour only repeats them."""

from __future__ import annotations

from amts_tui.workbench.types import Bead, Mark, Status

STATUS_SIGNS: dict[Status, str] = {
    Status.AUTO: " ",
    Status.CONFIRMED: "+",
    Status.EDITED: "*",
    Status.EXCLUDED: "-",
}
DOUBTFUL_SIGN = "?"
MARK_SIGNS: dict[Mark, str] = {Mark.FLAG: "!", Mark.STALE: "~", Mark.PIN: "^", Mark.BOOKMARK: "#"}
NOTE_SIGN = '"'

LEGEND = """\
? doubtful  + confirmed  * changed by you  - excluded
! flag  ~ file changed since  ^ pin  # bookmark  " note
1:2 one source sentence with two target ones
< > the side that push, pull and gap work on
| row in the marked range  . row shown only as a neighbour
!7 the other side lacks the 7  ~ at the end of markup: cut short
- = # at the right edge: some, many, most rows there are doubtful"""


def status_sign(bead: Bead, doubtful: bool) -> str:
    """One character for the status; `?` for what nobody has settled and looks wrong."""
    return DOUBTFUL_SIGN if doubtful else STATUS_SIGNS[bead.status]


def mark_sign(bead: Bead) -> str:
    """One character for the most pressing mark."""
    for mark, sign in MARK_SIGNS.items():
        if mark in bead.marks:
            return sign
    return NOTE_SIGN if bead.note else " "


def shape_sign(bead: Bead) -> str:
    """Three characters for the shape, blank when it is the usual 1:1; a `+` stands for ten and more."""
    if len(bead.source) == len(bead.target) == 1:
        return "   "
    return ":".join(str(len(units)) if len(units) < 10 else "+" for units in (bead.source, bead.target))
