"""The words of two texts as numbers, and which explain which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from amts_tui.alignment.tokens import known_links, tokens

Floats: TypeAlias = NDArray[np.float32]
Ints: TypeAlias = NDArray[np.int64]
Small: TypeAlias = NDArray[np.int32]

CAP = 3.0
"""The most that one word can say for a bead (a log-likelihood ratio)."""
_LIKELIER = 3.0


@dataclass(frozen=True, slots=True)
class Words:
    """One text: the numbers of the distinct words of unit k, rising, are `words[first[k] : first[k + 1]]`;
    `share` has for each number the word's share of the text, `names` the word.
    """

    words: Small
    first: Ints
    share: Floats
    names: tuple[str, ...]

    @classmethod
    def of(cls, texts: Sequence[str]) -> Words:
        """From the units of a text."""
        units = [tokens(text) for text in texts]
        names = sorted(set().union(*units))
        number = {name: index for index, name in enumerate(names)}
        words = np.array([n for unit in units for n in sorted(number[word] for word in unit)], dtype=np.int32)
        first = np.concatenate([[0], np.cumsum([len(unit) for unit in units])]).astype(np.int64)
        seen = np.bincount(words, minlength=len(names))
        return cls(words, first, (seen / max(1, len(words))).astype(np.float32), tuple(names))

    @property
    def counts(self) -> Ints:
        """How many words each unit has."""
        return np.diff(self.first)

    def block(self, start: int, end: int) -> tuple[Small, Ints, Ints]:
        """Of the units start..end-1: the words that occur, rising; and for each occurrence the unit (counted
        from start) and the word's place among those.
        """
        words = self.words[self.first[start] : self.first[end]]
        known, place = np.unique(words, return_inverse=True)
        return known, np.repeat(np.arange(end - start), self.counts[start:end]), place.astype(np.int64)


@dataclass(frozen=True, slots=True)
class Table:
    """p(word | given word): the entries of given word g are those from `starts[g]` to `starts[g + 1]`."""

    starts: Ints
    words: Small
    values: Floats

    @classmethod
    def of(cls, given: Words, other: Words, entries: Mapping[str, Mapping[str, float]]) -> Table:
        """From a lexicon, and from what words of any two languages have in common."""
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
        return cls(np.array(starts), np.array(words, dtype=np.int32), np.array(values, dtype=np.float32))

    def explained(self, given: Words, start: int, end: int, words: Small) -> Floats:
        """How probable the units start..end-1 make each of some words (rising): shape (units, words), not yet
        divided by how many words a unit has.
        """
        if not len(words):
            return np.zeros((end - start, 0), dtype=np.float32)
        known = given.words[given.first[start] : given.first[end]]
        counts = self.starts[known + 1] - self.starts[known]
        places = np.arange(int(counts.sum())) + np.repeat(
            self.starts[known] - (np.cumsum(counts) - counts), counts
        )
        unit = np.repeat(np.repeat(np.arange(end - start), given.counts[start:end]), counts)
        column = np.full(int(max(words[-1], self.words.max(initial=0))) + 1, -1)
        column[words] = np.arange(len(words))
        found = column[self.words[places]]
        hit = np.flatnonzero(found >= 0)
        keys = unit[hit] * len(words) + found[hit]
        sums = np.bincount(keys, self.values[places[hit]], (end - start) * len(words))
        return sums.astype(np.float32).reshape(end - start, len(words))


def ratios(explained: Floats, chance: Floats, unexplained: float) -> Floats:
    """Log-likelihood ratios of words, between `unexplained` and `CAP`, given how probable they are made and
    how probable chance makes them.
    """
    ratio = np.full(explained.shape, unexplained, dtype=np.float32)
    at = explained > 0
    ratio[at] = np.clip(np.log(_LIKELIER * explained[at] / chance[at]), unexplained, CAP)
    return ratio
