"""The documents of both books side by side: what stays unpaired with the best guess, and what was said by
hand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from textual import on, work
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import DataTable, Static

from amts_tui.tui.bindings import bindings
from amts_tui.tui.reporting import Failed
from amts_tui.tui.screens.base import ModeScreen
from amts_tui.tui.screens.choosing import ChooseDialog
from amts_tui.tui.widgets.key_table import Column, KeyTable, TableRow
from amts_tui.tui.widgets.wrapping import printable
from amts_tui.tui.wording import counted
from amts_tui.workbench import pairing
from amts_tui.workbench.pairing import Entry, How, Relation, Step
from amts_tui.workbench.session import Pipeline
from amts_tui.workbench.types import AmtsError

_COLUMNS = (
    Column("source document", flexible=True, tail=True),
    Column("pairing"),
    Column("target document", flexible=True, tail=True),
)
_ORDER = (How.UNPAIRED, How.PATH, How.FOUND, How.HAND, How.ALONE, How.OWN)


class PairingScreen(ModeScreen):
    """A row for each document without a partner and each pair that was not made by the paths alone."""

    MODE = "pairing"
    TAB = "books"
    BINDINGS = bindings("pairing")

    class Listed(Message):
        """The pairs and guesses of a direction have been found."""

        def __init__(self, pipeline: Pipeline, entries: list[Entry]) -> None:
            super().__init__()
            self.pipeline = pipeline
            self.entries = entries

    def __init__(self) -> None:
        super().__init__()
        self._entries: list[Entry] = []
        self._rows: dict[str, Entry] = {}
        self._all = False
        self._steps: list[tuple[Pipeline, Step, str]] = []

    def body(self) -> Iterable[Widget]:
        yield KeyTable(*_COLUMNS)
        yield Static(id="detail", markup=False)

    def on_screen_resume(self) -> None:
        super().on_screen_resume()
        self._read()

    def _read(self) -> None:
        self.status(" looking for the partners of the documents")
        self._find(self.desk.pipeline)

    @work(thread=True, exclusive=True, group="pairing", exit_on_error=False)
    def _find(self, pipeline: Pipeline) -> None:
        try:
            entries = pairing.overview(self.workbench, pipeline)
        except AmtsError as error:
            self.post_message(Failed("pairing", error))
        else:
            self.post_message(self.Listed(pipeline, entries))

    @on(Failed)
    def _say_failed(self, message: Failed) -> None:
        self.amts.complain(message.error)
        self._show_totals()

    @on(Listed)
    def _take_entries(self, message: Listed) -> None:
        if message.pipeline == self.desk.pipeline:
            self._entries = message.entries
            self._show_rows()

    def _show_rows(self) -> None:
        shown = [entry for entry in self._entries if _is_shown(entry, self._entries, everything=self._all)]
        shown.sort(
            key=lambda entry: (
                _ORDER.index(entry.how) + len(_ORDER) * (entry.how is How.PATH and not entry.guess)
            )
        )
        self._rows = {f"{entry.source}\n{entry.target}": entry for entry in shown}
        table = self.query_one(KeyTable)
        kept, at = table.current, table.cursor_row
        table.fill([TableRow(key, _cells(entry)) for key, entry in self._rows.items()])
        if kept not in self._rows:
            table.move_cursor(row=at)
        self._show_reason()
        self._show_totals()
        self.show_place()

    def _show_totals(self) -> None:
        unpaired = [entry for entry in self._entries if entry.how is How.UNPAIRED]
        sources = sum(entry.source is not None for entry in unpaired)
        likely = len(pairing.likely_guesses(self._entries))
        found = sum(entry.how is How.FOUND for entry in self._entries)
        hand = sum(entry.how in (How.HAND, How.ALONE, How.OWN) for entry in self._entries)
        self.status(
            f" {self.desk.pipeline.name}  unpaired: {sources} source, {len(unpaired) - sources} target"
            f"  {counted(likely, 'likely partner')}  {found} found  {hand} by hand"
        )

    @property
    def _entry(self) -> Entry | None:
        return self._rows.get(self.query_one(KeyTable).current or "")

    @on(DataTable.RowHighlighted)
    def _show_reason(self) -> None:
        entry = self._entry
        text = "" if entry is None else f"{_names(entry)}\n{entry.plight}"
        self.query_one("#detail", Static).update(Content(printable(text)))

    # ---- what a person says

    def _say(self, what: str, say: Callable[[], Step]) -> None:
        try:
            step = say()
        except AmtsError as error:
            self.amts.complain(error)
            return
        self._steps.append((self.desk.pipeline, step, what))
        self.amts.tell(what)
        self._read()

    def _pair(self, source: str, target: str) -> None:
        pipeline = self.desk.pipeline
        self._say(f"{source} with {target}", lambda: pairing.pair(self.workbench, pipeline, source, target))

    def action_accept(self) -> None:
        entry = self._entry
        if entry is None:
            return
        if entry.guess is not None and entry.acceptable:
            self._pair(entry.guess.source, entry.guess.target)
        elif entry.how is How.FOUND:
            self._pair(str(entry.source), str(entry.target))
        else:
            self.amts.tell("there is no guess to accept here; c chooses a partner", "warning")

    def action_accept_likely(self) -> None:
        likely = pairing.likely_guesses(self._entries)
        if not likely:
            self.amts.tell("no guess is likely enough to be accepted unseen", "warning")
            return
        pairs = [(guess.source, guess.target) for guess in likely]
        pipeline = self.desk.pipeline
        self._say(
            f"{counted(len(pairs), 'likely partner')} accepted",
            lambda: pairing.accept(self.workbench, pipeline, pairs),
        )

    def action_choose(self) -> None:
        entry = self._entry
        if entry is None:
            return
        if entry.source is None:
            title, values = f"Which source has {entry.target}?", _candidates(self._entries, of_source=True)
        else:
            title, values = f"Translation of {entry.source}", _candidates(self._entries, of_source=False)

        def take(chosen: str | None) -> None:
            if chosen is not None and entry.source is None:
                self._pair(chosen, str(entry.target))
            elif chosen is not None:
                self._pair(str(entry.source), chosen)

        self.app.push_screen(ChooseDialog(title, values), take)

    def action_alone(self) -> None:
        entry, pipeline = self._entry, self.desk.pipeline
        if entry is None:
            return
        source, target = entry.source, entry.target
        if source is not None:
            self._say(
                f"{source} has no translation", lambda: pairing.unpair(self.workbench, pipeline, source)
            )
        elif target is not None:
            self._say(f"{target} has no source", lambda: pairing.call_own(self.workbench, pipeline, target))

    def action_forget(self) -> None:
        entry, pipeline = self._entry, self.desk.pipeline
        if entry is None:
            return
        source, target = entry.source, entry.target
        name = source or target
        if entry.how not in (How.HAND, How.ALONE, How.OWN):
            self.amts.tell(f"nothing was said by hand about {name}", "warning")
            return
        self._say(
            f"{name} is left to path and text",
            lambda: pairing.forget(self.workbench, pipeline, source, target),
        )

    def action_undo(self) -> None:
        if not self._steps:
            self.amts.tell("nothing to undo here", "warning")
            return
        pipeline, step, what = self._steps[-1]
        try:
            pairing.take_back(self.workbench, pipeline, step)
        except AmtsError as error:
            self.amts.complain(error)
            return
        self._steps.pop()
        self.amts.tell(f"undid: {what}")
        self._read()

    # ---- the view

    def action_all(self) -> None:
        self._all = not self._all
        self._show_rows()

    def action_reload(self) -> None:
        self._read()

    def action_pipeline(self) -> None:
        self.amts.next_pipeline()
        self._read()

    def action_back(self) -> None:
        self.app.pop_screen()


def _is_shown(entry: Entry, entries: list[Entry], *, everything: bool) -> bool:
    """A guess stands in one row, that of its source; pairs of one path are of interest if they are doubted
    or hold more than one document.
    """
    if entry.source is None and entry.guess is not None and entry.acceptable:
        return not any(other.source and other.guess == entry.guess for other in entries)
    return everything or entry.how is not How.PATH or bool(entry.guess or entry.parts)


def _cells(entry: Entry) -> tuple[str, str, str]:
    guess = entry.guess if entry.how is How.UNPAIRED else None
    source = entry.source or (guess.source if guess else "")
    target = entry.target or (guess.target if guess else "")
    return source, _relation(entry), target


def _relation(entry: Entry) -> str:
    guess = entry.guess
    if entry.how is How.PATH:
        return "doubtful" if guess else "holds more" if entry.parts else "same path"
    if entry.how is not How.UNPAIRED:
        return {How.FOUND: "found", How.HAND: "by hand"}.get(entry.how, "none, by hand")
    if guess is None:
        return "no target" if entry.source else "no source"
    if guess.relation is not Relation.RENAMED:
        return "part of" if guess.relation is Relation.MERGED else "in part"
    return "likely" if guess.likely else "perhaps"


def _names(entry: Entry) -> str:
    return " = ".join(path for path in (entry.source, entry.target) if path)


def _candidates(entries: list[Entry], *, of_source: bool) -> list[tuple[str, str]]:
    """The documents of one side with their present partners; those without one come first."""
    named = [
        (path, other)
        for entry in entries
        for path, other in [(entry.source, entry.target) if of_source else (entry.target, entry.source)]
        if path is not None
    ]
    named.sort(key=lambda pair: pair[1] is not None)
    return [(path, path if other is None else f"{path}  {_taken(path, other)}") for path, other in named]


def _taken(path: str, other: str) -> str:
    return "(paired)" if path == other else f"(paired with {other})"
