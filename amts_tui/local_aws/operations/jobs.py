"""StartTextTranslationJob, DescribeTextTranslationJob, ListTextTranslationJobs, StopTextTranslationJob."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from amts_tui.amazon import limits
from amts_tui.amazon.jobstates import JobStatus, ParallelDataStatus, is_terminal
from amts_tui.amazon.languages import AUTO, is_supported
from amts_tui.amazon.regions import BATCH_REGIONS, REGIONS
from amts_tui.local_aws.errors import ServiceError, unsupported_pair
from amts_tui.local_aws.operations import settings
from amts_tui.local_aws.operations.context import Context, new_job_id, once
from amts_tui.local_aws.pages import page
from amts_tui.local_aws.records import Job
from amts_tui.local_aws.storage import Address, StorageError

Params = Mapping[str, Any]
Answer = dict[str, object]

_TRANSLATED_TYPES: Final = frozenset({"text/plain", "text/html"})
_OTHER_TYPES: Final = frozenset(
    {
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/x-xliff+xml",
    }
)


def start(context: Context, params: Params) -> Answer:
    """Queue a job; raises for everything that the service can know before it reads the documents."""
    return once(
        context,
        "StartTextTranslationJob",
        params,
        "InvalidRequestException",
        lambda: _start(context, params),
    )


def _start(context: Context, params: Params) -> tuple[str, Answer]:
    _check_region(context)
    _check_languages(params)
    _check_content_type(params["InputDataConfig"]["ContentType"])
    settings.check_batch(params.get("Settings", {}))
    _check_resources(context, params)
    _check_folders(context, params)
    waiting = sum(1 for job in context.holdings.jobs.values() if job.status is JobStatus.SUBMITTED)
    if waiting >= limits.QUEUED_JOBS:
        raise ServiceError("TooManyRequestsException", f"{limits.QUEUED_JOBS:,} jobs are queued already.")
    job = Job(
        job_id=new_job_id(),
        name=params.get("JobName"),
        account=context.holdings.account,
        status=JobStatus.SUBMITTED,
        submitted=context.clock.now(),
        source=params["SourceLanguageCode"],
        targets=tuple(params["TargetLanguageCodes"]),
        input_uri=params["InputDataConfig"]["S3Uri"],
        content_type=params["InputDataConfig"]["ContentType"],
        requested_output_uri=params["OutputDataConfig"]["S3Uri"],
        role_arn=params["DataAccessRoleArn"],
        parallel_data=tuple(params.get("ParallelDataNames", ())),
        terminologies=tuple(params.get("TerminologyNames", ())),
        settings=params.get("Settings", {}),
        output_key=params["OutputDataConfig"].get("EncryptionKey"),
    )
    context.holdings.jobs[job.job_id] = job
    return job.job_id, {"JobId": job.job_id, "JobStatus": job.status.value}


def describe(context: Context, params: Params) -> Answer:
    """The properties of one job."""
    return {"TextTranslationJobProperties": _properties(context.holdings.get_job(params["JobId"]))}


def list_all(context: Context, params: Params) -> Answer:
    """One page of the jobs that pass the filter, newest first (oldest first below a latest time)."""
    jobs = _filtered(list(context.holdings.jobs.values()), params.get("Filter", {}))
    items, token = page(
        jobs,
        lambda job: job.job_id,
        params.get("NextToken"),
        params.get("MaxResults"),
        "InvalidRequestException",
    )
    return {"TextTranslationJobPropertiesList": [_properties(job) for job in items], "NextToken": token}


def stop(context: Context, params: Params) -> Answer:
    """Ask a job to stop; a job that has ended keeps its state."""
    job = context.holdings.get_job(params["JobId"])
    if not is_terminal(job.status):
        job = replace(job, status=JobStatus.STOP_REQUESTED)
        context.holdings.jobs[job.job_id] = job
    return {"JobId": job.job_id, "JobStatus": job.status.value}


def _check_region(context: Context) -> None:
    region = context.holdings.region
    if region in REGIONS and region not in BATCH_REGIONS:
        raise ServiceError("NotAuthorizedException", "Your account is not authorized to make this call.")


def _check_languages(params: Params) -> None:
    source, targets = params["SourceLanguageCode"], params["TargetLanguageCodes"]
    for target in targets:
        if not is_supported(target) or (source != AUTO and not is_supported(source)):
            raise unsupported_pair(source, target)
    if len(set(targets)) < len(targets):
        raise ServiceError("InvalidParameterValueException", "A target language is given twice.")
    if len(targets) > limits.JOB_TARGETS:
        message = f"At most {limits.JOB_TARGETS} target languages per job are possible."
        raise ServiceError("InvalidParameterValueException", message)


def _check_content_type(content_type: str) -> None:
    if content_type in _OTHER_TYPES:
        message = f"The local endpoint translates text/plain and text/html only, not {content_type}."
        raise ServiceError("InvalidRequestException", message)
    if content_type not in _TRANSLATED_TYPES:
        raise ServiceError(
            "InvalidParameterValueException", f"{content_type} is not a supported ContentType."
        )


def _check_resources(context: Context, params: Params) -> None:
    names, terminologies = params.get("ParallelDataNames", []), params.get("TerminologyNames", [])
    if len(names) > limits.PARALLEL_DATA_NAMES or len(terminologies) > limits.TERMINOLOGY_NAMES:
        message = "Only one parallel data resource and one terminology per job are possible."
        raise ServiceError("InvalidParameterValueException", message)
    for name in terminologies:
        context.holdings.get_terminology(name)
    for name in names:
        _check_parallel_data(context, name, params)


def _check_parallel_data(context: Context, name: str, params: Params) -> None:
    data = context.holdings.get_parallel_data(name)
    if data.status is not ParallelDataStatus.ACTIVE:
        message = f"The parallel data '{name}' is {data.status.value}, not ACTIVE."
        raise ServiceError("InvalidRequestException", message)
    if data.result.source != params["SourceLanguageCode"]:
        message = f"The source language of the parallel data '{name}' is '{data.result.source}'."
        raise ServiceError("InvalidRequestException", message)
    missing = [code for code in params["TargetLanguageCodes"] if code not in data.result.targets]
    if missing:
        message = f"The parallel data '{name}' has no translations into {', '.join(missing)}."
        raise ServiceError("InvalidRequestException", message)


def _check_folders(context: Context, params: Params) -> None:
    source = Address.parse(params["InputDataConfig"]["S3Uri"])
    output = Address.parse(params["OutputDataConfig"]["S3Uri"])
    if not source.folder:
        raise ServiceError(
            "InvalidRequestException", "The input documents must be in a folder of the bucket."
        )
    try:
        for bucket in (source.bucket, output.bucket):
            region = context.storage.region(bucket)
            if region != context.holdings.region:
                message = f"The bucket '{bucket}' is in {region}, not in {context.holdings.region}."
                raise ServiceError("InvalidRequestException", message)
        names = context.storage.keys(source.bucket, source.folder)
        if any("details" in key.removeprefix(source.folder).split("/")[:-1] for key in names):
            raise ServiceError("InvalidRequestException", "An input folder must not be called 'details'.")
    except StorageError as error:
        raise ServiceError("InvalidRequestException", str(error)) from error


def _filtered(jobs: list[Job], wanted: Params) -> list[Job]:
    if len(wanted) > 1:
        raise ServiceError("InvalidFilterException", "Only one filter at a time is possible.")
    jobs.sort(key=lambda job: (job.submitted, job.job_id), reverse="SubmittedBeforeTime" not in wanted)
    for name, value in wanted.items():
        if name == "JobName":
            return [job for job in jobs if job.name == value]
        if name == "JobStatus":
            return [job for job in jobs if job.status == value]
        moment = value.timestamp() if isinstance(value, datetime) else float(value)
        if name == "SubmittedBeforeTime":
            return [job for job in jobs if job.submitted < moment]
        return [job for job in jobs if job.submitted > moment]
    return jobs


def _properties(job: Job) -> Answer:
    found: Answer = {
        "JobId": job.job_id,
        "JobName": job.name,
        "JobStatus": job.status.value,
        "SourceLanguageCode": job.source,
        "TargetLanguageCodes": list(job.targets),
        "TerminologyNames": list(job.terminologies),
        "ParallelDataNames": list(job.parallel_data),
        "Message": job.message,
        "SubmittedTime": job.submitted,
        "EndTime": job.ended,
        "InputDataConfig": {"S3Uri": job.input_uri, "ContentType": job.content_type},
        "OutputDataConfig": {"S3Uri": job.folder_uri}
        | ({"EncryptionKey": job.output_key} if job.output_key else {}),
        "DataAccessRoleArn": job.role_arn,
        "Settings": job.settings or None,
    }
    if job.result is not None:
        found["JobDetails"] = {
            "TranslatedDocumentsCount": job.result.translated,
            "DocumentsWithErrorsCount": job.result.with_errors,
            "InputDocumentsCount": job.result.documents,
        }
    return {name: value for name, value in found.items() if value is not None}
