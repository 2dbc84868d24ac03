"""The journal: who did what when, and the way back and forth through it.

One journal per project. An entry may change several documents; undo in a document takes the latest entry that
touches it, and refuses, naming it, when a later entry hangs on what would be taken back.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from amts_tui.corpus.model import SIDES, Bead, Side
from amts_tui.corpus.operations import Change, apply_all
from amts_tui.corpus.overlay import changes_between
from amts_tui.corpus.serial import change_from, change_value, dumps
from amts_tui.corpus.workspace import Workspace
from amts_tui.errors import AmtsError, NotFound


@dataclass(frozen=True, slots=True)
class Entry:
    """One action. `state` is `done`, `undone` or `dropped` (undone, and then another way was taken)."""

    n: int
    at: datetime
    who: str
    action: str
    state: str
    documents: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Restored:
    """How a way back went: the number of the entry that it made (None: all was so already), the entries that
    it undid, the newest first, and the documents that changed.
    """

    entry: int | None
    undone: tuple[Entry, ...]
    documents: tuple[int, ...]


class Journal:
    """Carries out changes on a workspace and remembers them."""

    def __init__(
        self, workspace: Workspace, who: str, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._workspace = workspace
        self._who = who
        self._now = now

    def record(self, action: str, changes: Mapping[int, Sequence[Change]]) -> int:
        """Writes the changes of each document and the entry in one transaction; returns the entry's number.

        What had been undone in these documents can no longer be done again. Raises AmtsError, and then has
        done nothing, if a bead is not what a change says.
        """
        with self._workspace.transaction() as db:
            return self._record(db, action, changes)

    def _record(self, db: sqlite3.Connection, action: str, changes: Mapping[int, Sequence[Change]]) -> int:
        for document, of_document in changes.items():
            self._workspace.write_changes(db, document, of_document)
            db.execute(
                "UPDATE journal SET state = 'dropped' WHERE state = 'undone'"
                " AND n IN (SELECT entry FROM journal_changes WHERE document = ?)",
                (document,),
            )
        at = self._now().isoformat(timespec="milliseconds")
        cursor = db.execute(
            "INSERT INTO journal (at, who, action, state) VALUES (?, ?, ?, 'done')",
            (at, self._who, action),
        )
        entry = int(cursor.lastrowid or 0)
        rows = [
            (document, dumps(change_value(change)))
            for document, of_document in changes.items()
            for change in of_document
        ]
        db.executemany(
            "INSERT INTO journal_changes (entry, position, document, change) VALUES (?, ?, ?, ?)",
            [(entry, place, document, change) for place, (document, change) in enumerate(rows)],
        )
        return entry

    def undo(self, document: int | None = None) -> tuple[Entry, dict[int, list[Change]]]:
        """Takes back the latest entry (of a document); returns it with the changes that this took.

        Raises NotFound when there is none, AmtsError when a later entry hangs on it.
        """
        entry = self._latest("done", "n", document)
        if entry is None:
            raise NotFound("nothing to undo")
        self._refuse_if_needed_later(entry)
        changes = {
            number: [change.inverse() for change in reversed(of_document)]
            for number, of_document in self.changes(entry.n).items()
        }
        self._carry_out(
            changes,
            "UPDATE journal SET state = 'undone',"
            " undone_as = (SELECT coalesce(max(undone_as), 0) + 1 FROM journal) WHERE n = ?",
            entry.n,
        )
        return entry, changes

    def redo(self, document: int | None = None) -> tuple[Entry, dict[int, list[Change]]]:
        """Carries out again what was undone last (in a document); returns it with its changes. Raises
        NotFound.
        """
        entry = self._latest("undone", "undone_as", document)
        if entry is None:
            raise NotFound("nothing to redo")
        changes = self.changes(entry.n)
        self._carry_out(changes, "UPDATE journal SET state = 'done', undone_as = NULL WHERE n = ?", entry.n)
        return entry, changes

    def _carry_out(self, changes: Mapping[int, Sequence[Change]], then: str, n: int) -> None:
        with self._workspace.transaction() as db:
            for document, of_document in changes.items():
                self._workspace.write_changes(db, document, of_document)
            for document in _with_other_units(changes):
                self._forget_files(db, document)
            db.execute(then, (n,))

    def _net(self, document: int, steps: Sequence[Change]) -> list[Change]:
        """What steps come to."""
        before = self._workspace.beads(document)
        after = list(before)
        apply_all(after, steps)
        return changes_between(before, after)

    @staticmethod
    def _forget_files(db: sqlite3.Connection, document: int) -> None:
        """The beads are of another state of the files than the last: only aligning brings them together."""
        db.execute("UPDATE documents SET source_hash = '', target_hash = '' WHERE id = ?", (document,))

    def after(self, n: int, document: int | None = None) -> list[Entry]:
        """What going back to the point just after entry `n` (0: before the first) would undo (in a document),
        the newest first. Raises NotFound.
        """
        last = self._workspace.query("SELECT coalesce(max(n), 0) FROM journal")[0][0]
        if not 0 <= n <= last:
            raise NotFound(f"the journal has no entry {n}", remedy="`amts journal` lists them")
        return self._entries(
            "n > ?1 AND state = 'done' AND (?2 IS NULL OR EXISTS"
            " (SELECT 1 FROM journal_changes WHERE document = ?2 AND entry = n)) ORDER BY n DESC",
            (n, document),
        )

    def restore(self, n: int, document: int | None = None) -> Restored:
        """Goes back (a document) to the point just after entry `n`, as one entry that can be undone itself.

        It holds what the later entries come to, not all their steps: going back and forth costs no more than
        the documents are long. Of an entry over several documents, only the part of `document` is undone.
        Raises NotFound without such an entry.
        """
        undone = self.after(n, document)
        backwards: dict[int, list[Change]] = {}
        for entry in undone:
            for number, of_document in self.changes(entry.n).items():
                if document in (None, number):
                    inverse = [change.inverse() for change in reversed(of_document)]
                    backwards.setdefault(number, []).extend(inverse)
        changes = {number: net for number, steps in backwards.items() if (net := self._net(number, steps))}
        if not changes:
            return Restored(None, tuple(undone), ())
        with self._workspace.transaction() as db:
            made = self._record(db, f"go back to entry {n}" if n else "go back to the beginning", changes)
            for number in _with_other_units(changes):
                self._forget_files(db, number)
        return Restored(made, tuple(undone), tuple(changes))

    def entries(self, limit: int = 1000, document: int | None = None) -> list[Entry]:
        """The latest entries, the newest first."""
        return self._entries(
            "(?1 IS NULL OR n IN (SELECT entry FROM journal_changes WHERE document = ?1))"
            " ORDER BY n DESC LIMIT ?2",
            (document, limit),
        )

    def changes(self, n: int) -> dict[int, list[Change]]:
        """What an entry changed, by document, in the order in which it was done."""
        changes: dict[int, list[Change]] = {}
        for document, change in self._workspace.query(
            "SELECT document, change FROM journal_changes WHERE entry = ? ORDER BY position", (n,)
        ):
            changes.setdefault(document, []).append(change_from(json.loads(change)))
        return changes

    def first_change(self, n: int) -> Change | None:
        """The first place that an entry changed."""
        found = self._workspace.query(
            "SELECT change FROM journal_changes WHERE entry = ? ORDER BY position LIMIT 1", (n,)
        )
        return change_from(json.loads(found[0][0])) if found else None

    def _latest(self, state: str, order: str, document: int | None) -> Entry | None:
        found = self._entries(
            "state = ?1 AND (?2 IS NULL OR EXISTS"
            " (SELECT 1 FROM journal_changes WHERE document = ?2 AND entry = n))"
            f" ORDER BY {order} DESC LIMIT 1",
            (state, document),
        )
        return found[0] if found else None

    def _entries(self, condition: str, parameters: Sequence[object]) -> list[Entry]:
        rows = self._workspace.query(
            "SELECT n, at, who, action, state,"
            " (SELECT group_concat(DISTINCT document) FROM journal_changes WHERE entry = n)"
            f" FROM journal WHERE {condition}",
            parameters,
        )
        return [
            Entry(
                n,
                datetime.fromisoformat(at),
                who,
                action,
                state,
                tuple(sorted(int(number) for number in str(documents or "").split(",") if number)),
            )
            for n, at, who, action, state, documents in rows
        ]

    def _refuse_if_needed_later(self, entry: Entry) -> None:
        for document, changes in self.changes(entry.n).items():
            for later in self._later(entry.n, document):
                if _hangs_on(self.changes(later.n)[document], changes):
                    place = self._workspace.document_by_id(document).source_path
                    raise AmtsError(
                        f"entry {entry.n} ({entry.action}) cannot be undone:"
                        f" entry {later.n} ({later.action}) in {place} hangs on it",
                        remedy=f"undo in {place} first",
                    )

    def _later(self, n: int, document: int) -> list[Entry]:
        return self._entries(
            "n > ?1 AND state = 'done' AND EXISTS"
            " (SELECT 1 FROM journal_changes WHERE document = ?2 AND entry = n) ORDER BY n",
            (n, document),
        )


def _with_other_units(changes: Mapping[int, Sequence[Change]]) -> list[int]:
    return [document for document, of_document in changes.items() if _other_units(of_document)]


def _other_units(changes: Sequence[Change]) -> bool:
    """Whether changes bring in units of another state of the files, and not only other beads of the same."""
    before = Counter(key for change in changes for bead in change.before for key in _keys(bead))
    return before != Counter(key for change in changes for bead in change.after for key in _keys(bead))


def _keys(bead: Bead) -> list[tuple[Side, str]]:
    return [(side, unit.key) for side in SIDES for unit in bead.side(side)]


def _hangs_on(later: Sequence[Change], earlier: Sequence[Change]) -> bool:
    """Whether later changes of a document reach into what earlier ones made, or took away the place to put it
    back.
    """
    made = {bead.id for change in earlier for bead in change.after}
    anchors = {change.previous for change in earlier if not change.after}
    for change in later:
        gone = {bead.id for bead in change.before} - {bead.id for bead in change.after}
        if any(bead.id in made for bead in change.before) or gone & anchors:
            return True
        if not change.before and change.previous in made | anchors:
            return True
    return False
