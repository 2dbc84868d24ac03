"""What speaks against a bead: signs far from the usual, and the likeliest other bead."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amts_tui.alignment.documents import align_units
from amts_tui.alignment.lexical import LexicalSimilarity
from amts_tui.alignment.model import Link
from amts_tui.alignment.reasons import best_rivals, doubts, signed
from amts_tui.alignment.similarity import choose
from amts_tui.corpus.doubts import NO_DOUBTS, Alternative, Doubts, Reason
from tests.alignment.fakes import sentence

EDGES = np.array([(0, 1, 0, 1), (0, 1, 0, 2), (1, 2, 1, 2), (1, 2, 2, 2), (2, 3, 2, 3)])
SHARES = np.array([0.7, 0.25, 0.68, 0.02, 0.99])
PATH = [0, 2, 4]
SURE = np.array([0.7, 0.6, 0.99])


def test_the_likeliest_other_bead_of_each() -> None:
    assert best_rivals(EDGES, SHARES, PATH).tolist() == [1, 1, -1]


@given(
    st.lists(st.tuples(*[st.integers(0, 4)] * 4), min_size=1, max_size=12, unique=True),
    st.lists(st.floats(0, 1), min_size=12, max_size=12),
)
def test_rivals_are_found_as_one_by_one(corners: list[tuple[int, ...]], values: list[float]) -> None:
    edges = np.array([(a, a + b % 3, c, c + d % 3) for a, b, c, d in corners])
    shares = np.array(values[: len(edges)])

    def common(one: np.ndarray, other: np.ndarray) -> bool:
        return any(max(one[k], other[k]) < min(one[k + 1], other[k + 1]) for k in (0, 2))

    path: list[int] = []
    for number, edge in enumerate(edges):
        if not any(common(edge, edges[other]) for other in path):
            path.append(number)
    for own, found in zip(path, best_rivals(edges, shares, path).tolist(), strict=True):
        rivals = [n for n in range(len(edges)) if n not in path and common(edges[own], edges[n])]
        assert (found in rivals) if rivals else found == -1
        assert not rivals or shares[found] == max(shares[rivals])


def test_the_alternative_gets_its_part_of_what_the_confidence_leaves() -> None:
    first, second, third = doubts(EDGES, SHARES, PATH, SURE, {})
    assert first.alternative == Alternative((0, 0), (0, 1), 0.25)
    assert second.alternative == Alternative((-1, -1), (-1, 0), pytest.approx(0.25 / 0.32 * 0.4, abs=1e-3))
    assert third == NO_DOUBTS


def test_what_is_far_from_usual_is_a_reason() -> None:
    edges = np.array([(0, 1, 0, 1), (1, 2, 1, 2), (2, 3, 2, 2)])
    cost = np.array([6.0, 6.0, 9.0])
    columns = {
        **signed(cost, np.array([10.0, 10.0, 5.0]), np.array([40.0, 2.0, 0.0]), 1.0),
        "margin.lead": np.array([0.05, 0.4, 0.0]),
        "margin.place": np.array([-0.5, -3.0, 0.0]),
        "numbers.different": np.array([1.0, 0.0, 0.0]),
        "missing.pieces": np.array([0.0, 0.0, 0.7]),
    }
    found = doubts(edges, np.ones(3), [0, 1, 2], np.ones(3), columns)
    assert [one.reasons for one in found] == [
        (Reason.LONGER, Reason.NEIGHBOURS, Reason.NUMBERS),
        (Reason.SHORTER, Reason.SIMILARITY),
        (Reason.PARTNER,),
    ]


def test_an_empty_path_has_no_doubts() -> None:
    assert doubts(np.zeros((0, 4), dtype=np.int64), np.zeros(0), [], np.zeros(0), {}) == []


def test_a_wrong_number_and_a_short_translation_are_named() -> None:
    source = [
        "The baker opened his shop at 5 in the morning.",
        "Nobody came, because it was raining all day long, and even the dog stayed at home by the fire.",
        "At noon an old woman asked for bread.",
        "He gave her the last loaf and would not take her money.",
    ]
    target = [
        "El panadero abrió su tienda a las 6 de la mañana.",
        "No vino nadie.",
        "Al mediodía, una anciana pidió pan.",
        "Él le dio la última hogaza y no quiso aceptar su dinero.",
    ]
    links = align_units(source, target, choose("en", "es"))
    assert [(link.source, link.target) for link in links] == [((n,), (n,)) for n in range(4)]
    assert Reason.NUMBERS in links[0].doubts.reasons
    assert Reason.SHORTER in links[1].doubts.reasons
    assert links[3].doubts.reasons == ()


def test_the_search_alone_knows_lengths_and_alternatives() -> None:
    source = [sentence(number) for number in range(40)]
    target = [*source[:20], source[20] + " " + sentence(900, 40), *source[21:]]
    links = align_units(source, target, LexicalSimilarity())
    assert Reason.LONGER in links[20].doubts.reasons
    assert links[0] == Link((0,), (0,), links[0].confidence, Doubts())
