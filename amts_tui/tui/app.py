"""The application: its modes, what they share, and the commands that count everywhere."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from textual.app import App, SystemCommand
from textual.binding import Binding
from textual.screen import Screen

from amts_tui.tui import themes
from amts_tui.tui.bindings import bindings
from amts_tui.tui.ending import end_with_terminal
from amts_tui.tui.keymap import MODE_LABELS, shown
from amts_tui.tui.remapping import USUAL, Keys, config_file, load
from amts_tui.tui.screens.align import AlignScreen
from amts_tui.tui.screens.base import ModeScreen
from amts_tui.tui.screens.books import BooksScreen
from amts_tui.tui.screens.command_line import CommandLine
from amts_tui.tui.screens.help import HelpDialog
from amts_tui.tui.screens.jobs import JobsScreen
from amts_tui.tui.screens.log import LogScreen
from amts_tui.tui.screens.scores import ScoresScreen
from amts_tui.tui.screens.start import StartScreen
from amts_tui.tui.state import Desk, Said, Severity
from amts_tui.tui.widgets.ambiguous import are_wide, count_ambiguous
from amts_tui.tui.widgets.bitext_grid import BitextGrid
from amts_tui.workbench import looks, recent
from amts_tui.workbench.session import Workbench
from amts_tui.workbench.types import AmtsError, Cancelled

_TIMEOUTS: dict[Severity, float] = {"information": 4.0, "warning": 8.0, "error": 15.0}


class WorkbenchApp(App[Path]):
    """The workbench on a project, or the start screen without one.

    It closes only a workbench that it has opened itself. It answers the folder of another project that is to
    be opened next, if there is one.
    """

    TITLE = "amts"
    CSS_PATH = "styles/app.tcss"
    BINDINGS = bindings("app")
    MODES: ClassVar[dict[str, str | Callable[[], Screen[Any]]]] = {
        "books": BooksScreen,
        "align": AlignScreen,
        "jobs": JobsScreen,
        "scores": ScoresScreen,
        "log": LogScreen,
    }

    def __init__(self, workbench: Workbench | None, keys: Keys | None = None) -> None:
        super().__init__()
        self.keys = keys or USUAL
        self.workbench = workbench
        self.desk = None if workbench is None else Desk(workbench.pipelines()[0])
        self._owned: Workbench | None = None

    def get_key_display(self, binding: Binding) -> str:
        """A key as help and documents show it, a user's own one, too."""
        return binding.key_display or shown(binding.key)

    def on_mount(self) -> None:
        if not self.is_headless:
            end_with_terminal(self)
        self.set_keymap(self.keys.changed())
        for theme in themes.OWN:
            self.register_theme(theme)
        kept = looks.load()
        self.theme = kept.theme if kept.theme in themes.NAMES else themes.DARK.name
        count_ambiguous(2 if kept.wide_ambiguous else 1)
        if self.workbench is None:
            self.push_screen(StartScreen())
        else:
            self.switch_mode("books")
            self.tell_troubles()

    def open_project(self, folder: Path) -> None:
        """Leaves the start screen for a project. Raises AmtsError."""
        self._owned = self.workbench = Workbench.open(folder)
        self.desk = Desk(self.workbench.pipelines()[0])
        recent.remember(folder)
        self.switch_mode("books")
        self.tell_troubles()

    def on_unmount(self) -> None:
        if self._owned is not None:
            self._owned.close()

    def second_workbench(self) -> Workbench:
        """The same project with a connection of its own, for a thread that writes while the screens go on."""
        assert self.workbench is not None
        return Workbench.open(self.workbench.project.root, read_only=self.workbench.read_only)

    def next_pipeline(self) -> None:
        """Goes on to the project's next direction."""
        assert self.workbench is not None
        assert self.desk is not None
        pipelines = self.workbench.pipelines()
        if len(pipelines) == 1:
            self.tell(f"the project has one direction, {pipelines[0].name}")
            return
        at = pipelines.index(self.desk.pipeline)
        self.desk.pipeline = pipelines[(at + 1) % len(pipelines)]
        self.desk.document = None

    def record(self, text: str, severity: Severity = "information", detail: str = "") -> None:
        """Puts a line into the Log."""
        if self.desk is not None:
            self.desk.said.append(Said(datetime.now().astimezone(), severity, text, detail))

    def tell(self, text: str, severity: Severity = "information", *, detail: str = "") -> None:
        """Shows a line for a while, and keeps it in the Log."""
        self.record(text, severity, detail)
        self.notify(text, severity=severity, timeout=_TIMEOUTS[severity], markup=False)

    def tell_all(self, lines: Sequence[str], what: str, severity: Severity) -> None:
        """Shows a single line as it is; of several their number and `what` they are, and all in the Log."""
        if len(lines) == 1:
            self.tell(lines[0], severity)
        elif lines:
            self.tell(
                f"{len(lines)} {what}: press 7 for all; the first is {lines[0]}",
                severity,
                detail="\n".join(lines),
            )

    def tell_troubles(self) -> None:
        """Shows which files could not be used, if any: review files, misnamed documents."""
        assert self.workbench is not None
        troubles = list(self.workbench.troubles.values())
        self.tell_all(troubles, "files could not be used", "error")

    def complain(self, error: AmtsError) -> None:
        """Shows what went wrong in the error's own line; what the user has stopped is no error."""
        self.tell(str(error), "information" if isinstance(error, Cancelled) else "error")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Modes need a project."""
        return not (self.workbench is None and action in MODE_LABELS)

    def action_books(self) -> None:
        self.switch_mode("books")

    def action_align(self) -> None:
        self.switch_mode("align")

    def action_jobs(self) -> None:
        self.switch_mode("jobs")

    def action_scores(self) -> None:
        self.switch_mode("scores")

    def action_log(self) -> None:
        self.switch_mode("log")

    def action_help(self) -> None:
        screen = self.screen
        self.push_screen(HelpDialog(screen.MODE if isinstance(screen, ModeScreen) else "start", self.keys))

    def action_command(self) -> None:
        screen = self.screen
        if not isinstance(screen, ModeScreen):
            return

        async def run(answer: str | None) -> None:
            if answer is None:
                return
            if not answer.isdecimal():
                await self._run(screen, answer.partition(".")[2])
            elif isinstance(screen, AlignScreen):
                screen.grid.go_to(int(answer) - 1, centre=True)
            else:
                screen.status(" there are no numbered rows here")

        self.push_screen(CommandLine(self.keys.in_mode(screen.MODE)), run)

    def action_suspend(self) -> None:
        self.action_suspend_process()

    def action_palette(self) -> None:
        self.action_command_palette()

    def action_theme(self) -> None:
        self.theme = themes.after(self.theme)
        self._keep_looks()
        self.notify(f"looks: {themes.NAMES[self.theme]}", timeout=2.0, markup=False)

    def action_ambiguous(self) -> None:
        count_ambiguous(1 if are_wide() else 2)
        self._keep_looks()
        self.notify(f"quotes and dashes take {'two cells' if are_wide() else 'one cell'}", timeout=2.0)
        self.refresh_css()
        for grid in self.screen.query(BitextGrid):
            grid.lay_out_anew()

    def _keep_looks(self) -> None:
        looks.keep(looks.Looks(self.theme, are_wide()))

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Every action of the mode, with its keys."""
        if not isinstance(screen, ModeScreen):
            return
        for action in self.keys.in_mode(screen.MODE):
            run = partial(self._run, screen, action.name)
            yield SystemCommand(action.description, f"{action.shown_keys}   {action.id}", run)

    async def _run(self, screen: Screen[Any], name: str) -> None:
        """Runs an action as its key would: that of the focused widget, the screen or the application."""
        for holder in (screen.focused, screen, self):
            if holder is not None and hasattr(holder, f"action_{name}"):
                await holder.run_action(name)
                return


def run_workbench(workbench: Workbench | None) -> None:
    """Runs the application until the user quits; the caller closes the workbench."""
    os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")
    # A size that some parent process has exported is that of its start; the terminal itself knows better.
    for name in ("COLUMNS", "LINES"):
        os.environ.pop(name, None)
    keys = load(config_file())
    if workbench is not None:
        recent.remember(workbench.project.root)
    folder = WorkbenchApp(workbench, keys).run()
    while folder is not None:
        recent.remember(folder)
        with Workbench.open(folder) as other:
            folder = WorkbenchApp(other, keys).run()
