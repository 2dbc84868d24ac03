"""What no book holds still ends soon, with every unit in one bead."""

from __future__ import annotations

import numpy as np
import pytest

from amts_tui.alignment.band import whole
from amts_tui.alignment.documents import align_units
from amts_tui.alignment.lattice import LEAST, MOST, Lattice
from amts_tui.alignment.scores import Costs
from amts_tui.alignment.search import best
from amts_tui.alignment.similarity import Similarity, choose
from tests.alignment.fakes import WordSimilarity, sentence

SAME = "The old man sat down and said nothing."
TEXT = [sentence(number) for number in range(60)]
ODD = ["", "\u200b", "🙂🙂🙂", "a\u0301" * 90, "ﷺ", "\ufffd", "\x00", "すべて", "0" * 300]
CASES = {
    "one against many": (TEXT[:1], TEXT),
    "many against one": (TEXT, TEXT[:1]),
    "few against many": (TEXT[40:44], TEXT),
    "identical": ([SAME] * 50, [SAME] * 40),
    "empty units": ([""] * 50, [""] * 50),
    "nothing against some": ([], TEXT),
    "nothing at all": ([], []),
    "long units": (["word " * 5_000, SAME], [SAME, "слово " * 5_000]),
    "other scripts": (ODD * 4, ODD[::-1] * 3),
    "backwards": (TEXT, TEXT[::-1]),
}


@pytest.fixture(scope="module")
def default() -> Similarity:
    return choose("en", "es", "default")


@pytest.fixture(scope="module")
def lexical() -> Similarity:
    return choose("en", "es", "lexical")


@pytest.mark.parametrize("similarity", ["default", "lexical"])
@pytest.mark.parametrize("case", CASES)
def test_every_unit_is_in_one_bead(case: str, similarity: str, request: pytest.FixtureRequest) -> None:
    source, target = CASES[case]
    links = align_units(source, target, request.getfixturevalue(similarity))
    assert [i for link in links for i in link.source] == list(range(len(source)))
    assert [j for link in links for j in link.target] == list(range(len(target)))
    assert all(0 <= link.confidence <= 1 for link in links)


@pytest.mark.parametrize("similarity", ["default", "lexical"])
def test_identical_sentences_are_paired(similarity: str, request: pytest.FixtureRequest) -> None:
    links = align_units([SAME] * 60, [SAME] * 60, request.getfixturevalue(similarity))
    assert [(link.source, link.target) for link in links] == [((i,), (i,)) for i in range(60)]


@pytest.mark.parametrize(("rows", "columns"), [(60, 60), (3, 90)])
def test_candidates_of_repeated_text_are_bounded_and_lead_to_the_end(rows: int, columns: int) -> None:
    source, target = [SAME] * rows, [SAME] * columns
    alone = np.zeros(rows, dtype=np.bool_), np.zeros(columns, dtype=np.bool_)
    costs = Costs(WordSimilarity().evidence(source, target), (np.ones(rows), np.ones(columns)), alone)
    band = whole(rows, columns)
    path = best(costs, band)
    lattice = Lattice.of(costs, band, path, heat=5.0, least=LEAST * 1e-9)
    assert 0 <= len(lattice.edges) - MOST * (rows + columns) <= len(path)
    assert [tuple(lattice.edges[place]) for place in lattice.places(path)] == path
