"""Mode 2: the beads of a document, read and put right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from textual import on, work
from textual.app import SuspendNotSupported
from textual.message import Message
from textual.worker import get_current_worker

from amts_tui.tui import outside
from amts_tui.tui.bindings import bindings
from amts_tui.tui.queue import doubtful
from amts_tui.tui.reporting import Failed
from amts_tui.tui.screens.copying import CopyingScreen
from amts_tui.tui.screens.dialogs import Prompt
from amts_tui.tui.screens.edit import EditDialog, editable
from amts_tui.tui.screens.following import NONE_LEFT
from amts_tui.tui.screens.panels import PanelScreen
from amts_tui.tui.screens.replacing import ReplacingScreen
from amts_tui.tui.screens.reshaping import ReshapingScreen
from amts_tui.tui.screens.rows import Extent
from amts_tui.tui.wording import counted
from amts_tui.workbench.align_tasks import AlignedDocument
from amts_tui.workbench.editing import Edited, Editor, Marking
from amts_tui.workbench.realigning import Realigner
from amts_tui.workbench.types import AmtsError, Bead, BeadUnit, Mark, Side, Status


class AlignScreen(ReshapingScreen, ReplacingScreen, CopyingScreen, PanelScreen):
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

    # ---- texts

    def _texts(self) -> tuple[tuple[BeadUnit, ...], tuple[BeadUnit, ...]] | None:
        """The source units of the current row and those of its translation; None, and said, without one."""
        bead = self.grid.current
        if bead is None:
            return None
        reverse = self.desk.pipeline.reverse
        units = editable(bead, reverse)
        if not units:
            self._say("there is no translation in this row to edit")
            return None
        return (bead.target if reverse else bead.source), units

    def action_edit(self) -> None:
        texts = self._texts()
        if texts is None:
            return
        source, units = texts
        self.app.push_screen(EditDialog(self.grid.row + 1, source, units), self._edit)

    def _edit(self, texts: list[tuple[int, str]] | None) -> None:
        def edit(editor: Editor, bead: Bead) -> Edited:
            steps = [partial(editor.edit_text, bead.id, *one) for one in texts or []]
            return steps[0]() if len(steps) == 1 else editor.together(steps)

        if texts:
            self._do(edit, f"edited row {self.grid.row + 1}")

    def action_edit_outside(self) -> None:
        found = self._texts()
        if found is None:
            return
        source, units = found
        text = outside.as_file([unit.raw for unit in source], [unit.raw for unit in units])
        try:
            command = outside.command()
            with self.app.suspend():
                edited = outside.edit(command, text)
            texts = outside.from_file(edited, len(units))
        except SuspendNotSupported:
            self._say("another editor cannot be started from here")
        except AmtsError as error:
            self._refuse(error)
        else:
            pairs = enumerate(zip(texts, units, strict=True))
            changed = [(number, new) for number, (new, unit) in pairs if new != unit.raw]
            self._edit(changed)
            if not changed:
                self._say("nothing was changed")

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
        extent = self._extent()
        beads = self.grid.beads[extent.first : extent.first + extent.count]
        if len(beads) > 1:
            self.grid.go_to(extent.first + len(beads) - 1)
        row = self.grid.row + 1
        ids = [one.id for one in beads if one.status is not Status.CONFIRMED or doubtful(one)]
        verb = "was" if len(beads) == 1 else "were"
        said = f"confirmed {extent.words}" if ids else f"{extent.words} {verb} confirmed already"
        if ids and not self._do(lambda editor, _bead: editor.confirm(ids), said):
            return
        # Who confirms row by row stays in the document; who follows the queue is led on.
        if self._go_on_near(said):
            return
        if doubtful(bead):
            self._say(f"{said}; {NONE_LEFT}")
        else:
            self.grid.go_to(row, centre=True)
            self._say(said)

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

    def _judge(self, method: Marking, holds: Callable[[Bead], bool]) -> None:
        """Says something about beads, or takes it back if it has been said of all of them."""
        off: list[bool] = []

        def judge(extent: Extent) -> None:
            beads = self.grid.beads[extent.first : extent.first + extent.count]
            # Done again, it does the same, and does not turn about.
            off[:] = off or [all(holds(bead) for bead in beads)]
            ids = [bead.id for bead in beads if holds(bead) == off[0]]
            message = f"{method}: {extent.words}{' no more' if off[0] else ''}"
            if not ids:
                self._say(f"{message}, as it was")
                return
            self._do(lambda editor, _bead: getattr(editor, method)(ids, off=off[0]), message)

        self.operate(judge)

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
