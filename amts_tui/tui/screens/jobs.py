"""Mode 3: translation jobs, launched, watched and fetched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from textual import on, work
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import DataTable, Static
from textual.worker import get_current_worker

from amts_tui.tui.bindings import bindings
from amts_tui.tui.pacing import Backoff, age
from amts_tui.tui.reporting import Failed, Reporter
from amts_tui.tui.screens.dialogs import Question
from amts_tui.tui.screens.launch import LaunchDialog, terms
from amts_tui.tui.screens.parallel import ParallelDataScreen
from amts_tui.tui.widgets.key_table import Column, KeyTable, TableRow
from amts_tui.tui.widgets.wrapping import printable
from amts_tui.tui.wording import counted
from amts_tui.workbench import aws, jobs, parallel_data
from amts_tui.workbench.aws import Where
from amts_tui.workbench.jobs import Fetched, JobPlan, JobRecord, JobRequest
from amts_tui.workbench.types import AmtsError

_COLUMNS = (
    Column("job", flexible=True, tail=True),
    Column("state"),
    Column("targets"),
    Column("documents", right=True),
    Column("characters", right=True),
    Column("cost", right=True),
    Column("age", right=True),
)
_TICK = 0.5


class JobsScreen(ParallelDataScreen):
    """A table of the project's jobs; what is under way is watched until it has ended, and then fetched."""

    MODE = "jobs"
    BINDINGS = bindings("jobs")

    class Reached(Message):
        """Where the calls go."""

        def __init__(self, where: Where) -> None:
            super().__init__()
            self.where = where

    class FormReady(Message):
        """The names of the parallel data have come: the form can be shown."""

        def __init__(self, names: Sequence[str]) -> None:
            super().__init__()
            self.names = names

    class Planned(Message):
        """A job could be started."""

        def __init__(self, planned: JobPlan, request: JobRequest) -> None:
            super().__init__()
            self.planned = planned
            self.request = request

    class Launched(Message):
        """A job has been started."""

        def __init__(self, job: str) -> None:
            super().__init__()
            self.job = job

    class Seen(Message):
        """The service has been asked; `trouble` says why not about all jobs."""

        def __init__(self, changed: bool, trouble: AmtsError | None) -> None:
            super().__init__()
            self.changed = changed
            self.trouble = trouble

    class Here(Message):
        """A job's translations have been fetched."""

        def __init__(self, fetched: Fetched) -> None:
            super().__init__()
            self.fetched = fetched

    def __init__(self) -> None:
        super().__init__()
        self._records: list[JobRecord] = []
        self._backoff = Backoff()
        self._waited = 0.0
        self._asking = False
        self._tried: set[str] = set()
        self._data_names: Sequence[str] = ()

    def body(self) -> Iterable[Widget]:
        yield Static("endpoint: asking", id="endpoint", markup=False)
        yield KeyTable(*_COLUMNS)
        yield Static(id="detail", markup=False)

    def on_mount(self) -> None:
        self.set_interval(_TICK, self._tick)

    def on_screen_resume(self) -> None:
        super().on_screen_resume()
        self._show_records()
        self._ask_where()

    # ---- the endpoint

    @work(thread=True, exclusive=True, group="where", exit_on_error=False)
    def _ask_where(self) -> None:
        try:
            where = aws.where(self.workbench)
        except AmtsError as error:
            self.post_message(Failed("endpoint", error))
        else:
            self.post_message(self.Reached(where))

    @on(Reached)
    def _show_where(self, message: Reached) -> None:
        where = message.where
        account = f"account {where.account}  profile {where.profile or 'default'}"
        self.query_one("#endpoint", Static).set_class(not where.is_aws, "not-aws")
        if where.is_aws:
            self._badge(f"AWS {where.region}  {account}")
        else:
            self._badge(f"!! NOT AWS !! {where.region}  {where.endpoint}  {where.translator}  {account}")

    def _badge(self, text: str) -> None:
        self.query_one("#endpoint", Static).update(Content(printable(text)))

    # ---- the table

    def _show_records(self) -> None:
        try:
            self._records = jobs.records_of(self.workbench)
        except AmtsError as error:
            self.amts.complain(error)
            return
        now = datetime.now(UTC)
        self.query_one(KeyTable).fill([_row(record, now) for record in self._records])
        self._show_detail()
        known, under_way = len(self._records), len(self._under_way())
        self.status(f" jobs: {known}, under way: {under_way}" if known else " no jobs yet: n launches one")

    def _current(self) -> JobRecord | None:
        key = self.query_one(KeyTable).current
        return next((record for record in self._records if record.id == key), None)

    @on(DataTable.RowHighlighted)
    def _show_detail(self) -> None:
        record = self._current()
        detail = "" if record is None else _detail(record)
        self.query_one("#detail", Static).update(Content(detail))

    # ---- watching

    def _tick(self) -> None:
        self._waited += _TICK
        if self._waited >= self._backoff.seconds and not self._asking and self._under_way():
            self._ask()

    def _under_way(self) -> list[JobRecord]:
        return [record for record in self._records if record.job_id is not None and not jobs.ended(record)]

    def action_refresh(self) -> None:
        self._ask_where()
        self._show_records()
        self._ask()

    def _ask(self) -> None:
        self._waited = 0.0
        self._asking = True
        self._ask_service([record.id for record in self._under_way()])

    @work(thread=True, exclusive=True, group="watch", exit_on_error=False)
    def _ask_service(self, ids: Sequence[str]) -> None:
        changed = False
        trouble: AmtsError | None = None
        try:
            session = aws.connect(self.workbench)
            for job in ids:
                before = jobs.record(self.workbench, job).status
                changed |= jobs.refresh(self.workbench, job, session).status != before
        except AmtsError as error:
            trouble = error
        self.post_message(self.Seen(changed, trouble))

    @on(Seen)
    def _after_asking(self, message: Seen) -> None:
        self._asking = False
        if message.changed:
            self._backoff.stirred()
        else:
            self._backoff.quiet()
        self._show_records()
        if message.trouble is not None:
            self.status(f" {message.trouble}")
        ready = next((r for r in self._records if jobs.fetchable(r) and r.id not in self._tried), None)
        if ready is not None:
            self._fetch_once(ready)

    # ---- fetching

    def action_fetch(self) -> None:
        record = self._current()
        if record is None:
            return
        if not jobs.fetchable(record):
            self.amts.tell(
                f"{record.id} was fetched already: press 4 for its scores"
                if record.runs
                else f"{record.id} has no output yet"
            )
            return
        self._fetch_once(record)

    def _fetch_once(self, record: JobRecord) -> None:
        self._tried.add(record.id)
        self.amts.tell(f"{record.id}: {_state(record)}; fetching its translations")
        self._fetch(record.id)

    @work(thread=True, exclusive=False, group="fetch", exit_on_error=False)
    def _fetch(self, job: str) -> None:
        worker = get_current_worker()
        try:
            fetched = jobs.fetch(
                self.workbench,
                job,
                progress=Reporter("fetching", self.post_message),
                cancelled=lambda: worker.is_cancelled,
            )
        except AmtsError as error:
            self.post_message(Failed("fetching", error))
        else:
            self.post_message(self.Here(fetched))

    @on(Here)
    def _say_here(self, message: Here) -> None:
        record = message.fetched.record
        names = ", ".join(run.name for run in message.fetched.runs) or "none"
        self.amts.tell(f"job {record.id}: runs {names}; press 4 for the scores")
        for failure in record.failures:
            self.amts.tell(f"{failure.target} {failure.document}: {failure.reason}", "warning")
        self._show_records()

    # ---- launching

    def action_launch(self) -> None:
        self.status(" asking which parallel data there are")
        self._ask_parallel_data()

    @work(thread=True, exclusive=True, group="launch", exit_on_error=False)
    def _ask_parallel_data(self) -> None:
        try:
            names = [data.name for data in parallel_data.list_all(self.workbench)]
        except AmtsError as error:
            self.post_message(Failed("parallel data", error))
        else:
            self.post_message(self.FormReady(names))

    @on(FormReady)
    def _show_form(self, message: FormReady) -> None:
        self.status("")
        self._data_names = message.names
        self._fill_in(JobRequest((self.desk.pipeline.forward.target_lang,)))

    def _fill_in(self, filled: JobRequest) -> None:
        targets = [pipeline.target_lang for pipeline in self.workbench.pipelines()]
        self.app.push_screen(LaunchDialog(targets, filled, self._data_names), self._plan_as)

    def _plan_as(self, request: JobRequest | None) -> None:
        if request is not None:
            self.status(" counting characters")
            self._plan(request)

    @work(thread=True, exclusive=True, group="launch", exit_on_error=False)
    def _plan(self, request: JobRequest) -> None:
        try:
            planned = jobs.prepare(self.workbench, request)
        except AmtsError as error:
            self.post_message(Failed("launching", error))
        else:
            self.post_message(self.Planned(planned, request))

    @on(Planned)
    def _ask_acceptance(self, message: Planned) -> None:
        planned = message.planned

        def accepted(yes: bool | None) -> None:
            if yes:
                self.status(" uploading")
                self._launch(planned)
            else:
                self.status(" nothing was started")
                self._fill_in(message.request)

        self.app.push_screen(
            Question("Start this job?", terms(planned, message.request), "accept the cost and start"),
            accepted,
        )

    @work(thread=True, exclusive=True, group="launch", exit_on_error=False)
    def _launch(self, planned: JobPlan) -> None:
        worker = get_current_worker()
        try:
            record = jobs.launch(
                self.workbench,
                planned,
                progress=Reporter("uploading", self.post_message),
                cancelled=lambda: worker.is_cancelled,
            )
        except AmtsError as error:
            self.post_message(Failed("launching", error))
        else:
            self.post_message(self.Launched(record.id))

    @on(Launched)
    def _show_launched(self, message: Launched) -> None:
        self._backoff.stirred()
        self._show_records()
        self.query_one(KeyTable).go_to(message.job)

    # ---- stopping

    def action_cancel(self) -> None:
        self.workers.cancel_group(self, "parallel-data")
        self.workers.cancel_group(self, "launch")
        self.workers.cancel_group(self, "fetch")

    def action_stop(self) -> None:
        record = self._current()
        if record is None or jobs.ended(record):
            self.amts.tell("this job has ended already")
            return

        def stop(yes: bool | None) -> None:
            if yes:
                self._stop(record.id)

        text = "What it has translated so far may be billed."
        self.app.push_screen(Question(f"Stop {record.id}?", text, "stop it"), stop)

    @work(thread=True, exclusive=True, group="stop", exit_on_error=False)
    def _stop(self, job: str) -> None:
        try:
            jobs.stop(self.workbench, job)
        except AmtsError as error:
            self.post_message(Failed("stopping", error))
        else:
            self.post_message(self.Seen(True, None))

    # ---- trouble

    @on(Failed)
    def _say_failed(self, message: Failed) -> None:
        if message.work == "endpoint":
            self._badge(f"endpoint: {message.error}")
            return
        self.amts.complain(message.error)
        self._show_records()

    def broke_off(self, group: str) -> None:
        if group == "watch":
            self._asking = False


def _row(record: JobRecord, now: datetime) -> TableRow:
    return TableRow(
        record.id,
        (
            record.id,
            _state(record),
            " ".join(record.targets),
            str(len(record.documents)),
            f"{record.characters:,}",
            f"${record.cost_usd:.2f}" if record.translated else f"~${record.estimate_usd}",
            age(datetime.fromisoformat(record.created), now),
        ),
    )


def _state(record: JobRecord) -> str:
    return record.status.lower().replace("_", " ")


def _detail(record: JobRecord) -> str:
    runs = "  ".join(f"{target}: {name}" for target, name in record.runs.items())
    lines = [
        f"service id {record.job_id}" if record.job_id else "not started",
        f"parallel data {record.parallel_data or 'none'}   translator {record.translator}",
        f"runs {runs}" if runs else "",
        f"{counted(len(record.failures), 'document')} failed" if record.failures else "",
        record.message,
    ]
    return "\n".join(printable(line) for line in lines if line)
