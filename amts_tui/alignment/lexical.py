"""Similarity without a model: words that translate each other, learned from the book that is aligned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import ClassVar, TypeAlias

import numpy as np
from numpy.typing import NDArray

from amts_tui.alignment.band import Tile
from amts_tui.alignment.beads import LARGEST, SHAPES
from amts_tui.alignment.chain import grouped
from amts_tui.alignment.lexicon import Lexicon, Seed, learn
from amts_tui.alignment.scores import Weights
from amts_tui.alignment.vocabulary import Table, Words
from amts_tui.alignment.word_pairs import WordPairs, damping

Floats: TypeAlias = NDArray[np.floating]

WEIGHTS = Weights(prior=1.0, length=0.4, opening=4.0, missing=2.0, temperature=1.0)
_UNTAUGHT = replace(WEIGHTS, prior=0.5, blind=True)
"""By lengths alone: what joins too much teaches more words than what is shifted."""
_LEXICON = 0.3
_PROJECTED = 256


@dataclass(frozen=True, slots=True)
class LexicalEvidence:
    """For both directions the log-likelihood ratio of a side's words given the other side's, against their
    share of the text, for a stretch of both texts.

    A word that nothing on the other side explains costs what unexplained words tell: much when the lexicon
    explains most words of true pairs, nothing before anything has been learned. A word that two units of a
    run explain counts once.
    """

    pairs: WordPairs
    source: slice
    target: slice
    weights: Weights

    closer: ClassVar[None] = None

    def part(self, source: slice, target: slice) -> LexicalEvidence:
        """The evidence for a stretch of both sides."""
        rows, columns = _within(self.source, source), _within(self.target, target)
        return replace(self, source=rows, target=columns)

    def rows(self, group: tuple[int, int] = (1, 1)) -> tuple[Floats, Floats]:
        """A random direction for each target word; for a source word the sum of its translations'."""
        source, target, table = self.pairs.source, self.pairs.target, self.pairs.forward
        random = np.random.default_rng(0)
        directions = random.standard_normal((len(target.share), _PROJECTED), dtype=np.float32)
        directions *= -np.log(target.share)[:, None]
        translated = np.zeros((len(source.share), _PROJECTED), dtype=np.float32)
        for word, (start, end) in enumerate(pairwise(table.starts.tolist())):
            translated[word] = table.values[start:end] @ directions[table.words[start:end]]
        left, right = (
            _text_rows(source, self.source, translated),
            _text_rows(target, self.target, directions),
        )
        return grouped(left, group[0]), grouped(right, group[1])

    def costs(self, tile: Tile) -> Floats:
        """Shape (shapes, rows, width)."""
        low, count = int(tile.low[0]), int(tile.low[-1] - tile.low[0]) + tile.width
        first = self.source.start + tile.first - LARGEST
        column = self.target.start + low - LARGEST
        pairs = self.pairs
        gains = pairs.gains(first, first + tile.rows + LARGEST - 1, column, column + count + LARGEST - 1)
        source = _counts(pairs.source, first, tile.rows + LARGEST - 1)
        target = _counts(pairs.target, column, count + LARGEST - 1)
        to_target = _given(gains.there, gains.there_twice, tile.rows)
        to_source = _given(gains.back.T, gains.back_twice.T, count)
        left = [_runs(source, size, tile.rows) for size in range(1, LARGEST + 1)]
        right = [_runs(target, size, count) for size in range(1, LARGEST + 1)]
        places = tile.columns() - low
        costs = np.empty((len(SHAPES), tile.rows, tile.width))
        for shape, (a, b) in enumerate(SHAPES):
            there = _runs(to_target[a - 1].T, b, count).T + pairs.unexplained[0] * right[b - 1]
            back = _runs(to_source[b - 1].T, a, tile.rows) + pairs.unexplained[1] * left[a - 1][:, None]
            both = there * damping(right[b - 1]) + back * damping(left[a - 1])[:, None]
            costs[shape] = np.take_along_axis(both, places, axis=1)
        costs *= -_LEXICON / 2
        return costs


def _within(outer: slice, inner: slice) -> slice:
    return slice(outer.start + inner.start, outer.start + inner.stop)


def _counts(words: Words, first: int, count: int) -> Floats:
    """How many words each of the units first.. has, 0 for units that do not exist."""
    counts = np.zeros(count, dtype=np.float32)
    low, high = max(first, 0), min(first + count, len(words.counts))
    counts[low - first : high - first] = words.counts[low:high]
    return counts


def _given(single: Floats, twice: Floats, count: int) -> list[Floats]:
    """What runs of 1 to LARGEST given units say of single units of the other side."""
    found = [_runs(single, 1, count)]
    for size in range(2, LARGEST + 1):
        end = LARGEST - size + 1
        found.append(found[-1] + single[end - 1 : end - 1 + count] - twice[end : end + count])
    return found


def _runs(units: Floats, size: int, count: int) -> Floats:
    """Sums of `size` neighbouring rows; row r is the run that ends before unit r + LARGEST."""
    total = units[LARGEST - 1 : LARGEST - 1 + count].copy()
    for back in range(2, size + 1):
        total += units[LARGEST - back : LARGEST - back + count]
    return total


def _text_rows(words: Words, units: slice, vectors: Floats) -> Floats:
    rows = np.zeros((units.stop - units.start, _PROJECTED), dtype=np.float32)
    for row, (start, end) in zip(
        rows, pairwise(words.first[units.start : units.stop + 1].tolist()), strict=True
    ):
        row += vectors[words.words[start:end]].sum(axis=0)
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9))


@dataclass(frozen=True, slots=True)
class LexicalSimilarity:
    """Compares runs of units by the words that translate each other.

    Without a `lexicon` it wants to learn one; the `seeds` take part in it.
    """

    note: str = ""
    seeds: tuple[Seed, ...] = ()
    lexicon: Lexicon | None = None

    name: ClassVar[str] = "lexical"
    drafts: ClassVar[bool] = False  # with no words known yet, many beads of the first search are wrong

    @property
    def lessons(self) -> int:
        """Two, unless the lexicon is known."""
        return 2 if self.lexicon is None else 0

    def quick(self) -> LexicalSimilarity:
        """It encodes nothing."""
        return self

    def prepare(self, texts: Sequence[str]) -> None:
        """Nothing to prepare."""

    def evidence(self, source: Sequence[str], target: Sequence[str]) -> LexicalEvidence:
        """The words of both texts and what the lexicon knows about them."""
        lexicon, weights = self.lexicon, WEIGHTS
        if lexicon is None:
            lexicon, weights = learn((), self.seeds), _UNTAUGHT
        left, right = Words.of(source), Words.of(target)
        pairs = WordPairs(
            left,
            right,
            Table.of(left, right, lexicon.forward),
            Table.of(right, left, lexicon.backward),
            lexicon.unexplained,
        )
        return LexicalEvidence(pairs, slice(0, len(source)), slice(0, len(target)), weights)

    def learned(self, pairs: Sequence[tuple[str, str]]) -> LexicalSimilarity:
        """With a lexicon of these beads and the seeds."""
        return replace(self, lexicon=learn(pairs, self.seeds))
