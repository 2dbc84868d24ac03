"""The states over time, on a clock that stands still until a test moves it."""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from typing import Any

from amts_tui.amazon.jobstates import JobStatus, ParallelDataStatus
from amts_tui.local_aws.clock import Clock
from amts_tui.local_aws.engine import DELETE_SECONDS, IMPORT_SECONDS, JOB_SECONDS, QUEUE_SECONDS, Engine
from amts_tui.local_aws.errors import ServiceError
from amts_tui.local_aws.locations import Locations
from amts_tui.local_aws.operations import invoke
from amts_tui.local_aws.operations.context import Context
from amts_tui.local_aws.records import ImportResult, Job, JobResult
from amts_tui.local_aws.state import Holdings, State
from amts_tui.local_aws.storage import Storage
from amts_tui.local_aws.translator.choice import Translators


class Inline(Executor):
    """Runs work where it is submitted."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except ZeroDivisionError as error:
            future.set_exception(error)
        return future


@dataclass
class World:
    """An engine with what it works on; `time` is the clock."""

    time: float = 0.0
    speed: float = 1.0
    result: JobResult = field(default_factory=lambda: JobResult(1, 0, 1))
    imported: ImportResult = field(default_factory=lambda: ImportResult("en", ("zh",), (), 1))
    broken: bool = False

    def __post_init__(self) -> None:
        self.state = State()
        self.holdings = self.state.of("123456789012", "us-west-2")
        clock = Clock(self.speed, lambda: self.time)
        self.engine = Engine(self.state, clock, Inline(), lambda *_: self.imported, self._run)
        self.context = Context(
            state=self.state,
            holdings=self.holdings,
            clock=clock,
            storage=Storage("http://127.0.0.1:9"),
            locations=Locations(self.state, b"", clock.now),
            translators=Translators(),
            base_url="",
        )

    def _run(self, _holdings: Holdings, _job: Job, _stopped: Callable[[], bool]) -> JobResult:
        return JobResult(1 // 0) if self.broken else self.result

    def later(self, seconds: float) -> None:
        self.time += seconds
        self.engine.tick()

    def add_job(self, number: int) -> None:
        job = Job(
            str(number), None, "123456789012", JobStatus.SUBMITTED, self.time, "en", ("zh",), "", "", "", ""
        )
        self.holdings.jobs[job.job_id] = job

    def status(self, number: int) -> JobStatus:
        return self.holdings.jobs[str(number)].status

    def call(self, operation: str, **params: Any) -> dict[str, object]:
        return invoke(operation, self.context, params)


def create(world: World, name: str) -> None:
    config = {"S3Uri": "s3://bucket/file.csv", "Format": "CSV"}
    world.call("CreateParallelData", Name=name, ParallelDataConfig=config, ClientToken=name)


def test_a_job_waits_works_and_ends() -> None:
    world = World()
    world.add_job(1)
    world.later(QUEUE_SECONDS - 1)
    assert world.status(1) is JobStatus.SUBMITTED
    world.later(1)
    assert world.status(1) is JobStatus.IN_PROGRESS
    world.later(JOB_SECONDS - 1)
    assert world.status(1) is JobStatus.IN_PROGRESS
    world.later(1)
    assert world.status(1) is JobStatus.COMPLETED


def test_speed_divides_every_duration() -> None:
    world = World(speed=10.0)
    world.add_job(1)
    world.later(QUEUE_SECONDS / 10)
    world.later(JOB_SECONDS / 10)
    assert world.status(1) is JobStatus.COMPLETED


def test_ten_jobs_run_at_a_time() -> None:
    world = World()
    for number in range(12):
        world.add_job(number)
    world.later(QUEUE_SECONDS)
    assert [world.status(number) for number in range(12)].count(JobStatus.IN_PROGRESS) == 10
    world.later(JOB_SECONDS)
    assert world.status(11) is JobStatus.IN_PROGRESS


def test_a_job_ends_as_its_work_does() -> None:
    for result, status in (
        (JobResult(1, 1, 2), JobStatus.COMPLETED_WITH_ERROR),
        (JobResult(failure="no"), JobStatus.FAILED),
    ):
        world = World(result=result)
        world.add_job(1)
        world.later(QUEUE_SECONDS)
        world.later(JOB_SECONDS)
        assert world.status(1) is status


def test_an_error_in_the_work_fails_the_job_and_nothing_else() -> None:
    world = World(broken=True)
    world.add_job(1)
    world.later(QUEUE_SECONDS)
    world.later(JOB_SECONDS)
    assert world.status(1) is JobStatus.FAILED
    assert "ZeroDivisionError" in (world.holdings.jobs["1"].message or "")


def test_a_stopped_job_passes_stop_requested() -> None:
    world = World()
    for number in (1, 2):
        world.add_job(number)
    assert world.call("StopTextTranslationJob", JobId="1")["JobStatus"] == "STOP_REQUESTED"
    world.later(QUEUE_SECONDS)
    assert world.status(1) is JobStatus.STOPPED
    world.call("StopTextTranslationJob", JobId="2")
    assert world.status(2) is JobStatus.STOP_REQUESTED
    world.later(0)
    assert world.status(2) is JobStatus.STOPPED


def test_one_import_at_a_time() -> None:
    world = World()
    create(world, "first")
    world.later(IMPORT_SECONDS - 1)
    assert error_of(world, "CreateParallelData", "second") == "LimitExceededException"
    assert error_of(world, "UpdateParallelData") == "ConcurrentModificationException"
    assert error_of(world, "DeleteParallelData") == "ConcurrentModificationException"
    world.later(1)
    assert world.holdings.parallel_data["first"].status is ParallelDataStatus.ACTIVE
    create(world, "second")


def error_of(world: World, operation: str, name: str = "first") -> str:
    config = {"S3Uri": "s3://bucket/file.csv", "Format": "CSV"}
    params: dict[str, Any] = {"Name": name}
    if not operation.startswith("Delete"):
        params |= {"ParallelDataConfig": config, "ClientToken": operation}
    try:
        world.call(operation, **params)
    except ServiceError as error:
        return error.code
    return "none"


def test_deleting_takes_its_time() -> None:
    world = World()
    create(world, "gone")
    world.later(IMPORT_SECONDS)
    world.call("DeleteParallelData", Name="gone")
    world.later(DELETE_SECONDS - 1)
    assert world.holdings.parallel_data["gone"].status is ParallelDataStatus.DELETING
    assert error_of(world, "UpdateParallelData", "gone") == "ConflictException"
    world.later(1)
    assert world.holdings.parallel_data == {}
    assert world.state.files == {}


def test_a_new_engine_goes_on_with_the_records_of_an_earlier_one() -> None:
    world = World()
    world.add_job(1)
    create(world, "data")
    world.later(QUEUE_SECONDS)
    clock = Clock(1.0, lambda: world.time)
    world.engine = Engine(world.state, clock, Inline(), lambda *_: world.imported, world._run)
    world.later(max(JOB_SECONDS, IMPORT_SECONDS))
    assert world.status(1) is JobStatus.COMPLETED
    assert world.holdings.parallel_data["data"].status is ParallelDataStatus.ACTIVE
