"""The sentences of a project's documents, kept across runs of the program: a file that may be lost at any
time.
"""

from __future__ import annotations

import logging
import sqlite3
from pathlib import Path
from threading import Lock

from amts_tui.books.sentence_cache import rules_version

_LOG = logging.getLogger(__name__)
_LARGEST = 64_000_000  # bytes; a book of 200 documents takes less than one million
_WAIT = 5.0  # seconds for another process
_TABLE = "CREATE TABLE IF NOT EXISTS kept (key BLOB PRIMARY KEY, value BLOB NOT NULL)"


class SentenceStore:
    """A `SentenceCache` in a folder, for several threads and processes.

    A file that is damaged or of another version of the rules is begun anew; where nothing can be kept, that
    is logged once and sentences are found each time.
    """

    def __init__(self, folder: Path, *, read_only: bool = False) -> None:
        self._file = folder / "sentences.sqlite"
        self._read_only = read_only
        self._lock = Lock()
        self._connection: sqlite3.Connection | None = None
        self._usable = not read_only or self._file.exists()
        self._size = 0

    def recall(self, key: bytes) -> bytes | None:
        """What was kept under a key; None if that is not to be had."""
        rows = self._ask("SELECT value FROM kept WHERE key = ?", key)
        return rows[0][0] if rows else None

    def keep(self, key: bytes, value: bytes) -> None:
        """Keeps a value, if that can be done."""
        if self._read_only:
            return
        self._size += len(value)
        if self._size > _LARGEST:
            self._ask("DELETE FROM kept")
            self._size = len(value)
        self._ask("INSERT OR REPLACE INTO kept VALUES (?, ?)", key, value)

    def close(self) -> None:
        """Gives the file back."""
        with self._lock:
            self._forget()

    def _ask(self, question: str, *values: bytes) -> list[tuple[bytes, ...]]:
        with self._lock:
            for fresh in (False, True):
                if not self._usable:
                    break
                try:
                    connection = self._connection or self._open()
                    return connection.execute(question, values).fetchall()
                except (sqlite3.Error, OSError) as error:
                    self._forget()
                    self._usable = not fresh and _is_damage(error) and self._discard()
                    if not self._usable:
                        _LOG.warning("%s cannot be used, sentences are found anew: %s", self._file, error)
        return []

    def _open(self) -> sqlite3.Connection:
        if not self._read_only:
            self._file.parent.mkdir(parents=True, exist_ok=True)
        mode = "ro" if self._read_only else "rwc"
        connection = self._connection = sqlite3.connect(
            f"{self._file.absolute().as_uri()}?mode={mode}",
            uri=True,
            timeout=_WAIT,
            isolation_level=None,
            check_same_thread=False,
        )
        if not self._read_only:
            self._prepare(connection)
            self._size = self._file.stat().st_size
        return connection

    @staticmethod
    def _prepare(connection: sqlite3.Connection) -> None:
        version = int.from_bytes(rules_version()[:4], "little") >> 1
        connection.execute("PRAGMA auto_vacuum = FULL")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute(_TABLE)
        if connection.execute("PRAGMA user_version").fetchone()[0] != version:
            connection.execute("DELETE FROM kept")
            connection.execute(f"PRAGMA user_version = {version}")

    def _forget(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _discard(self) -> bool:
        """Takes a damaged file away; False if that cannot be done."""
        if self._read_only:
            return False
        try:
            for ending in ("", "-wal", "-shm"):
                self._file.with_name(self._file.name + ending).unlink(missing_ok=True)
        except OSError:
            return False
        _LOG.warning("%s was damaged and is begun anew", self._file)
        return True


def _is_damage(error: Exception) -> bool:
    """Whether the file itself is at fault, and not the folder's rights, a full disk or another process."""
    return type(error) is sqlite3.DatabaseError
