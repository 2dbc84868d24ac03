"""The export form."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from textual import on
from textual.widget import Widget
from textual.widgets import Input, Select, Static

from amts_tui.tui.screens.dialogs import Dialog, choice, field, selected
from amts_tui.workbench.exporting import ExportRequest, FileFormat, Form, Granularity
from amts_tui.workbench.session import Pipeline

_FORMS = (
    (Form.EXCHANGE.value, "exchange: every pair"),
    (Form.AMAZON.value, "amazon: what CreateParallelData accepts"),
)
_GRANULARITIES = (
    (Granularity.SENTENCE.value, "a pair for each row"),
    (Granularity.PARAGRAPH.value, "a pair for each paragraph"),
)


class ExportDialog(Dialog[ExportRequest]):
    """Asks for format, form, granularity and path."""

    def __init__(self, folder: Path, pipeline: Pipeline) -> None:
        super().__init__(f"Export {pipeline.name}")
        self._folder = folder
        self._stem = pipeline.name
        self._proposed = f"{pipeline.name}.csv"

    def body(self) -> Iterable[Widget]:
        formats = [(each.value, each.value.upper()) for each in FileFormat]
        yield field("format", choice(formats, FileFormat.CSV.value, "format"))
        yield field("for", choice(_FORMS, Form.EXCHANGE.value, "form"))
        yield field("granularity", choice(_GRANULARITIES, Granularity.SENTENCE.value, "granularity"))
        yield field("file", Input(str(self._folder / self._proposed), compact=True, id="path"))
        yield Static("Tab next field   Enter opens a list   Ctrl+s exports", classes="hint")

    def on_mount(self) -> None:
        self.query_one("#format").focus()

    @on(Select.Changed, "#format")
    @on(Select.Changed, "#form")
    def _rename(self) -> None:
        """Proposes another name; of a name that somebody has typed only the ending changes."""
        line = self.query_one("#path", Input)
        path = Path(line.value)
        amazon = ".amazon" if selected(self, "form") == Form.AMAZON.value else ""
        ending = f".{selected(self, 'format')}"
        before, self._proposed = self._proposed, f"{self._stem}{amazon}{ending}"
        if path.name == before:
            line.value = str(path.with_name(self._proposed))
        elif path.name.strip():
            line.value = str(path.with_suffix(ending))

    def answer(self) -> ExportRequest | None:
        value = self.query_one("#path", Input).value.strip()
        if not value:
            self.notify("name the file to write", severity="warning")
            return None
        output = self._folder / Path(value).expanduser()
        return ExportRequest(
            output,
            FileFormat(selected(self, "format")),
            Form(selected(self, "form")),
            Granularity(selected(self, "granularity")),
        )
