"""Which documents a person has paired, or parted: a small JSON file in `amts-data/`, made for diffs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from amts_tui.corpus.files import read_utf8, write_atomically
from amts_tui.errors import AmtsError

FILE_NAME = "pairings.json"
NO_SOURCE = "-"
"""Stands in the file, and on the command line, where a target document has no source."""


@dataclass(frozen=True, slots=True)
class Pairings:
    """What a person has said: the target document of a source document, None if it has none; and the target
    documents that have no source, being the translators' own.
    """

    partners: Mapping[str, str | None] = field(default_factory=dict)
    own: frozenset[str] = frozenset()


def read(data: Path, pipeline: str) -> Pairings:
    """The pairings of a pipeline. Raises AmtsError if the file is damaged."""
    path = data / pipeline / FILE_NAME
    if not path.exists():
        return Pairings()
    try:
        value = json.loads(read_utf8(path))
    except ValueError as error:
        raise AmtsError(f"not JSON: {error}", where=str(path), remedy="restore it from git") from error
    own = value.pop(NO_SOURCE, []) if isinstance(value, dict) else None
    if (
        not isinstance(own, list)
        or not all(isinstance(v, str) for v in own)
        or not all(isinstance(v, str | None) for v in value.values())
    ):
        raise AmtsError("not a list of pairings", where=str(path), remedy="restore it from git")
    return Pairings(value, frozenset(own))


def write(data: Path, pipeline: str, pairings: Pairings) -> None:
    """Writes the pairings, one a line in the order of their paths; without any the file goes."""
    path = data / pipeline / FILE_NAME
    value = {**pairings.partners, **({NO_SOURCE: sorted(pairings.own)} if pairings.own else {})}
    if value:
        write_atomically(path, json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n")
    else:
        path.unlink(missing_ok=True)
