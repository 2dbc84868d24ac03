"""The screen without a project: recent projects and how to begin."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Footer, Static

from amts_tui.tui.bindings import bindings
from amts_tui.tui.screens.new_project import ask_for_project
from amts_tui.tui.widgets.key_table import Column, KeyTable, TableRow
from amts_tui.workbench import recent
from amts_tui.workbench.types import AmtsError

if TYPE_CHECKING:
    from amts_tui.tui.app import WorkbenchApp

_HINT = """
 There is no project here.

   n            makes one for a book and its translation, as amts init does
   amts demo    opens a small book of its own, to try things out
"""


class StartScreen(Screen[None]):
    """Lists recent projects; Enter opens one."""

    BINDINGS = bindings("start")

    def compose(self) -> ComposeResult:
        yield Static(" amts", id="mode-bar")
        yield Static(_HINT, markup=False)
        yield KeyTable(Column("recent projects", flexible=True, tail=True))
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self.query_one(KeyTable).fill([TableRow(str(path), (str(path),)) for path in recent.projects()])

    def action_open(self) -> None:
        path = self.query_one(KeyTable).current
        if path is not None:
            self._open(Path(path))

    def action_new_project(self) -> None:
        ask_for_project(cast("WorkbenchApp", self.app), self._open)

    def _open(self, folder: Path) -> None:
        app = cast("WorkbenchApp", self.app)
        try:
            app.open_project(folder)
        except AmtsError as error:
            app.complain(error)
