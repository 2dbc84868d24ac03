"""Words and numbers of one side that the other side accounts for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from amts_tui.alignment.features.members import members, summed
from amts_tui.alignment.lexicon import Entries
from amts_tui.alignment.tokens import tokens

Floats: TypeAlias = NDArray[np.floating]
Ints: TypeAlias = NDArray[np.int64]
Numbers: TypeAlias = NDArray[np.int32]
Columns: TypeAlias = dict[str, Floats]

_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_NONE: Numbers = np.zeros(0, dtype=np.int32)


@dataclass(frozen=True, slots=True)
class Words:
    """For each unit the numbers of its own words and of those that they reach in the other text; `known` is
    how many different words there are.
    """

    own: tuple[Numbers, ...]
    reached: tuple[Numbers, ...]
    known: int

    def part(self, stretch: slice) -> Words:
        """The same for some of the units."""
        return Words(self.own[stretch], self.reached[stretch], self.known)


def both_words(
    source: Sequence[str], target: Sequence[str], forward: Entries, backward: Entries
) -> tuple[Words, Words]:
    """The words of both texts, linked by a lexicon; a word reaches itself too."""
    return _both(map(tokens, source), map(tokens, target), forward, backward)


def both_numbers(source: Sequence[str], target: Sequence[str]) -> tuple[Words, Words]:
    """The numbers of both texts."""
    left, right = ((frozenset(_NUMBER.findall(text)) for text in side) for side in (source, target))
    return _both(left, right, {}, {})


def _both(
    source: Iterable[frozenset[str]], target: Iterable[frozenset[str]], forward: Entries, backward: Entries
) -> tuple[Words, Words]:
    # Words become numbers one unit after the other: all sets at once are larger than what is kept.
    numbers: dict[str, int] = {}
    sides = [tuple(_numbered(unit, numbers) for unit in side) for side in (source, target)]
    names = list(numbers)
    reached = (
        _reached(own, names, numbers, entries)
        for own, entries in zip(sides, (forward, backward), strict=True)
    )
    left, right = (Words(own, others, len(numbers)) for own, others in zip(sides, reached, strict=True))
    return left, right


def _numbered(unit: frozenset[str], numbers: dict[str, int]) -> Numbers:
    if not unit:
        return _NONE
    found = np.array([numbers.setdefault(word, len(numbers)) for word in unit], dtype=np.int32)
    found.sort()
    return found


def _reached(
    units: Sequence[Numbers], names: Sequence[str], numbers: Mapping[str, int], entries: Entries
) -> tuple[Numbers, ...]:
    links = [
        [number, *(numbers[other] for other in entries.get(word, ()) if other in numbers)]
        for number, word in enumerate(names)
    ]
    return tuple(
        np.unique(np.array([other for word in unit.tolist() for other in links[word]], dtype=np.int32))
        if len(unit)
        else _NONE
        for unit in units
    )


@dataclass(frozen=True, slots=True)
class Cover:
    """For each candidate: the words of one side, how many of them the other side reaches, and how many of
    those only its weaker outer unit does, as a share of that unit's words (infinite for a single unit).
    """

    words: Floats
    found: Floats
    gain: Floats


def cover(given: Words, other: Words, starts: tuple[Ints, Ints], ends: tuple[Ints, Ints]) -> Cover:
    """What the runs of `given` reach of those of `other`; `starts` and `ends` are those of both."""
    first, last = int(starts[0].min(initial=0)), int(ends[0].max(initial=0))
    low, high = int(starts[1].min(initial=0)), int(ends[1].max(initial=0))
    table, own, begins = _table(given.reached[first:last], other.own[low:high])
    owner, place = members(begins, starts[1] - low, ends[1] - low)
    begin, size = starts[0] - first, ends[0] - starts[0]
    hits = np.zeros(len(owner), dtype=np.int64)
    words = own[place]
    for offset in range(int(size.max(initial=0))):
        reached = np.flatnonzero(size[owner] > offset)
        hits[reached] += table[begin[owner[reached]] + offset, words[reached]]
    count = len(starts[0])
    gain = np.full(count, np.inf)
    several = np.flatnonzero(size > 1)
    once = hits == 1
    for unit in (begin, begin + size - 1):
        only = summed(owner, once & table[unit[owner], words], count)
        lengths = np.array([len(words) for words in given.own[first:last]])[unit[several]]
        gain[several] = np.minimum(gain[several], only[several] / np.maximum(1, lengths))
    total = np.bincount(owner, minlength=count).astype(float)
    return Cover(total, summed(owner, hits > 0, count), gain)


def _table(reached: Sequence[Numbers], own: Sequence[Numbers]) -> tuple[NDArray[np.bool_], Ints, Ints]:
    """Which unit reaches which word, the words of the other side's units as columns, and where each of these
    units begins.
    """
    flat = np.concatenate([*own, np.zeros(0, dtype=np.int32)])
    names, words = np.unique(flat, return_inverse=True)
    wanted = np.concatenate([*reached, np.zeros(0, dtype=np.int32)])
    rows = np.repeat(np.arange(len(reached)), [len(unit) for unit in reached])
    table = np.zeros((max(1, len(reached)), max(1, len(names))), dtype=np.bool_)
    if len(names):
        columns = np.minimum(np.searchsorted(names, wanted), len(names) - 1)
        hit = names[columns] == wanted
        table[rows[hit], columns[hit]] = True
    return table, words, np.concatenate(([0], np.cumsum([len(unit) for unit in own]))).astype(np.int64)
