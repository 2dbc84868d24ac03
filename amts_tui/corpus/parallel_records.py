"""What went into each parallel data of the project: kept beside the runs, so that a score can tell whether
it leaked.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from amts_tui.corpus.files import write_atomically
from amts_tui.errors import AmtsError

FOLDER = "parallel-data"


@dataclass(frozen=True, slots=True)
class ParallelRecord:
    """An import of parallel data. `documents` are those of which something is in it, `earlier` those of what
    it replaces, which stays in use if the import fails; languages are the project's codes.

    `token` and `s3_uri` make the import repeatable after a crash; `pairs` counts the pairs that were written.
    """

    name: str
    created: str
    source_lang: str
    target_lang: str
    granularity: str
    documents: tuple[str, ...]
    pairs: int
    token: str
    s3_uri: str
    file_format: str
    earlier: tuple[str, ...] = ()


def write(data: Path, record: ParallelRecord) -> None:
    """Writes the record, whole or not at all."""
    text = json.dumps(asdict(record), ensure_ascii=False, indent=2)
    write_atomically(_file(data, record.name), text + "\n")


def read(data: Path, name: str) -> ParallelRecord | None:
    """The record of a resource; None if this project did not make it. Raises AmtsError if it is damaged."""
    path = _file(data, name)
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise _damaged(path) from error
    return _record(path, value)


def forget(data: Path, name: str) -> None:
    """Removes the record of a resource that was deleted."""
    _file(data, name).unlink(missing_ok=True)


def _record(path: Path, value: Mapping[str, object]) -> ParallelRecord:
    try:
        fields = dict(value)
        fields["documents"] = tuple(fields["documents"])  # type: ignore[arg-type]
        fields["earlier"] = tuple(fields.get("earlier", ()))  # type: ignore[arg-type]
        return ParallelRecord(**fields)  # type: ignore[arg-type]
    except (KeyError, TypeError) as error:
        raise _damaged(path) from error


def _damaged(path: Path) -> AmtsError:
    return AmtsError("not a record of parallel data", where=str(path), remedy="restore it from git")


def _file(data: Path, name: str) -> Path:
    return data / FOLDER / f"{name}.json"
