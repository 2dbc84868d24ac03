"""Mode 1: the books of the project, document by document."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on, work
from textual.message import Message
from textual.timer import Timer
from textual.widget import Widget
from textual.worker import get_current_worker

from amts_tui.tui.bindings import bindings
from amts_tui.tui.reporting import Failed, Progressed, Reporter
from amts_tui.tui.screens.exporting import ExportingScreen
from amts_tui.tui.screens.pairing import PairingScreen
from amts_tui.tui.widgets.key_table import Column, KeyTable, TableRow
from amts_tui.tui.wording import counted
from amts_tui.workbench import aligning
from amts_tui.workbench.aligning import AlignSummary, Mode
from amts_tui.workbench.session import DocumentState, Pipeline
from amts_tui.workbench.types import AmtsError

_COLUMNS = (
    Column("document", flexible=True, tail=True),
    Column("state"),
    Column("beads", right=True),
    Column("settled", right=True),
    Column("doubtful", right=True),
    Column("~wrong", right=True),
    Column("stale", right=True),
)
_LIST_EVERY = 3.0


class BooksScreen(ExportingScreen):
    """Documents with their state; from here one aligns, exports and launches jobs."""

    MODE = "books"
    BINDINGS = bindings("books")

    class Listed(Message):
        """The documents have been read."""

        def __init__(self, pipeline: Pipeline, documents: list[DocumentState]) -> None:
            super().__init__()
            self.pipeline = pipeline
            self.documents = documents

    class Reloaded(Message):
        """The review files have been merged, as far as they can be."""

    class Aligned(Message):
        """Aligning has come to its end."""

        def __init__(self, summary: AlignSummary) -> None:
            super().__init__()
            self.summary = summary

    def __init__(self) -> None:
        super().__init__()
        self._documents: list[DocumentState] = []
        self._aligning = False
        self._listing: Timer | None = None

    def body(self) -> Iterable[Widget]:
        yield KeyTable(*_COLUMNS)

    @property
    def _table(self) -> KeyTable:
        return self.query_one(KeyTable)

    def on_screen_resume(self) -> None:
        super().on_screen_resume()
        self._read()

    def _read(self) -> None:
        if not self._aligning:
            self.status(" reading the books")
        self._list_documents(self.desk.pipeline)

    @work(thread=True, exclusive=True, group="books-list", exit_on_error=False)
    def _list_documents(self, pipeline: Pipeline) -> None:
        try:
            documents = self.workbench.documents(pipeline)
        except AmtsError as error:
            self.post_message(Failed("reading the books", error))
        else:
            self.post_message(self.Listed(pipeline, documents))

    @on(Listed)
    def _show_documents(self, message: Listed) -> None:
        if message.pipeline != self.desk.pipeline:
            return
        self._documents = message.documents
        self._table.fill([_row(document) for document in message.documents])
        self._show_totals()
        self.show_place()

    def action_open(self) -> None:
        path = self._table.current
        if path is None:
            return
        document = next(document for document in self._documents if document.path == path)
        if document.tally is None:
            remedy = "press a to align" if document.state == "new" else "press p to find it a partner"
            self.amts.tell(f"{path}: {document.state} ({remedy})", "warning")
            return
        self.desk.document = path
        self.app.switch_mode("align")

    def action_pairing(self) -> None:
        self.app.push_screen(PairingScreen())

    def action_pipeline(self) -> None:
        self.amts.next_pipeline()
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
        if not self._aligning:
            self.status(_totals(self.desk.pipeline, self._documents))

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
        self.workers.cancel_group(self, "align")

    async def action_launch(self) -> None:
        await self.app.switch_mode("jobs")
        await self.app.screen.run_action("launch")


def _row(document: DocumentState) -> TableRow:
    tally = document.tally
    if tally is None:
        return TableRow(document.path, (document.path, document.state, "", "", "", "", ""))
    settled = tally.confirmed + tally.edited + tally.excluded
    return TableRow(
        document.path,
        (
            document.path,
            document.state,
            str(tally.beads),
            _percent(settled, tally.beads),
            str(tally.doubtful or ""),
            f"{tally.expected_wrong:.1f}",
            str(tally.stale or ""),
        ),
    )


def _percent(part: int, whole: int) -> str:
    return f"{100 * part // whole}%" if whole else ""


def _totals(pipeline: Pipeline, documents: list[DocumentState]) -> str:
    tallies = [document.tally for document in documents if document.tally is not None]
    beads = sum(tally.beads for tally in tallies)
    settled = sum(tally.confirmed + tally.edited + tally.excluded for tally in tallies)
    doubtful = sum(tally.doubtful for tally in tallies)
    wrong = sum(tally.expected_wrong for tally in tallies)
    aligned = sum(document.state == "aligned" for document in documents)
    unpaired = sum(document.state in ("no target", "no source") for document in documents)
    return (
        f" {pipeline.name}  {aligned} of {len(documents)} documents aligned  {beads} beads"
        f"  {_percent(settled, beads) or '0%'} settled  {doubtful} doubtful"
        + (f"  {unpaired} unpaired" if unpaired else "")
        + f"  ~{wrong:.0f} wrong"
    )
