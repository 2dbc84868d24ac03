"""The SQLite workspace: documents, their beads in order, every change with its journal entry in one
transaction.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from amts_tui.corpus.doubts import Doubts
from amts_tui.corpus.model import Bead, Mark, Status
from amts_tui.corpus.operations import Change, changed_since
from amts_tui.corpus.schema import migrate
from amts_tui.corpus.serial import dumps, unit_from, unit_value
from amts_tui.errors import AmtsError, NotFound

BUSY_SECONDS = 5.0
_RANK_STEP = 1024.0


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A pair of documents as the workspace knows it. Hashes are of the files' bytes when they were last
    aligned.
    """

    id: int
    pipeline: str
    source_path: str
    target_path: str
    source_hash: str
    target_hash: str
    aligner: str
    review_hash: str
    review_due: bool
    revision: int


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts over a document's beads; `expected_wrong` sums 1 - confidence over what nobody has settled."""

    beads: int
    paired: int
    confirmed: int
    edited: int
    excluded: int
    stale: int
    doubtful: int
    expected_wrong: float


class Workspace:
    """One open `workspace.db`; threads may share it.

    All methods raise AmtsError when another process holds the write lock for more than 5 s or the file is
    damaged.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.RLock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(
                path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
            )
        except (OSError, sqlite3.Error) as error:
            raise self._trouble(error) from error
        try:
            migrate(self._db)
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = FULL")
            self._db.execute("PRAGMA foreign_keys = ON")
        except (sqlite3.Error, ValueError) as error:
            self._db.close()
            raise self._trouble(error) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Closes the file, once other threads have finished what they are writing."""
        with self._lock:
            self._db.close()

    def _trouble(self, error: Exception) -> AmtsError:
        where = str(self.path)
        if isinstance(error, sqlite3.OperationalError) and ("locked" in str(error) or "busy" in str(error)):
            return AmtsError(
                "the workspace is being written by another amts",
                where=where,
                remedy="wait until it has finished",
            )
        if isinstance(error, sqlite3.ProgrammingError):
            return AmtsError(
                f"cannot use the workspace: {error}", where=where, remedy="open the project again"
            )
        if isinstance(error, sqlite3.OperationalError | OSError):
            return AmtsError(
                f"cannot use the workspace: {error}", where=where, remedy="check disk and rights"
            )
        return AmtsError(
            f"not a sound workspace of this version: {error}",
            where=where,
            remedy="move the file away: it is rebuilt, and curation stays in amts-data/",
        )

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing; the write lock is held only inside."""
        with self._lock:
            try:
                self._db.execute("BEGIN IMMEDIATE")
            except sqlite3.Error as error:
                raise self._trouble(error) from error
            try:
                yield self._db
                self._db.execute("COMMIT")
            except sqlite3.Error as error:
                raise self._trouble(error) from error
            finally:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")

    def revision(self, document: int) -> int:
        """A number that grows by one with each change of a document's beads, whoever makes it."""
        return int(self.query("SELECT revision FROM documents WHERE id = ?", (document,))[0][0])

    # ---- documents

    def documents(self, pipeline: str) -> list[StoredDocument]:
        """The known documents of a pipeline, by source path."""
        rows = self.query(
            f"SELECT {_DOCUMENT_COLUMNS} FROM documents WHERE pipeline = ? ORDER BY source_path", (pipeline,)
        )
        return [_document(row) for row in rows]

    def document(self, pipeline: str, source_path: str) -> StoredDocument | None:
        """One document, or None if it has never been aligned."""
        rows = self.query(
            f"SELECT {_DOCUMENT_COLUMNS} FROM documents WHERE pipeline = ? AND source_path = ?",
            (pipeline, source_path),
        )
        return _document(rows[0]) if rows else None

    def document_by_id(self, document: int) -> StoredDocument:
        """One document by its number. Raises NotFound."""
        rows = self.query(f"SELECT {_DOCUMENT_COLUMNS} FROM documents WHERE id = ?", (document,))
        if not rows:
            raise NotFound(f"the workspace has no document {document}", where=str(self.path))
        return _document(rows[0])

    def put_document(
        self,
        pipeline: str,
        source_path: str,
        target_path: str,
        *,
        source_hash: str = "",
        target_hash: str = "",
        aligner: str = "",
    ) -> StoredDocument:
        """Adds a document or brings its record up to date; its beads stay."""
        with self.transaction() as db:
            db.execute(
                "INSERT INTO documents"
                " (pipeline, source_path, target_path, source_hash, target_hash, aligner)"
                " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (pipeline, source_path) DO UPDATE SET"
                " target_path = excluded.target_path, source_hash = excluded.source_hash,"
                " target_hash = excluded.target_hash, aligner = excluded.aligner",
                (pipeline, source_path, target_path, source_hash, target_hash, aligner),
            )
        stored = self.document(pipeline, source_path)
        assert stored is not None
        return stored

    def review_written(self, document: int, review_hash: str, review: str, revision: int) -> None:
        """Records that the review file says what the beads said at a revision; it stays due if they have
        changed since.

        `review` is what beads and file agreed on: from it, later changes of both sides can be told apart.
        """
        with self.transaction() as db:
            db.execute(
                "UPDATE documents SET review_hash = ?, review = ?, review_due = revision <> ? WHERE id = ?",
                (review_hash, review, revision, document),
            )

    def agreed_review(self, document: int) -> str:
        """The review on which beads and file agreed last; empty if they never met."""
        return str(self.query("SELECT review FROM documents WHERE id = ?", (document,))[0][0])

    def reviews_due(self) -> list[StoredDocument]:
        """Documents whose review file is older than their beads."""
        rows = self.query(f"SELECT {_DOCUMENT_COLUMNS} FROM documents WHERE review_due ORDER BY id")
        return [_document(row) for row in rows]

    # ---- beads

    def beads(self, document: int) -> list[Bead]:
        """All beads of a document in order."""
        rows = self.query(f"SELECT {_BEAD_COLUMNS} FROM beads WHERE document = ? ORDER BY rank", (document,))
        try:
            return [_bead(row) for row in rows]
        except (KeyError, TypeError, ValueError) as error:
            raise self._trouble(error) from error

    def documents_of_bead(self, bead_id: str, pipeline: str | None = None) -> list[StoredDocument]:
        """The documents that hold a bead of this id: one, or none."""
        rows = self.query(
            f"SELECT {_DOCUMENT_COLUMNS} FROM documents WHERE id IN (SELECT document FROM beads WHERE id = ?)"
            " AND (? IS NULL OR pipeline = ?)",
            (bead_id, pipeline, pipeline),
        )
        return [_document(row) for row in rows]

    def taken_ids(self) -> set[str]:
        """Every id that a bead has or had."""
        return {row[0] for row in self.query("SELECT id FROM beads UNION SELECT id FROM retired")}

    def tally(self, document: int, doubtful_below: float) -> Tally:
        """Counts over a document's beads."""
        rows = self.query(
            "SELECT count(*), total(paired), total(status = 'confirmed'), total(status = 'edited'),"
            " total(status = 'excluded'), total(marks LIKE '%stale%'),"
            " total(status = 'auto' AND (confidence < ? OR NOT paired)),"
            " total(CASE WHEN status = 'auto' THEN 1 - confidence ELSE 0 END) FROM beads WHERE document = ?",
            (doubtful_below, document),
        )
        *counts, expected_wrong = rows[0]
        beads, paired, confirmed, edited, excluded, stale, doubtful = map(int, counts)
        return Tally(beads, paired, confirmed, edited, excluded, stale, doubtful, float(expected_wrong))

    def replace_beads(self, document: int, beads: Sequence[Bead], *, revision: int | None = None) -> None:
        """Sets all beads of a document without a journal entry: for a first alignment and for rebuilding.

        Raises AmtsError if the document is no longer at `revision`, that which the beads were made from.
        """
        with self.transaction() as db:
            if revision is not None and self.revision(document) != revision:
                raise changed_since()
            db.execute("INSERT OR IGNORE INTO retired SELECT id FROM beads WHERE document = ?", (document,))
            db.execute("DELETE FROM beads WHERE document = ?", (document,))
            ranks = (_RANK_STEP * (number + 1) for number in range(len(beads)))
            _insert(db, document, beads, ranks)
            db.execute(_CHANGED, (document,))

    def write_changes(self, db: sqlite3.Connection, document: int, changes: Iterable[Change]) -> None:
        """Carries changes out on the rows, inside the caller's transaction.

        Raises AmtsError, so that the transaction is rolled back, if a bead is no longer what a change says it
        was.
        """
        for change in changes:
            low = self._rank_below(db, document, change)
            _check_unchanged(db, document, low, change.before)
            kept = {bead.id for bead in change.after}
            db.executemany(
                "DELETE FROM beads WHERE document = ? AND id = ?",
                [(document, bead.id) for bead in change.before],
            )
            db.executemany(
                "INSERT OR IGNORE INTO retired VALUES (?)",
                [(bead.id,) for bead in change.before if bead.id not in kept],
            )
            try:
                _insert(db, document, change.after, self._free_ranks(db, document, low, len(change.after)))
            except sqlite3.IntegrityError as error:
                raise changed_since() from error
        db.execute(_CHANGED, (document,))

    def _rank_below(self, db: sqlite3.Connection, document: int, change: Change) -> float:
        """Rank of the bead in front of the run that a change replaces; 0 at the document's start."""
        if not change.before and change.previous is None:
            return 0.0
        name = change.before[0].id if change.before else change.previous
        row = db.execute("SELECT rank FROM beads WHERE document = ? AND id = ?", (document, name)).fetchone()
        if row is None:
            raise changed_since()
        if not change.before:
            return float(row[0])
        (rank,) = db.execute(
            "SELECT coalesce(max(rank), 0.0) FROM beads WHERE document = ? AND rank < ?", (document, row[0])
        ).fetchone()
        return float(rank)

    def _free_ranks(self, db: sqlite3.Connection, document: int, low: float, count: int) -> list[float]:
        (high,) = db.execute(
            "SELECT min(rank) FROM beads WHERE document = ? AND rank > ?", (document, low)
        ).fetchone()
        if high is None:
            return [low + _RANK_STEP * (number + 1) for number in range(count)]
        step = (high - low) / (count + 1)
        ranks = [low + step * (number + 1) for number in range(count)]
        if len({low, high, *ranks}) < count + 2 or step < 1e-6:
            return self._make_room(db, document, low, count)
        return ranks

    def _make_room(self, db: sqlite3.Connection, document: int, low: float, count: int) -> list[float]:
        """Renumbers the whole document when the ranks between two neighbours are used up."""
        rows = db.execute(
            "SELECT id, rank FROM beads WHERE document = ? ORDER BY rank", (document,)
        ).fetchall()
        start = sum(rank <= low for _, rank in rows)
        # Two passes: negative ranks in between keep the unique index satisfied.
        numbered = [
            (-_RANK_STEP * (place + 1 + (count if place >= start else 0)), document, bead_id)
            for place, (bead_id, _) in enumerate(rows)
        ]
        db.executemany("UPDATE beads SET rank = ? WHERE document = ? AND id = ?", numbered)
        db.execute("UPDATE beads SET rank = -rank WHERE document = ?", (document,))
        return [_RANK_STEP * (start + 1 + number) for number in range(count)]

    def query(self, sql: str, parameters: Sequence[object] | Mapping[str, object] = ()) -> list[sqlite3.Row]:
        """Rows of a reading query, for the journal and other readers in this room."""
        try:
            with self._lock:
                return self._db.execute(sql, parameters).fetchall()
        except sqlite3.Error as error:
            raise self._trouble(error) from error


_DOCUMENT_COLUMNS = (
    "id, pipeline, source_path, target_path, source_hash, target_hash, aligner, review_hash, review_due,"
    " revision"
)
_CHANGED = "UPDATE documents SET review_due = 1, revision = revision + 1 WHERE id = ?"
_BEAD_COLUMNS = "id, source, target, confidence, status, marks, note, doubts"


def _document(row: Sequence[Any]) -> StoredDocument:
    number, pipeline, source, target, source_hash, target_hash, aligner, review_hash, due, revision = row
    return StoredDocument(
        number, pipeline, source, target, source_hash, target_hash, aligner, review_hash, bool(due), revision
    )


def _bead(row: Sequence[str]) -> Bead:
    return Bead(
        id=row[0],
        source=tuple(unit_from(unit) for unit in json.loads(row[1])),
        target=tuple(unit_from(unit) for unit in json.loads(row[2])),
        confidence=float(row[3]),
        status=Status(row[4]),
        marks=frozenset(Mark(mark) for mark in json.loads(row[5])),
        note=row[6],
        doubts=Doubts.of(json.loads(row[7])),
    )


def _check_unchanged(db: sqlite3.Connection, document: int, low: float, beads: Sequence[Bead]) -> None:
    """Raises AmtsError unless the rows above `low` begin with exactly these beads."""
    rows = db.execute(
        f"SELECT {_BEAD_COLUMNS} FROM beads WHERE document = ? AND rank > ? ORDER BY rank LIMIT ?",
        (document, low, len(beads)),
    ).fetchall()
    if rows != [_row(bead) for bead in beads]:
        raise changed_since()


def _row(bead: Bead) -> tuple[object, ...]:
    """The values of `_BEAD_COLUMNS`."""
    return (
        bead.id,
        dumps([unit_value(unit) for unit in bead.source]),
        dumps([unit_value(unit) for unit in bead.target]),
        bead.confidence,
        bead.status.value,
        dumps(sorted(bead.marks)),
        bead.note,
        dumps(bead.doubts.value()),
    )


def _insert(db: sqlite3.Connection, document: int, beads: Sequence[Bead], ranks: Iterable[float]) -> None:
    db.executemany(
        f"INSERT INTO beads ({_BEAD_COLUMNS}, paired, document, rank)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        ((*_row(bead), bead.paired, document, rank) for bead, rank in zip(beads, ranks, strict=False)),
    )
