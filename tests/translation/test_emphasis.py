from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amts_tui.books.formats import mask_as
from amts_tui.books.inline import unmask
from amts_tui.books.model import ItemKind
from amts_tui.translation.emphasis import seat_emphasis

SOURCE, ITEMS, _ = mask_as("a.md", "A *teacher* has $x$ and **more _deep_ words** of [*a* link](b.md).")


@pytest.mark.parametrize(
    ("translated", "seated"),
    [
        ("教{1>}师强制，{<1}因为", "教{1>}师强制{<1}，因为"),
        ("函数{1>}（loss{<1} function）", "函数（{1>}loss{<1} function）"),
        ("函数{1>}（loss）{<1}即", "函数（{1>}loss{<1}）即"),
        ("若{1>}{2}的导数{<1}存在", "若 {1>}{2}的导数{<1}存在"),
        ("若{1>}导数{2}{<1}存在", "若{1>}导数{2}{<1} 存在"),
        ("复合{1>}{<1}的", "复合的"),
        ("复合{1>}，{<1}的", "复合，的"),
        ("a {1>} b {<1} c", "a {1>}b{<1} c"),
        ("la{1>} casa {<1}es", "la {1>}casa{<1} es"),
        ("{3>}甲{4>}乙{<4}丙{<3}", "{3>}甲 {4>}乙{<4} 丙{<3}"),
        ("甲{3>}{1>}乙{<1}{<3}丙", "甲{3>}{1>}乙{<1}{<3}丙"),
        ("{1>}甲{<1}{3>}乙{<3}", "{1>}甲{<1} {3>}乙{<3}"),
        ("“{1>}甲”{<1}（乙）", "“{1>}甲”{<1}（乙）"),
        ("甲{1>}乙", "甲{1>}乙"),
        ("甲{<1}乙{1>}丙", "甲{<1}乙{1>}丙"),
    ],
)
def test_marks_lean_on_words(translated: str, seated: str) -> None:
    assert seat_emphasis(translated, ITEMS) == seated


@given(
    st.lists(st.sampled_from([*"ab 数，。（）“.", "{2}"]), max_size=14),
    st.integers(0, 14),
    st.integers(0, 14),
)
def test_wherever_a_pair_comes_down_it_is_read_as_one(text: list[str], one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    placed = "".join([*text[:start], "{1>}", *text[start:end], "{<1}", *text[end:]])
    seated = seat_emphasis(placed, ITEMS)
    found = Counter(
        item.raw for item in mask_as("a.md", unmask(seated, ITEMS))[1] if item.kind is ItemKind.EMPHASIS
    )
    assert found["*"] == 2 * seated.count("{1>}")
    assert seated.replace("{1>}", "").replace("{<1}", "").replace(" ", "") == "".join(text).replace(" ", "")
