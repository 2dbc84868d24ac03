from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amts_tui.tui.widgets.wrapping import (
    NO_END,
    NO_START,
    clip,
    clip_middle,
    fitting,
    printable,
    width_of,
    wrap,
)

GRAPHEMES = st.sampled_from(
    [*"ab c d，。“”（）《》中文字学习 é1.5%[]`$—…가나ー🙂", "e\u0301", "👨\u200d👩\u200d👧", "❤\ufe0f"]
)
KINSOKU = st.sampled_from("a中，（ ")
TEXTS = st.lists(st.one_of(GRAPHEMES, KINSOKU), max_size=80).map("".join)
WORDS = st.lists(st.text("abcdefgh,.", min_size=1, max_size=8), min_size=1, max_size=30).map(" ".join)


@given(TEXTS, st.integers(2, 30))
def test_lines_cover_the_text_and_fit(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert "".join(text[start:end] for start, end in lines) == text
    assert lines[0][0] == 0
    assert lines[-1][1] == len(text)
    assert all(before[1] == after[0] for before, after in pairwise(lines))
    assert all(width_of(text[start:end].rstrip(" ")) <= width for start, end in lines)


@given(TEXTS, st.integers(2, 30))
def test_no_line_but_a_lone_one_is_empty(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert len(lines) == 1 or all(end > start for start, end in lines)


@given(WORDS, st.integers(8, 30))
def test_words_that_fit_stay_whole(text: str, width: int) -> None:
    for _start, end in wrap(text, width)[:-1]:
        assert text[end - 1] == " "


@given(WORDS, st.integers(8, 30))
def test_both_ways_of_breaking_agree_on_latin_text(text: str, width: int) -> None:
    narrow = [text[start:end] for start, end in wrap(text, width)]
    mixed = [(text + " 中")[start:end] for start, end in wrap(text + " 中", width)]
    assert "".join(mixed).startswith("".join(narrow))
    assert narrow[:-1] == mixed[: len(narrow) - 1]


@pytest.mark.parametrize("width", range(6, 40))
def test_closing_marks_do_not_start_a_line_and_opening_marks_do_not_end_one(width: int) -> None:
    text = "第一句很长很长的话，“引用”结束（见图）。《书名》讲的是深度学习、神经网络；它们从数据中学习！"
    for start, end in wrap(text, width):
        assert start == 0 or text[start] not in NO_START
        assert end == len(text) or text[end - 1] not in NO_END


def test_chinese_may_start_behind_a_latin_word() -> None:
    text = "ReLU 激活函数"
    assert [text[a:b] for a, b in wrap(text, 9)] == ["ReLU 激活", "函数"]


def test_a_word_longer_than_the_line_is_cut() -> None:
    assert wrap("abcdefgh", 3) == [(0, 3), (3, 6), (6, 8)]


def test_the_empty_text_has_one_empty_line() -> None:
    assert wrap("", 10) == [(0, 0)]


def test_what_would_disturb_the_terminal_is_replaced_one_for_one() -> None:
    text = "a\tb\x1b[31mc\u202ed\ne"
    clean = printable(text)
    assert len(clean) == len(text)
    assert clean == "a b\ufffd[31mc\ufffdd e"


@given(TEXTS, st.integers(1, 30))
def test_clip_fits(text: str, width: int) -> None:
    cut = clip(text, width)
    assert width_of(cut) <= width
    assert cut == text or cut.endswith("~")


@pytest.mark.parametrize(
    ("width", "line"),
    [(3, "确认了一行"), (10, "确认了一行"), (18, "确认了一行  row 2"), (40, "确认了一行  row 2  saved")],
)
def test_a_status_line_leaves_out_what_does_not_fit(width: int, line: str) -> None:
    assert fitting(["确认了一行", "row 2", "saved"], width) == line


@pytest.mark.parametrize(
    ("text", "width", "clipped"),
    [
        ("abcdefgh", 8, "abcdefgh"),
        ("abcdefgh", 5, "ab~gh"),
        ("abcdefgh", 4, "a~gh"),
        ("中文字很长的名", 7, "中~的名"),
    ],
)
def test_clipping_the_middle(text: str, width: int, clipped: str) -> None:
    assert clip_middle(text, width) == clipped
