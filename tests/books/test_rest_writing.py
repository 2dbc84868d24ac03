"""Writing translations back into reStructuredText: titles keep their lines of marks, markup stays markup."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amts_tui.books.model import Document
from amts_tui.books.reading import parse
from amts_tui.books.writing import Problem, splice, splice_spans
from tests.books.properties import (
    ACCENTED,
    CHINESE,
    JOINED,
    LONGER,
    check_any_translation,
    check_blocks_are_kept,
    check_nasty,
    check_own_texts_change_nothing,
    in_turn,
    placeholders,
    pseudo_translated,
    refused,
)
from tests.books.rest_texts import BOOK, rest_texts

NASTY = [
    "2020. it was", "1. x", "1) x", "(1) x", "A. x", "iv. x", "#. x", "- x", "+ x", "* x", "• x",
    "-", "*", "1.", ">>> x", ">>>", ":f: x", ":f:", "::", "x::", "x ::", "x\n::", "-a  b",
    "--all  b", "/V  x", "| x", "|", "|x| y", "====", "==", "----", "x\n====", "x\n--",
    "====\nx\n====", "+--+--+", "=== ===", "=== ===\na   b\n=== ===", ".. x", ".. note:: x",
    ".. _x:", ".. _x: y", ".. [1] x", ".. |x| image:: y", "..", "...", "__ x", "__", "_x", "x_",
    "x__", "`x", "`x`", "`x`__", "``x", "``", "`", "*x", "**x", "***", "x*", "\\", "x\\", "\\x",
    "C:\\dir", "[1]_", "[x]_", "_`x`", ":ref:`x", "x : y", "a\n\nb", "a\n  b", "    a", "\ta",
    "a\n- b", "a\n1. b", "a\n.. b", "a\r\nb", "a\u000bb", "a\u2028- b", "\u2028b", "a\u0085- b",
    "\u3000a", "\u00a0a", "-- x", "— x", "http://x.org", "{1}", "a {9} b", "文*文*文", "文``文``", "“*”",
    "", "  ", "\ufeffx", "MMXX. x", "!!!!", "\u0000x", "`a", "*a*b",
]  # fmt: skip


def read(text: str) -> Document:
    return parse(text, path="a.rst", lang="en", sentences=False)


def one(text: str, translation: str, at: int = 0) -> tuple[str, tuple[Problem, ...]]:
    spliced = splice(read(text), {at: translation})
    return spliced.text, spliced.problems


def test_each_segment_with_its_own_text_gives_the_file_back() -> None:
    check_own_texts_change_nothing(read(BOOK))


@pytest.mark.parametrize(
    ("pattern", "change", "cramped"),
    [
        (*ACCENTED, []),
        (*CHINESE, ["Head", "Cell a", "Cell b"]),
        (*JOINED, []),
        (*LONGER, ["Head", "Cell a", "Cell b"]),
    ],
)
def test_a_pseudo_translation_keeps_blocks_segments_and_items(
    pattern: str, change: str, cramped: list[str]
) -> None:
    document = read(BOOK)
    segments = document.segments()
    spliced, again = check_blocks_are_kept(document, pseudo_translated(document, pattern, change))
    assert [segments[number].text for number in refused(spliced)] == cramped
    assert [[(item.placeholder, item.core) for item in segment.items] for segment in again.segments()] == [
        [(item.placeholder, item.core) for item in segment.items] for segment in segments
    ]


@pytest.mark.parametrize("nasty", NASTY)
def test_no_translation_breaks_the_document(nasty: str) -> None:
    document = read(BOOK)
    segments = document.segments()
    places, number = range(len(segments)), NASTY.index(nasty)
    for index in in_turn(places, number, 3):
        check_nasty(document, index, nasty + placeholders(segments[index]))
    for index in in_turn(places, number + 1, 3):
        check_nasty(document, index, f"{placeholders(segments[index])} {nasty}")


@pytest.mark.parametrize(
    ("text", "translation", "expected"),
    [
        ("Title\n=====\n", "A long title", "A long title\n============\n"),
        ("Title\n=====\n", "标题标题", "标题标题\n========\n"),
        ("Title\n=======\n", "Ti", "Ti\n=======\n"),
        ("=======\n Title\n=======\n", "A title", "========\n A title\n========\n"),
        ("To\r\n--\r\n", "After", "After\r\n-----\r\n"),
        ("A ``b``\n=======", "Ab {1}", "Ab ``b``\n========"),
    ],
)
def test_the_marks_of_a_title_are_as_long_as_it(text: str, translation: str, expected: str) -> None:
    assert one(text, translation) == (expected, ())


def test_other_titles_stay_as_they_are() -> None:
    text = "First one\n======\n\nSecond\n======\n"
    assert one(text, "Number two", 1)[0] == "First one\n======\n\nNumber two\n==========\n"


@pytest.mark.parametrize(
    ("text", "translation", "expected"),
    [
        ("use ``a`` now", "用{1}吧", r"用\ ``a``\ 吧"),
        ("*a* b", "{1>}甲{<1}乙", "*甲*\\ 乙"),
        ("see :ref:`a <b>`.", "见{1>}甲{<1}。", r"见\ :ref:`甲 <b>`。"),
        ("see a_", "见（{1}）", "见（a_）"),
        ("go to https://e.org now", "去{1}吧", r"去\ https://e.org\ 吧"),
        ("a *b* c", "x {1>} y {<1} z", "x *y* z"),
        ("a *b* c", "x {1>}{<1} z", "x  z"),
        (r"中\ ``a``\ 文", "a {1} b", r"a \ ``a``\  b"),
    ],
)
def test_markup_is_seen_between_letters(text: str, translation: str, expected: str) -> None:
    assert one(text, translation)[0] == expected


@pytest.mark.parametrize(
    ("text", "translation", "expected"),
    [
        ("Word", "1986. It was", r"1986\. It was"),
        ("Word", "- a", r"\- a"),
        ("Word", ".. note:: a", r"\.. note:: a"),
        ("Word", "It ends::", r"It ends:\:"),
        ("Word", "a snake_ here", r"a snake\_ here"),
        ("Word", "2 *x and `y", r"2 \*x and \`y"),
        ("Word", r"C:\new\ ", r"C:\\new\\"),
        ("a\nb", "x\n====", "x\n\\===="),
        ("term\n  text", "a : b", "a \\: b\n  text"),
        ("==== ==\na    b\n==== ==", "- x", "==== ==\n\\- x b\n==== =="),
        (".. note:: a\n   b", "x\n:y: z", ".. note:: x\n   \\:y: z"),
    ],
)
def test_markup_by_accident_is_escaped(text: str, translation: str, expected: str) -> None:
    assert one(text, translation)[0] == expected


@pytest.mark.parametrize(
    ("text", "translation", "expected"),
    [
        ("a\nb", "x\n\n\ny", "x\ny"),
        ("a", "x\ny", "x y"),
        ("- a\n  b", "x\ny\nz", "- x\n  y\n  z"),
        ("Title\n=====", "One\ntwo", "One two\n======="),
        (".. note:: a", "x\ny", ".. note:: x y"),
        (".. note:: a\r\n   b", "x\ny", ".. note:: x\r\n   y"),
        ("a", "x\u2028- y", "x - y"),
    ],
)
def test_line_breaks_fit_the_place(text: str, translation: str, expected: str) -> None:
    assert one(text, translation) == (expected, ())


def test_a_cell_keeps_its_column_or_is_refused() -> None:
    text = "=====  =====\nOne    two\nMore   text\n=====  =====\n"
    assert one(text, "甲")[0] == text.replace("One    two", "甲     two")
    assert one(text, "Uno")[0] == text.replace("One", "Uno")
    kept, (problem,) = one(text, "Longer")
    assert (kept, problem.segment, problem.refused) == (text, 0, True)
    assert problem.reason.startswith("it does not fit: the column is too narrow")
    assert problem.remedy.startswith("make it shorter")
    assert one(text, "much longer than that", 1)[0] == text.replace("two", "much longer than that")


def test_edited_units_get_what_their_place_needs() -> None:
    document = read("Title\n=====\n\n用 ``a`` 吧\n")
    spans = [(0, 5, "Another title"), (13, 22, "用``a``吧")]
    spliced = splice_spans(document, spans)
    assert spliced.text == "Another title\n=============\n\n用\\ ``a``\\ 吧\n"
    assert spliced.problems == ()


@settings(max_examples=200, deadline=None)
@given(rest_texts, st.lists(rest_texts, min_size=1, max_size=4), st.booleans())
def test_any_translation_of_anything_keeps_the_blocks(
    text: str, values: list[str], keep_damaged: bool
) -> None:
    check_any_translation(read(text), values, keep_damaged=keep_damaged)
