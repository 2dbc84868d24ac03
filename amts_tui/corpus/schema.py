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
        revision INTEGER NOT NULL DEFAULT 0,
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
    "ALTER TABLE documents ADD COLUMN review TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE beads ADD COLUMN doubts TEXT NOT NULL DEFAULT '{}'",
)


APPLICATION = 0x616D7473
"""`amts` in the file's header, so that no other program's database is taken for a workspace."""


def migrate(connection: sqlite3.Connection) -> None:
    """Brings a workspace to the newest schema in one transaction; `connection` commits by itself.

    Raises sqlite3.Error if the file is no sound database, ValueError if it is another program's or a newer
    version's.
    """
    if _version(connection) == len(MIGRATIONS):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        for script in MIGRATIONS[_version(connection) :]:
            for statement in script.split(";"):
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _version(connection: sqlite3.Connection) -> int:
    version, application, tables = connection.execute(
        "SELECT user_version, application_id, (SELECT count(*) FROM sqlite_master)"
        " FROM pragma_user_version, pragma_application_id"
    ).fetchone()
    if tables and application != APPLICATION:
        raise ValueError("it belongs to another program")
    if version > len(MIGRATIONS):
        raise ValueError(f"schema {version} is newer than {len(MIGRATIONS)}")
    return int(version)
