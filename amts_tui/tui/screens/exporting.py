"""Exporting pairs to a file: the form, a question before a file is replaced, the writing, the outcome."""

from __future__ import annotations

from textual import on, work
from textual.message import Message

from amts_tui.tui.reporting import Failed
from amts_tui.tui.screens.dialogs import Question
from amts_tui.tui.screens.export import ExportDialog
from amts_tui.tui.screens.writing_back import WriteBackScreen
from amts_tui.tui.wording import counted
from amts_tui.workbench import exporting
from amts_tui.workbench.exporting import ExportRequest, Written
from amts_tui.workbench.session import Pipeline
from amts_tui.workbench.types import AmtsError


class ExportingScreen(WriteBackScreen):
    """A mode with a key that exports the pairs of the direction in hand."""

    class Exported(Message):
        """A file has been written."""

        def __init__(self, request: ExportRequest, written: Written) -> None:
            super().__init__()
            self.request = request
            self.written = written

    def after_export(self) -> None:
        """Shows the status line of the mode again."""
        raise NotImplementedError

    def action_export(self) -> None:
        project = self.workbench.project
        self.app.push_screen(ExportDialog(project.root, self.desk.pipeline), self._export_as)

    def _export_as(self, request: ExportRequest | None) -> None:
        if request is None:
            return

        def go_on(yes: bool | None) -> None:
            if yes:
                self.status(f" writing {request.output}")
                self._export(self.desk.pipeline, request)

        if request.output.exists():
            self.app.push_screen(Question("Replace the file?", str(request.output), "replace it"), go_on)
        else:
            go_on(True)

    @work(thread=True, exclusive=True, group="export", exit_on_error=False)
    def _export(self, pipeline: Pipeline, request: ExportRequest) -> None:
        try:
            written = exporting.export(self.workbench, pipeline, request)
        except AmtsError as error:
            self.post_message(Failed("exporting", error))
        else:
            self.post_message(self.Exported(request, written))

    @on(Exported)
    def _say_exported(self, message: Exported) -> None:
        written, output = message.written, message.request.output
        self.amts.tell(f"{counted(written.written, 'pair')} in {output}, {len(written.left_out)} left out")
        for left in written.left_out:
            self.amts.record(f"left out of {output.name}: {left.document} {left.id}: {left.reason}")
        self.after_export()
