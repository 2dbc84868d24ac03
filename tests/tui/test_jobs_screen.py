"""Jobs, with a service of a few lines in place of the real one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from amts_tui.translation.records import JobDocument
from amts_tui.tui.app import WorkbenchApp
from amts_tui.tui.pacing import Backoff, age
from amts_tui.tui.screens.dialogs import Question
from amts_tui.tui.screens.jobs import JobsScreen
from amts_tui.tui.screens.launch import LaunchDialog, terms
from amts_tui.tui.widgets.key_table import KeyTable
from amts_tui.workbench import aws, jobs, parallel_data
from amts_tui.workbench.aws import Where
from amts_tui.workbench.jobs import Estimate, Fetched, JobPlan, JobRecord, JobRequest
from amts_tui.workbench.session import Workbench
from amts_tui.workbench.types import AmtsError
from tests.tui.screens import check_golden, screen_text

NOW = datetime.now(UTC)

RECORD = JobRecord(
    id="20260102-030405-abcdef",
    token="t",
    created="",
    source_lang="en",
    targets=("zh",),
    documents=(),
    characters=12_345,
    estimate_usd="0.19",
    bucket="b",
    folder="f/",
    region="us-west-2",
    role_arn="r",
    translator="a word list",
    status="IN_PROGRESS",
    job_id="77",
)


class Service:
    """Plays the part of `amts_tui.workbench.jobs`."""

    def __init__(self) -> None:
        self.records = [replace(RECORD, created=(datetime.now(UTC) - timedelta(seconds=330)).isoformat())]
        self.calls: list[str] = []
        self.requests: list[JobRequest] = []
        self.next_status = "IN_PROGRESS"
        self.trouble: AmtsError | None = None

    def records_of(self, _workbench: Workbench) -> list[JobRecord]:
        return list(self.records)

    def record(self, _workbench: Workbench, job: str) -> JobRecord:
        return next(record for record in self.records if record.id == job)

    def _change(self, job: str, **changes: Any) -> JobRecord:
        self.records = [replace(r, **changes) if r.id == job else r for r in self.records]
        return self.record(None, job)  # type: ignore[arg-type]

    def refresh(self, _workbench: Workbench, job: str, _session: object = None) -> JobRecord:
        self.calls.append(f"refresh {job}")
        if self.trouble is not None:
            raise self.trouble
        return self._change(job, status=self.next_status)

    def fetch(self, _workbench: Workbench, job: str, **_options: Any) -> Fetched:
        self.calls.append(f"fetch {job}")
        return Fetched(self._change(job, runs={"zh": f"{job}-zh"}), ())

    def stop(self, _workbench: Workbench, job: str) -> JobRecord:
        self.calls.append(f"stop {job}")
        return self._change(job, status="STOPPED")

    def prepare(self, _workbench: Workbench, request: JobRequest) -> JobPlan:
        self.requests.append(request)
        if request.documents == ("nothing",):
            raise AmtsError("no document fits 'nothing'")
        estimate = Estimate(3, 12_345, "en", request.targets, request.parallel_data is not None)
        planned = replace(
            self.records[0],
            id="new",
            documents=tuple(JobDocument(f"moon/{n}.md", "", ()) for n in range(8)),
            targets=request.targets,
            parallel_data=request.parallel_data,
        )
        return JobPlan(estimate, planned, ())

    def launch(self, _workbench: Workbench, planned: JobPlan, **_options: Any) -> JobRecord:
        self.calls.append("launch")
        self.records = [planned.record, *self.records]
        return planned.record


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    played = Service()
    for name in ("records_of", "record", "refresh", "fetch", "stop", "prepare", "launch"):
        monkeypatch.setattr(jobs, name, getattr(played, name))
    monkeypatch.setattr(aws, "connect", lambda _workbench: None)
    place = Where("us-west-2", None, "123456789012", "http://127.0.0.1:5000", False, "a word list")
    monkeypatch.setattr(aws, "where", lambda _workbench: place)
    monkeypatch.setattr(parallel_data, "list_all", lambda _workbench: [])
    return played


async def settle(pilot: Pilot[None]) -> None:
    for _ in range(3):
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()


def said(pilot: Pilot[None]) -> str:
    app = pilot.app
    assert isinstance(app, WorkbenchApp)
    assert app.desk is not None
    return "\n".join(line.text for line in app.desk.said)


async def at_jobs(pilot: Pilot[None]) -> None:
    await pilot.press("3")
    await settle(pilot)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_screen(workbench: Workbench, service: Service, size: tuple[int, int]) -> None:
    service.records.append(
        replace(
            service.records[0],
            id="20260101-000000-123456",
            targets=("zh", "es"),
            status="COMPLETED",
            runs={"zh": "a", "es": "b"},
        )
    )
    async with WorkbenchApp(workbench).run_test(size=size) as pilot:
        await at_jobs(pilot)
        check_golden(pilot.app, "jobs")


async def test_what_is_not_amazon_is_said_loudly(workbench: Workbench, service: Service) -> None:
    async with WorkbenchApp(workbench).run_test(size=(80, 24)) as pilot:
        await at_jobs(pilot)
        assert "!! NOT AWS !! us-west-2" in screen_text(pilot.app)
        assert pilot.app.screen.query_one("#endpoint").has_class("not-aws")


async def test_amazon_is_said_quietly(
    workbench: Workbench, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = Where(
        "eu-west-1", "books", "1", "https://translate.eu-west-1.amazonaws.com", True, "Amazon Translate"
    )
    monkeypatch.setattr(aws, "where", lambda _workbench: place)
    async with WorkbenchApp(workbench).run_test(size=(80, 24)) as pilot:
        await at_jobs(pilot)
        assert " AWS eu-west-1  account 1  profile books" in screen_text(pilot.app)
        assert not pilot.app.screen.query_one("#endpoint").has_class("not-aws")


async def test_an_endpoint_out_of_reach_is_one_line(
    workbench: Workbench, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    def where(_workbench: Workbench) -> Where:
        raise AmtsError("cannot reach http://127.0.0.1:9")

    monkeypatch.setattr(aws, "where", where)
    async with WorkbenchApp(workbench).run_test(size=(80, 24)) as pilot:
        await at_jobs(pilot)
        assert " endpoint: cannot reach http://127.0.0.1:9" in screen_text(pilot.app)


async def test_a_finished_job_is_fetched_once(workbench: Workbench, service: Service) -> None:
    service.next_status = "COMPLETED"
    async with WorkbenchApp(workbench).run_test(size=(80, 24)) as pilot:
        await at_jobs(pilot)
        await pilot.press("r")
        await settle(pilot)
        assert service.calls == [f"refresh {RECORD.id}", f"fetch {RECORD.id}"]
        assert "press 4 for the scores" in said(pilot)
        await pilot.press("enter")
        assert service.calls.count(f"fetch {RECORD.id}") == 1
        assert "was fetched already" in said(pilot)


async def test_jobs_under_way_are_asked_after_without_a_key(workbench: Workbench, service: Service) -> None:
    async with WorkbenchApp(workbench).run_test(size=(80, 24)) as pilot:
        await at_jobs(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, JobsScreen)
        for _ in range(5):
            screen._tick()
        await settle(pilot)
        assert service.calls == [f"refresh {RECORD.id}"]


async def test_a_service_that_does_not_answer_is_asked_again(workbench: Workbench, service: Service) -> None:
    service.trouble = AmtsError("the network is down")
    async with WorkbenchApp(workbench).run_test(size=(80, 24)) as pilot:
        await at_jobs(pilot)
        await pilot.press("f5")
        await settle(pilot)
        assert "the network is down" in screen_text(pilot.app)
        service.trouble = None
        service.next_status = "COMPLETED"
        await pilot.press("f5")
        await settle(pilot)
        assert f"fetch {RECORD.id}" in service.calls


async def test_launching_shows_the_cost_and_waits_for_a_yes(workbench: Workbench, service: Service) -> None:
    async with WorkbenchApp(workbench).run_test(size=(80, 24)) as pilot:
        await at_jobs(pilot)
        await pilot.press("n")
        await settle(pilot)
        assert isinstance(pilot.app.screen, LaunchDialog)
        check_golden(pilot.app, "launch")
        await pilot.press("down", "space", "tab", *"moon/*", "ctrl+s")
        await settle(pilot)
        assert isinstance(pilot.app.screen, Question)
        check_golden(pilot.app, "launch_terms")
        assert "launch" not in service.calls
        await pilot.press("enter", "space", "escape")
        await settle(pilot)
        assert "launch" not in service.calls
        assert service.requests == [JobRequest(("zh", "es"), ("moon/*",))]
        form = pilot.app.screen
        assert isinstance(form, LaunchDialog)
        assert form.answer() == service.requests[0]


async def test_a_yes_launches(workbench: Workbench, service: Service) -> None:
    async with WorkbenchApp(workbench).run_test(size=(80, 24)) as pilot:
        await pilot.press("f7")
        await settle(pilot)
        await pilot.press("ctrl+s")
        await settle(pilot)
        await pilot.press("y")
        await settle(pilot)
        assert "launch" in service.calls
        assert pilot.app.screen.query_one(KeyTable).current == "new"


async def test_a_job_that_cannot_be_planned_is_one_line(workbench: Workbench, service: Service) -> None:
    async with WorkbenchApp(workbench).run_test(size=(80, 24)) as pilot:
        await at_jobs(pilot)
        await pilot.press("n")
        await settle(pilot)
        pilot.app.screen.query_one("#documents", Input).value = "nothing"
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert "no document fits 'nothing'" in said(pilot)
        assert isinstance(pilot.app.screen, JobsScreen)


async def test_a_job_without_a_target_is_not_planned(workbench: Workbench, service: Service) -> None:
    async with WorkbenchApp(workbench).run_test(size=(80, 24)) as pilot:
        await at_jobs(pilot)
        await pilot.press("n")
        await settle(pilot)
        await pilot.press("space", "ctrl+s")
        assert isinstance(pilot.app.screen, LaunchDialog)
        assert service.requests == []


async def test_stopping_asks_first(workbench: Workbench, service: Service) -> None:
    async with WorkbenchApp(workbench).run_test(size=(80, 24)) as pilot:
        await at_jobs(pilot)
        await pilot.press("s", "escape")
        await settle(pilot)
        assert service.calls == []
        await pilot.press("delete", "y")
        await settle(pilot)
        assert f"stop {RECORD.id}" in service.calls
        assert "stopped" in screen_text(pilot.app)
        await pilot.press("s")
        assert "has ended already" in said(pilot)


async def test_without_jobs_the_way_on_is_shown(workbench: Workbench, service: Service) -> None:
    service.records = []
    async with WorkbenchApp(workbench).run_test(size=(80, 24)) as pilot:
        await at_jobs(pilot)
        assert "no jobs yet: n launches one" in screen_text(pilot.app)
        await pilot.press("enter", "s", "r")
        await settle(pilot)
        assert service.calls == []


def test_the_question_names_the_documents_if_not_all_are_meant() -> None:
    service = Service()
    some, every = JobRequest(("zh",), ("moon/*",)), JobRequest(("zh",))
    assert "moon/0.md, moon/1.md" in terms(service.prepare(None, some), some)  # type: ignore[arg-type]
    assert "moon/5.md, and 2 more" in terms(service.prepare(None, some), some)  # type: ignore[arg-type]
    assert "documents      all 3\n" in terms(service.prepare(None, every), every)  # type: ignore[arg-type]


def test_questions_become_rarer_while_nothing_happens() -> None:
    backoff = Backoff()
    waits = []
    for _ in range(10):
        waits.append(backoff.seconds)
        backoff.quiet()
    assert waits == sorted(waits)
    assert waits[0] == 2.0
    assert waits[-1] == 30.0
    backoff.stirred()
    assert backoff.seconds == 2.0


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0s"), (59, "59s"), (60, "1m"), (3599, "59m"), (3600, "1h"), (90_000, "1d"), (-5, "0s")],
)
def test_age(seconds: int, text: str) -> None:
    assert age(NOW - timedelta(seconds=seconds), NOW) == text
