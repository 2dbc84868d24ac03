"""The tables of the workspace and their migrations, counted by `PRAGMA user_version`."""

from __future__ import annotations

import sqlite3

MIGRATIONS: tuple[str, ...] = (
    """
    CREATE TABLE documents (
        id INTEGER PRIMARY KEY,
        pipeline TEXT NOT NULL,
        source_path TEXT NOT NULL,
        target_path TEXT NOT NULL,
        source_hash TEXT NOT NULL,
        target_hash TEXT NOT NULL,
        aligner TEXT NOT NULL,
        review_hash TEXT NOT NULL DEFAULT '',
        review_due INTEGER NOT NULL DEFAULT 0,
        UNIQUE (pipeline, source_path)
    );
    CREATE TABLE beads (
        id TEXT NOT NULL,
        document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
        rank REAL NOT NULL,
        status TEXT NOT NULL,
        confidence REAL NOT NULL,
        marks TEXT NOT NULL,
        note TEXT NOT NULL,
        paired INTEGER NOT NULL,
        source TEXT NOT NULL,
        target TEXT NOT NULL,
        PRIMARY KEY (document, id)
    ) WITHOUT ROWID;
    CREATE UNIQUE INDEX bead_order ON beads (document, rank);
    CREATE INDEX bead_ids ON beads (id);
    CREATE TABLE retired (id TEXT PRIMARY KEY) WITHOUT ROWID;
    CREATE TABLE journal (
        n INTEGER PRIMARY KEY AUTOINCREMENT,
        at TEXT NOT NULL,
        who TEXT NOT NULL,
        action TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('done', 'undone', 'dropped')),
        undone_as INTEGER
    );
    CREATE TABLE journal_changes (
        entry INTEGER NOT NULL REFERENCES journal (n),
        position INTEGER NOT NULL,
        document INTEGER NOT NULL,
        change TEXT NOT NULL,
        PRIMARY KEY (entry, position)
    ) WITHOUT ROWID;
    CREATE INDEX journal_documents ON journal_changes (document, entry);
    """,
)


def migrate(connection: sqlite3.Connection) -> None:
    """Brings a workspace to the newest schema, one transaction a step.

    Raises sqlite3.DatabaseError if the file is no database, ValueError if it comes from a newer version.
    """
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > len(MIGRATIONS):
        raise ValueError(f"schema {version} is newer than {len(MIGRATIONS)}")
    for number, script in enumerate(MIGRATIONS[version:], start=version + 1):
        connection.executescript(f"BEGIN IMMEDIATE;\n{script}\nPRAGMA user_version = {number};\nCOMMIT;")
