"""Records of jobs, kept as `<id>.json`: written before every step, so that any step can be done again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Final

from amts_tui.amazon.rates import cost_usd
from amts_tui.corpus.records import RecordFiles
from amts_tui.errors import NotFound
from amts_tui.translation.storage import Address

PREPARED: Final = "PREPARED"
"""The status of a job whose documents are being uploaded; nothing is paid yet."""
STARTING: Final = "STARTING"
"""The status from before the start is asked for until its answer has come."""
REFUSED: Final = "REFUSED"
"""The status of a job that the service did not take; nothing is paid."""


@dataclass(frozen=True, slots=True)
class JobDocument:
    """A document of a job: its path in the book, the hash of its source text, and its pages in the input
    folder.
    """

    path: str
    source_hash: str
    pages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that the service did not translate into a target, or that came back unusable."""

    target: str
    document: str
    reason: str


@dataclass(frozen=True, slots=True)
class JobRecord:
    """A job as this project knows it. Languages are the project's codes; times are ISO 8601 in UTC.

    `status` is one of the three above or the service's; `folder` is the key of the job's own folder in the
    bucket, with `in/` (pages), `source/` (the source texts) and `out/`; `translated` the billed characters
    of each target; `runs` the name of the run of each target once it has been fetched.
    """

    id: str
    token: str
    created: str
    source_lang: str
    targets: tuple[str, ...]
    documents: tuple[JobDocument, ...]
    characters: int
    estimate_usd: str
    bucket: str
    folder: str
    region: str
    role_arn: str
    translator: str
    parallel_data: str | None = None
    terminology: str | None = None
    formality: str | None = None
    held_out: tuple[str, ...] = ()
    status: str = PREPARED
    message: str = ""
    job_id: str | None = None
    output_uri: str | None = None
    ended: str | None = None
    translated: Mapping[str, int] = field(default_factory=dict)
    failures: tuple[Failure, ...] = ()
    runs: Mapping[str, str] = field(default_factory=dict)

    @property
    def inputs(self) -> Address:
        """The folder of the pages."""
        return Address(self.bucket, f"{self.folder}in/")

    @property
    def sources(self) -> Address:
        """The folder of the source texts, which the translations are put into."""
        return Address(self.bucket, f"{self.folder}source/")

    @property
    def outputs(self) -> Address:
        """The folder that is given to the service for its output."""
        return Address(self.bucket, f"{self.folder}out/")

    @property
    def cost_usd(self) -> Decimal:
        """What the billed characters cost, as far as they are known."""
        return cost_usd(sum(self.translated.values()), act=self.parallel_data is not None)

    @property
    def failed_documents(self) -> tuple[str, ...]:
        """The documents that failed for any target, in the order of the job, to be retried alone."""
        failed = {failure.document for failure in self.failures}
        return tuple(document.path for document in self.documents if document.path in failed)


_RECORDS: Final = RecordFiles(JobRecord, "a job's record")


def new_id(now: datetime, token: str) -> str:
    """An id for a job that begins now: the second, and a little of its token against collisions."""
    return f"{now.astimezone(UTC):%Y%m%d-%H%M%S}-{token.replace('-', '')[:6]}"


def write(folder: Path, record: JobRecord) -> JobRecord:
    """Writes the record into the folder of jobs, whole or not at all, and returns it."""
    _RECORDS.write(_file(folder, record.id), record)
    return record


def read(folder: Path, job: str) -> JobRecord:
    """The record with this id, or with this id of the service. Raises NotFound, or AmtsError if it is
    damaged.
    """
    file = _file(folder, job)
    if file.is_file():
        return _RECORDS.read(file)
    found = next((record for record in list_records(folder) if record.job_id == job), None)
    if found is None:
        raise NotFound(f"there is no job {job} in this project", remedy="`amts jobs list` shows them")
    return found


def list_records(folder: Path) -> list[JobRecord]:
    """All records, oldest first. Raises AmtsError for a damaged one."""
    return sorted((_RECORDS.read(file) for file in folder.glob("*.json")), key=lambda record: record.created)


def _file(folder: Path, job: str) -> Path:
    if not all(character.isalnum() or character in "-_" for character in job):
        raise NotFound(f"{job!r} is not the id of a job", remedy="`amts jobs list` shows them")
    return folder / f"{job}.json"
