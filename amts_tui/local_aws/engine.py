"""What happens over time: imports, deletions and jobs move from state to state; the work runs on an executor.

Everything is derived from the records, so an engine that starts on those of an earlier one goes on with them.
"""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import replace
from typing import Final, TypeVar

from amts_tui.amazon.jobstates import JobStatus
from amts_tui.amazon.limits import CONCURRENT_JOBS
from amts_tui.local_aws import imports
from amts_tui.local_aws.clock import Clock
from amts_tui.local_aws.records import ImportResult, Job, JobResult, ParallelData
from amts_tui.local_aws.state import Holdings, State
from amts_tui.local_aws.translator import TRANSLATOR_LABEL

_LOG = logging.getLogger(__name__)
T = TypeVar("T")

IMPORT_SECONDS: Final = 30.0
DELETE_SECONDS: Final = 5.0
QUEUE_SECONDS: Final = 5.0
JOB_SECONDS: Final = 30.0
"""The least time, at speed 1, of an import, a deletion, a job's wait and its translation."""

_TICK_SECONDS: Final = 0.05
_ENDED: Final = {
    JobStatus.COMPLETED: f"Your job has completed successfully. Translator: {TRANSLATOR_LABEL}.",
    JobStatus.COMPLETED_WITH_ERROR: "Some documents could not be translated; see the details files. "
    f"Translator: {TRANSLATOR_LABEL}.",
    JobStatus.STOPPED: "The job was stopped on request.",
}

Importer = Callable[[str, str, str], ImportResult]
"""Imports a file: region, S3 address, format."""
JobRunner = Callable[[Holdings, Job, Callable[[], bool]], JobResult]
"""Does a job's translations, asking the last argument whether to stop."""


class Engine:
    """Moves the records of a state; `tick` may be called at any time from any thread."""

    def __init__(
        self, state: State, clock: Clock, executor: Executor, importer: Importer, run_job: JobRunner
    ) -> None:
        self._state = state
        self._clock = clock
        self._executor = executor
        self._importer = importer
        self._run_job = run_job
        self._imports: dict[tuple[str, str, str, int], Future[ImportResult]] = {}
        self._jobs: dict[str, Future[JobResult]] = {}
        self._closed = threading.Event()

    def run(self) -> None:
        """Tick until closed; the body of the endpoint's background thread."""
        while not self._closed.wait(_TICK_SECONDS):
            self.tick()

    def close(self) -> None:
        """Let `run` return and running jobs stop."""
        self._closed.set()

    def tick(self) -> None:
        """Make every transition that is due."""
        with self._state.lock:
            for holdings in list(self._state.holdings.values()):
                for data in list(holdings.parallel_data.values()):
                    self._advance_parallel_data(holdings, data)
                for job in list(holdings.jobs.values()):
                    self._advance_job(holdings, job)

    def _advance_parallel_data(self, holdings: Holdings, data: ParallelData) -> None:
        if data.deleted is not None:
            if self._clock.passed(data.deleted, DELETE_SECONDS):
                imports.remove(self._state, holdings, data)
        elif data.importing:
            self._advance_import(holdings, data)

    def _advance_import(self, holdings: Holdings, data: ParallelData) -> None:
        attempt = data.latest
        key = (holdings.account, holdings.region, data.name, attempt.number)
        if key not in self._imports:
            self._imports[key] = self._executor.submit(
                self._importer, holdings.region, attempt.s3_uri, attempt.file_format
            )
        if self._imports[key].done() and self._clock.passed(attempt.started, IMPORT_SECONDS):
            result = _outcome(self._imports.pop(key), _failed_import)
            imports.settle(self._state, holdings, data, result, self._clock.now())

    def _advance_job(self, holdings: Holdings, job: Job) -> None:
        if job.status is JobStatus.SUBMITTED:
            running = sum(1 for other in holdings.jobs.values() if other.status in _RUNNING and other.started)
            if running < CONCURRENT_JOBS and self._clock.passed(job.submitted, QUEUE_SECONDS):
                job = replace(job, status=JobStatus.IN_PROGRESS, started=self._clock.now())
                holdings.jobs[job.job_id] = job
        if job.status is JobStatus.STOP_REQUESTED and job.started is None:
            self._end(holdings, job, JobResult(stopped=True))
        elif job.status in _RUNNING:
            self._advance_work(holdings, job)

    def _advance_work(self, holdings: Holdings, job: Job) -> None:
        if job.job_id not in self._jobs:
            self._jobs[job.job_id] = self._executor.submit(
                self._run_job, holdings, job, lambda: self._stops(holdings, job.job_id)
            )
        work = self._jobs[job.job_id]
        over = job.status is JobStatus.STOP_REQUESTED or self._clock.passed(job.started or 0.0, JOB_SECONDS)
        if work.done() and over:
            result = _outcome(work, _failed_job)
            stopped = result.stopped or job.status is JobStatus.STOP_REQUESTED
            self._end(holdings, job, replace(result, stopped=stopped))
            del self._jobs[job.job_id]

    def _stops(self, holdings: Holdings, job_id: str) -> bool:
        return self._closed.is_set() or holdings.jobs[job_id].status is JobStatus.STOP_REQUESTED

    def _end(self, holdings: Holdings, job: Job, result: JobResult) -> None:
        status = _final_status(result)
        message = result.failure or _ENDED[status]
        ended = replace(job, status=status, ended=self._clock.now(), result=result, message=message)
        holdings.jobs[job.job_id] = ended


_RUNNING: Final = (JobStatus.IN_PROGRESS, JobStatus.STOP_REQUESTED)


def _final_status(result: JobResult) -> JobStatus:
    if result.stopped:
        return JobStatus.STOPPED
    if result.failure is not None:
        return JobStatus.FAILED
    return JobStatus.COMPLETED_WITH_ERROR if result.with_errors else JobStatus.COMPLETED


def _failed_import(message: str) -> ImportResult:
    return ImportResult(failure=message)


def _failed_job(message: str) -> JobResult:
    return JobResult(failure=message)


def _outcome(work: Future[T], failed: Callable[[str], T]) -> T:
    """What finished work gave; an error in it is logged and becomes a failure, so that the clock goes on."""
    error = work.exception()
    if error is None:
        return work.result()
    _LOG.error("work of the local endpoint failed", exc_info=error)
    return failed(f"Internal error: {type(error).__name__}.")
