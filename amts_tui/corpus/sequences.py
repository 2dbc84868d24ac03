"""What two orders of the same things have in common, in O(n log n) however often they differ."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Iterator, Sequence

Gap = tuple[int, int, int, int]
"""`i1, i2, j1, j2`: the old places i1 to i2 stand where the new places j1 to j2 are."""


def longest_increasing(values: Sequence[int]) -> list[int]:
    """Places of a longest strictly increasing subsequence (patience sorting; Fredman 1975)."""
    tails: list[int] = []
    tail_places: list[int] = []
    previous: list[int | None] = []
    for place, value in enumerate(values):
        at = bisect_left(tails, value)
        previous.append(tail_places[at - 1] if at else None)
        tails[at : at + 1] = [value]
        tail_places[at : at + 1] = [place]
    chosen: list[int] = []
    step = tail_places[-1] if tail_places else None
    while step is not None:
        chosen.append(step)
        step = previous[step]
    return chosen[::-1]


def in_order(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """As many of the pairs, sorted by their first number, as increase in both numbers."""
    ordered = sorted(pairs)
    return [ordered[place] for place in longest_increasing([second for _, second in ordered])]


def common(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Pairs of places of a longest common subsequence; no thing may occur twice in the same sequence."""
    places = {thing: place for place, thing in enumerate(new)}
    return in_order([(i, places[thing]) for i, thing in enumerate(old) if thing in places])


def gaps(pairs: Sequence[tuple[int, int]], old: int, new: int) -> Iterator[Gap]:
    """What lies between increasing pairs of places, unless empty; `old` and `new` are the lengths."""
    i1 = j1 = 0
    for i2, j2 in [*pairs, (old, new)]:
        if i1 < i2 or j1 < j2:
            yield i1, i2, j1, j2
        i1, j1 = i2 + 1, j2 + 1
