"""Similarity by a multilingual sentence encoder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from amts_tui.alignment.closer import Closer
from amts_tui.alignment.encoder import Encoder
from amts_tui.alignment.lexicon import Lexicon, Seed, learn
from amts_tui.alignment.scores import Weights
from amts_tui.alignment.spans import Spans, TextSpans, TokenSpans
from amts_tui.alignment.windows import Side, VectorEvidence

_AT_ONCE = 4_096  # units whose sums are held beside the vectors
WEIGHTS = Weights(prior=1.4, length=0.5, opening=3.5, missing=2.5, temperature=1.0)


@dataclass(frozen=True, slots=True)
class EmbeddingSimilarity:
    """Compares runs of units by the cosine of their vectors; once it has seen the beads of a first alignment,
    also their pieces and words. The `seeds` take part in the lexicon that is learned. With `whole` an encoder
    without sums over tokens is asked for runs and pieces, too.
    """

    name: str
    encoder: Encoder
    lexicon: Lexicon | None = None
    cover: float = 0.0
    seeds: tuple[Seed, ...] = ()
    whole: bool = True

    @property
    def note(self) -> str:
        """The choice speaks for itself."""
        return ""

    @property
    def lessons(self) -> int:
        """One, for the lexicon, unless it is known."""
        return 0 if self.lexicon is not None else 1

    @property
    def drafts(self) -> bool:
        """Vectors find most beads at once."""
        return True

    def quick(self) -> EmbeddingSimilarity:
        """Without vectors of runs and pieces, if they are encoded one by one."""
        return replace(self, whole=False)

    def prepare(self, texts: Sequence[str]) -> None:
        """Encodes what has not been encoded yet."""
        self.encoder.rows(texts)

    def evidence(self, source: Sequence[str], target: Sequence[str]) -> VectorEvidence:
        """The vectors of both texts."""
        spans = self._spans(source, target)
        sides = _side(spans[0], source), _side(spans[1], target)
        if self.lexicon is None:
            return VectorEvidence(*sides, WEIGHTS)
        closer = Closer.of((source, target), sides, spans, self.lexicon, self.cover)
        return VectorEvidence(*sides, WEIGHTS, closer)

    def _spans(self, source: Sequence[str], target: Sequence[str]) -> tuple[Spans, Spans]:
        count, head = len(source), self.encoder.head
        if head is None:
            vectors = self.encoder.vectors([*source, *target])
            encode = self.encoder.vectors if self.whole else None
            return TextSpans(source, vectors[:count], encode), TextSpans(target, vectors[count:], encode)
        rows = self.encoder.rows([*source, *target])
        return TokenSpans.of(rows[:count], head), TokenSpans.of(rows[count:], head)

    def learned(self, pairs: Sequence[tuple[str, str]]) -> EmbeddingSimilarity:
        """With a lexicon of these beads and the seeds."""
        lexicon = learn(pairs, self.seeds)
        return replace(self, lexicon=lexicon, cover=lexicon.cover)


def _side(spans: Spans, texts: Sequence[str]) -> Side:
    one = np.ones(_AT_ONCE, dtype=np.int64)
    first = spans.runs(np.arange(0), one[:0])
    vectors = np.empty((len(texts), first.shape[1]), dtype=np.float32)
    for start in range(0, len(texts), _AT_ONCE):
        units = np.arange(start, min(start + _AT_ONCE, len(texts)))
        vectors[units[0] : units[-1] + 1] = spans.runs(units, one[: len(units)])
    return Side.of(vectors, texts)
