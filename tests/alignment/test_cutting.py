from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from amts_tui.alignment.cutting import Cut, best_cut, cuts, empty_cells


def vectors(texts: Sequence[str]) -> NDArray[np.float32]:
    """Of the letters in a text, whatever their case."""
    counts = np.array(
        [[text.lower().count(letter) for letter in "abcdef"] for text in texts], dtype=np.float32
    )
    return counts / np.maximum(np.linalg.norm(counts, axis=1, keepdims=True), 1e-9)


@pytest.mark.parametrize(
    ("source", "target", "cut"),
    [
        (["a", "b", "c"], ["A", "B", "C"], (1, 1)),
        (["a", "a", "b"], ["A", "B"], (2, 1)),
        (["a", "b"], ["A", "A", "A", "B"], (1, 3)),
        (["a"], ["B", "A"], (0, 1)),
        (["a"], ["A", "B"], (1, 1)),
        (["b", "a"], ["A"], (1, 0)),
    ],
)
def test_the_parts_of_the_best_cut_fit(source: list[str], target: list[str], cut: Cut) -> None:
    found = best_cut(source, target, vectors)
    if len(source) == len(target):
        assert found in [(n, n) for n in range(1, len(source))]
    else:
        assert found == cut


def test_cuts_leave_something_in_both_parts() -> None:
    assert cuts(1, 1) == [(0, 1), (1, 0)]
    assert cuts(1, 0) == []
    assert len(cuts(2, 2)) == 7
    assert empty_cells((0, 1), 1, 1) == 2
