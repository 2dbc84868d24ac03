"""The operations of Align that change which sentences stand beside which."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Literal

from amts_tui.tui.screens.rows import Extent, RowsScreen
from amts_tui.tui.screens.split import SplitDialog
from amts_tui.tui.widgets.wrapping import clip, printable
from amts_tui.tui.wording import counted
from amts_tui.workbench.cutting import Cut, Cutter, cuts
from amts_tui.workbench.editing import Edited, Editor
from amts_tui.workbench.types import Bead, Side

_SNIPPET = 24


@dataclass(frozen=True, slots=True)
class Carried:
    """A sentence that waits for its row: number `unit` of a side of a bead."""

    bead: str
    side: Side
    unit: int


class ReshapingScreen(RowsScreen):
    """Merging, splitting, moving, gaps, pairs, and what the aligner would have done instead."""

    def __init__(self) -> None:
        super().__init__()
        self._carried: Carried | None = None
        self._cutter: Cutter | None = None

    def _neighbour_bead(self, step: int) -> Bead | None:
        row = self.grid.row + step
        if 0 <= row < len(self.grid.beads):
            return self.grid.beads[row]
        self._say("there is no next row" if step > 0 else "there is no previous row")
        return None

    # ---- merging and splitting

    def action_merge_next(self) -> None:
        self.operate(partial(self._merge, step=1))

    def action_merge_previous(self) -> None:
        self.operate(partial(self._merge, step=-1))

    def _merge(self, extent: Extent, *, step: Literal[-1, 1]) -> None:
        rows = extent.rows
        if not extent.ranged or extent.count == 1:
            if self._neighbour_bead(step) is None:
                return
            ends = sorted((extent.first, extent.first + step * extent.count))
            rows = range(max(ends[0], 0), min(ends[1] + 1, len(self.grid.beads)))
        ids = [self.grid.beads[row].id for row in rows]
        what = f"rows {rows.start + 1} {'and' if len(rows) == 2 else 'to'} {rows.stop}"

        def merge(editor: Editor, _bead: Bead) -> Edited:
            return editor.merge(ids[0], ids[1]) if len(ids) == 2 else editor.merge_all(ids)

        self._do(merge, f"merged {what}")

    def action_split(self) -> None:
        self.operate(self._ask_split)

    def _ask_split(self, _extent: Extent) -> None:
        bead = self.grid.current
        if bead is None:
            return
        possible = cuts(bead)
        if not possible:
            self._say("one sentence alone cannot be split")
        elif len(possible) == 1:
            self._split(possible[0])
        else:
            if self._cutter is None or self._cutter.pipeline != self.desk.pipeline:
                self._cutter = Cutter(self.workbench, self.desk.pipeline)
            dialog = SplitDialog(self.grid.row + 1, bead, self._cutter.by_meaning)
            self.app.push_screen(dialog, self._split)

    def _split(self, cut: Cut | None) -> None:
        if cut is not None:
            row = self.grid.row + 1
            self._do(lambda editor, bead: editor.split(bead.id, *cut), f"split row {row}")

    # ---- moving

    def action_push(self) -> None:
        self.operate(partial(self._move, way="down", said="pushed {} down"))

    def action_pull(self) -> None:
        self.operate(partial(self._move, way="up", said="sent {} up"))

    def _move(self, extent: Extent, *, way: str, said: str) -> None:
        side = self.grid.side
        count = 1 if extent.ranged else extent.count
        what = f"a {side} sentence" if count == 1 else f"{count} {side} sentences"

        def move(editor: Editor, bead: Bead) -> Edited:
            step = partial(editor.move, bead.id, way, side)
            return step() if count == 1 else editor.together([step] * count)

        self._do(move, said.format(what))

    def action_gap(self) -> None:
        self.operate(self._gap)

    def _gap(self, extent: Extent) -> None:
        side = self.grid.side
        ids = [bead.id for bead in self.grid.beads[extent.first : extent.first + extent.count]]

        def gap(editor: Editor, bead: Bead) -> Edited:
            if len(ids) == 1:
                return editor.gap(bead.id, side)
            return editor.together([partial(editor.gap, one, side) for one in ids])

        self._shift(gap, "inserted a gap" if len(ids) == 1 else f"inserted {len(ids)} gaps")

    def action_close_gap(self) -> None:
        self.operate(self._close_gap)

    def _close_gap(self, _extent: Extent) -> None:
        side = self.grid.side
        self._shift(lambda editor, bead: editor.close_gap(bead.id, side), "closed the gap")

    def _shift(self, operate: Callable[[Editor, Bead], Edited], what: str) -> None:
        """Carries out what shifts one side of many rows, and says of how many."""
        side = self.grid.side
        cells = [bool(bead.side(side)) for bead in self.grid.beads]

        def message(edited: Edited) -> str:
            shifted = sum(cells[edited.first : edited.first + edited.replaced])
            return f"{what}: {counted(shifted, 'row')} shifted, {self.amts.keys.first('align.undo')} undoes"

        self._do(operate, message)

    def action_swap(self) -> None:
        self.operate(self._swap)

    def _swap(self, _extent: Extent) -> None:
        other = self._neighbour_bead(-1)
        if other is not None:
            row = self.grid.row
            self._do(
                lambda editor, bead: editor.swap(other.id, bead.id),
                f"swapped the targets of {row} and {row + 1}",
            )

    def action_alternative(self) -> None:
        self.operate(self._take_alternative)

    def _take_alternative(self, _extent: Extent) -> None:
        self._do(
            lambda editor, bead: editor.take_alternative(bead.id),
            "the row is now what else the aligner thought possible",
        )

    # ---- to any row

    def action_carry(self) -> None:
        """Takes a sentence of the row up, then the next one; on another row puts it down."""
        bead, carried = self.grid.current, self._carried
        if bead is None:
            return
        side = self.grid.side
        if carried is not None and carried.bead != bead.id:
            self._put_down(carried)
            return
        unit = 0 if carried is None or carried.side != side else carried.unit + 1
        if unit < len(bead.side(side)):
            self._carried = Carried(bead.id, side, unit)
            self._say("")
        else:
            self._carried = None
            self._say("no sentence is being moved" if carried else f"there is no {side} sentence here")

    def _put_down(self, carried: Carried) -> None:
        self._carried = None
        if all(bead.id != carried.bead for bead in self.grid.beads):
            self._say("the row of the sentence is gone: nothing was moved")
            return
        self._do(
            lambda editor, bead: editor.carry(carried.bead, carried.side, carried.unit, bead.id),
            f"moved a {carried.side} sentence here",
        )

    def _carried_text(self) -> str | None:
        carried = self._carried
        if carried is None:
            return None
        units = next((b.side(carried.side) for b in self.grid.beads if b.id == carried.bead), ())
        if carried.unit >= len(units):
            return None
        text = clip(printable(units[carried.unit].raw), _SNIPPET)
        key = self.amts.keys.first("align.carry")
        more = f", {key} here takes the next" if len(units) > 1 else ""
        return f"moving {text!r}: {key} on its row puts it there{more}"

    # ---- pairing

    def action_pair(self) -> None:
        """Marks the row, or joins it with the row that was marked before."""
        bead, partner = self.grid.current, self._partner_row()
        if bead is None:
            return
        if partner is None:
            self._partner = bead.id
            self._say("")
        elif partner == self.grid.row:
            self._drop_partner()
        else:
            first, second = sorted((partner, self.grid.row))
            other = self.grid.beads[partner].id
            message = f"paired rows {first + 1} and {second + 1}"
            if self._do(lambda editor, bead: editor.pair([other, bead.id]), message):
                self._partner = None
                self._show_status()

    def standing(self) -> list[str]:
        text = self._carried_text()
        return [*super().standing(), *([] if text is None else [text])]

    def action_clear(self) -> None:
        if self._carried is not None:
            self._carried = None
            self._say("no sentence is being moved")
        else:
            super().action_clear()
