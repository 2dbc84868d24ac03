"""The search and the posteriors against a list of all alignments of small texts."""

import math
from collections.abc import Iterator

import numpy as np
import pytest

from amts_tui.alignment.band import whole
from amts_tui.alignment.beads import SHAPES
from amts_tui.alignment.lattice import Lattice
from amts_tui.alignment.scores import Costs
from amts_tui.alignment.search import Bead, best
from tests.alignment.fakes import WordSimilarity, sentence


class Dear:
    """A factor that adds a cost to 1-1 beads that end at one target position."""

    def costs(self, tile):
        costs = np.zeros((len(SHAPES), tile.rows, tile.width))
        costs[0][tile.columns() == 1] += 2.0
        return costs

    def part(self, source, target):
        return self


def all_alignments(costs: Costs) -> Iterator[tuple[float, tuple[Bead, ...]]]:
    """Every path of the three states with its cost."""
    n, m = costs.size
    weights = costs.weights
    table = {}
    for tile in whole(n, m).tiles():
        array = costs.tile(tile)
        for row in range(tile.rows):
            table[tile.first + row] = array[:, row]

    def go(
        i: int, j: int, state: str, cost: float, beads: tuple[Bead, ...]
    ) -> Iterator[tuple[float, tuple[Bead, ...]]]:
        if (i, j) == (n, m):
            yield cost, beads
            return
        saving = -costs.landmarked(i, j, np.zeros(1))[0]
        for shape, (a, b) in enumerate(SHAPES):
            if i + a <= n and j + b <= m:
                bead = (i, i + a, j, j + b)
                yield from go(i + a, j + b, "M", cost + table[i + a][shape, j + b] - saving, (*beads, bead))
        if i < n and state != "Y":
            price = weights.missing + (0 if state == "X" else weights.opening)
            yield from go(i + 1, j, "X", cost + price, (*beads, (i, i + 1, j, j)))
        if j < m:
            price = weights.missing + (0 if state == "Y" else weights.opening)
            yield from go(i, j + 1, "Y", cost + price, (*beads, (i, i, j, j + 1)))

    return go(0, 0, "M", 0.0, ())


@pytest.mark.parametrize(("source", "target"), [(3, 4), (5, 3), (1, 6), (0, 3), (3, 0), (4, 4)])
@pytest.mark.parametrize("factors", [[], [Dear()]])
def test_best_path_and_posteriors_are_those_of_all_alignments(
    source: int, target: int, factors: list[Dear]
) -> None:
    random = np.random.default_rng(source * 10 + target)
    left = [sentence(int(n)) for n in random.integers(0, 5, source)]
    right = [sentence(int(n)) for n in random.integers(0, 5, target)]
    lengths = random.integers(5, 60, source).astype(float), random.integers(5, 60, target).astype(float)
    alone = np.zeros(source, dtype=bool), np.zeros(target, dtype=bool)
    landmarks = {(1, 2): 3.0} if factors else {}
    costs = Costs(WordSimilarity().evidence(left, right), lengths, alone, factors, landmarks)
    band = whole(source, target)
    paths = list(all_alignments(costs))
    cheapest = min(paths)
    found = best(costs, band)
    assert tuple(found) == cheapest[1]
    heat = costs.weights.temperature
    shares = [math.exp((cheapest[0] - cost) / heat) for cost, _ in paths]
    expected = [
        sum(s for s, (_, beads) in zip(shares, paths, strict=True) if bead in beads) / sum(shares)
        for bead in found
    ]
    lattice = Lattice.of(costs, band, heat=heat, least=1e-300)
    assert np.exp(lattice.shares[lattice.places(found)]) == pytest.approx(expected, abs=1e-9)
    assert {bead for _, beads in paths for bead in beads} <= {tuple(edge) for edge in lattice.edges.tolist()}
