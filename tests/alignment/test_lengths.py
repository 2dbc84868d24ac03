"""Lengths of units, and what a translation's length costs."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from amts_tui.alignment import lengths
from amts_tui.alignment.lengths import lengths_of


def test_blanks_do_not_count_and_wide_characters_count_three() -> None:
    assert lengths_of(["a b\tc", "漢字", "한 글", "", "\u3000", "𠀀"]).tolist() == [3, 6, 6, 1, 1, 3]


@given(st.lists(st.text(alphabet="ab 漢\u3000"), max_size=12), st.integers(1, 9))
def test_texts_are_counted_alike_in_portions(texts: list[str], portion: int) -> None:
    whole = lengths_of(texts)
    usual, lengths._PORTION = lengths._PORTION, portion
    try:
        assert np.array_equal(lengths_of(texts), whole)
    finally:
        lengths._PORTION = usual
