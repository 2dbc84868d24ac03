"""Cutting text without spaces into words: the fewest known words, commoner words first."""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Final

_LONGEST: Final = 6
_LONGEST_LEARNED: Final = 4
_MIN_COUNT: Final = 3
_MIN_COHESION: Final = 12.0
"""How much oftener than by chance the two parts of a learned word must stand together."""


class Segmenter:
    """Cuts a run into the words of a vocabulary with counts; unknown characters stand alone."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self._counts = counts
        self._total = sum(counts.values()) + 1

    def __call__(self, run: str) -> list[str]:
        """The words of a run (shortest path over words, each costing one plus its rarity)."""
        best: list[tuple[float, int]] = [(0.0, 0)]
        for end in range(1, len(run) + 1):
            starts = range(max(0, end - _LONGEST), end)
            best.append(min((best[start][0] + self._cost(run[start:end]), start) for start in starts))
        words: list[str] = []
        end = len(run)
        while end:
            start = best[end][1]
            words.append(run[start:end])
            end = start
        return words[::-1]

    def _cost(self, word: str) -> float:
        count = self._counts.get(word, 0)
        if count:
            return 3.0 + math.log(self._total / count)
        return 3.0 + math.log(self._total) + 2.0 if len(word) == 1 else math.inf


def learn_words(runs: Iterable[str]) -> Counter[str]:
    """Words of 2 to 4 characters that stand together far oftener than chance, with their counts."""
    counts: Counter[str] = Counter()
    for run in runs:
        for length in range(1, _LONGEST_LEARNED + 1):
            counts.update(run[start : start + length] for start in range(len(run) - length + 1))
    total = sum(count for gram, count in counts.items() if len(gram) == 1)
    return Counter(
        {
            gram: count
            for gram, count in counts.items()
            if len(gram) > 1
            and count >= _MIN_COUNT
            and _cohesion(gram, counts.__getitem__, total) >= _MIN_COHESION
        }
    )


def _cohesion(gram: str, count: Callable[[str], int], total: int) -> float:
    splits = range(1, len(gram))
    return min(count(gram) * total / (count(gram[:cut]) * count(gram[cut:])) for cut in splits)
