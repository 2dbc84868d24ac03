"""IBM model 1 in both directions (Brown et al. 1993, section 4.1) over the distinct words of beads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]
Small: TypeAlias = NDArray[np.int32]

_MOST_PLACES = 8_000_000
_ITERATIONS = 5
_TABLE = 1_000_000
_LEAST_PROBABILITY = 0.03
_SMALL_TEXT = 1_500


class Bead(NamedTuple):
    """The distinct words of two texts that belong together; it counts `weight` times."""

    source: frozenset[str]
    target: frozenset[str]
    weight: float


def probabilities(
    beads: Sequence[Bead],
) -> tuple[dict[str, dict[str, float]], dict[str, dict[str, float]]]:
    """For each source word the target words that translate it, each with its probability, and the other way
    round. A book's worth of beads is sampled evenly.

    Words are paired if they are together in beads of a weight of at least 3 (4 in longer texts); a pair that
    is seldom together is damped.
    """
    beads = _sampled([bead for bead in beads if bead.source and bead.target])
    least = 3 if len(beads) < _SMALL_TEXT else 4
    weights = np.array([bead.weight for bead in beads])
    source = _Side.of([bead.source for bead in beads], weights, least)
    target = _Side.of([bead.target for bead in beads], weights, least)
    together = _Together.of(source, target, weights, least)
    if together is None:
        return {}, {}
    return _entries(together, source, target), _entries(together.turned(), target, source)


def _sampled(beads: list[Bead]) -> list[Bead]:
    """As many beads, evenly, as memory is meant for; those that weigh more than others are kept."""
    places = sum(len(bead.source) * len(bead.target) for bead in beads)
    if places <= _MOST_PLACES:
        return beads
    step = places / _MOST_PLACES
    heavy = max(1.0, float(np.median([bead.weight for bead in beads])))
    return [
        bead
        for number, bead in enumerate(beads)
        if bead.weight > heavy or int(number / step) != int((number - 1) / step)
    ]


@dataclass(frozen=True, slots=True)
class _Side:
    """The frequent words of one side: their names, in beads of which weight, and those of bead k as
    `words[first[k] : first[k + 1]]`.
    """

    names: list[str]
    words: Small
    first: Ints
    weight: Floats

    @classmethod
    def of(cls, texts: Sequence[frozenset[str]], weights: Floats, least: float) -> _Side:
        seen: dict[str, float] = {}
        for text, weight in zip(texts, weights.tolist(), strict=True):
            for word in text:
                seen[word] = seen.get(word, 0.0) + weight
        names = sorted(word for word, count in seen.items() if count >= least)
        number = {word: index for index, word in enumerate(names)}
        units = [sorted(number[word] for word in text if word in number) for text in texts]
        first = np.concatenate([[0], np.cumsum([len(unit) for unit in units])]).astype(np.int64)
        words = np.array([word for unit in units for word in unit], dtype=np.int32)
        weight = np.bincount(words, np.repeat(weights, np.diff(first)), len(names)).astype(np.float64)
        return cls(names, words, first, weight)


@dataclass(frozen=True, slots=True)
class _Together:
    """The pairs of words that are together often enough: their words, the weight of the beads they share, and
    where: one entry for each bead and pair in `pairs` (the pair's number), in `source` and `target` (the
    place of the word among all words of all beads of its side).
    """

    source_word: Small
    target_word: Small
    shared: Floats
    pairs: Small
    source: Small
    target: Small
    weights: NDArray[np.float32]

    @classmethod
    def of(cls, source: _Side, target: _Side, weights: Floats, least: float) -> _Together | None:
        """Counted for some source words at a time, so that the table of counts stays small."""
        width = len(target.names)
        bead_of = np.repeat(np.arange(len(weights)), np.diff(source.first))
        order = np.argsort(source.words, kind="stable")
        begins = np.concatenate([[0], np.cumsum(np.bincount(source.words, minlength=len(source.names)))])
        step = max(1, _TABLE // max(1, width))
        found: list[tuple[NDArray[np.generic], ...]] = []
        known = 0
        for low in range(0, len(source.names) if width else 0, step):
            places = order[begins[low] : begins[min(low + step, len(source.names))]]
            beads = bead_of[places]
            sizes = target.first[beads + 1] - target.first[beads]
            owner = np.repeat(np.arange(len(places)), sizes)
            others = np.arange(len(owner)) + np.repeat(
                target.first[beads] - (np.cumsum(sizes) - sizes), sizes
            )
            keys = (source.words[places].astype(np.int64) - low)[owner] * width + target.words[others]
            counts = np.bincount(keys, weights[beads][owner], step * width)
            kept = np.flatnonzero(counts >= least)
            number = np.full(step * width, -1, dtype=np.int32)
            number[kept] = known + np.arange(len(kept))
            pairs = number[keys]
            often = np.flatnonzero(pairs >= 0)
            both = places[owner[often]].astype(np.int32), others[often].astype(np.int32)
            found.append((kept + low * width, counts[kept], pairs[often], *both))
            known += len(kept)
        if not known:
            return None
        key, shared, pairs, left, right = (np.concatenate(part) for part in zip(*found, strict=True))
        return cls(
            (key // width).astype(np.int32),
            (key % width).astype(np.int32),
            shared,
            pairs,
            left,
            right,
            weights[bead_of[left]].astype(np.float32),
        )

    def turned(self) -> _Together:
        """The same with the sides exchanged."""
        return replace(
            self,
            source_word=self.target_word,
            target_word=self.source_word,
            source=self.target,
            target=self.source,
        )


def _entries(together: _Together, source: _Side, target: _Side) -> dict[str, dict[str, float]]:
    probability = _model_1(together, len(source.names), target)
    entries: dict[str, dict[str, float]] = {}
    for index in np.flatnonzero(probability > _LEAST_PROBABILITY).tolist():
        shared = float(together.shared[index])
        word, other = source.names[together.source_word[index]], target.names[together.target_word[index]]
        entries.setdefault(word, {})[other] = float(probability[index]) * (shared - 1) / shared
    return entries


def _model_1(together: _Together, sources: int, target: _Side) -> Floats:
    """p(target word | source word) for each pair, with a null word that gives each word its share of the
    text.
    """
    by_chance = (target.weight / target.weight.sum())[target.words]
    probability = 1 / np.bincount(together.source_word, minlength=sources)[together.source_word]
    for _ in range(_ITERATIONS):
        part = probability[together.pairs]
        total = np.bincount(together.target, part, len(target.words)) + by_chance
        part *= together.weights / total[together.target]
        expected = np.bincount(together.pairs, part, len(probability))
        norm = np.bincount(together.source_word, expected, sources)
        probability = expected / np.maximum(norm[together.source_word], 1e-12)
    return probability
