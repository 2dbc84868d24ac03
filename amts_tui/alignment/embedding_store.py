"""Embeddings kept across runs of the program: a file in a folder that may be lost at any time."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

Rows: TypeAlias = NDArray[np.float16]
Answer = TypeVar("Answer")

LARGEST = 1_000_000_000
"""Bytes that the file may take; a unit takes 2 to 8 kB."""
_LOG = logging.getLogger(__name__)
_WAIT = 30.0  # seconds for another process
_LOOKUP = 500
_TABLE = (
    "CREATE TABLE IF NOT EXISTS sums (key BLOB PRIMARY KEY, width INTEGER NOT NULL, rows BLOB NOT NULL)"
    " WITHOUT ROWID"
)


class EmbeddingStore:
    """Rows of numbers by key, for several processes.

    A damaged file is set aside and a new one begun; where nothing can be kept, that is logged once and texts
    are encoded anew. When the file has reached `LARGEST` bytes, half of what it holds is dropped at random.
    """

    def __init__(self, folder: Path) -> None:
        self.file = folder / "embeddings.sqlite"
        self._usable = True

    def recall(self, keys: Sequence[bytes]) -> dict[bytes, Rows]:
        """The rows that are kept, of those asked for."""

        def found(store: sqlite3.Connection) -> dict[bytes, Rows]:
            known: dict[bytes, Rows] = {}
            for start in range(0, len(keys), _LOOKUP):
                part = keys[start : start + _LOOKUP]
                marks = ",".join("?" * len(part))
                for key, width, rows in store.execute(
                    f"SELECT key, width, rows FROM sums WHERE key IN ({marks})", part
                ):
                    if rows and len(rows) % (2 * width) == 0:
                        known[key] = np.frombuffer(rows, dtype=np.float16).reshape(-1, width)
            return known

        return self._ask(found) or {}

    def keep(self, rows: Mapping[bytes, Rows]) -> None:
        """Keeps rows, if that can be done."""

        def kept(store: sqlite3.Connection) -> None:
            store.executemany(
                "INSERT OR REPLACE INTO sums VALUES (?, ?, ?)",
                ((key, value.shape[1], value.tobytes()) for key, value in rows.items()),
            )
            (used,) = store.execute(
                "SELECT (page_count - freelist_count) * page_size"
                " FROM pragma_page_count, pragma_freelist_count, pragma_page_size"
            ).fetchone()
            if used > LARGEST:
                store.execute("DELETE FROM sums WHERE random() & 1")

        self._ask(kept)

    def _ask(self, work: Callable[[sqlite3.Connection], Answer]) -> Answer | None:
        for fresh in (False, True):
            if not self._usable:
                break
            try:
                with self._opened() as store:
                    return work(store)
            except (sqlite3.Error, OSError) as error:
                self._usable = not fresh and _is_damage(error) and self._set_aside()
                if not self._usable:
                    _LOG.warning("%s cannot be used, texts are encoded anew: %s", self.file, error)
        return None

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(self.file, timeout=_WAIT)) as store:
            store.execute("PRAGMA journal_mode = WAL")
            store.execute("PRAGMA synchronous = NORMAL")
            store.execute(_TABLE)
            with store:
                yield store

    def _set_aside(self) -> bool:
        """Takes a damaged file away; False if that cannot be done."""
        aside = self.file.with_name(self.file.name + ".damaged")
        try:
            if self.file.exists():
                self.file.replace(aside)
            for ending in ("-wal", "-shm"):
                self.file.with_name(self.file.name + ending).unlink(missing_ok=True)
        except OSError:
            return False
        _LOG.warning("%s was damaged: it lies in %s now, and a new one is begun", self.file, aside.name)
        return True


def _is_damage(error: Exception) -> bool:
    """Whether the file itself is at fault, and not the folder's rights, a full disk or another process."""
    return type(error) is sqlite3.DatabaseError or "no such column" in str(error)
