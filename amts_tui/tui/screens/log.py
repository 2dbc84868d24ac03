"""Mode 7: what was done in the project, and what the application said."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import DataTable, Static

from amts_tui.tui.bindings import bindings
from amts_tui.tui.screens.base import ModeScreen
from amts_tui.tui.state import Severity
from amts_tui.tui.widgets.key_table import Column, KeyTable, TableRow
from amts_tui.tui.widgets.wrapping import printable
from amts_tui.workbench import history

_COLUMNS = (Column("time"), Column("who"), Column("what", flexible=True))
_LIMIT = 500
_SEVERITIES: dict[Severity, str] = {"information": "", "warning": "warning: ", "error": "error: "}


class LogScreen(ModeScreen):
    """The journal's entries and the application's own lines in one list, the newest first."""

    MODE = "log"
    BINDINGS = bindings("log")

    def __init__(self) -> None:
        super().__init__()
        self._texts: list[str] = []

    def body(self) -> Iterable[Widget]:
        yield KeyTable(*_COLUMNS)
        yield Static(id="detail", markup=False)

    def on_screen_resume(self) -> None:
        super().on_screen_resume()
        self.action_refresh()

    @on(DataTable.RowHighlighted)
    def _show_whole(self) -> None:
        """Shows the line under the cursor at its full length."""
        current = self.query_one(KeyTable).current
        text = "" if current is None else self._texts[int(current)]
        self.query_one("#detail", Static).update(Content(printable(text)))

    def action_refresh(self) -> None:
        lines = [
            (said.at, "amts", f"{_SEVERITIES[said.severity]}{part}" if number == 0 else f"  {part}")
            for said in self.desk.said
            for number, part in enumerate(
                [said.text, *said.detail.split("\n")] if said.detail else [said.text]
            )
        ]
        lines += [
            (
                entry.at.astimezone(),
                entry.who,
                f"{_state(entry.state)}{entry.action}  {' '.join(entry.documents)}",
            )
            for entry in history.entries(self.workbench, _LIMIT)
        ]
        lines.sort(key=lambda line: line[0], reverse=True)
        self._texts = [what for _at, _who, what in lines]
        self.query_one(KeyTable).fill(
            [
                TableRow(str(number), (f"{at:%m-%d %H:%M:%S}", who, what))
                for number, (at, who, what) in enumerate(lines)
            ]
        )
        self._show_whole()
        self.status(f" {len(lines)} lines")


def _state(state: str) -> str:
    return "" if state == "done" else f"({state}) "
