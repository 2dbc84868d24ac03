"""What stands beside the grid where there is room: documents, minimap, inspector; and the inspector's text in
a dialog where there is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import on, work
from textual.containers import Horizontal, VerticalScroll
from textual.message import Message
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Static

from amts_tui.tui.inspection import Inspected, inspection
from amts_tui.tui.queue import doubtful
from amts_tui.tui.screens.dialogs import Dialog
from amts_tui.tui.screens.document import DocumentScreen
from amts_tui.tui.widgets.document_list import DocumentLine, DocumentList
from amts_tui.tui.widgets.minimap import Minimap
from amts_tui.tui.wording import by_rows
from amts_tui.workbench.session import DOUBTFUL_BELOW, Pipeline
from amts_tui.workbench.types import AmtsError, Bead

if TYPE_CHECKING:
    from amts_tui.workbench.inspecting import MachineTexts

INSPECTOR_FROM = 160
_LOOK_AFTER = 0.15


class InspectionDialog(Dialog[str]):
    """The inspector over a screen that has no room beside the grid."""

    def __init__(self) -> None:
        super().__init__("All about the row; Esc closes")

    def body(self) -> Iterable[Widget]:
        yield VerticalScroll(Static(id="inspected"))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """There is nothing to accept."""
        return action != "accept"

    def answer(self) -> str:
        return ""


class PanelScreen(DocumentScreen):
    """Keeps the panels in step with the cursor, a moment after it has come to rest."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-wide"), (INSPECTOR_FROM, "-very-wide")]  # noqa: RUF012

    class Listed(Message):
        """The documents of a direction have been counted."""

        def __init__(self, pipeline: Pipeline, lines: list[DocumentLine]) -> None:
            super().__init__()
            self.pipeline = pipeline
            self.lines = lines

    class LookedUp(Message):
        """What the inspector shows of a bead has been found."""

        def __init__(self, inspected: Inspected) -> None:
            super().__init__()
            self.inspected = inspected

    def __init__(self) -> None:
        super().__init__()
        self._looking: Timer | None = None
        self._lines: list[DocumentLine] = []
        self._machine: tuple[tuple[Pipeline, str] | None, MachineTexts | None] = (None, None)

    def body(self) -> Iterable[Widget]:
        with Horizontal(id="panels"):
            yield DocumentList()
            yield from super().body()
            yield Minimap(doubtful)
            yield VerticalScroll(Static(id="inspected"), id="inspector", can_focus=False)

    # ---- the list of documents and the minimap

    def _count_now(self) -> None:
        super()._count_now()
        self.query_one(Minimap).show(self.grid.beads)
        self._show_documents()

    def on_screen_resume(self) -> None:
        self._list_documents(self.desk.pipeline)

    @work(thread=True, exclusive=True, group="documents", exit_on_error=False)
    def _list_documents(self, pipeline: Pipeline) -> None:
        workbench = self.workbench
        lines = []
        for stored in workbench.workspace.documents(pipeline.store):
            tally = workbench.workspace.tally(stored.id, DOUBTFUL_BELOW)
            settled = tally.confirmed + tally.edited + tally.excluded
            percent = 100 * settled // tally.beads if tally.beads else 0
            chapter = workbench.chapter(stored.source_path)
            lines.append(DocumentLine(stored.source_path, chapter, percent, tally.doubtful))
        self.post_message(self.Listed(pipeline, lines))

    @on(Listed)
    def _show_listed(self, message: Listed) -> None:
        if message.pipeline == self.desk.pipeline:
            self._lines = message.lines
            self._show_documents()

    def _show_documents(self) -> None:
        path, state = self.desk.document or "", self._progress
        self._lines = [
            DocumentLine(path, line.chapter, state.percent, state.doubtful) if line.path == path else line
            for line in self._lines
        ]
        self.query_one(DocumentList).show(self._lines, path)

    @on(DocumentList.Opened)
    def _open_listed(self, message: DocumentList.Opened) -> None:
        if message.path != self.desk.document:
            self._open(message.path)

    @on(Minimap.Pointed)
    def _go_to_pointed(self, message: Minimap.Pointed) -> None:
        self.grid.go_to(message.row, centre=True)

    # ---- the inspector

    def _show_status(self) -> None:
        super()._show_status()
        if self._looking is None and self._inspects:
            self._looking = self.set_timer(_LOOK_AFTER, self._look_up_now)

    @property
    def _inspects(self) -> bool:
        return self.app.size.width >= INSPECTOR_FROM and not self.has_class("-no-inspector")

    def _look_up_now(self) -> None:
        self._looking = None
        editor, bead = self._editor, self.grid.current
        if editor is not None and bead is not None:
            what = Inspected(bead, self.grid.row, len(editor.beads))
            self._look_up(editor.pipeline, editor.path, what, editor.beads)

    @work(thread=True, exclusive=True, group="inspect", exit_on_error=False)
    def _look_up(self, pipeline: Pipeline, path: str, what: Inspected, beads: Sequence[Bead]) -> None:
        """Reads the journal, and the run once for each document."""
        from amts_tui.workbench import inspecting  # reads runs, and so brings the evaluation with it

        if self._machine[0] != (pipeline, path):
            try:
                texts = inspecting.machine_texts(self.workbench, pipeline, path)
            except AmtsError:  # Scores says what is wrong with a run
                texts = None
            self._machine = ((pipeline, path), texts)
        made = self._machine[1]
        events = inspecting.history_of(self.workbench, pipeline, path, what.bead)
        events = [replace(event, action=by_rows(event.action, beads)) for event in events]
        machine = None if made is None else made.of(what.bead)
        self.post_message(self.LookedUp(replace(what, events=events, machine=machine)))

    @on(LookedUp)
    def _show_looked_up(self, message: LookedUp) -> None:
        what = message.inspected
        bead: Bead | None = self.grid.current
        if bead is not None and bead.id == what.bead.id:
            for pane in self.app.screen.query("#inspected").results(Static):
                pane.update(inspection(what))

    def action_details(self) -> None:
        if self.app.size.width >= INSPECTOR_FROM:
            self.toggle_class("-no-inspector")
            self._show_status()
        elif self.grid.current is not None:
            self.app.push_screen(InspectionDialog())
            self._look_up_now()
