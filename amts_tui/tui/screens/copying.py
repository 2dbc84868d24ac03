"""Texts of the current row for the clipboard, by the terminal's own escape sequence (OSC 52): over SSH as
well.
"""

from __future__ import annotations

from amts_tui.tui.screens.document import DocumentScreen
from amts_tui.workbench.types import SIDES, Bead, Side


class CopyingScreen(DocumentScreen):
    """Copies what the file holds, without the grid's signs and line breaks."""

    def action_copy(self) -> None:
        self._copy((self.grid.side,), f"the {self.grid.side} side")

    def action_copy_row(self) -> None:
        self._copy(SIDES, "both sides")

    def _copy(self, sides: tuple[Side, ...], what: str) -> None:
        bead = self.grid.current
        if bead is not None:
            self.app.copy_to_clipboard("\t".join(_text(bead, side) for side in sides))
            self._say(f"copied {what} of row {self.grid.row + 1}")


def _text(bead: Bead, side: Side) -> str:
    return " ".join(unit.raw for unit in bead.side(side))
