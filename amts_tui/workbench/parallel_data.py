"""Parallel data made from the project's pairs."""

from __future__ import annotations

import tempfile
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from amts_tui.amazon.jobstates import ParallelDataStatus
from amts_tui.amazon.limits import SEGMENT_BYTES
from amts_tui.corpus import parallel_records
from amts_tui.corpus.parallel_records import ParallelRecord
from amts_tui.errors import AmtsError
from amts_tui.exchange.model import LeftOut
from amts_tui.translation import parallel_data as service
from amts_tui.translation.parallel_data import ParallelData
from amts_tui.workbench.aws import Session, connect
from amts_tui.workbench.exporting import ExportRequest, FileFormat, Form, Granularity, export, exportable
from amts_tui.workbench.session import Pipeline, Workbench

__all__ = ["Made", "ParallelData", "Wanted", "contents", "delete", "list_all", "make", "show", "wait"]

_FORMAT = FileFormat.TMX
"""TMX has no rule about first characters and settles duplicates by date: nothing is left out for the
format's sake.
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Parallel data to be made: its name, and the pairs that go in. Globs are over source paths; `exclude`
    wins.
    """

    name: str
    pipeline: Pipeline
    granularity: Granularity = Granularity.SENTENCE
    documents: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Made:
    """An import that has begun: the service's view, our count of the pairs, and what was left out."""

    data: ParallelData
    pairs: int
    left_out: tuple[LeftOut, ...]


def make(
    workbench: Workbench,
    wanted: Wanted,
    *,
    update: bool | None = None,
    on_wait: Callable[[str], None] = lambda _reason: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Made:
    """Exports the pairs in the form for Amazon, uploads them and begins the import; waits while another
    import runs.

    `update` True asks for a resource of that name to be there, False for none; None takes either. Raises
    AmtsError.
    """
    workbench.writable()
    session = connect(workbench)
    there = service.find(session, wanted.name) is not None
    if update is True and not there:
        raise AmtsError(f"there is no parallel data {wanted.name}", remedy="use `amts parallel-data create`")
    if update is False and there:
        raise AmtsError(
            f"there is parallel data {wanted.name} already", remedy="use `amts parallel-data update`"
        )
    documents = exportable(workbench, wanted.pipeline, wanted.documents, wanted.exclude)
    with tempfile.TemporaryDirectory(prefix="amts-") as folder:
        file = Path(folder) / f"pairs.{_FORMAT.value}"
        written = export(
            workbench,
            wanted.pipeline,
            ExportRequest(
                file,
                _FORMAT,
                Form.AMAZON,
                wanted.granularity,
                documents=wanted.documents,
                exclude=wanted.exclude,
            ),
        )
        if not written.written:
            raise AmtsError(
                "no pair can go into the parallel data",
                remedy=f"see `amts export --for amazon --report F` (limit {SEGMENT_BYTES} bytes)",
            )
        token = str(uuid.uuid4())
        upload = service.upload(session, wanted.name, file, "TMX", token, cancelled=cancelled)
    record = ParallelRecord(
        name=wanted.name,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        source_lang=wanted.pipeline.source_lang,
        target_lang=wanted.pipeline.target_lang,
        granularity=wanted.granularity.value,
        documents=tuple(documents),
        pairs=written.written,
        token=token,
        s3_uri=upload.s3_uri,
        file_format=upload.format,
        earlier=_replaced(workbench, session, wanted) if there else (),
    )
    # Kept before the call: a crash in between must not leave the service with data that no score knows of.
    parallel_records.write(workbench.project.data, record)
    data = service.begin(session, upload, on_wait=on_wait, cancelled=cancelled)
    return Made(data, written.written, written.left_out)


def contents(workbench: Workbench, session: Session, name: str) -> frozenset[str] | None:
    """The documents of which something may be in a resource; None if this project did not make what is in it.

    An import that has not ended well may have left the one before it in use. Raises NotFound.
    """
    data = service.get(session, name)
    record = parallel_records.read(workbench.project.data, name)
    if record is None or record.s3_uri != data.s3_uri:
        return None
    replaced = () if data.state == ParallelDataStatus.ACTIVE else record.earlier
    return frozenset((*record.documents, *replaced))


def _replaced(workbench: Workbench, session: Session, wanted: Wanted) -> tuple[str, ...]:
    """The documents of what an update replaces; any, where nobody knows."""
    known = contents(workbench, session, wanted.name)
    return tuple(sorted(known or workbench.document_paths(wanted.pipeline.source_lang)))


def wait(
    workbench: Workbench,
    name: str,
    *,
    on_state: Callable[[ParallelData], None] = lambda _data: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> ParallelData:
    """Waits until the import of a resource has ended. Raises AmtsError if it failed."""
    return service.wait(connect(workbench), name, on_state=on_state, cancelled=cancelled)


def list_all(workbench: Workbench) -> list[ParallelData]:
    """All parallel data of the account and region."""
    return list(service.list_all(connect(workbench)))


def show(workbench: Workbench, name: str) -> ParallelData:
    """One resource. Raises NotFound."""
    return service.get(connect(workbench), name)


def delete(workbench: Workbench, name: str) -> str:
    """Asks for the end of a resource; returns its status."""
    workbench.writable()
    status = service.delete(connect(workbench), name)
    parallel_records.forget(workbench.project.data, name)
    return status
