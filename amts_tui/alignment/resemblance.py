"""How much the documents of two books resemble each other: what they share, rare traits weighing more."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log2, sqrt
from typing import Final

from amts_tui.alignment.fingerprints import Fingerprint, Trait

_WEIGHTS: Final[dict[Trait, float]] = {
    Trait.LABEL: 3.0,
    Trait.CODE: 3.0,
    Trait.LINE: 1.0,
    Trait.FORMULA: 1.5,
    Trait.IMAGE: 3.0,
    Trait.LINK: 2.0,
    Trait.REFERENCE: 1.0,
    Trait.TERM: 1.0,
    Trait.NUMBER: 0.5,
    Trait.WORD: 0.5,
}
# The hundredth document that holds a trait tells nothing, and would make the index quadratic.
_COMMON = 20
_COMMON_ROOT = 4

Feature = tuple[Trait, int]
Features = frozenset[Feature]


@dataclass(frozen=True, slots=True)
class Likeness:
    """What two documents share: `score` is the cosine of their weighted traits, `evidence` the weight of
    those shared.
    """

    score: float = 0.0
    evidence: float = 0.0


NOTHING_SHARED: Final = Likeness()


@dataclass(frozen=True, slots=True)
class Book:
    """One side: the traits of each document, what they weigh together, and the weight of what it shares with
    each document of the other side that it shares anything with.
    """

    traits: Mapping[str, Features]
    weights: Mapping[str, float]
    shared: Mapping[str, dict[str, float]]


class Resemblance:
    """Every pair of documents of two books that share anything.

    A trait weighs by its kind and, as in information retrieval, by log2(1 + documents / documents that hold
    it). Words count only if both books have them: those of two languages are mostly different anyway.
    """

    def __init__(self, source: Mapping[str, Fingerprint], target: Mapping[str, Fingerprint]) -> None:
        books = [{path: _features(print_) for path, print_ in book.items()} for book in (source, target)]
        counts = [Counter(feature for found in book.values() for feature in found) for book in books]
        self._weights = _weigh(*counts, size=max(len(source), len(target)))
        self.source, self.target = (self._book(book) for book in books)
        self._compare()

    def _book(self, found: Mapping[str, Features]) -> Book:
        traits = {path: features & self._weights.keys() for path, features in found.items()}
        weights = {path: self.weight(features) for path, features in traits.items()}
        return Book(traits, weights, {path: {} for path in traits})

    def _compare(self) -> None:
        holders: defaultdict[Feature, list[str]] = defaultdict(list)
        for path, features in self.target.traits.items():
            for feature in features:
                holders[feature].append(path)
        for path, features in self.source.traits.items():
            shared: defaultdict[str, float] = defaultdict(float)
            for feature in features & holders.keys():
                for other in holders[feature]:
                    shared[other] += self._weights[feature]
            for other, evidence in shared.items():
                self.source.shared[path][other] = self.target.shared[other][path] = evidence

    def weight(self, features: Iterable[Feature]) -> float:
        """What traits weigh together."""
        return sum(self._weights[feature] for feature in features)

    def between(self, source: str, target: str) -> Likeness:
        """How alike a source and a target document are."""
        evidence = self.source.shared[source].get(target, 0.0)
        if not evidence:
            return NOTHING_SHARED
        return Likeness(evidence / sqrt(self.source.weights[source] * self.target.weights[target]), evidence)


def _features(fingerprint: Fingerprint) -> Features:
    return frozenset((trait, code) for trait, codes in fingerprint.traits.items() for code in codes)


def _weigh(
    source: Mapping[Feature, int], target: Mapping[Feature, int], *, size: int
) -> dict[Feature, float]:
    common = max(_COMMON, _COMMON_ROOT * sqrt(size))
    weights = {}
    for feature in source.keys() | target.keys():
        holders = max(source.get(feature, 0), target.get(feature, 0))
        foreign = feature[0] is Trait.WORD and not (feature in source and feature in target)
        if holders <= common and not foreign:
            weights[feature] = _WEIGHTS[feature[0]] * log2(1 + size / holders)
    return weights


def shared_in_words(source: Fingerprint, target: Fingerprint, part: Fingerprint | None = None) -> str:
    """What two documents have in common, for a person: `shares 12 of 14 formulas and 5 of 5 labels`; of as
    many as the one has that has more, or as `part` has.
    """
    counted = [
        (len(common), max(len(one.traits[trait]) for one in ((part,) if part else (source, target))), trait)
        for trait in Trait
        if (common := source.traits[trait] & target.traits[trait])
    ]
    best = sorted(counted, key=lambda entry: -entry[0] * _WEIGHTS[entry[2]])[:2]
    parts = [_counted(*entry) for entry in best]
    return f"shares {' and '.join(parts)}" if parts else ""


def _counted(common: int, of: int, trait: Trait) -> str:
    # Words of two languages are mostly different: how many are not shared says nothing.
    if trait is Trait.WORD:
        return f"{common} {trait.plural if common > 1 else trait.value}"
    return f"{common} of {of} {trait.plural if of > 1 else trait.value}"
