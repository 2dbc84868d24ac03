"""Importing parallel data: reading the file from the bucket, and what the record becomes afterwards."""

import json
from collections.abc import Mapping
from dataclasses import replace

from amts_tui.amazon.jobstates import ParallelDataStatus
from amts_tui.local_aws.parallel_files import parse
from amts_tui.local_aws.records import ImportAttempt, ImportResult, ParallelData
from amts_tui.local_aws.state import Holdings, State
from amts_tui.local_aws.storage import Address, Storage, StorageError


def read(storage: Storage, region: str, s3_uri: str, file_format: str) -> ImportResult:
    """The result of importing the file at `s3_uri`: an object, or a folder with exactly one."""
    try:
        address = Address.parse(s3_uri)
        if storage.region(address.bucket) != region:
            return ImportResult(failure=f"The bucket '{address.bucket}' is not in the region {region}.")
        return parse(storage.read(address.bucket, _file_key(storage, address)), file_format)
    except StorageError as error:
        return ImportResult(failure=str(error))


def _file_key(storage: Storage, address: Address) -> str:
    keys = list(storage.keys(address.bucket, address.key))
    if address.key in keys:
        return address.key
    inside = [key for key in keys if key.startswith(address.folder)]
    if len(inside) != 1:
        raise StorageError(f"'s3://{address.bucket}/{address.key}' is not one parallel data file.")
    return inside[0]


def settle(state: State, holdings: Holdings, data: ParallelData, result: ImportResult, now: float) -> None:
    """Replace the record by what the end of its running import makes of it.

    A failed update leaves the earlier import, and with it the resource's status, as it was.
    """
    failed = result.failure is not None
    status = ParallelDataStatus.FAILED if failed else ParallelDataStatus.ACTIVE
    folder = f"{holdings.account}/{holdings.region}/parallel-data/{data.name}/{data.latest.number}"
    auxiliary = f"{folder}/errors.json"
    state.files[auxiliary] = _error_file(result)
    attempt = replace(data.latest, status=status, auxiliary=auxiliary)
    data = _with_attempt(data, attempt)
    if failed:
        data = replace(data, message=result.failure, updated=now)
        if data.update is None:
            data = replace(data, status=status, result=result)
        holdings.parallel_data[data.name] = data
        return
    location = f"{folder}/data.{attempt.file_format.lower()}"
    state.files[location] = result.data
    holdings.parallel_data[data.name] = replace(
        data,
        status=ParallelDataStatus.ACTIVE,
        result=replace(result, data=b""),
        data=location,
        message=None,
        updated=now,
    )


def remove(state: State, holdings: Holdings, data: ParallelData) -> None:
    """Forget a deleted resource, its files and its client tokens."""
    del holdings.parallel_data[data.name]
    holdings.forget_replays(data.name)
    holdings.tags.pop(data.arn, None)
    folder = f"{holdings.account}/{holdings.region}/parallel-data/{data.name}/"
    for key in [key for key in state.files if key.startswith(folder)]:
        del state.files[key]


def _with_attempt(data: ParallelData, attempt: ImportAttempt) -> ParallelData:
    return replace(data, update=attempt) if data.update else replace(data, creation=attempt)


def _error_file(result: ImportResult) -> bytes:
    messages = [{"content": place, "message": reason} for place, reason in result.messages]
    if result.failure is not None:
        messages.insert(0, {"content": "File", "message": result.failure})
    summary: Mapping[str, int] = {
        "record_error_count": result.failed,
        "record_skipped_count": result.skipped,
    }
    return json.dumps({"summary": summary, "messages": messages}, ensure_ascii=False, indent=2).encode()
