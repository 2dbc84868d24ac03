"""Runs: machine-translated documents of one direction, kept as `run.json` beside the tree of documents."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import Final

from amts_tui.corpus.files import write_atomically
from amts_tui.corpus.records import RecordFiles
from amts_tui.errors import AmtsError, NotFound

RUNS_FOLDER: Final = "runs"
_RECORD: Final = "run.json"
_DOCUMENTS: Final = "documents"


class RunKind(StrEnum):
    """Where a run comes from: a batch job, TranslateText, or a folder that was there already."""

    JOB = "job"
    TEXT = "text"
    FOLDER = "folder"


@dataclass(frozen=True, slots=True)
class RunDocument:
    """A translated document; `source_hash` is that of the source text which it was made from, see
    `data_hash`.
    """

    path: str
    source_hash: str


@dataclass(frozen=True, slots=True)
class RunProblem:
    """What was wrong with the translation of a segment (its ordinal); if `refused`, the source's text
    stands.
    """

    document: str
    segment: int
    reason: str
    refused: bool


@dataclass(frozen=True, slots=True)
class RunRecord:
    """What is known of a run. Languages are the project's codes; `created` is ISO 8601 in UTC.

    `held_out` are the documents of which nothing was in the parallel data; `translator` is the label of
    what translated; `characters` are those that the service billed and `cost_usd` their price, as decimal
    text.
    """

    name: str
    source_lang: str
    target_lang: str
    kind: RunKind
    created: str
    translator: str
    documents: tuple[RunDocument, ...]
    job_id: str | None = None
    parallel_data: str | None = None
    terminology: str | None = None
    held_out: tuple[str, ...] = ()
    problems: tuple[RunProblem, ...] = ()
    characters: int = 0
    cost_usd: str = "0"


_RECORDS: Final = RecordFiles(RunRecord, "a run's record")


def data_hash(data: bytes) -> str:
    """Identifies a document by its bytes."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def run_folder(data: Path, name: str) -> Path:
    """The folder of a run below the project's data folder. Raises AmtsError for a name that is not one
    plain part.
    """
    if "/" in name:
        raise AmtsError(f"{name!r} cannot be the name of a run", remedy="use a name without slashes")
    return data / RUNS_FOLDER / safe_path(name)


def document_file(data: Path, name: str, path: str) -> Path:
    """Where a run keeps a document. Raises AmtsError if the path would leave the run's folder."""
    return run_folder(data, name) / _DOCUMENTS / safe_path(path)


def safe_path(path: str) -> PurePosixPath:
    """`path` as a relative path that stays below wherever it is put. Raises AmtsError for any other."""
    parts = path.split("/")
    if any(part in ("", ".", "..") for part in parts) or any(mark in path for mark in ("\\", ":", "\0")):
        raise AmtsError(f"{path!r} is not a path below the book", remedy="use a relative path without '..'")
    return PurePosixPath(path)


def write_document(data: Path, name: str, path: str, content: bytes) -> None:
    """Writes one translated document of a run."""
    write_atomically(document_file(data, name, path), content)


def read_document(data: Path, name: str, path: str) -> bytes:
    """The bytes of a document of a run. Raises AmtsError if it cannot be read."""
    file = document_file(data, name, path)
    try:
        return file.read_bytes()
    except FileNotFoundError as error:
        raise NotFound(f"the run {name} has no document {path}", where=str(file)) from error
    except OSError as error:
        raise AmtsError(
            f"cannot read: {error.strerror}", where=str(file), remedy="fetch the job again"
        ) from error


def write(data: Path, record: RunRecord) -> None:
    """Writes the record; a run counts as there from then on, so write its documents first."""
    _RECORDS.write(run_folder(data, record.name) / _RECORD, record)


def read(data: Path, name: str) -> RunRecord:
    """The record of a run. Raises NotFound, or AmtsError if the file is damaged."""
    file = run_folder(data, name) / _RECORD
    if not file.exists():
        known = ", ".join(list_names(data)) or "there are none yet"
        raise NotFound(f"there is no run {name}", remedy=f"runs: {known}")
    return _RECORDS.read(file)


def list_names(data: Path) -> list[str]:
    """The names of all runs, sorted."""
    return sorted(file.parent.name for file in (data / RUNS_FOLDER).glob(f"*/{_RECORD}"))


def list_runs(data: Path) -> list[RunRecord]:
    """The records of all runs, oldest first. Raises AmtsError for a damaged one."""
    records = [read(data, name) for name in list_names(data)]
    return sorted(records, key=lambda record: (record.created, record.name))
