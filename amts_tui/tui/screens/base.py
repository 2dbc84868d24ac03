"""What every mode's screen has: the top line, a status line, the footer, and a way to the application."""

from __future__ import annotations

import traceback
from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import ActiveBinding
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static
from textual.worker import Worker, WorkerState

from amts_tui.tui.keymap import in_mode
from amts_tui.tui.reporting import Progressed
from amts_tui.tui.state import Desk
from amts_tui.tui.widgets.bars import plain
from amts_tui.tui.widgets.key_line import KeyLine
from amts_tui.tui.widgets.mode_bar import ModeBar
from amts_tui.tui.widgets.wrapping import clip, printable
from amts_tui.workbench.session import Workbench

if TYPE_CHECKING:
    from amts_tui.tui.app import WorkbenchApp


class ModeScreen(Screen[None]):
    """A mode; subclasses say what stands between the top line and the status line.

    `MODE` names the keys that count here; `TAB` the mode that the top line shows, if it is another.
    """

    MODE: ClassVar[str]
    TAB: ClassVar[str] = ""

    def compose(self) -> ComposeResult:
        yield ModeBar(self.TAB or self.MODE)
        yield from self.body()
        yield Static(id="status", markup=False)
        yield KeyLine()

    def body(self) -> Iterable[Widget]:
        """The widgets of the mode."""
        raise NotImplementedError

    @property
    def amts(self) -> WorkbenchApp:
        """The application, by its type."""
        return cast("WorkbenchApp", self.app)

    @property
    def workbench(self) -> Workbench:
        """The open project; modes other than the start screen exist only with one."""
        assert self.amts.workbench is not None
        return self.amts.workbench

    @property
    def desk(self) -> Desk:
        """What the modes share."""
        assert self.amts.desk is not None
        return self.amts.desk

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """The keys that count, in the order of the keymap, which is that of the footer."""
        order = {action.id: number for number, action in enumerate(in_mode(self.MODE))}
        found = super().active_bindings
        return dict(sorted(found.items(), key=lambda item: order.get(item[1].binding.id or "", len(order))))

    def status(self, text: str) -> None:
        """Shows a text on the status line."""
        self.query_one("#status", Static).update(clip(printable(text), max(self.app.size.width, 1)))

    def on_screen_resume(self) -> None:
        self.show_place()

    def on_resize(self) -> None:
        self.show_place()

    def show_place(self) -> None:
        """Brings the top line up to date."""
        read_only = "READ-ONLY  " if self.workbench.read_only else ""
        document = self.place()
        self.query_one(ModeBar).show(
            f"{read_only}{self.desk.pipeline.name}",
            self.workbench.project.name if document is None else document,
            tail=document is not None,
        )

    def place(self) -> str | None:
        """The document that the mode is about; None if it is about the whole project."""
        return None

    @on(Progressed)
    def _show_progress(self, message: Progressed) -> None:
        bar = plain(message.done, message.total, 22)
        stops = "Esc stops  " if hasattr(self, "action_cancel") else ""
        self.status(f" {message.work} {message.done}/{message.total} {bar} {stops}{message.what}")

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """An error that no worker expected is shown, and its trace kept in the Log."""
        error = event.worker.error
        if event.state is WorkerState.ERROR and error is not None:
            trace = "".join(traceback.format_exception(error))
            self.amts.tell(f"unexpected {type(error).__name__}: {error}", "error", detail=trace)
            self.broke_off(event.worker.group)

    def broke_off(self, group: str) -> None:
        """A worker of the group has ended with an unexpected error: for those who keep count of it."""
