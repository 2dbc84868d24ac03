"""Pairs that have left the book but not the project: one JSON object a line, only ever added to."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from amts_tui.corpus.files import write_atomically
from amts_tui.corpus.model import Bead


def memory_path(data: Path, pipeline: str) -> Path:
    """The memory file of a pipeline below `amts-data/`."""
    return data / pipeline / "memory.jsonl"


def remember(path: Path, document: str, beads: Iterable[Bead]) -> int:
    """Adds beads whose text is gone from the book's files; returns how many were new."""
    known = path.read_text(encoding="utf-8").split("\n") if path.exists() else []
    lines = dict.fromkeys(line for line in known if line)
    before = len(lines)
    for bead in beads:
        value = {
            "document": document,
            "status": bead.status.value,
            "source": [unit.raw for unit in bead.source],
            "target": [unit.raw for unit in bead.target],
            "note": bead.note,
        }
        lines[json.dumps(value, ensure_ascii=False)] = None
    if len(lines) > before:
        write_atomically(path, "\n".join([*lines, ""]))
    return len(lines) - before
