"""Mode 1: the books of the project, document by document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from textual import on, work
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import DataTable, Input, Static
from textual.worker import get_current_worker

from amts_tui.tui.bindings import bindings
from amts_tui.tui.reporting import Failed, Progressed, Reporter
from amts_tui.tui.screens.book_table import BOOK_ORDER, Listed, Order, table, totals
from amts_tui.tui.screens.exporting import ExportingScreen
from amts_tui.tui.screens.new_project import ask_for_project
from amts_tui.tui.screens.pairing import PairingScreen
from amts_tui.tui.widgets.key_table import KeyTable
from amts_tui.tui.widgets.wrapping import clip
from amts_tui.tui.wording import counted
from amts_tui.workbench import aligning, last_scores
from amts_tui.workbench.aligning import AlignSummary, Mode
from amts_tui.workbench.last_scores import LastScores
from amts_tui.workbench.session import Pipeline
from amts_tui.workbench.types import AmtsError, Cancelled

_LIST_EVERY = 3.0
_ROOM_FOR_BARS = 100


class BooksScreen(ExportingScreen):
    """Documents with their state; from here one aligns, exports and launches jobs."""

    MODE = "books"
    BINDINGS = bindings("books")

    class Found(Message):
        """The documents of a direction have been read."""

        def __init__(self, listed: Listed) -> None:
            super().__init__()
            self.listed = listed

    class Scored(Message):
        """The newest run of a direction has been scored."""

        def __init__(self, pipeline: Pipeline, scores: LastScores) -> None:
            super().__init__()
            self.pipeline = pipeline
            self.scores = scores

    class Reloaded(Message):
        """The review files have been merged, as far as they can be."""

    class Aligned(Message):
        """Aligning has come to its end."""

        def __init__(self, summary: AlignSummary) -> None:
            super().__init__()
            self.summary = summary

    def __init__(self) -> None:
        super().__init__()
        self._books: dict[str, Listed] = {}
        self._sorted_by = BOOK_ORDER
        self._sortable: tuple[Order, ...] = ()
        self._asked: set[str] = set()
        self._aligning = False
        self._listing: Timer | None = None

    def body(self) -> Iterable[Widget]:
        yield KeyTable()
        yield Static(id="totals", markup=False)
        yield FilterLine()

    @property
    def _table(self) -> KeyTable:
        return self.query_one(KeyTable)

    @property
    def _current(self) -> Listed:
        pipeline = self.desk.pipeline
        return self._books.get(pipeline.name, Listed(pipeline, ()))

    def on_screen_resume(self) -> None:
        super().on_screen_resume()
        self._read()

    def on_resize(self) -> None:
        super().on_resize()
        self._show_table()

    def _read(self) -> None:
        if not self._aligning:
            self.status(" reading the books")
        self._list_documents(self.desk.pipeline)

    @work(thread=True, exclusive=True, group="books-list", exit_on_error=False)
    def _list_documents(self, current: Pipeline) -> None:
        """Reads the direction in hand first."""
        worker = get_current_worker()
        pipelines = sorted(self.workbench.pipelines(), key=lambda one: one != current)
        for pipeline in pipelines:
            try:
                documents = self.workbench.documents(pipeline)
                run = last_scores.newest_run(self.workbench, pipeline)
                scores = last_scores.known(self.workbench, pipeline)
            except AmtsError as error:
                self.post_message(Failed("reading the books", error))
                continue
            if worker.is_cancelled:
                return
            self.post_message(self.Found(Listed(pipeline, documents, run.name if run else "", scores)))

    @work(thread=True, group="books-scores", exit_on_error=False)
    def _score_newest(self, pipelines: Sequence[Pipeline]) -> None:
        """Scores the newest run of each direction, if nobody has looked at its scores yet."""
        worker = get_current_worker()
        for pipeline in pipelines:
            try:
                found = last_scores.ensure(self.workbench, pipeline, cancelled=lambda: worker.is_cancelled)
            except Cancelled:
                return
            except AmtsError as error:
                self.app.call_from_thread(self.amts.record, str(error))
            else:
                if found is not None:
                    self.post_message(self.Scored(pipeline, found))

    def _score_missing(self) -> None:
        """Sets out to score runs once each; while books are aligned there is nothing to compare with."""
        new = [one for one in self._in_order() if one.run and not one.scores and one.run not in self._asked]
        if new and not self._aligning:
            self._asked.update(one.run for one in new)
            self._score_newest([one.pipeline for one in new])

    @on(Found)
    def _show_documents(self, message: Found) -> None:
        self._books[message.listed.pipeline.name] = message.listed
        self._show_table()
        self._show_totals()
        self.show_place()
        self._score_missing()

    @on(Scored)
    def _show_scores(self, message: Scored) -> None:
        listed = self._books.get(message.pipeline.name)
        if listed is not None and listed.scores != message.scores:
            self._books[message.pipeline.name] = replace(listed, scores=message.scores)
            self._show_table()
            self._show_totals()

    # ---- the table: directions side by side, sorted, narrowed

    def _show_table(self) -> None:
        if self.desk.pipeline.name not in self._books:
            return
        wanted = self.query_one(FilterLine).value
        width = self.app.size.width
        shown = table(self._in_order(), self.desk.pipeline, width, self._sorted_by, wanted)
        self._sortable = shown.sortable
        self._table.fill(shown.rows, shown.columns)

    def _in_order(self) -> list[Listed]:
        names = [pipeline.name for pipeline in self.workbench.pipelines()]
        return [self._books[name] for name in names if name in self._books]

    def action_sort(self) -> None:
        """Sorts by the next column; after the last one comes the order of the book."""
        orders = (BOOK_ORDER, *self._sortable)
        now = replace(self._sorted_by, turned=False)
        self._sort_by(orders[(orders.index(now) + 1) % len(orders)] if now in orders else BOOK_ORDER)

    def action_turn(self) -> None:
        self._sort_by(replace(self._sorted_by, turned=not self._sorted_by.turned))

    @on(DataTable.HeaderSelected)
    def _sort_column(self, event: DataTable.HeaderSelected) -> None:
        """A click sorts by the column, a second one the other way round."""
        order = self._sortable[event.column_index]
        turned = order == self._sorted_by
        self._sort_by(replace(order, turned=turned))

    def _sort_by(self, order: Order) -> None:
        self._sorted_by = order
        self._show_table()
        by = f"{order.pipeline} {order.column}".strip() or "the order of the book"
        self.status(f" sorted by {by}{', turned round' if order.turned else ''}")

    def action_filter(self) -> None:
        self.query_one(FilterLine).open()

    @on(Input.Changed, "#filter")
    def _narrow(self) -> None:
        self._show_table()
        self._show_totals()

    @on(Input.Submitted, "#filter")
    def _keep_filter(self) -> None:
        self.query_one(FilterLine).leave()
        self._table.focus()

    def _clear_filter(self) -> bool:
        line = self.query_one(FilterLine)
        if not (line.display or line.value):
            return False
        line.value = ""
        line.leave()
        self._table.focus()
        return True

    # ---- documents

    def action_open(self) -> None:
        path = self._table.current
        if path is None:
            return
        document = self._current.by_path.get(path)
        if document is None:
            self.amts.tell(
                f"{path}: no document of {self.desk.pipeline.name} (t changes the direction)", "warning"
            )
            return
        if document.tally is None:
            remedy = "press a to align" if document.state == "new" else "press p to find it a partner"
            self.amts.tell(f"{path}: {document.state} ({remedy})", "warning")
            return
        self.desk.document = path
        self.app.switch_mode("align")

    def action_new_project(self) -> None:
        ask_for_project(self.amts, self.amts.exit)

    def action_pairing(self) -> None:
        self.app.push_screen(PairingScreen())

    def action_pipeline(self) -> None:
        self.amts.next_pipeline()
        self._show_table()
        self._read()

    def action_reload(self) -> None:
        self.status(" reading the books and the review files")
        self._load_reviews()

    @work(thread=True, exclusive=True, group="books-reviews", exit_on_error=False)
    def _load_reviews(self) -> None:
        try:
            self.workbench.load_reviews()
        except AmtsError as error:
            self.post_message(Failed("reading the review files", error))
        else:
            self.post_message(self.Reloaded())

    @on(Reloaded)
    def _read_again(self) -> None:
        self.amts.tell_troubles()
        self._read()

    def action_write_back(self) -> None:
        self.ask_write_back()

    def after_write_back(self) -> None:
        self._read()

    def after_export(self) -> None:
        self._show_totals()

    def action_align(self) -> None:
        self._begin_aligning("thorough")

    def action_align_quick(self) -> None:
        self._begin_aligning("quick")

    def _begin_aligning(self, mode: Mode) -> None:
        if self._aligning:
            self.amts.tell("aligning is going on already; Esc stops it")
            return
        self._aligning = True
        self.status(" aligning: reading the books and the encoder  Esc stops")
        self._align(self.desk.pipeline, mode)

    @work(thread=True, exclusive=True, group="align", exit_on_error=False)
    def _align(self, pipeline: Pipeline, mode: Mode) -> None:
        worker = get_current_worker()
        report = Reporter("aligning", self.post_message)
        try:
            with self.amts.second_workbench() as workbench:
                summary = aligning.align(
                    workbench,
                    pipeline,
                    mode=mode,
                    progress=report,
                    cancelled=lambda: worker.is_cancelled,
                )
        except AmtsError as error:
            self.post_message(Failed("aligning", error))
        else:
            self.post_message(self.Aligned(summary))

    @on(Aligned)
    def _say_aligned(self, message: Aligned) -> None:
        self._aligning = False
        summary = message.summary
        beads = sum(document.beads for document in summary.aligned)
        kept = sum(document.kept for document in summary.aligned)
        self.amts.tell(
            f"aligned {counted(len(summary.aligned), 'document')}, {counted(beads, 'bead')}"
            f" ({kept} kept as they were); {summary.up_to_date} were up to date"
        )
        for line in summary.failed:
            self.amts.tell(line, "error")
        for line in summary.notes:
            self.amts.tell(line, "warning")
        for line in summary.passed_over:
            self.amts.record(line)
        self._read()

    @on(Failed)
    def _say_failed(self, message: Failed) -> None:
        self.amts.complain(message.error)
        if message.work == "aligning":
            self._aligning = False
            self._read()
        else:
            self._show_totals()

    def _show_totals(self) -> None:
        """One direction has its totals on the status line; of several, each has a line of its own."""
        several = self._in_order() if len(self.workbench.pipelines()) > 1 else []
        bar = self.app.size.width >= _ROOM_FOR_BARS
        lines = [
            f"{'>' if one.pipeline == self.desk.pipeline else ' '}{totals(one, bar=bar)}" for one in several
        ]
        self.query_one("#totals", Static).update(
            Content("\n".join(clip(line, self.app.size.width) for line in lines))
        )
        if self._aligning:
            return
        wanted = self.query_one(FilterLine).value
        if wanted:
            self.status(f" {counted(self._table.row_count, 'document')} with {wanted}: Esc shows all")
        else:
            self.status("" if several else f" {totals(self._current)}")

    @on(Progressed)
    def _list_soon(self, message: Progressed) -> None:
        """Lets documents that have been aligned meanwhile show up, and be opened, while the others go on."""
        if message.done and self._listing is None:
            self._listing = self.set_timer(_LIST_EVERY, self._list_again)

    def _list_again(self) -> None:
        self._listing = None
        self._list_documents(self.desk.pipeline)

    def broke_off(self, group: str) -> None:
        if group == "align":
            self._aligning = False
        self._show_totals()

    def action_cancel(self) -> None:
        if self._clear_filter():
            return
        self.workers.cancel_group(self, "align")

    async def action_launch(self) -> None:
        await self.app.switch_mode("jobs")
        await self.app.screen.run_action("launch")


class FilterLine(Input):
    """The line in which a filter is typed; it shows only meanwhile, and the filter stays."""

    def __init__(self) -> None:
        super().__init__(placeholder="parts of names or states", compact=True, id="filter")
        self.display = False

    def open(self) -> None:
        """Shows the line and takes the keys."""
        self.display = True
        self.focus()

    def leave(self) -> None:
        """Gives the keys back."""
        self.display = False

    async def key_down(self) -> None:
        """Down leads into the table."""
        await self.action_submit()
