"""Similarity without a model: words that translate each other, learned from the book that is aligned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import ClassVar, TypeAlias

import numpy as np
from numpy.typing import NDArray

from amts_tui.alignment.band import Tile
from amts_tui.alignment.beads import LARGEST, SHAPES
from amts_tui.alignment.lexicon import Lexicon, Seed, learn
from amts_tui.alignment.scores import Weights
from amts_tui.alignment.tokens import known_links, tokens

Floats: TypeAlias = NDArray[np.floating]

WEIGHTS = Weights(prior=1.0, length=0.4, opening=4.0, missing=2.0, temperature=1.0)
_LEXICON = 0.3
_CAP = 3.0
_LONG = 15
_UNEXPLAINED = 0.3
_PROJECTED = 256
_SAMPLE = 400
_NONE = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class _Words:
    """One text: for each unit the numbers of its distinct words, and for each word its share of the text."""

    units: tuple[NDArray[np.int64], ...]
    share: Floats
    names: tuple[str, ...]

    @classmethod
    def of(cls, texts: Sequence[str]) -> _Words:
        words = [sorted(tokens(text)) for text in texts]
        names = sorted({word for unit in words for word in unit})
        number = {name: index for index, name in enumerate(names)}
        units = tuple(np.array([number[word] for word in unit], dtype=np.int64) for unit in words)
        seen = np.bincount(np.concatenate([*units, np.zeros(0, dtype=np.int64)]), minlength=len(names))
        return cls(units, seen / max(1, seen.sum()), tuple(names))

    def part(self, stretch: slice) -> _Words:
        return replace(self, units=self.units[stretch])

    def within(self, first: int, last: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """The words of the units first..last-1 (even outside) and for each unit a 0/1 row over them."""
        units = [self.units[i] if 0 <= i < len(self.units) else _NONE for i in range(first, last)]
        words = np.unique(np.concatenate([*units, _NONE]))
        rows = np.zeros((len(units), len(words)), dtype=np.float32)
        for row, unit in zip(rows, units, strict=True):
            row[np.searchsorted(words, unit)] = 1
        return words, rows


@dataclass(frozen=True, slots=True)
class _Table:
    """p(word | given word) as rows of a sparse matrix."""

    starts: NDArray[np.int64]
    words: NDArray[np.int64]
    values: NDArray[np.float32]

    @classmethod
    def of(cls, given: _Words, other: _Words, entries: Mapping[str, Mapping[str, float]]) -> _Table:
        number = {name: index for index, name in enumerate(other.names)}
        by_prefix: dict[str, list[int]] = {}
        for name, index in number.items():
            if len(name) > 4 and name.isalpha():
                by_prefix.setdefault(name[:4], []).append(index)
        starts, words, values = [0], [], []
        for name in given.names:
            links = known_links(name, number, by_prefix)
            for word, probability in entries.get(name, {}).items():
                if word in number:
                    links[number[word]] = max(probability, links.get(number[word], 0.0))
            words += list(links)
            values += list(links.values())
            starts.append(len(words))
        return cls(np.array(starts), np.array(words, dtype=np.int64), np.array(values, dtype=np.float32))

    def block(self, given: NDArray[np.int64], words: NDArray[np.int64]) -> NDArray[np.float32]:
        """The dense part for some given words and some words (both rising)."""
        counts = self.starts[given + 1] - self.starts[given]
        rows = np.repeat(np.arange(len(given)), counts)
        places = np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts)
        places += np.repeat(self.starts[given], counts)
        found = self.words[places]
        columns = np.minimum(np.searchsorted(words, found), max(0, len(words) - 1))
        hit = words[columns] == found if len(words) else np.zeros(len(found), dtype=np.bool_)
        block = np.zeros((len(given), len(words)), dtype=np.float32)
        block[rows[hit], columns[hit]] = self.values[places[hit]]
        return block


@dataclass(frozen=True, slots=True)
class LexicalEvidence:
    """For both directions the log-likelihood ratio of a side's words given the other side's, against their
    share of the text.

    A word that nothing on the other side explains costs what unexplained words tell: much when the lexicon
    explains most words of true pairs, nothing before anything has been learned.
    """

    source: _Words
    target: _Words
    forward: _Table
    backward: _Table
    unexplained: tuple[float, float]
    weights: Weights

    closer: ClassVar[None] = None

    def part(self, source: slice, target: slice) -> LexicalEvidence:
        """The evidence for a stretch of both sides."""
        return replace(self, source=self.source.part(source), target=self.target.part(target))

    def rows(self) -> tuple[Floats, Floats]:
        """A random direction for each target word; for a source word the sum of its translations'."""
        random = np.random.default_rng(0)
        directions = random.normal(size=(len(self.target.share), _PROJECTED)).astype(np.float32)
        directions *= -np.log(self.target.share)[:, None]
        translated = np.zeros((len(self.source.share), _PROJECTED), dtype=np.float32)
        for word, (start, end) in enumerate(pairwise(self.forward.starts)):
            translated[word] = self.forward.values[start:end] @ directions[self.forward.words[start:end]]
        return _text_rows(self.source, translated), _text_rows(self.target, directions)

    def costs(self, tile: Tile) -> Floats:
        """Shape (shapes, rows, width)."""
        low, count = int(tile.low[0]), int(tile.low[-1] - tile.low[0]) + tile.width
        source_words, source = self.source.within(tile.first - LARGEST, tile.first + tile.rows - 1)
        target_words, target = self.target.within(low - LARGEST, low + count - 1)
        forward = self.forward.block(source_words, target_words)
        backward = self.backward.block(target_words, source_words)
        target_share, source_share = self.target.share[target_words], self.source.share[source_words]
        left = [_runs(source, size, tile.rows) for size in range(1, LARGEST + 1)]
        right = [_runs(target, size, count) for size in range(1, LARGEST + 1)]
        to_target = [_ratios(rows, forward, target_share, self.unexplained[0]) @ target.T for rows in left]
        to_source = [_ratios(rows, backward, source_share, self.unexplained[1]) @ source.T for rows in right]
        places = tile.columns() - low
        costs = np.empty((len(SHAPES), tile.rows, tile.width))
        for shape, (a, b) in enumerate(SHAPES):
            there = _runs(to_target[a - 1].T, b, count).T * _damping(right[b - 1])[None, :]
            back = _runs(to_source[b - 1].T, a, tile.rows) * _damping(left[a - 1])[:, None]
            costs[shape] = np.take_along_axis(-_LEXICON / 2 * (there + back), places, axis=1)
        return costs


def _runs(units: Floats, size: int, count: int) -> Floats:
    """Sums of `size` neighbouring rows; row r is the run that ends before unit r + LARGEST."""
    total = units[LARGEST - 1 : LARGEST - 1 + count].copy()
    for back in range(2, size + 1):
        total += units[LARGEST - back : LARGEST - back + count]
    return total


def _ratios(given: Floats, table: Floats, share: Floats, unexplained: float) -> Floats:
    explained = given @ table
    chance = share[None, :] * (given.sum(axis=1)[:, None] + 1)
    ratio = np.log(np.maximum(3 * explained, 1e-12) / np.maximum(chance, 1e-12))
    return np.asarray(np.clip(ratio, unexplained, _CAP), dtype=np.float32)


def _damping(rows: Floats) -> Floats:
    return np.asarray(1 / np.sqrt(1 + rows.sum(axis=1) / _LONG))


def _text_rows(words: _Words, vectors: Floats) -> Floats:
    rows = np.zeros((len(words.units), _PROJECTED), dtype=np.float32)
    for row, unit in zip(rows, words.units, strict=True):
        row += vectors[unit].sum(axis=0)
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

    @property
    def lessons(self) -> int:
        """Two, unless the lexicon is known."""
        return 2 if self.lexicon is None else 0

    def prepare(self, texts: Sequence[str]) -> None:
        """Nothing to prepare."""

    def evidence(self, source: Sequence[str], target: Sequence[str]) -> LexicalEvidence:
        """The words of both texts and what the lexicon knows about them."""
        lexicon = learn((), self.seeds) if self.lexicon is None else self.lexicon
        left, right = _Words.of(source), _Words.of(target)
        return LexicalEvidence(
            left,
            right,
            _Table.of(left, right, lexicon.forward),
            _Table.of(right, left, lexicon.backward),
            lexicon.unexplained,
            WEIGHTS,
        )

    def learned(self, pairs: Sequence[tuple[str, str]]) -> LexicalSimilarity:
        """With a lexicon of these beads and the seeds."""
        return replace(self, lexicon=learn(pairs, self.seeds))
