"""Where a bead is best cut in two, by what its texts mean."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Cut: TypeAlias = tuple[int, int]
"""How many units of the source and of the target stay in the first part."""


def cuts(source: int, target: int) -> list[Cut]:
    """Every way to cut a bead of so many units so that both parts hold something."""
    return [(s, t) for s in range(source + 1) for t in range(target + 1) if 0 < s + t < source + target]


def empty_cells(cut: Cut, source: int, target: int) -> int:
    """How many of the four cells the cut leaves without text."""
    return (cut[0], cut[1], source - cut[0], target - cut[1]).count(0)


def best_cut(
    source: Sequence[str],
    target: Sequence[str],
    vectors: Callable[[Sequence[str]], NDArray[np.float32]],
) -> Cut:
    """The cut with the fewest empty cells whose parts are most alike, weighted by their units.

    `vectors` makes a row of length 1 of each text.
    """
    sizes = len(source), len(target)
    possible = cuts(*sizes)
    fewest = min(empty_cells(cut, *sizes) for cut in possible)
    possible = [cut for cut in possible if empty_cells(cut, *sizes) == fewest]
    parts = [part for s, t in possible for part in ((source[:s], target[:t]), (source[s:], target[t:]))]
    rows = vectors([" ".join(side) for part in parts for side in part])
    alike = (rows[0::2] * rows[1::2]).sum(axis=1)
    weights = [len(part[0]) + len(part[1]) if part[0] and part[1] else 0 for part in parts]
    scores = [
        float(alike[2 * n] * weights[2 * n] + alike[2 * n + 1] * weights[2 * n + 1])
        for n in range(len(possible))
    ]
    return possible[scores.index(max(scores))]
