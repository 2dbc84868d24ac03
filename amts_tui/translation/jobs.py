"""Batch jobs: start, look, wait, stop. Every step is in the job's record before it is taken."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from amts_tui.amazon.jobstates import is_terminal
from amts_tui.errors import AmtsError, NotFound
from amts_tui.translation import parallel_data, records, storage
from amts_tui.translation.checks import check_request, language_code
from amts_tui.translation.parallel_data import iso
from amts_tui.translation.planning import JobPlan
from amts_tui.translation.progress import Cancel, Progress, Sleep, check, never, pause, silent
from amts_tui.translation.records import JobRecord
from amts_tui.translation.session import Session
from amts_tui.translation.troubles import NETWORK, ServiceError

_CONTENT_TYPE: Final = "text/html"
_AWS_POLL_SECONDS: Final = (15.0, 30.0)
_LOCAL_POLL_SECONDS: Final = (0.2, 1.0)
_BACKOFF: Final = 1.2


@dataclass(frozen=True, slots=True)
class JobView:
    """A job as the service describes it; languages are the service's codes, times ISO 8601 in UTC.

    The counts of documents are None as long as the service gives none.
    """

    job_id: str
    name: str
    status: str
    message: str
    source_lang: str
    targets: tuple[str, ...]
    parallel_data: tuple[str, ...]
    terminologies: tuple[str, ...]
    submitted: str | None
    ended: str | None
    input_uri: str
    output_uri: str
    documents: int | None
    translated: int | None
    errors: int | None


def launch(
    session: Session, plan: JobPlan, folder: Path, *, progress: Progress = silent, cancelled: Cancel = never
) -> JobRecord:
    """Starts a planned job that the user has accepted: checks, uploads, starts. Its record is kept in
    `folder`.

    Raises AmtsError, or Cancelled. If it ends before an answer of the service, `resume` goes on.
    """
    plan.estimate.check(session.settings.max_job_cost_usd)
    record = plan.record
    session.check_region()
    check_request("StartTextTranslationJob", _request(record))
    storage.check_bucket(session, record.bucket)
    if record.parallel_data is not None:
        source, targets = plan.estimate.source, plan.estimate.targets
        parallel_data.check_for_job(session, record.parallel_data, source, targets)
    records.write(folder, record)
    storage.upload_all(session, plan.uploads, progress, cancelled)
    return _start(session, record, folder)


def resume(session: Session, record: JobRecord, folder: Path) -> JobRecord:
    """Goes on with a start that was interrupted; never starts a job twice. A job that has an id is given
    back as it is.

    Raises AmtsError if its documents had not all been uploaded (nothing was paid then) or the service
    refuses it.
    """
    if record.job_id is not None:
        return record
    _check_region(session, record)
    known = _find_by_name(session, record.id) if record.status == records.STARTING else None
    if known is not None:
        return records.write(folder, replace(record, job_id=known.job_id, status=known.status))
    return _start(session, record, folder)


def _start(session: Session, record: JobRecord, folder: Path) -> JobRecord:
    _check_inputs(session, record)
    record = records.write(folder, replace(record, status=records.STARTING))
    try:
        with session.explained("start the job"):
            answer = session.translate.start_text_translation_job(**_request(record))
    except ServiceError as error:
        if error.refused:
            records.write(folder, replace(record, status=records.REFUSED, message=str(error)))
        raise
    return records.write(folder, replace(record, job_id=answer["JobId"], status=answer["JobStatus"]))


def _check_inputs(session: Session, record: JobRecord) -> None:
    """Everything in the input folder is translated and billed, so it must hold the job's pages and nothing
    else.
    """
    expected = {name for document in record.documents for name in document.pages}
    found = set(storage.list_folder(session, record.inputs))
    if expected - found:
        raise AmtsError(
            f"the upload of the job {record.id} was interrupted; nothing was started or paid",
            remedy="start a new job",
        )
    if found - expected:
        raise AmtsError(
            f"{record.inputs.uri} holds what is not of this job: {', '.join(sorted(found - expected)[:3])}",
            remedy="start a new job",
        )


def _request(record: JobRecord) -> dict[str, object]:
    optional = {
        "TerminologyNames": [record.terminology] if record.terminology else None,
        "ParallelDataNames": [record.parallel_data] if record.parallel_data else None,
        "Settings": {"Formality": record.formality} if record.formality else None,
    }
    return {
        "JobName": record.id,
        "ClientToken": record.token,
        "InputDataConfig": {"S3Uri": record.inputs.uri, "ContentType": _CONTENT_TYPE},
        "OutputDataConfig": {"S3Uri": record.outputs.uri},
        "DataAccessRoleArn": record.role_arn,
        "SourceLanguageCode": language_code(record.source_lang),
        "TargetLanguageCodes": [language_code(target) for target in record.targets],
        **{name: value for name, value in optional.items() if value is not None},
    }


def _find_by_name(session: Session, name: str) -> JobView | None:
    return next((job for job in list_all(session, name=name) if job.name == name), None)


def describe(session: Session, job_id: str) -> JobView:
    """One job of the account and region, wherever it was started. Raises NotFound, or AmtsError."""
    check_request("DescribeTextTranslationJob", {"JobId": job_id})
    try:
        with session.explained(f"look at the job {job_id}"):
            answer = session.translate.describe_text_translation_job(JobId=job_id)
    except ServiceError as error:
        if error.code != "ResourceNotFoundException":
            raise
        raise NotFound(
            f"Amazon Translate knows no job {job_id} in {session.region}",
            remedy="`amts jobs list` shows the jobs",
        ) from error
    return _view(answer["TextTranslationJobProperties"])


def list_all(session: Session, *, name: str | None = None) -> Iterator[JobView]:
    """The jobs of the account and region, as the service orders them. Raises AmtsError."""
    more: dict[str, object] = {"Filter": {"JobName": name}} if name else {}
    while True:
        with session.explained("list the jobs"):
            answer = session.translate.list_text_translation_jobs(**more)
        for properties in answer["TextTranslationJobPropertiesList"]:
            yield _view(properties)
        if not answer.get("NextToken"):
            return
        more["NextToken"] = answer["NextToken"]


def stop(session: Session, job_id: str) -> str:
    """Asks a job to stop and returns its status; what it has translated until then may be billed. Raises
    AmtsError.
    """
    check_request("StopTextTranslationJob", {"JobId": job_id})
    with session.explained(f"stop the job {job_id}"):
        return str(session.translate.stop_text_translation_job(JobId=job_id)["JobStatus"])


def refresh(session: Session, record: JobRecord, folder: Path) -> JobRecord:
    """The record with the job's present status, kept if it has changed. Raises AmtsError."""
    _check_region(session, record)
    view = describe(session, started_id(record))
    updated = replace(
        record, status=view.status, message=view.message, output_uri=view.output_uri, ended=view.ended
    )
    return record if updated == record else records.write(folder, updated)


def _check_region(session: Session, record: JobRecord) -> None:
    """A region knows nothing of the jobs of another, and would take a start for a new one."""
    if session.region != record.region:
        raise AmtsError(
            f"the job {record.id} is in {record.region}, Amazon Translate is called in {session.region}",
            remedy=f"set region to {record.region} under [aws] in amts.toml",
        )


def started_id(record: JobRecord) -> str:
    """The service's id of the job. Raises AmtsError if it has none yet."""
    if record.job_id is None:
        raise AmtsError(
            f"the job {record.id} has not been started", remedy="`amts jobs retry` goes on with it"
        )
    return record.job_id


def wait(
    session: Session,
    record: JobRecord,
    folder: Path,
    *,
    on_status: Callable[[JobRecord, str], None] | None = None,
    cancelled: Cancel = never,
    sleep: Sleep = time.sleep,
) -> JobRecord:
    """Waits until the job has ended, well or badly, and returns its record.

    A lost network is waited out: `on_status` gets the record at every look, and the trouble or "". Raises
    AmtsError, or Cancelled; the job itself goes on then.
    """
    seconds, longest = _AWS_POLL_SECONDS if session.is_aws else _LOCAL_POLL_SECONDS
    while True:
        check(cancelled, "waiting")
        try:
            record = refresh(session, record, folder)
            trouble = ""
        except ServiceError as error:
            if error.code != NETWORK:
                raise
            trouble = str(error)
        if on_status is not None:
            on_status(record, trouble)
        if is_terminal(record.status):
            return record
        pause(seconds, cancelled, "waiting", sleep)
        seconds = min(seconds * _BACKOFF, longest)


def _view(properties: Mapping[str, Any]) -> JobView:
    details = properties.get("JobDetails", {})
    return JobView(
        job_id=str(properties["JobId"]),
        name=str(properties.get("JobName", "")),
        status=str(properties.get("JobStatus", "")),
        message=str(properties.get("Message", "")),
        source_lang=str(properties.get("SourceLanguageCode", "")),
        targets=tuple(properties.get("TargetLanguageCodes", ())),
        parallel_data=tuple(properties.get("ParallelDataNames", ())),
        terminologies=tuple(properties.get("TerminologyNames", ())),
        submitted=iso(properties.get("SubmittedTime")),
        ended=iso(properties.get("EndTime")),
        input_uri=str(properties.get("InputDataConfig", {}).get("S3Uri", "")),
        output_uri=str(properties.get("OutputDataConfig", {}).get("S3Uri", "")),
        documents=details.get("InputDocumentsCount"),
        translated=details.get("TranslatedDocumentsCount"),
        errors=details.get("DocumentsWithErrorsCount"),
    )
