"""The segment CRF against a list of all paths of a small lattice."""

from collections.abc import Iterator

import numpy as np
import pytest

from amts_tui.alignment.crf import Graph, parts

SIZE = (3, 3)
EDGES = np.array(
    [(i, i + a, j, j + b) for i in range(4) for j in range(4) for a in range(3) for b in range(3)
     if i + a <= 3 and j + b <= 3 and (a + b == 1 or (a and b))]
)  # fmt: skip


def paths(
    scores: np.ndarray, further: float, i: int = 0, j: int = 0, state: str = "M"
) -> Iterator[tuple[float, list[int]]]:
    """Every path from (i, j) on: its score and its edges."""
    if (i, j) == SIZE:
        yield 0.0, []
    for number, (i0, i1, j0, j1) in enumerate(EDGES.tolist()):
        kind = "X" if j0 == j1 else "Y" if i0 == i1 else "M"
        if (i0, j0) == (i, j) and (state, kind) != ("Y", "X"):
            on = further if kind == state != "M" else 0.0
            for score, rest in paths(scores, further, i1, j1, kind):
                yield scores[number] + on + score, [number, *rest]


@pytest.mark.parametrize("seed", range(3))
def test_the_best_path_and_all_shares(seed: int) -> None:
    random = np.random.default_rng(seed)
    scores, further = random.normal(size=len(EDGES)) * 2, 1.5
    all_paths = list(paths(scores, further))
    weights = np.exp([score for score, _ in all_paths])
    graph = Graph.of([(SIZE, EDGES), (SIZE, EDGES)])
    both = np.concatenate([scores, scores])
    whole, share, on = graph.shares(both, further)
    assert graph.best(both, further)[0] == max(all_paths)[1]
    assert [edge - len(EDGES) for edge in graph.best(both, further)[1]] == max(all_paths)[1]
    assert whole == pytest.approx([np.log(weights.sum())] * 2)
    expected = [
        weights[[n in path for _, path in all_paths]].sum() / weights.sum() for n in range(len(EDGES))
    ]
    assert share == pytest.approx(expected * 2)
    slope = (graph.shares(both, further + 1e-5)[0].sum() - graph.shares(both, further - 1e-5)[0].sum()) / 2e-5
    assert on.sum() == pytest.approx(slope, rel=1e-4)


def test_a_path_without_alternatives_is_certain() -> None:
    edges = np.array([(0, 1, 0, 1), (1, 2, 1, 1), (2, 2, 1, 2)])
    _, share, _ = Graph.of([((2, 2), edges)]).shares(np.zeros(3), 0.0)
    assert share == pytest.approx([1, 1, 1])


def test_parts_of_a_lattice_say_what_the_whole_does() -> None:
    random = np.random.default_rng(5)
    rows = [(0, 1, 0, 1)]
    for i in range(1, 40):
        rows += [(i, i + 1, i, i + 1)]
        if i % 9 == 4:
            rows += [(i, i + 1, i, i), (i, i, i, i + 1), (i + 1, i + 1, i, i + 1), (i, i + 2, i, i + 1)]
            rows += [(i + 1, i + 2, i + 1, i + 1), (i + 1, i + 1, i + 1, i + 2), (i + 2, i + 2, i + 1, i + 2)]
    edges = np.array(sorted(rows, key=lambda edge: (edge[0], edge[2], edge[1], edge[3])))
    cut = parts((40, 40), edges)
    assert len(cut) > 2
    scores = random.normal(size=len(edges)) * 2
    whole, several = Graph.of([((40, 40), edges)]), Graph.of(cut)
    assert several.shares(scores, 1.5)[1] == pytest.approx(whole.shares(scores, 1.5)[1])
    assert [edge for part in several.best(scores, 1.5) for edge in part] == whole.best(scores, 1.5)[0]
