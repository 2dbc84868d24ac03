from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amts_tui.corpus.model import Bead, BeadUnit
from amts_tui.corpus.searching import Search, excerpt, found_rows, hits
from amts_tui.errors import AmtsError

BEADS = [
    Bead("a", (BeadUnit("s0", "The tide rises."),), (BeadUnit("t0", "潮水上涨。"),)),
    Bead("b", (BeadUnit("s1", "It falls (again)."),), (BeadUnit("t1", "tide 又落下。"),)),
    Bead("c", (), (BeadUnit("t2", "The END."), BeadUnit("t3", "完。"))),
]


def rows(search: Search) -> list[int]:
    return found_rows(BEADS, search, 5.0)


def test_a_side_or_both() -> None:
    assert rows(Search("tide")) == [0, 1]
    assert rows(Search("tide", "source")) == [0]
    assert rows(Search("tide", "target")) == [1]
    assert rows(Search("tide", "target").turned()) == [0]


def test_a_capital_makes_capitals_count() -> None:
    assert rows(Search("the")) == [0, 2]
    assert rows(Search("END")) == [2]
    assert rows(Search("End")) == []
    assert rows(Search(r"\bthe\B", regex=True)) == []
    assert rows(Search(r"\bEND\b", regex=True)) == [2]
    assert rows(Search(r"\Be\W", regex=True)) == [0, 1, 2]


def test_signs_stand_for_themselves_unless_it_is_a_pattern() -> None:
    assert rows(Search("(again).")) == [1]
    assert rows(Search("(again|rises)")) == []
    assert rows(Search("(again|rises)", regex=True)) == [0, 1]
    assert rows(Search(r"\p{Han}{3}", regex=True)) == [0, 1]


def test_spans_are_never_empty() -> None:
    assert Search("e*", regex=True).spans("seen", "source") == [(1, 3)]
    assert Search("").spans("seen", "source") == []
    assert Search("e", "target").spans("seen", "source") == []


@pytest.mark.parametrize("text", ["(", "[a", "*", "a**", "\\"])
def test_a_bad_pattern_is_said_in_words(text: str) -> None:
    with pytest.raises(AmtsError, match="not a pattern yet: "):
        rows(Search(text, regex=True))
    assert rows(Search(text)) == ([1] if text == "(" else [])


def test_a_pattern_that_would_take_for_ever_is_given_up() -> None:
    slow = [Bead("x", (BeadUnit("s", "a" * 200),), ())]
    began = time.monotonic()
    with pytest.raises(AmtsError, match="takes too long"):
        found_rows(slow, Search("(.*a){15}b", regex=True), 5.0)
    with pytest.raises(AmtsError, match="takes too long"):
        Search("(.*a){15}b", regex=True).spans("a" * 200, "source")
    assert time.monotonic() - began < 2


def test_many_slow_texts_are_given_up_together() -> None:
    ticks = iter(range(100))
    with pytest.raises(AmtsError, match="takes too long"):
        found_rows(BEADS, Search("e", regex=True), 1.5, clock=lambda: float(next(ticks)))


def test_a_pattern_that_would_take_all_memory_is_refused() -> None:
    with pytest.raises(AmtsError, match="repeats more than"):
        rows(Search("((a{1000}){1000}){1000}", regex=True))


def test_hits_have_an_excerpt_of_one_line_on_each_side() -> None:
    found = list(hits(BEADS, Search("tide")))
    assert [(hit.row, hit.side, hit.excerpt[slice(*hit.span)]) for hit in found] == [
        (0, "source", "tide"),
        (1, "target", "tide"),
    ]


@given(st.text(min_size=1, max_size=80), st.data())
def test_an_excerpt_holds_the_find(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    shown, span = excerpt(text, (start, end), 5)
    assert shown[slice(*span)] == text[start:end]
    assert span[0] <= 6
