"""Blocks that no translator rewrites (code, formulas, labels, pictures) as places that two documents
share.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import product

from amts_tui.alignment.band import Point
from amts_tui.alignment.text import Landmark

_UNIQUE = 6.0
_REPEATED = 2.0
_MOST = 9.0
_MOST_PAIRS = 400


def shared(source: Sequence[Landmark], target: Sequence[Landmark]) -> dict[Point, float]:
    """For (source position, target position) what it saves to pass there: the longest common sequence of
    landmarks.

    Marks that occur once on both sides weigh most (Hunt and Szymanski 1977 for the sequence).
    """
    saved: dict[Point, float] = {}
    for i, j, unique in _longest(list(_candidates(source, target))):
        point = (source[i].position, target[j].position)
        saved[point] = min(_MOST, saved.get(point, 0.0) + (_UNIQUE if unique else _REPEATED))
    return saved


def _candidates(source: Sequence[Landmark], target: Sequence[Landmark]) -> Iterator[tuple[int, int, bool]]:
    places: tuple[dict[str, list[int]], ...] = (defaultdict(list), defaultdict(list))
    for side, landmarks in zip(places, (source, target), strict=True):
        for index, landmark in enumerate(landmarks):
            side[landmark.mark].append(index)
    for mark, left in places[0].items():
        right = places[1].get(mark, [])
        if len(left) * len(right) <= _MOST_PAIRS:
            yield from ((i, j, len(left) == len(right) == 1) for i, j in product(left, right))
        elif len(left) == len(right):
            yield from ((i, j, False) for i, j in zip(left, right, strict=True))


def _longest(pairs: list[tuple[int, int, bool]]) -> list[tuple[int, int, bool]]:
    """The longest strictly rising sequence of (source index, target index, …)."""
    pairs.sort(key=lambda pair: (pair[0], -pair[1]))
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for number, (_, j, _unique) in enumerate(pairs):
        place = bisect_left(ends, j)
        before.append(last[place - 1] if place else -1)
        if place == len(ends):
            ends.append(j)
            last.append(number)
        else:
            ends[place] = j
            last[place] = number
    sequence = []
    number = last[-1] if last else -1
    while number >= 0:
        sequence.append(pairs[number])
        number = before[number]
    return sequence[::-1]
