from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from amts_tui.corpus.sequences import common, gaps, in_order, longest_increasing


@given(st.lists(st.integers(0, 9), max_size=8))
def test_longest_increasing_is_increasing_and_longest(values: list[int]) -> None:
    chosen = longest_increasing(values)
    picked = [values[place] for place in chosen]
    assert chosen == sorted(chosen)
    assert all(a < b for a, b in itertools.pairwise(picked))
    longest = max(
        size
        for size in range(len(values) + 1)
        for some in itertools.combinations(values, size)
        if all(a < b for a, b in itertools.pairwise(some))
    )
    assert len(chosen) == longest


@given(st.permutations(range(7)), st.permutations(range(3, 10)))
def test_common_and_gaps_cover_both_sequences(old: list[int], new: list[int]) -> None:
    pairs = common(old, new)
    assert all(old[i] == new[j] for i, j in pairs)
    assert pairs == in_order(pairs)
    left = [i for i, _ in pairs]
    right = [j for _, j in pairs]
    for i1, i2, j1, j2 in gaps(pairs, len(old), len(new)):
        assert i2 > i1 or j2 > j1
        left += range(i1, i2)
        right += range(j1, j2)
    assert sorted(left) == list(range(len(old)))
    assert sorted(right) == list(range(len(new)))
