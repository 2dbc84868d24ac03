"""A similarity that has the evidence of the texts at hand that it was asked about last."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from amts_tui.alignment.similarity import Similarity

if TYPE_CHECKING:
    from amts_tui.alignment.lexicon import Lexicon
    from amts_tui.alignment.scores import Evidence


class Remembering:
    """Another similarity, for aligning one pair of texts again and again."""

    def __init__(self, similarity: Similarity) -> None:
        self._similarity = similarity
        self._texts: tuple[list[str], list[str]] | None = None
        self._evidence: Evidence | None = None

    @property
    def name(self) -> str:
        """That of the other one."""
        return self._similarity.name

    @property
    def note(self) -> str:
        """That of the other one."""
        return self._similarity.note

    @property
    def lessons(self) -> int:
        """Those of the other one."""
        return self._similarity.lessons

    @property
    def drafts(self) -> bool:
        """As the other one has it."""
        return self._similarity.drafts

    @property
    def lexicon(self) -> Lexicon | None:
        """That of the other one."""
        return self._similarity.lexicon

    def quick(self) -> Similarity:
        """The other one, quick."""
        return self._similarity.quick()

    def prepare(self, texts: Sequence[str]) -> None:
        """As the other one does."""
        self._similarity.prepare(texts)

    def evidence(self, source: Sequence[str], target: Sequence[str]) -> Evidence:
        """That of the other one, the same again for the same texts."""
        texts = list(source), list(target)
        if self._evidence is None or texts != self._texts:
            self._evidence, self._texts = self._similarity.evidence(*texts), texts
        return self._evidence

    def learned(self, pairs: Sequence[tuple[str, str]]) -> Similarity:
        """The other one after it has learned."""
        return self._similarity.learned(pairs)
