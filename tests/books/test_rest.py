"""reStructuredText: which blocks a text has, where they are, what of them is prose; its inline items."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from amts_tui.books.inline import mask, plain_text
from amts_tui.books.model import ItemKind
from amts_tui.books.options import ReadingOptions
from amts_tui.books.rest import REST, scan
from tests.books.properties import check_blocks_cover, check_masking_is_undone, short_time
from tests.books.rest_texts import BOOK, rest_texts


def outline(text: str) -> list[tuple[str, str]]:
    return [(str(block.kind), text[block.start : block.end]) for block in scan(text)]


def names(text: str) -> list[str]:
    return [block.name for block in scan(text)]


def prose(text: str) -> list[str]:
    return [text[start:end].strip() for block in scan(text) for start, end in block.spans]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\nb\n\nc", [("paragraph", "a\nb"), ("paragraph", "c")]),
        ("Title\n=====\nText", [("heading", "Title\n====="), ("paragraph", "Text")]),
        ("=====\n Title\n=====\n", [("heading", "=====\n Title\n=====")]),
        ("a\n\n----\n\nb", [("paragraph", "a"), ("other", "----"), ("paragraph", "b")]),
        ("Too wide\n==", [("paragraph", "Too wide\n==")]),
        ("- a\n  b\n- c", [("list_item", "- a\n  b"), ("list_item", "- c")]),
        ("- a\n\n  b\n\nc", [("list_item", "- a"), ("paragraph", "b"), ("paragraph", "c")]),
        ("- - a", [("list_item", "- - a")]),
        ("-\n\n  a", [("list_item", "-"), ("paragraph", "a")]),
        ("1. a\n2. b", [("list_item", "1. a"), ("list_item", "2. b")]),
        ("1986. It was\na year", [("paragraph", "1986. It was\na year")]),
        ("A. Nother\nname", [("paragraph", "A. Nother\nname")]),
        ("term\n  text", [("paragraph", "term"), ("paragraph", "text")]),
        ("a::\n\n  b\n\n  c\n\nd", [("paragraph", "a::"), ("code", "b\n\n  c"), ("paragraph", "d")]),
        ("a::\n\n> b\n> c\nd", [("paragraph", "a::"), ("code", "> b\n> c"), ("paragraph", "d")]),
        ("a\n\n  b\n\n  -- c", [("paragraph", "a"), ("quote", "b"), ("quote", "-- c")]),
        ("a\n\n:f: b\n   c", [("paragraph", "a"), ("list_item", ":f: b\n   c")]),
        ("-a, --all  b", [("list_item", "-a, --all  b")]),
        ("| a\n| b\n  c", [("paragraph", "| a"), ("paragraph", "| b\n  c")]),
        (">>> a\nb\n\nc", [("code", ">>> a\nb"), ("paragraph", "c")]),
        (".. a\n   b\n\n   c\nd", [("comment", ".. a\n   b\n\n   c"), ("paragraph", "d")]),
        ("..\n\n  a", [("comment", ".."), ("quote", "a")]),
        (".. _a:\n.. _b: c", [("directive", ".. _a:"), ("directive", ".. _b: c")]),
        (".. [1] a\n   b", [("paragraph", ".. [1] a\n   b")]),
        (".. note:: a\n   b", [("directive", ".. note::"), ("paragraph", "a\n   b")]),
        (".. math::\n\n   a\n\nb", [("math", ".. math::\n\n   a"), ("paragraph", "b")]),
        (".. figure:: a\n\n   b\n\n   c", [("image", ".. figure:: a"), ("caption", "b"), ("paragraph", "c")]),
        (".. unheard-of:: a\n\n   b", [("directive", ".. unheard-of:: a\n\n   b")]),
        ("+--+--+\n|a |b |\n+--+--+\n\nc", [("other", "+--+--+\n|a |b |\n+--+--+"), ("paragraph", "c")]),
        ("====\nno title\n\na", [("other", "====\nno title"), ("paragraph", "a")]),
        ("=== ===\na\n\nb", [("other", "=== ===\na\n\nb")]),
        ("\ufeff- a", [("other", "\ufeff"), ("list_item", "- a")]),
        ("one\u2028two", [("paragraph", "one\u2028two")]),
        (" \n\t\n", []),
    ],
)
def test_blocks(text: str, expected: list[tuple[str, str]]) -> None:
    assert outline(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a ::\n\n  b", ["a"]),
        ("a : b : c\n  d", ["a", "b", "c", "d"]),
        ("a\n\n:type x: int\n:param x: b", ["a", "b"]),
        (":author: a\n:abstract: b", ["b"]),
        (".. admonition:: a\n   b\n   :class: c\n\n   d", ["a\n   b", "d"]),
        (".. note:: a\n   b\n   :class: c\n\n   d", ["a\n   b", "d"]),
        (".. note::\n   a\n   :class: c\n\n   d", ["a", "d"]),
        (".. note::\n\n   a\n   :b: c", ["a\n   :b: c"]),
        (".. contents:: :local:", []),
        (".. image:: a\n   :alt: b\n   :width: 3", ["b"]),
        (".. code-block:: a\n   :caption: b\n\n   c", ["b"]),
        (".. versionchanged:: 3.1 a\n   b\n\n   c", ["a\n   b", "c"]),
        (".. deprecated-removed:: 3.1 3.4 a", ["a"]),
        (".. c:function:: int a(b)\n             int c(d)\n\n   e", ["e"]),
        (".. only:: html\n\n   a", ["a"]),
        (".. list-table:: a\n   :widths: 1 2\n\n   * - b\n     - c", ["a", "b", "c"]),
        (".. csv-table:: a\n\n   b, c", ["a"]),
        (".. glossary::\n\n   a\n   b : c\n      d", ["a", "b", "c", "d"]),
        (".. |a| replace:: b\n   c", ["b\n   c"]),
        (".. |a| image:: b\n   :alt: c", ["c"]),
        (".. epigraph::\n\n   a\n\n   -- b", ["a", "b"]),
        ("== ==\na  b\n   c\nd  - e\n== ==", ["a", "b\n   c", "d"]),
        ("== ==\na  b\nc  d\n-----\ne  f\n== ==", ["a", "b", "e", "f"]),
    ],
)
def test_marks_and_what_is_not_prose_stay_outside(text: str, expected: list[str]) -> None:
    assert prose(text) == expected


def test_levels_of_titles_follow_their_order_and_those_of_items_their_depth() -> None:
    blocks = scan("A\n=\n\nB\n-\n\nC\n=\n\n==\nD\n==\n\n- a\n\n  - b\n- c\n")
    assert [block.level for block in blocks] == [1, 2, 1, 3, 1, 2, 1]


def test_blocks_know_what_they_lie_in() -> None:
    text = "- a\n\n  b\n\n.. note::\n\n   c\n\n   - d\n\n   e"
    assert [block.within for block in scan(text)] == ["", "item", "", "note", "note", "note"]
    assert names("a::\n\n  b\n\n...") == ["literal", "literal", "marks"]


def test_a_project_may_have_fields_at_the_top_translated() -> None:
    text = "Title\n=====\n\n:summary: a\n:tags: b\n"
    blocks = scan(text, ReadingOptions(front_matter=("Summary",)))
    assert [text[slice(*block.spans[0])] for block in blocks if block.spans] == ["Title", "a"]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("a ``b * c`` d", "a {1} d"),
        ("*a b* and **c**", "{1>}a b{<1} and {2>}c{<2}"),
        ("2 * 3 * 4, a*b*c, (*), '*'", "2 * 3 * 4, a*b*c, (*), '*'"),
        ("*never closed", "*never closed"),
        (":func:`a` `b`:code:", "{1} {2}"),
        (":ref:`Some part <a>` :ref:`a`", "{1>}Some part{<1} {2}"),
        (":external+py:doc:`A <b>`", "{1>}A{<1}"),
        (":emphasis:`a`", "{1>}a{<1}"),
        ("`a <https://b.org>`_ `c`_ `d`__ `<e>`_", "{1>}a{<1} {2} {3>}d{<3} {4}"),
        ("a_ b_c_ __init__ d__ _e", "{1} {2} __init__ {3} _e"),
        ("[1]_ [#]_ [#a]_ [*]_ [A2]_ [b]", "{1} {2} {3} {4} {5} [b]"),
        ("|a| |b|_ _`c`", "{1} {2} {3}"),
        ("(https://a.org/b_c). me@a.org", "({1}). {2}"),
        (r"a\*b \\ c", "a{1}b {2} c"),
        (r"re\ *form*\ ed", "re{1>}form{<1}ed"),
        ("中文``a``中文*强调*。", "中文{1}中文{2>}强调{<2}。"),
        (r"中\ ``a``\ 文", "中{1}文"),
        ("*a {1} b*", "{1>}a {2} b{<1}"),
    ],
)
def test_inline_items(raw: str, expected: str) -> None:
    assert mask(raw, REST.find_items)[0] == expected


def test_kinds_of_items() -> None:
    raw = ":math:`x` ``a`` :func:`b` |c| d_ https://e.org"
    kinds = [item.kind for item in mask(raw, REST.find_items)[1]]
    assert kinds == [ItemKind.MATH, ItemKind.CODE, ItemKind.ROLE, ItemKind.ROLE, ItemKind.LINK, ItemKind.URL]


def test_escaped_blanks_are_no_part_of_the_plain_text() -> None:
    masked, items, _ = mask(r"中\ ``a``\ 文", REST.find_items)
    assert plain_text(masked, items) == "中``a``文"


@settings(max_examples=300, deadline=None)
@given(rest_texts)
def test_blocks_cover_any_text_without_overlap_and_masking_is_undone(text: str) -> None:
    check_blocks_cover(text, scan(text))
    check_masking_is_undone(text, lambda raw: mask(raw, REST.find_items))


@pytest.mark.parametrize(
    "text",
    [
        "- " * 50_000,
        ".. note:: " * 10_000,
        "*a " * 50_000,
        "`a <" * 50_000,
        "a-" * 50_000 + "_",
        "=== ===\n" * 20_000,
        "a::\n\n b\n\n" * 10_000,
        "_" * 100_000,
        "\\" * 100_000,
        ":a: " * 30_000,
        "a@" * 50_000,
    ],
    ids=lambda text: text[:8],
)
def test_time_stays_linear(text: str) -> None:
    with short_time():
        scan(text)
        mask(text, REST.find_items)


def test_the_book_holds_every_kind_of_block() -> None:
    assert len({block.kind for block in scan(BOOK)}) == 12
