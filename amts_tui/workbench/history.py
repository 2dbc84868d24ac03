"""The journal of the project, as people read it, and the way back through it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from amts_tui.corpus.journal import Entry
from amts_tui.corpus.model import Bead
from amts_tui.workbench.session import Pipeline, Workbench


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One line of the journal; `state` is `done`, `undone` or `dropped`."""

    n: int
    at: datetime
    who: str
    action: str
    state: str
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """One place that an entry changed: the beads there before and after it."""

    document: str
    before: tuple[Bead, ...]
    after: tuple[Bead, ...]


@dataclass(frozen=True, slots=True)
class Restored:
    """How a way back went: what was undone, the newest first, and the entry that this made, None if all was
    so already.
    """

    entry: int | None
    undone: tuple[HistoryEntry, ...]


def entries(workbench: Workbench, limit: int = 1000, document: int | None = None) -> list[HistoryEntry]:
    """The latest entries of the journal (that touch a document), the newest first."""
    return _readable(workbench, workbench.journal.entries(limit, document))


def number_of(workbench: Workbench, pipeline: Pipeline, path: str | None) -> int | None:
    """The number under which the journal keeps a document; None for none. Raises NotFound."""
    return None if path is None else workbench.stored(pipeline, path).id


def pieces(workbench: Workbench, n: int, most: int = 4) -> list[Piece]:
    """The first places that an entry changed, up to `most`."""
    found = [
        Piece(workbench.workspace.document_by_id(number).source_path, change.before, change.after)
        for number, changes in workbench.journal.changes(n).items()
        for change in changes
    ]
    return found[:most]


def gist(workbench: Workbench, n: int) -> str:
    """The text of the first bead that an entry was about, of its source side if it has one."""
    change = workbench.journal.first_change(n)
    if change is None:
        return ""
    bead = next(iter((*change.before, *change.after)))
    return " ".join(unit.raw for unit in bead.source or bead.target)


def after(workbench: Workbench, n: int, document: int | None = None) -> list[HistoryEntry]:
    """What `restore` would undo, the newest first. Raises NotFound without entry `n`."""
    return _readable(workbench, workbench.journal.after(n, document))


def restore(workbench: Workbench, n: int, document: int | None = None) -> Restored:
    """Goes back (a document, else all) to the point just after entry `n`, as one entry that can be undone."""
    workbench.writable()
    done = workbench.journal.restore(n, document)
    return Restored(done.entry, tuple(_readable(workbench, done.undone)))


def _readable(workbench: Workbench, found: Sequence[Entry]) -> list[HistoryEntry]:
    names: dict[int, str] = {}

    def name(number: int) -> str:
        if number not in names:
            stored = workbench.workspace.document_by_id(number)
            names[number] = f"{stored.pipeline}/{stored.source_path}"
        return names[number]

    return [
        HistoryEntry(e.n, e.at, e.who, e.action, e.state, tuple(name(number) for number in e.documents))
        for e in found
    ]


def travel(workbench: Workbench, way: str, document: str | None, target: str | None) -> str:
    """Undoes or redoes (`way`) the latest action, of one document if it is named; returns what was done in
    words.

    Raises NotFound when there is nothing to undo or redo, or no such document.
    """
    workbench.writable()
    go = workbench.journal.undo if way == "undo" else workbench.journal.redo
    number = None if document is None else number_of(workbench, workbench.pipeline(target), document)
    entry, _changes = go(number)
    return f"{'undid' if way == 'undo' else 'did again'}: {entry.action} (journal {entry.n})"
