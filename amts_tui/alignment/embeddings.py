"""Similarity by a multilingual sentence encoder."""

from __future__ import annotations

from collections.abc import Sequence

from amts_tui.alignment.encoder import Encoder
from amts_tui.alignment.scores import Weights
from amts_tui.alignment.windows import Side, VectorEvidence

WEIGHTS = Weights(prior=1.4, length=0.5, opening=3.5, missing=2.5, temperature=1.0)


class EmbeddingSimilarity:
    """Compares runs of units by the cosine of their vectors."""

    learns = False
    note = ""

    def __init__(self, name: str, encoder: Encoder) -> None:
        self.name = name
        self._encoder = encoder

    def evidence(self, source: Sequence[str], target: Sequence[str]) -> VectorEvidence:
        """Encodes what has not been encoded yet."""
        vectors = self._encoder.vectors([*source, *target])
        sides = (
            Side.of(vectors[: len(source)], source),
            Side.of(vectors[len(source) :], target),
        )
        return VectorEvidence(*sides, WEIGHTS)

    def learned(self, _pairs: Sequence[tuple[str, str]]) -> EmbeddingSimilarity:
        """The encoder learns nothing from a book."""
        return self
