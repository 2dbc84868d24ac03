"""Which words translate which, learned from aligned text (IBM model 1, Brown et al. 1993, section 4.1)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from amts_tui.alignment.tokens import tokens

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]
Entries: TypeAlias = Mapping[str, Mapping[str, float]]

_MOST_BEADS = 20_000
_ITERATIONS = 5
_LEAST_PROBABILITY = 0.03
_SMALL_TEXT = 1_500
_LONGEST_BEAD = 250
_COVER_SAMPLE = 2_000


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Probabilities of target words given a source word (`forward`) and the other way round (`backward`)."""

    forward: Entries = field(default_factory=dict)
    backward: Entries = field(default_factory=dict)


def learn(pairs: Sequence[tuple[str, str]]) -> Lexicon:
    """The lexicon of (source text, target text) beads; a book's worth of them is sampled evenly.

    A pair of words must be seen together several times: what one or two beads teach explains only these
    beads.
    """
    if len(pairs) > _MOST_BEADS:
        pairs = [pairs[i * len(pairs) // _MOST_BEADS] for i in range(_MOST_BEADS)]
    words = [(tokens(source), tokens(target)) for source, target in pairs]
    words = [pair for pair in words if all(0 < len(side) <= _LONGEST_BEAD for side in pair)]
    least = 3 if len(words) < _SMALL_TEXT else 4
    left, right = (_frequent([pair[side] for pair in words], least) for side in (0, 1))
    counts = _Counts.of(_numbered(words, 0, left), _numbered(words, 1, right), len(right), least)
    if counts is None:
        return Lexicon()
    return Lexicon(
        _entries(counts, list(left), list(right)),
        _entries(counts.turned(), list(right), list(left)),
    )


def usual_cover(pairs: Sequence[tuple[str, str]], lexicon: Lexicon) -> float:
    """The median, over beads, of the share of words whose partner stands on the other side."""
    shares = []
    for source, target in pairs[:: max(1, len(pairs) // _COVER_SAMPLE)]:
        left, right = tokens(source), tokens(target)
        if left and right:
            there = left.union(*(lexicon.forward.get(word, ()) for word in left))
            back = right.union(*(lexicon.backward.get(word, ()) for word in right))
            shares.append((len(right & there) / len(right) + len(left & back) / len(left)) / 2)
    return float(np.median(shares)) if shares else 0.0


def _numbered(
    beads: Sequence[tuple[frozenset[str], frozenset[str]]], side: int, numbers: Mapping[str, int]
) -> list[Ints]:
    known = (sorted(numbers[word] for word in bead[side] if word in numbers) for bead in beads)
    return [np.array(words, dtype=np.int64) for words in known]


def _frequent(texts: Sequence[frozenset[str]], least: int) -> dict[str, int]:
    seen = Counter(word for text in texts for word in text)
    often = sorted(word for word, count in seen.items() if count >= least)
    return {word: number for number, word in enumerate(often)}


@dataclass(frozen=True, slots=True)
class _Counts:
    """The word pairs that share enough beads: their words, in how many beads, and where each occurs.

    `places` and `pairs` have one entry for each bead and pair: the number of the (bead, word) place on either
    side, and the pair's index.
    """

    source: Ints
    target: Ints
    together: Ints
    pairs: Ints
    source_places: Ints
    target_places: Ints

    @classmethod
    def of(cls, source: Sequence[Ints], target: Sequence[Ints], width: int, least: int) -> _Counts | None:
        keys, left, right = [], [], []
        left_start = right_start = 0
        for s, t in zip(source, target, strict=True):
            keys.append((s[:, None] * width + t).ravel())
            left.append(np.repeat(np.arange(left_start, left_start + len(s)), len(t)))
            right.append(np.tile(np.arange(right_start, right_start + len(t)), len(s)))
            left_start, right_start = left_start + len(s), right_start + len(t)
        if not keys:
            return None
        key, inverse, together = np.unique(np.concatenate(keys), return_inverse=True, return_counts=True)
        often = together >= least
        if not often.any():
            return None
        kept = often[inverse]
        number = np.cumsum(often) - 1
        return cls(
            key[often] // width,
            key[often] % width,
            together[often],
            number[inverse[kept]],
            np.concatenate(left)[kept],
            np.concatenate(right)[kept],
        )

    def turned(self) -> _Counts:
        return _Counts(
            self.target, self.source, self.together, self.pairs, self.target_places, self.source_places
        )


def _model_1(counts: _Counts, sources: int, targets: int) -> Floats:
    """p(target word | source word) for each pair, with a null word that gives each word its share of the
    text.
    """
    places = int(counts.target_places.max()) + 1
    word_at = np.zeros(places, dtype=np.int64)
    word_at[counts.target_places] = counts.target[counts.pairs]
    share = np.bincount(word_at, minlength=targets) / places
    by_chance = share[word_at]
    probability = 1 / np.bincount(counts.source, minlength=sources)[counts.source]
    for _ in range(_ITERATIONS):
        weight = probability[counts.pairs]
        total = np.bincount(counts.target_places, weight, minlength=places) + by_chance
        share_of_pair = weight / total[counts.target_places]
        expected = np.bincount(counts.pairs, share_of_pair, minlength=len(counts.source))
        norm = np.bincount(counts.source, expected, minlength=sources)
        probability = expected / np.maximum(norm[counts.source], 1e-12)
    return np.asarray(probability)


def _entries(counts: _Counts, sources: Sequence[str], targets: Sequence[str]) -> dict[str, dict[str, float]]:
    probability = _model_1(counts, len(sources), len(targets))
    entries: dict[str, dict[str, float]] = {}
    for index in np.flatnonzero(probability > _LEAST_PROBABILITY):
        together = counts.together[index]
        damped = float(probability[index] * (together - 1) / together)
        entries.setdefault(sources[counts.source[index]], {})[targets[counts.target[index]]] = damped
    return entries
