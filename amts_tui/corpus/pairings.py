"""Which documents a person has paired, or parted: a small JSON file in `amts-data/`, made for diffs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from amts_tui.corpus.files import read_utf8, write_atomically
from amts_tui.errors import AmtsError

FILE_NAME = "pairings.json"


def read(data: Path, pipeline: str) -> dict[str, str | None]:
    """The target document of each source document that a person has dealt with; None: it has none.

    Raises AmtsError if the file is damaged.
    """
    path = data / pipeline / FILE_NAME
    if not path.exists():
        return {}
    try:
        value = json.loads(read_utf8(path))
    except ValueError as error:
        raise AmtsError(f"not JSON: {error}", where=str(path), remedy="restore it from git") from error
    if not isinstance(value, dict) or not all(isinstance(v, str | None) for v in value.values()):
        raise AmtsError("not a list of pairings", where=str(path), remedy="restore it from git")
    return value


def write(data: Path, pipeline: str, pairings: Mapping[str, str | None]) -> None:
    """Writes the pairings, one a line in the order of their paths; without any the file goes."""
    path = data / pipeline / FILE_NAME
    if pairings:
        write_atomically(path, json.dumps(pairings, ensure_ascii=False, indent=1, sort_keys=True) + "\n")
    else:
        path.unlink(missing_ok=True)
