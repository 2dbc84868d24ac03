"""Batch jobs and TranslateText for the project's documents: estimate, start, watch, stop, fetch."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from amts_tui.amazon.jobstates import JOB_STATES_WITH_OUTPUT, is_terminal
from amts_tui.books.model import Document
from amts_tui.books.reading import read_bytes
from amts_tui.corpus import runs
from amts_tui.corpus.runs import RunKind, RunRecord
from amts_tui.errors import AmtsError
from amts_tui.translation import fetching, records, text
from amts_tui.translation import jobs as service
from amts_tui.translation.characters import Estimate
from amts_tui.translation.fetching import Fetched
from amts_tui.translation.planning import JobOptions, JobPlan, plan
from amts_tui.translation.records import JobRecord
from amts_tui.translation.session import Session
from amts_tui.translation.text import TextOptions
from amts_tui.workbench.aws import connect
from amts_tui.workbench.choosing import chosen
from amts_tui.workbench.parallel_data import contents
from amts_tui.workbench.session import Pipeline, Workbench

__all__ = [
    "Estimate",
    "Fetched",
    "JobPlan",
    "JobRecord",
    "JobRequest",
    "RunRecord",
    "TextPlan",
    "add_run",
    "again",
    "ended",
    "estimate",
    "fetch",
    "fetchable",
    "job_value",
    "launch",
    "prepare",
    "prepare_text",
    "record",
    "records_of",
    "refresh",
    "resume",
    "run",
    "runs_of",
    "stop",
    "translate",
    "wait",
]

JOBS_FOLDER = "jobs"
Progress = Callable[[int, int, str], None]
Cancel = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class JobRequest:
    """A job as it is asked for. `targets` of one source language; globs are over its documents."""

    targets: tuple[str, ...]
    documents: tuple[str, ...] = ()
    parallel_data: str | None = None
    terminology: str | None = None
    formality: str | None = None
    reverse: bool = False


def _pipelines(workbench: Workbench, request: JobRequest) -> list[Pipeline]:
    if request.reverse and len(request.targets) != 1:
        raise AmtsError("--reverse takes exactly one target", remedy="start one job for each")
    if not request.targets:
        raise AmtsError("no target language is chosen", remedy="say --target zh")
    return [workbench.pipeline(target, reverse=request.reverse) for target in request.targets]


def _documents(workbench: Workbench, lang: str, globs: Sequence[str]) -> list[Document]:
    return [workbench.read(lang, path) for path in chosen(workbench.document_paths(lang), globs)]


def prepare(workbench: Workbench, request: JobRequest) -> JobPlan:
    """Plans a job and its estimate; nothing is uploaded. Raises AmtsError for what could not be started, or
    would cost too much.
    """
    pipelines = _pipelines(workbench, request)
    session = connect(workbench)
    documents = _documents(workbench, pipelines[0].source_lang, request.documents)
    options = JobOptions(
        request.parallel_data,
        request.terminology,
        request.formality,
        held_out=_held_out(workbench, session, request.parallel_data, documents),
    )
    return plan(
        session,
        documents,
        [pipeline.target_lang for pipeline in pipelines],
        options,
        translator=session.translator(),
        now=datetime.now(UTC),
        token=str(uuid.uuid4()),
    )


def again(workbench: Workbench, job: JobRecord) -> JobRequest:
    """The request for a new job with only the documents of `job` that failed."""
    reverse = job.source_lang != workbench.project.settings.source.lang
    return JobRequest(
        (job.source_lang,) if reverse else job.targets,
        job.failed_documents,
        job.parallel_data,
        job.terminology,
        job.formality,
        reverse,
    )


def estimate(workbench: Workbench, request: JobRequest) -> Estimate:
    """What a job would cost."""
    return prepare(workbench, request).estimate


def _held_out(
    workbench: Workbench, session: Session, parallel_data: str | None, documents: Sequence[Document]
) -> tuple[str, ...]:
    """The documents of a job of which nothing is in its parallel data, as far as this project knows."""
    if parallel_data is None:
        return tuple(document.path for document in documents)
    learned = contents(workbench, session, parallel_data)
    return tuple(
        document.path for document in documents if learned is not None and document.path not in learned
    )


def launch(
    workbench: Workbench,
    planned: JobPlan,
    *,
    progress: Progress = lambda _done, _all, _what: None,
    cancelled: Cancel = lambda: False,
) -> JobRecord:
    """Starts a job whose estimate has been shown and accepted."""
    workbench.writable()
    return service.launch(
        connect(workbench), planned, _folder(workbench), progress=progress, cancelled=cancelled
    )


def resume(workbench: Workbench, job: str) -> JobRecord:
    """Goes on with a start that was interrupted."""
    workbench.writable()
    return service.resume(connect(workbench), record(workbench, job), _folder(workbench))


def _folder(workbench: Workbench) -> Path:
    return workbench.project.data / JOBS_FOLDER


def records_of(workbench: Workbench) -> list[JobRecord]:
    """The jobs of this project as they were seen last, the latest first; no service is asked."""
    return records.list_records(_folder(workbench))[::-1]


def record(workbench: Workbench, job: str) -> JobRecord:
    """One job, by our id or the service's. Raises NotFound."""
    return records.read(_folder(workbench), job)


def ended(job: JobRecord) -> bool:
    """Whether nothing more will happen to a job."""
    return is_terminal(job.status) or job.status == records.REFUSED


def fetchable(job: JobRecord) -> bool:
    """Whether a job has output that has not been fetched."""
    return job.status in JOB_STATES_WITH_OUTPUT and not job.runs


def refresh(workbench: Workbench, job: str, session: Session | None = None) -> JobRecord:
    """Asks the service how a job is."""
    known = record(workbench, job)
    if ended(known) or known.job_id is None:
        return known
    return service.refresh(session or connect(workbench), known, _folder(workbench))


def wait(
    workbench: Workbench,
    job: str,
    *,
    on_status: Callable[[JobRecord, str], None] = lambda _record, _trouble: None,
    cancelled: Cancel = lambda: False,
    timeout: float | None = None,
) -> JobRecord:
    """Waits until a job has ended, at most `timeout` seconds. Raises AmtsError when they are over; the job
    goes on.
    """
    begun = datetime.now(UTC)

    def late() -> bool:
        return timeout is not None and (datetime.now(UTC) - begun).total_seconds() > timeout

    def stop_waiting() -> bool:
        if late():
            raise AmtsError(
                f"the job {job} has not ended within {timeout:g} s", remedy="it goes on; wait again later"
            )
        return cancelled()

    return service.wait(
        connect(workbench),
        record(workbench, job),
        _folder(workbench),
        on_status=on_status,
        cancelled=stop_waiting,
    )


def stop(workbench: Workbench, job: str) -> JobRecord:
    """Asks a job to stop; what it has translated may be billed."""
    workbench.writable()
    session = connect(workbench)
    service.stop(session, service.started_id(record(workbench, job)))
    return refresh(workbench, job, session)


def fetch(
    workbench: Workbench,
    job: str,
    *,
    progress: Progress = lambda _done, _all, _what: None,
    cancelled: Cancel = lambda: False,
) -> Fetched:
    """Downloads what a finished job has made and keeps it as runs, one for each target."""
    workbench.writable()
    session = connect(workbench)
    known = refresh(workbench, job, session)
    return fetching.fetch(
        session,
        known,
        _folder(workbench),
        workbench.project.data,
        reading=workbench.project.reading,
        progress=progress,
        cancelled=cancelled,
    )


def job_value(job: JobRecord) -> dict[str, Any]:
    """The JSON object of `amts jobs list` and `amts jobs show`."""
    return {
        "job_id": job.job_id or job.id,
        "name": job.id,
        "status": job.status,
        "message": job.message,
        "created": job.created,
        "targets": list(job.targets),
        "parallel_data": job.parallel_data,
        "documents": len(job.documents),
        "errors": [
            {"target": failure.target, "document": failure.document, "reason": failure.reason}
            for failure in job.failures
        ],
        "characters": sum(job.translated.values()) if job.translated else job.characters,
        "cost_usd": float(job.cost_usd) if job.translated else float(job.estimate_usd),
        "runs": [{"target": target, "run": name} for target, name in job.runs.items()],
    }


# ---- TranslateText


@dataclass(frozen=True, slots=True)
class TextPlan:
    """A translation by TranslateText that could be started, and what it costs."""

    pipeline: Pipeline
    documents: tuple[Document, ...]
    estimate: Estimate


def prepare_text(workbench: Workbench, pipeline: Pipeline, globs: Sequence[str]) -> TextPlan:
    """Plans to translate documents one by one, without parallel data. Nothing is sent."""
    documents = tuple(_documents(workbench, pipeline.source_lang, globs))
    return TextPlan(pipeline, documents, text.estimate(documents, pipeline.target_lang))


def translate(
    workbench: Workbench,
    planned: TextPlan,
    *,
    progress: Progress = lambda _done, _all, _what: None,
    cancelled: Cancel = lambda: False,
) -> RunRecord:
    """Translates what was planned and accepted, as a run."""
    workbench.writable()
    session = connect(workbench)
    now = datetime.now(UTC)
    return text.translate(
        session,
        planned.documents,
        planned.pipeline.target_lang,
        TextOptions(),
        data=workbench.project.data,
        name=f"text-{now:%Y%m%d-%H%M%S}-{planned.pipeline.target_lang}",
        translator=session.translator(),
        now=now,
        progress=progress,
        cancelled=cancelled,
    )


# ---- runs


def runs_of(workbench: Workbench) -> list[RunRecord]:
    """The runs of this project, the latest first."""
    return sorted(runs.list_runs(workbench.project.data), key=lambda one: one.created, reverse=True)


def run(workbench: Workbench, name: str) -> RunRecord:
    """One run. Raises NotFound."""
    return runs.read(workbench.project.data, name)


def add_run(workbench: Workbench, name: str, folder: Path, pipeline: Pipeline) -> RunRecord:
    """Takes a folder of translated documents, named as in the source book, as a run. Raises AmtsError."""
    workbench.writable()
    data = workbench.project.data
    if any(one.name == name for one in runs_of(workbench)):
        raise AmtsError(f"there is a run {name} already", remedy="choose another name")
    if not folder.is_dir():
        raise AmtsError("no such folder", where=str(folder), remedy="correct the path")
    found = [path for path in workbench.document_paths(pipeline.source_lang) if (folder / path).is_file()]
    if not found:
        raise AmtsError(
            "the folder has no document of the source book",
            where=str(folder),
            remedy="its paths must be the book's",
        )
    documents = []
    for path in found:
        runs.write_document(data, name, path, read_bytes(folder / path))
        source = workbench.read(pipeline.source_lang, path)
        documents.append(runs.RunDocument(path, runs.data_hash(source.data)))
    made = RunRecord(
        name,
        pipeline.source_lang,
        pipeline.target_lang,
        RunKind.FOLDER,
        datetime.now(UTC).isoformat(timespec="seconds"),
        f"folder {folder.name}",
        tuple(documents),
    )
    runs.write(data, made)
    return made
