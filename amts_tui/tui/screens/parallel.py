"""Making parallel data of the project's pairs: the form, and the import with what the service says of it."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on, work
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from amts_tui.tui.reporting import Failed
from amts_tui.tui.screens.base import ModeScreen
from amts_tui.tui.screens.dialogs import Dialog, Question, choice, field, selected
from amts_tui.workbench import parallel_data
from amts_tui.workbench.choosing import chosen
from amts_tui.workbench.exporting import Granularity
from amts_tui.workbench.parallel_data import Made, ParallelData, Wanted
from amts_tui.workbench.session import Pipeline
from amts_tui.workbench.types import AmtsError

_GRANULARITIES = (
    (Granularity.SENTENCE.value, "a pair for each row"),
    (Granularity.PARAGRAPH.value, "a pair for each paragraph"),
)
_HINT = """Leave out what you want to score: a score over what the data hold proves nothing.
Tab next field   Ctrl+s uploads the pairs and has them imported"""


class ParallelDataDialog(Dialog[Wanted]):
    """Asks for name, granularity and the documents that stay out."""

    def __init__(self, pipeline: Pipeline) -> None:
        super().__init__(f"Make parallel data of {pipeline.name}")
        self._pipeline = pipeline

    def body(self) -> Iterable[Widget]:
        yield field("name", Input(self._pipeline.name, compact=True, id="name"))
        yield field("granularity", choice(_GRANULARITIES, Granularity.SENTENCE.value, "granularity"))
        yield field(
            "left out", Input(placeholder="nothing; or globs, with blanks between", compact=True, id="out")
        )
        yield Static(_HINT, classes="hint")

    def on_mount(self) -> None:
        self.query_one("#name", Input).focus()

    def answer(self) -> Wanted | None:
        name = self.query_one("#name", Input).value.strip()
        if not name:
            self.notify("give it a name", severity="warning")
            return None
        return Wanted(
            name,
            self._pipeline,
            Granularity(selected(self, "granularity")),
            exclude=tuple(self.query_one("#out", Input).value.split()),
        )


class ParallelDataScreen(ModeScreen):
    """A mode with a key that makes parallel data."""

    class Checked(Message):
        """What is wanted can be made; `there` tells that it would replace data of that name."""

        def __init__(self, wanted: Wanted, there: bool) -> None:
            super().__init__()
            self.wanted = wanted
            self.there = there

    class Stage(Message):
        """The import has come this far."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Imported(Message):
        """The import has ended well."""

        def __init__(self, made: Made, data: ParallelData) -> None:
            super().__init__()
            self.made = made
            self.data = data

    def action_parallel_data(self) -> None:
        try:
            self.workbench.writable()
        except AmtsError as error:
            self.amts.complain(error)
        else:
            self.app.push_screen(ParallelDataDialog(self.desk.pipeline), self._check_wanted)

    def _check_wanted(self, wanted: Wanted | None) -> None:
        if wanted is not None:
            self.status(" asking which parallel data there are")
            self._look_for(wanted)

    @work(thread=True, exclusive=True, group="parallel-data", exit_on_error=False)
    def _look_for(self, wanted: Wanted) -> None:
        try:
            # A misspelt glob would let a document in that is to be scored.
            chosen(self.workbench.document_paths(wanted.pipeline.source_lang), wanted.exclude)
            names = [data.name for data in parallel_data.list_all(self.workbench)]
        except AmtsError as error:
            self.post_message(Failed("parallel data", error))
        else:
            self.post_message(self.Checked(wanted, wanted.name in names))

    @on(Checked)
    def _make_or_ask(self, message: Checked) -> None:
        wanted = message.wanted
        if not message.there:
            self._begin_import(wanted, False)
            return

        def replace(yes: bool | None) -> None:
            if yes:
                self._begin_import(wanted, True)
            else:
                self.status(" nothing was imported")

        text = f"There is parallel data {wanted.name}. Jobs from now on get the new pairs."
        self.app.push_screen(Question("Replace its pairs?", text, "replace them"), replace)

    def _begin_import(self, wanted: Wanted, there: bool) -> None:
        self._say_stage(self.Stage(f"{wanted.name}: exporting and uploading the pairs"))
        self._import(wanted, there)

    @on(Stage)
    def _say_stage(self, message: Stage) -> None:
        self.status(f" {message.text}   Esc stops")

    @work(thread=True, exclusive=True, group="parallel-data", exit_on_error=False)
    def _import(self, wanted: Wanted, there: bool) -> None:
        worker = get_current_worker()

        def tell(text: str) -> None:
            self.post_message(self.Stage(f"{wanted.name}: {text}"))

        try:
            made = parallel_data.make(
                self.workbench,
                wanted,
                update=there,
                on_wait=lambda other: tell(f"waiting, as {other} is being imported"),
                cancelled=lambda: worker.is_cancelled,
            )
            data = parallel_data.wait(
                self.workbench,
                wanted.name,
                on_state=lambda state: tell(f"{made.pairs} pairs sent, {state.state.lower()}"),
                cancelled=lambda: worker.is_cancelled,
            )
        except AmtsError as error:
            self.post_message(Failed("parallel data", error))
        else:
            self.post_message(self.Imported(made, data))

    @on(Imported)
    def _say_imported(self, message: Imported) -> None:
        made, data = message.made, message.data
        self.amts.tell(
            f"parallel data {data.name}: {made.pairs} pairs sent, {data.imported} imported,"
            f" {len(made.left_out)} left out; press n for a job that uses it",
            detail="\n".join(f"left out: {left.document} {left.id}: {left.reason}" for left in made.left_out),
        )
        self.status(f" parallel data {data.name} is {data.status.lower()}: {data.imported} pairs")
