"""The journal of the project, as people read it, and the way back through it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from amts_tui.workbench.session import Workbench


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One line of the journal; `state` is `done`, `undone` or `dropped`."""

    n: int
    at: datetime
    who: str
    action: str
    state: str
    documents: tuple[str, ...]


def entries(workbench: Workbench, limit: int = 1000) -> list[HistoryEntry]:
    """The latest entries of the journal, the newest first."""
    names: dict[int, str] = {}

    def name(number: int) -> str:
        if number not in names:
            stored = workbench.workspace.document_by_id(number)
            names[number] = f"{stored.pipeline}/{stored.source_path}"
        return names[number]

    return [
        HistoryEntry(e.n, e.at, e.who, e.action, e.state, tuple(name(number) for number in e.documents))
        for e in workbench.journal.entries(limit)
    ]


def restore(workbench: Workbench, n: int) -> int:
    """Undoes everything after entry `n`; returns how many entries that were."""
    workbench.writable()
    return len(workbench.journal.restore(n))


def travel(workbench: Workbench, way: str, document: str | None, target: str | None) -> str:
    """Undoes or redoes (`way`) the latest action, of one document if it is named; returns what was done in
    words.

    Raises NotFound when there is nothing to undo or redo, or no such document.
    """
    workbench.writable()
    go = workbench.journal.undo if way == "undo" else workbench.journal.redo
    number = None
    if document is not None:
        number = workbench.stored(workbench.pipeline(target), document).id
    entry, _changes = go(number)
    return f"{'undid' if way == 'undo' else 'did again'}: {entry.action} (journal {entry.n})"
