"""Parallel data of Active Custom Translation: imports, one at a time, and what the service says of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from amts_tui.amazon.jobstates import (
    TERMINAL_PARALLEL_DATA_STATES,
    ParallelDataStatus,
    import_state,
)
from amts_tui.amazon.parallel_rules import Format
from amts_tui.errors import AmtsError, NotFound
from amts_tui.translation import storage
from amts_tui.translation.checks import check_request
from amts_tui.translation.progress import Cancel, Progress, Sleep, check, never, pause, silent
from amts_tui.translation.session import Session
from amts_tui.translation.troubles import NETWORK, ServiceError

_BUSY: Final = frozenset({"LimitExceededException", "ConcurrentModificationException"})
_IMPORTING: Final = frozenset({ParallelDataStatus.CREATING, ParallelDataStatus.UPDATING})
_AWS_POLL_SECONDS: Final = 10.0
_LOCAL_POLL_SECONDS: Final = 0.2


@dataclass(frozen=True, slots=True)
class ParallelData:
    """A resource as the service describes it. `state` is that of the last import, the one to wait for.

    `message` is the service's; the counts are records of the file, None before an import has ended.
    """

    name: str
    status: str
    state: str
    source_lang: str | None
    target_langs: tuple[str, ...]
    s3_uri: str | None
    message: str
    imported: int | None
    failed: int | None
    skipped: int | None
    created: str | None
    updated: str | None


@dataclass(frozen=True, slots=True)
class Import:
    """An import about to be asked for: kept by the caller before the call, so that it can be repeated after
    a crash.
    """

    name: str
    token: str
    s3_uri: str
    format: Format


def upload(
    session: Session,
    name: str,
    file: Path,
    file_format: Format,
    token: str,
    *,
    progress: Progress = silent,
    cancelled: Cancel = never,
) -> Import:
    """Uploads a linted file to a key of its own and returns the import to ask for. Raises AmtsError, or
    Cancelled.
    """
    storage.check_bucket(session, session.bucket())
    folder = storage.Address(session.bucket(), session.settings.prefix).below(f"parallel-data/{name}")
    address = folder.below(f"{token}.{file_format.lower()}")
    wanted = Import(name, token, address.uri, file_format)
    check_request("CreateParallelData", _request(wanted))
    storage.upload_file(session, file, address, progress, cancelled)
    return wanted


def begin(
    session: Session,
    wanted: Import,
    *,
    description: str = "",
    on_wait: Callable[[str], None] | None = None,
    cancelled: Cancel = never,
    sleep: Sleep = time.sleep,
) -> ParallelData:
    """Creates the resource, or updates it if it is there; waits while another import of the account runs.

    May be repeated with the same `wanted`: an import that the service has taken already is not asked for
    again. `on_wait` gets the name of the resource that is being waited for. Raises AmtsError, or Cancelled.
    """
    request = _request(wanted) | ({"Description": description} if description else {})
    check_request("CreateParallelData", request)
    while True:
        current = find(session, wanted.name)
        if current is not None and current.s3_uri == wanted.s3_uri:
            return current
        try:
            _ask(session, request, exists=current is not None)
        except ServiceError as error:
            busy = error.code in _BUSY and _importing(session)
            if not busy:
                raise
            if on_wait is not None:
                on_wait(busy)
            pause(_poll_seconds(session), cancelled, "the import", sleep)
        else:
            return get(session, wanted.name)


def _ask(session: Session, request: Mapping[str, object], *, exists: bool) -> None:
    with session.explained(f"import the parallel data {request['Name']}"):
        if exists:
            session.translate.update_parallel_data(**request)
        else:
            session.translate.create_parallel_data(**request)


def _request(wanted: Import) -> dict[str, object]:
    config = {"S3Uri": wanted.s3_uri, "Format": wanted.format}
    return {"Name": wanted.name, "ParallelDataConfig": config, "ClientToken": wanted.token}


def _importing(session: Session) -> str | None:
    """The name of a resource that is being imported; None means that a full quota is the reason of a
    refusal.
    """
    return next((data.name for data in list_all(session) if data.state in _IMPORTING), None)


def wait(
    session: Session,
    name: str,
    *,
    on_state: Callable[[ParallelData], None] | None = None,
    cancelled: Cancel = never,
    sleep: Sleep = time.sleep,
) -> ParallelData:
    """Waits for the end of the last import and returns the resource; a lost network is waited out.

    Raises AmtsError with the service's message if the import failed, or Cancelled.
    """
    while True:
        check(cancelled, "waiting")
        try:
            data = get(session, name)
        except ServiceError as error:
            if error.code != NETWORK:
                raise
        else:
            if on_state is not None:
                on_state(data)
            if data.state in TERMINAL_PARALLEL_DATA_STATES:
                break
        pause(_poll_seconds(session), cancelled, "waiting", sleep)
    if data.state == ParallelDataStatus.FAILED:
        raise AmtsError(
            f"the import of the parallel data {name} failed: {data.message or 'no reason given'}",
            remedy="mend the file and update the parallel data; an earlier import stays in use",
        )
    return data


def _poll_seconds(session: Session) -> float:
    return _AWS_POLL_SECONDS if session.is_aws else _LOCAL_POLL_SECONDS


def get(session: Session, name: str) -> ParallelData:
    """One resource. Raises NotFound, or AmtsError."""
    return _read(look_up(session, name)["ParallelDataProperties"])


def find(session: Session, name: str) -> ParallelData | None:
    """One resource, None if there is none of that name. Raises AmtsError."""
    try:
        return get(session, name)
    except NotFound:
        return None


def look_up(session: Session, name: str) -> Mapping[str, Any]:
    """What GetParallelData answers, presigned locations included. Raises NotFound, or AmtsError."""
    check_request("GetParallelData", {"Name": name})
    try:
        with session.explained(f"look at the parallel data {name}"):
            answer: Mapping[str, Any] = session.translate.get_parallel_data(Name=name)
    except ServiceError as error:
        if error.code != "ResourceNotFoundException":
            raise
        raise NotFound(
            f"there is no parallel data {name} in {session.region}",
            remedy="`amts parallel-data list` shows them",
        ) from error
    return answer


def list_all(session: Session) -> Iterator[ParallelData]:
    """All resources of the account and region. Raises AmtsError."""
    more: dict[str, str] = {}
    while True:
        with session.explained("list the parallel data"):
            answer = session.translate.list_parallel_data(**more)
        for properties in answer["ParallelDataPropertiesList"]:
            yield _read(properties)
        if not answer.get("NextToken"):
            return
        more = {"NextToken": answer["NextToken"]}


def delete(session: Session, name: str) -> str:
    """Asks for the end of a resource and returns its status; it goes some time later. Raises AmtsError."""
    check_request("DeleteParallelData", {"Name": name})
    with session.explained(f"delete the parallel data {name}"):
        return str(session.translate.delete_parallel_data(Name=name)["Status"])


def check_for_job(session: Session, name: str, source_lang: str, targets: tuple[str, ...]) -> None:
    """Raises AmtsError unless a job from `source_lang` into `targets` (the service's codes) can use the
    resource.
    """
    data = get(session, name)
    if data.status != ParallelDataStatus.ACTIVE:
        raise AmtsError(
            f"the parallel data {name} is {data.status}, not ACTIVE", remedy="wait for its import"
        )
    if data.source_lang != source_lang:
        raise AmtsError(
            f"the parallel data {name} translates from {data.source_lang}, not from {source_lang}",
            remedy="use other parallel data or none",
        )
    missing = [target for target in targets if target not in data.target_langs]
    if missing:
        raise AmtsError(
            f"the parallel data {name} has no translations into {', '.join(missing)}",
            remedy="leave these targets out, or update the parallel data with them",
        )


def _read(properties: Mapping[str, Any]) -> ParallelData:
    status = str(properties.get("Status", ""))
    return ParallelData(
        name=str(properties.get("Name", "")),
        status=status,
        state=import_state(status, properties.get("LatestUpdateAttemptStatus")),
        source_lang=properties.get("SourceLanguageCode"),
        target_langs=tuple(properties.get("TargetLanguageCodes", ())),
        s3_uri=properties.get("ParallelDataConfig", {}).get("S3Uri"),
        message=str(properties.get("Message", "")),
        imported=properties.get("ImportedRecordCount"),
        failed=properties.get("FailedRecordCount"),
        skipped=properties.get("SkippedRecordCount"),
        created=iso(properties.get("CreatedAt")),
        updated=iso(properties.get("LastUpdatedAt")),
    )


def iso(moment: datetime | None) -> str | None:
    """A time of the service as ISO 8601 in UTC, to the second."""
    return None if moment is None else moment.astimezone(UTC).isoformat(timespec="seconds")
