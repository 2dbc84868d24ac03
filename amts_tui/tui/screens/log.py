"""Mode 7: what was done in the project, and what the application said; the way back to any point."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from textual import on, work
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import DataTable, Static

from amts_tui.tui.bindings import bindings
from amts_tui.tui.reporting import Failed
from amts_tui.tui.screens.base import ModeScreen
from amts_tui.tui.screens.dialogs import Question
from amts_tui.tui.screens.history_lines import described, question_lines, summary
from amts_tui.tui.state import Severity
from amts_tui.tui.widgets.key_table import Column, KeyTable, TableRow
from amts_tui.tui.widgets.wrapping import printable
from amts_tui.tui.wording import counted
from amts_tui.workbench import history
from amts_tui.workbench.types import AmtsError, NotFound

_COLUMNS = (
    Column("n", right=True),
    Column("time"),
    Column("who", flexible=True),
    Column("what", flexible=True),
    Column("document", flexible=True, tail=True),
)
_AT_ONCE = 300
_PIECES = 3
_SEVERITIES: dict[Severity, str] = {"information": "", "warning": "warning: ", "error": "error: "}
_VIEWS = ("all lines", "the journal", "the document")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the log: an entry of the journal (`n`, 0 for the beginning), or the application's own."""

    at: datetime
    who: str
    text: str
    n: int | None = None
    place: str = ""

    @property
    def cells(self) -> tuple[str, ...]:
        number = "" if self.n is None else str(self.n)
        time = f"{self.at:%m-%d %H:%M:%S}" if self.n != 0 else ""
        return number, time, self.who, self.text, self.place


class LogScreen(ModeScreen):
    """The journal's entries and the application's own lines in one list, the newest first."""

    MODE = "log"
    BINDINGS = bindings("log")

    class Back(Message):
        """The project, or a document, has gone back to a point."""

        def __init__(self, n: int, done: history.Restored) -> None:
            super().__init__()
            self.n = n
            self.done = done

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[_Line] = []
        self._limit = _AT_ONCE
        self._view = _VIEWS[0]

    def body(self) -> Iterable[Widget]:
        yield KeyTable(*_COLUMNS)
        yield Static(id="detail", markup=False)

    def on_screen_resume(self) -> None:
        super().on_screen_resume()
        self.action_refresh()

    @property
    def _current(self) -> _Line | None:
        key = self.query_one(KeyTable).current
        return None if key is None else next((line for line in self._lines if _key(line) == key), None)

    @property
    def _document(self) -> int | None:
        """The document that the view is narrowed to, by its number."""
        if self._view != _VIEWS[2]:
            return None
        return history.number_of(self.workbench, self.desk.pipeline, self.desk.document)

    @on(DataTable.RowHighlighted)
    def _show_whole(self) -> None:
        """Shows the line under the cursor at its full length, and what an entry changed."""
        line = self._current
        parts = [] if line is None else [printable(f"{line.text}  {line.place}".rstrip())]
        if line is not None and line.n:
            for piece in history.pieces(self.workbench, line.n, _PIECES):
                parts += described(piece, self.app.size.width - 2)
        self.query_one("#detail", Static).update(Content("\n".join(islice(parts, 7))))

    def action_refresh(self) -> None:
        entries = history.entries(self.workbench, self._limit, self._document)
        lines = [
            _Line(
                entry.at.astimezone(),
                entry.who,
                summary(entry, history.gist(self.workbench, entry.n)),
                entry.n,
                _place(entry.documents),
            )
            for entry in entries
        ]
        if self._view == _VIEWS[0]:
            lines += self._said()
        lines.sort(key=lambda line: line.at, reverse=True)
        if lines and len(entries) < self._limit:
            lines.append(_Line(lines[-1].at, "", "the beginning", 0))
        self._lines = lines
        self.query_one(KeyTable).fill([TableRow(_key(line), line.cells) for line in lines])
        self._show_whole()
        more = "" if len(entries) < self._limit else "  o shows older ones"
        place = f" {self.desk.document}" if self._document is not None else ""
        self.status(f" {self._view}{place}: {counted(len(entries), 'action')}{more}")

    def _said(self) -> list[_Line]:
        return [
            _Line(said.at, "amts", f"{_SEVERITIES[said.severity]}{part}" if number == 0 else f"  {part}")
            for said in self.desk.said
            for number, part in enumerate(
                [said.text, *said.detail.split("\n")] if said.detail else [said.text]
            )
        ]

    def action_view(self) -> None:
        views = _VIEWS if self.desk.document is not None else _VIEWS[:2]
        self._view = views[(views.index(self._view) + 1) % len(views)] if self._view in views else views[0]
        self.action_refresh()

    def action_older(self) -> None:
        self._limit += _AT_ONCE
        self.action_refresh()

    # ---- the way back and forth

    def action_undo(self) -> None:
        self._travel("undo")

    def action_redo(self) -> None:
        self._travel("redo")

    def _travel(self, way: str) -> None:
        try:
            path = None if self._document is None else self.desk.document
            said = history.travel(self.workbench, way, path, self.desk.pipeline.forward.target_lang)
            self.workbench.save_reviews()
        except NotFound as error:
            self.status(f" {error}")
            return
        except AmtsError as error:
            self.amts.complain(error)
            return
        self.action_refresh()
        self.status(f" {said}")

    def action_restore(self) -> None:
        line = self._current
        if line is None or line.n is None:
            self.status(" this line is no entry of the journal: go to one with a number")
            return
        n, document = line.n, self._document
        try:
            self.workbench.writable()
            undone = history.after(self.workbench, n, document)
        except AmtsError as error:
            self.amts.complain(error)
            return
        if not undone:
            self.status(" nothing was done since")
            return
        where = f" of {self.desk.document}" if document is not None else ""
        to = f"just after entry {n}" if n else "the beginning"
        title = f"Go back to {to}{where}? This undoes {counted(len(undone), 'action')}"
        text = "\n".join(question_lines(undone, min(self.app.size.width * 9 // 10, 100) - 6))

        def answered(yes: bool | None) -> None:
            if yes:
                self.status(" going back")
                self._go_back(n, document)

        self.app.push_screen(Question(title, text, "go back, which can be undone"), answered)

    @work(thread=True, exclusive=True, group="restore", exit_on_error=False)
    def _go_back(self, n: int, document: int | None) -> None:
        try:
            done = history.restore(self.workbench, n, document)
            self.workbench.save_reviews()
        except AmtsError as error:
            self.post_message(Failed("going back", error))
        else:
            self.post_message(self.Back(n, done))

    @on(Back)
    def _say_back(self, message: Back) -> None:
        self.action_refresh()
        if message.done.entry is None:
            self.status(" all is as it was then already")
            return
        self.query_one(KeyTable).action_top()
        self.status(f" undid {counted(len(message.done.undone), 'action')}: u takes that back")

    @on(Failed)
    def _say_failed(self, message: Failed) -> None:
        self.amts.complain(message.error)
        self.action_refresh()


def _key(line: _Line) -> str:
    return f"entry {line.n}" if line.n is not None else f"{line.at.isoformat()} {line.text}"


def _place(documents: Sequence[str]) -> str:
    return documents[0] if len(documents) == 1 else f"{len(documents)} documents" if documents else ""
