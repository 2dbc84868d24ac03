"""A similarity over invented words: a text is the set of its words, and languages differ only in their
case.
"""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

import numpy as np

from amts_tui.alignment.embeddings import WEIGHTS
from amts_tui.alignment.windows import Side, VectorEvidence

SIZE = 256


def vectors(texts: Sequence[str]) -> np.ndarray:
    """One normalised vector a text: the sum of fixed random vectors of its words."""
    rows = np.zeros((len(texts), SIZE), dtype=np.float32)
    for row, text in zip(rows, texts, strict=True):
        for word in text.lower().split():
            row += np.random.default_rng(crc32(word.encode())).normal(size=SIZE)
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)


class WordSimilarity:
    """Meets the Similarity protocol without a model."""

    name = "words"
    note = ""
    lessons = 0
    drafts = False
    lexicon = None

    def quick(self) -> WordSimilarity:
        """Quick already."""
        return self

    def prepare(self, texts: Sequence[str]) -> None:
        """Nothing to prepare."""

    def evidence(self, source: Sequence[str], target: Sequence[str]) -> VectorEvidence:
        """Bags of words."""
        return VectorEvidence(Side.of(vectors(source), source), Side.of(vectors(target), target), WEIGHTS)

    def learned(self, pairs: Sequence[tuple[str, str]]) -> WordSimilarity:
        """Nothing to learn."""
        return self


def sentence(number: int, words: int = 7) -> str:
    """An invented sentence, the same for the same number."""
    random = np.random.default_rng(number)
    return " ".join("".join(chr(97 + c) for c in random.integers(0, 26, 6)) for _ in range(words))
