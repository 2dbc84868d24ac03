"""Pairs that have left the book but not the project: one JSON object a line, only ever added to."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from amts_tui.corpus.files import read_utf8, write_atomically
from amts_tui.corpus.model import Bead


def memory_path(data: Path, pipeline: str) -> Path:
    """The memory file of a pipeline below `amts-data/`."""
    return data / pipeline / "memory.jsonl"


def remember(path: Path, document: str, beads: Iterable[Bead]) -> int:
    """Adds beads whose text is gone from the book's files; returns how many were new. Raises AmtsError."""
    known = [line for line in read_utf8(path).split("\n") if line] if path.exists() else []
    new = dict.fromkeys(_line(document, bead) for bead in beads)
    for line in known:
        new.pop(line, None)
    if new:
        write_atomically(path, "\n".join([*known, *new, ""]))
    return len(new)


def _line(document: str, bead: Bead) -> str:
    value = {
        "document": document,
        "status": bead.status.value,
        "source": [unit.raw for unit in bead.source],
        "target": [unit.raw for unit in bead.target],
        "note": bead.note,
    }
    return json.dumps(value, ensure_ascii=False)
