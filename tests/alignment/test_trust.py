"""What people's looks say about the aligner's confidence."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amts_tui.alignment.trust import Look, offset, trusted


def looks(count: int, stated: float, true: float) -> list[Look]:
    right = round(count * true)
    return [Look(stated, n < right) for n in range(count)]


def test_looks_that_went_as_stated_change_nothing() -> None:
    assert offset([]) == 0
    assert offset(looks(100, 0.8, 0.8)) == pytest.approx(0, abs=1e-6)
    assert trusted(0.8, 0.0) == 0.8


def test_an_aligner_that_was_too_sure_is_trusted_less() -> None:
    found = offset(looks(400, 0.9, 0.7))
    assert trusted(0.9, found) == pytest.approx(0.7, abs=0.05)
    assert trusted(0.5, found) < 0.35
    assert offset(looks(400, 0.7, 0.9)) > 0.7


def test_a_few_looks_move_it_little() -> None:
    assert abs(offset(looks(3, 0.6, 0.0))) < 0.5
    assert 0 < offset(looks(20, 0.97, 1.0)) < 0.2


def test_whoever_looks_at_the_doubtful_ones_alone_does_not_spoil_the_others() -> None:
    chance = random.Random(3)
    stated = [chance.random() for _ in range(2000)]
    seen = [Look(p, chance.random() < p) for p in stated if p < 0.5]
    assert abs(offset(seen)) < 0.15


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=40), st.floats(0, 1))
def test_it_is_always_a_probability_and_keeps_the_order(seen: list[tuple[float, bool]], p: float) -> None:
    found = offset(Look(*one) for one in seen)
    assert -2 <= found <= 2
    assert 0 <= trusted(p, found) <= 1
    assert trusted(min(1.0, p + 0.01), found) >= trusted(p, found) - 1e-9
