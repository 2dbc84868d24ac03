"""Mode 2: the beads of a document, read and put right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from textual import on, work
from textual.message import Message
from textual.worker import get_current_worker

from amts_tui.tui.bindings import bindings
from amts_tui.tui.queue import doubtful, find
from amts_tui.tui.reporting import Failed
from amts_tui.tui.screens.dialogs import Prompt
from amts_tui.tui.screens.document import NONE_LEFT
from amts_tui.tui.screens.edit import EditDialog, editable
from amts_tui.tui.screens.searching import SearchingScreen
from amts_tui.tui.screens.split import Cut, SplitDialog, cuts
from amts_tui.tui.wording import by_rows, counted
from amts_tui.workbench.align_tasks import AlignedDocument
from amts_tui.workbench.editing import Edited, Editor
from amts_tui.workbench.realigning import Realigner
from amts_tui.workbench.types import AmtsError, Bead, Mark, Side, Status

Operation = Callable[[Editor, Bead], Edited]


class AlignScreen(SearchingScreen):
    """What is done to the beads; each operation is committed before the screen shows it."""

    MODE = "align"
    BINDINGS = bindings("align")

    class Realigned(Message):
        """A document has been aligned again."""

        def __init__(self, done: AlignedDocument) -> None:
            super().__init__()
            self.done = done

    def __init__(self) -> None:
        super().__init__()
        self._realigner: Realigner | None = None

    # ---- operations

    def _do(self, operate: Operation, message: str | Callable[[Edited], str] = "") -> bool:
        """Carries an operation out on the current bead and stays with it; tells whether it went well."""
        bead = self.grid.current
        editor = self._editor
        if bead is None or editor is None:
            return False
        try:
            edited = operate(editor, bead)
        except AmtsError as error:
            self._refuse(error)
            return False
        said = message if isinstance(message, str) else message(edited)
        self._after(edited, self._row_of(bead.id, edited.first), said)
        return True

    def _refuse(self, error: AmtsError) -> None:
        """Says why an operation was not possible, where the eyes are."""
        self.amts.record(str(error), "error")
        self.app.bell()
        self._say(by_rows(str(error), self.grid.beads))

    def _after(self, edited: Edited, row: int, message: str = "") -> None:
        self.grid.refresh_rows(edited.first, row)
        self._say(message or by_rows(edited.message, self.grid.beads))
        self._count_soon()
        self._save_soon()

    def _row_of(self, bead_id: str, otherwise: int) -> int:
        """Where a bead is now: near where it was, if it still exists."""
        beads, row = self.grid.beads, self.grid.row
        near = range(max(row - 2, 0), min(row + 3, len(beads)))
        return next((at for at in near if beads[at].id == bead_id), otherwise)

    def _neighbour_bead(self, step: int) -> Bead | None:
        row = self.grid.row + step
        if 0 <= row < len(self.grid.beads):
            return self.grid.beads[row]
        self._say("there is no next row" if step > 0 else "there is no previous row")
        return None

    def action_merge_next(self) -> None:
        other = self._neighbour_bead(1)
        if other is not None:
            row = self.grid.row + 1
            self._do(lambda editor, bead: editor.merge(bead.id, other.id), f"merged rows {row} and {row + 1}")

    def action_merge_previous(self) -> None:
        other = self._neighbour_bead(-1)
        if other is not None:
            row = self.grid.row
            self._do(lambda editor, bead: editor.merge(other.id, bead.id), f"merged rows {row} and {row + 1}")

    def action_split(self) -> None:
        bead = self.grid.current
        if bead is None:
            return
        possible = cuts(bead)
        if not possible:
            self._say("one sentence alone cannot be split")
        elif len(possible) == 1:
            self._split(possible[0])
        else:
            self.app.push_screen(SplitDialog(self.grid.row + 1, bead), self._split)

    def _split(self, cut: Cut | None) -> None:
        if cut is not None:
            row = self.grid.row + 1
            self._do(lambda editor, bead: editor.split(bead.id, *cut), f"split row {row}")

    def action_push(self) -> None:
        side = self.grid.side
        self._do(lambda editor, bead: editor.move(bead.id, "down", side), f"pushed a {side} sentence down")

    def action_pull(self) -> None:
        side = self.grid.side
        self._do(lambda editor, bead: editor.move(bead.id, "up", side), f"sent a {side} sentence up")

    def action_gap(self) -> None:
        self._shift(lambda editor, bead, side: editor.gap(bead.id, side), "inserted a gap")

    def action_close_gap(self) -> None:
        self._shift(lambda editor, bead, side: editor.close_gap(bead.id, side), "closed the gap")

    def _shift(self, operate: Callable[[Editor, Bead, Side], Edited], what: str) -> None:
        """Carries out what shifts one side of many rows, and says of how many."""
        side = self.grid.side
        cells = [bool(bead.side(side)) for bead in self.grid.beads]

        def message(edited: Edited) -> str:
            shifted = sum(cells[edited.first : edited.first + edited.replaced])
            return f"{what}: {counted(shifted, 'row')} shifted, u undoes"

        self._do(lambda editor, bead: operate(editor, bead, side), message)

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

    def action_swap(self) -> None:
        other = self._neighbour_bead(-1)
        if other is not None:
            row = self.grid.row
            self._do(
                lambda editor, bead: editor.swap(other.id, bead.id),
                f"swapped the targets of {row} and {row + 1}",
            )

    def action_edit(self) -> None:
        bead = self.grid.current
        if bead is None:
            return
        reverse = self.desk.pipeline.reverse
        units = editable(bead, reverse)
        if not units:
            self._say("there is no translation in this row to edit")
            return
        source = bead.target if reverse else bead.source
        self.app.push_screen(EditDialog(self.grid.row + 1, source, units), self._edit)

    def _edit(self, texts: list[tuple[int, str]] | None) -> None:
        row = self.grid.row + 1
        for number, text in texts or []:
            self._do(partial(_edit_text, number=number, text=text), f"edited row {row}")

    def action_write_back(self) -> None:
        if self._editor is not None:
            self.ask_write_back([self._editor.path])

    def after_write_back(self) -> None:
        self._look_for_changes()

    def action_note(self) -> None:
        bead = self.grid.current
        if bead is not None:
            self.app.push_screen(Prompt(f"Note on row {self.grid.row + 1}", bead.note), self._note)

    def _note(self, text: str | None) -> None:
        if text is not None:
            self._do(lambda editor, bead: editor.note(bead.id, text), "noted")

    # ---- aligning again

    def action_realign(self) -> None:
        editor = self._editor
        if editor is None:
            return
        pipeline = editor.pipeline.forward
        if self._realigner is None or self._realigner.pipeline != pipeline:
            self._realigner = Realigner(self.workbench, pipeline)
        self._say("aligning again around what you touched  Esc stops")
        self._realign(self._realigner, editor.path)

    @work(thread=True, exclusive=True, group="realign", exit_on_error=False)
    def _realign(self, realigner: Realigner, path: str) -> None:
        worker = get_current_worker()
        try:
            done = realigner.realign(path, cancelled=lambda: worker.is_cancelled)
        except AmtsError as error:
            self.post_message(Failed("aligning again", error))
        else:
            self.post_message(self.Realigned(done))

    @on(Realigned)
    def _show_realigned(self, message: Realigned) -> None:
        editor, done = self._editor, message.done
        if editor is None or editor.path != done.document:
            return
        bead = self.grid.current
        before = {(bead.source, bead.target) for bead in editor.beads}
        kept = f"{done.kept} kept"
        if not editor.reload():
            self._say(f"aligned again: no row changed, {kept}")
            return
        new = sum((bead.source, bead.target) not in before for bead in editor.beads)
        self.grid.refresh_rows(0, _row_of_text(editor.beads, bead))
        self._say(f"aligned again: {counted(new, 'row')} changed, {kept}, u undoes")
        self._count_soon()

    def action_clear(self) -> None:
        if not self.workers.cancel_group(self, "realign"):
            super().action_clear()

    # ---- judgements

    def action_confirm_next(self) -> None:
        bead = self.grid.current
        if bead is None:
            return
        settled = bead.status is Status.CONFIRMED and not doubtful(bead)
        row = self.grid.row + 1
        said = f"row {row} was confirmed already" if settled else f"confirmed row {row}"
        if not settled and not self._do(lambda editor, bead: editor.confirm([bead.id]), said):
            return
        target = find(self.grid.beads, self.grid.row, 1, doubtful)
        # Who confirms row by row stays in the document; who follows the doubts is led on to the next one.
        following = doubtful(bead)
        if target is None and following and self._next_doubtful_document(1, f"{said}; "):
            return
        self.grid.go_to(self.grid.row + 1 if target is None else target, centre=True)
        self._say(f"{said}; {NONE_LEFT}" if target is None and following else said)

    def action_confirm(self) -> None:
        self._judge("confirm", lambda bead: bead.status is Status.CONFIRMED)

    def action_exclude(self) -> None:
        self._judge("exclude", lambda bead: bead.status is Status.EXCLUDED)

    def action_flag(self) -> None:
        self._judge("flag", lambda bead: Mark.FLAG in bead.marks)

    def action_pin(self) -> None:
        self._judge("pin", lambda bead: Mark.PIN in bead.marks)

    def action_bookmark(self) -> None:
        self._judge("bookmark", lambda bead: Mark.BOOKMARK in bead.marks)

    def _judge(self, method: str, holds: Callable[[Bead], bool]) -> None:
        """Says something about the current bead, or takes it back if it has been said."""
        bead = self.grid.current
        if bead is not None:
            off = holds(bead)
            message = f"{method}: row {self.grid.row + 1}{' no more' if off else ''}"
            self._do(lambda editor, bead: getattr(editor, method)([bead.id], off=off), message)

    def action_confirm_above(self) -> None:
        unsettled = (Status.AUTO, Status.EDITED)
        ids = [bead.id for bead in self.grid.beads[: self.grid.row + 1] if bead.status in unsettled]
        if ids:
            self._do(lambda editor, _bead: editor.confirm(ids), f"confirmed {counted(len(ids), 'row')}")
        else:
            self._say("all rows above are settled")

    def action_undo(self) -> None:
        self._travel(Editor.undo)

    def action_redo(self) -> None:
        self._travel(Editor.redo)

    def _travel(self, way: Callable[[Editor], Edited]) -> None:
        if self._editor is None:
            return
        try:
            edited = way(self._editor)
        except AmtsError as error:
            self._refuse(error)
            return
        self._after(edited, edited.first)


def _row_of_text(beads: Sequence[Bead], old: Bead | None) -> int:
    """Where the text of a bead stands now."""
    keys = {unit.key for unit in (old.source or old.target)} if old else set()
    side: Side = "source" if old and old.source else "target"
    found = (row for row, bead in enumerate(beads) if any(unit.key in keys for unit in bead.side(side)))
    return next(found, 0)


def _edit_text(editor: Editor, bead: Bead, *, number: int, text: str) -> Edited:
    return editor.edit_text(bead.id, number, text)
