"""CreateParallelData, UpdateParallelData, GetParallelData, ListParallelData, DeleteParallelData."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from amts_tui.amazon.jobstates import ParallelDataStatus
from amts_tui.amazon.limits import PARALLEL_DATA_RESOURCES
from amts_tui.local_aws.errors import ServiceError
from amts_tui.local_aws.operations.context import Context, once
from amts_tui.local_aws.operations.tags import add_tags
from amts_tui.local_aws.pages import page
from amts_tui.local_aws.records import ImportAttempt, ParallelData

Params = Mapping[str, Any]
Answer = dict[str, object]


def create(context: Context, params: Params) -> Answer:
    """Begin a new resource; it is CREATING until its file is imported."""
    return once(context, "CreateParallelData", params, "ConflictException", lambda: _create(context, params))


def _create(context: Context, params: Params) -> tuple[str, Answer]:
    holdings, name = context.holdings, params["Name"]
    uri, file_format = _config(params)
    if name in holdings.parallel_data:
        raise ServiceError("ConflictException", f"Parallel data with the name '{name}' exists already.")
    if len(holdings.parallel_data) >= PARALLEL_DATA_RESOURCES:
        raise ServiceError("LimitExceededException", f"The limit is {PARALLEL_DATA_RESOURCES:,} resources.")
    _check_no_import(context)
    now = context.clock.now()
    arn = context.arn(f"parallel-data/{name}")
    add_tags(holdings, arn, params.get("Tags", ()))
    holdings.parallel_data[name] = ParallelData(
        name=name,
        arn=arn,
        description=params.get("Description"),
        encryption_key=params.get("EncryptionKey"),
        status=ParallelDataStatus.CREATING,
        created=now,
        updated=now,
        creation=ImportAttempt(1, uri, file_format, now, ParallelDataStatus.CREATING),
    )
    return name, {"Name": name, "Status": ParallelDataStatus.CREATING.value}


def update(context: Context, params: Params) -> Answer:
    """Begin to replace the content of a resource that is ACTIVE or FAILED."""
    return once(context, "UpdateParallelData", params, "ConflictException", lambda: _update(context, params))


def _update(context: Context, params: Params) -> tuple[str, Answer]:
    holdings = context.holdings
    data = holdings.get_parallel_data(params["Name"])
    uri, file_format = _config(params)
    if data.importing:
        raise ServiceError("ConcurrentModificationException", f"'{data.name}' is being imported.")
    if data.deleted is not None:
        raise ServiceError("ConflictException", f"'{data.name}' is being deleted.")
    _check_no_import(context)
    now = context.clock.now()
    attempt = ImportAttempt(data.latest.number + 1, uri, file_format, now, ParallelDataStatus.UPDATING)
    description = params.get("Description", data.description)
    holdings.parallel_data[data.name] = replace(data, update=attempt, description=description)
    return data.name, {
        "Name": data.name,
        "Status": data.status.value,
        "LatestUpdateAttemptStatus": attempt.status.value,
        "LatestUpdateAttemptAt": now,
    }


def get(context: Context, params: Params) -> Answer:
    """The properties of a resource and the presigned locations of its files."""
    data = context.holdings.get_parallel_data(params["Name"])
    return {
        "ParallelDataProperties": _properties(data),
        "DataLocation": context.location(data.data),
        "AuxiliaryDataLocation": context.location(data.creation.auxiliary),
        "LatestUpdateAttemptAuxiliaryDataLocation": context.location(
            data.update.auxiliary if data.update else None
        ),
    }


def list_all(context: Context, params: Params) -> Answer:
    """One page of the resources, by name."""
    resources = sorted(context.holdings.parallel_data.values(), key=lambda data: data.name)
    items, token = page(
        resources,
        lambda data: data.name,
        params.get("NextToken"),
        params.get("MaxResults"),
        "InvalidParameterValueException",
    )
    return {"ParallelDataPropertiesList": [_properties(data) for data in items], "NextToken": token}


def delete(context: Context, params: Params) -> Answer:
    """Begin to delete a resource that no import is working on."""
    holdings = context.holdings
    data = holdings.get_parallel_data(params["Name"])
    if data.importing:
        raise ServiceError("ConcurrentModificationException", f"'{data.name}' is being imported.")
    if data.deleted is None:
        data = replace(data, status=ParallelDataStatus.DELETING, deleted=context.clock.now())
        holdings.parallel_data[data.name] = data
    return {"Name": data.name, "Status": data.status.value}


def _config(params: Params) -> tuple[str, str]:
    config = params["ParallelDataConfig"]
    for member in ("S3Uri", "Format"):
        if member not in config:
            raise ServiceError("InvalidParameterValueException", f"ParallelDataConfig.{member} is missing.")
    return config["S3Uri"], config["Format"]


def _check_no_import(context: Context) -> None:
    running = [data.name for data in context.holdings.parallel_data.values() if data.importing]
    if running:
        message = f"Only one import at a time is possible; '{running[0]}' is being imported."
        raise ServiceError("LimitExceededException", message)


def _properties(data: ParallelData) -> Answer:
    result, update = data.result, data.update
    found: Answer = {
        "Name": data.name,
        "Arn": data.arn,
        "Description": data.description,
        "Status": data.status.value,
        "SourceLanguageCode": result.source or None,
        "TargetLanguageCodes": list(result.targets) or None,
        "ParallelDataConfig": {"S3Uri": data.latest.s3_uri, "Format": data.latest.file_format},
        "Message": data.message,
        "ImportedDataSize": result.characters,
        "ImportedRecordCount": result.imported,
        "FailedRecordCount": result.failed,
        "SkippedRecordCount": result.skipped,
        "EncryptionKey": data.encryption_key,
        "CreatedAt": data.created,
        "LastUpdatedAt": data.updated,
        "LatestUpdateAttemptStatus": update.status.value if update else None,
        "LatestUpdateAttemptAt": update.started if update else None,
    }
    if not (result.imported or result.failed or result.skipped):
        for count in ("ImportedDataSize", "ImportedRecordCount", "FailedRecordCount", "SkippedRecordCount"):
            del found[count]
    return {name: value for name, value in found.items() if value is not None}
