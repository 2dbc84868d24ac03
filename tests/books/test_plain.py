"""Plain text: its paragraphs, items and titles, what is no prose, and translations that keep them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amts_tui.books.formats import format_of
from amts_tui.books.inline import join_lines, mask
from amts_tui.books.model import Document
from amts_tui.books.plain import PLAIN, scan
from amts_tui.books.reading import parse
from amts_tui.books.writing import splice
from tests.books.markdown_texts import NASTY
from tests.books.properties import (
    ACCENTED,
    CHINESE,
    check_any_translation,
    check_blocks_are_kept,
    check_blocks_cover,
    check_masking_is_undone,
    check_nasty,
    check_own_texts_change_nothing,
    items_of,
    placeholders,
    pseudo_translated,
    texts_of,
)

BOOK = """\
The Kite Maker's Almanac

This text may be copied at https://example.org/almanac (see there), or asked
for at kites@example.org.

CHAPTER I.    The Wind
CHAPTER II.   The Paper

* * * * *

It was a windy day when the maker went out to the hill, and nobody knew
whether he would come back before dark. He did. The wind, however, did
not

"Good evening!" said she.
"Good evening!" said he.

      How does the little kite
        Improve the sky,
      And pull the maker's hand
        Up high!

Things to bring:
- a hat
- a coat that is very long and
  warm

1. First of all
2. Second

    $ make kite
    x = fold(paper);

Name      Age    City
Ann       3      Rome
Bob       4      Oslo

A title
-------
Text below it.

    This paragraph is indented
and goes on here and ends.
    The next one begins
here.
"""

FRAGMENTS = (
    "- ", "* ", "1. ", "(2) ", "I. ", "a) ", "---", "=====", "word", "Two words. And more!", "文字。", "文",
    "“引用”", "https://e.org/a_b).", "<https://e.org>", "a@b.org", "{1}", "{2>}", "    ", "\t", "\u3000",
    "   ", " ", "\n", "\n", "\n", "\n\n", "\r\n", "\r", "\x0c", "\u2028", "\ufeff", "|", "{};", "$ ls", ":",
    ".", "x = y;",
)  # fmt: skip

plain_texts = texts_of(FRAGMENTS)


def read(text: str) -> Document:
    return parse(text, path="a.txt", lang="en", sentences=False)


def outline(text: str) -> list[tuple[str, str]]:
    return [(str(block.kind), text[block.start : block.end]) for block in scan(text)]


def prose(text: str) -> list[str]:
    return [segment.text for segment in read(text).segments()]


@pytest.mark.parametrize("name", ["a.txt", "a.text", "b/A.TXT"])
def test_suffixes(name: str) -> None:
    assert format_of(name) is PLAIN


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One\ntwo\n\nthree", ["One\ntwo", "three"]),
        ("One line ends.\nAnother ends.\nA third!\n", ["One line ends.", "Another ends.", "A third!"]),
        ("第一段。\n第二段。\n", ["第一段。", "第二段。"]),
        ("x" * 130 + "\n" + "y" * 130, ["x" * 130, "y" * 130]),
        ("Title\nOne.\nTwo.\nThree.\nFour.", ["Title", "One.", "Two.", "Three.", "Four."]),
        ("One. Two\nthree. Four\nfive.", ["One. Two\nthree. Four\nfive."]),
        ("  One\ntwo.\n  Three\nfour.", ["One\ntwo.", "Three\nfour."]),
        ("\u3000\u3000一。\n\u3000\u3000二。", ["一。", "二。"]),
        ("- a\n- b\n  c", ["a", "b\nc"]),
        ("See:\n1. a\n2. b", ["See:", "a", "b"]),
        ("in the year\n12. It was so", ["in the year\n12. It was so"]),
        ("I. One\nII. Two", ["One", "Two"]),
        ("I. One", ["I. One"]),
        ("I     One\nII    Two", ["I", "One", "II", "Two"]),
        ("Title\n=====\nText", ["Title", "Text"]),
        ("* * *\n\nText\n\n-----", ["Text"]),
        ("    if (x) {\n        y();\n    }", []),
        ("a    b    c\nd    e    f", []),
        ("+---+\n| a |\n+---+", []),
        ("\ufeffText", ["Text"]),
        ("one\u2028two", ["one\u2028two"]),
    ],
)  # fmt: skip
def test_paragraphs_and_items(text: str, expected: list[str]) -> None:
    assert prose(text) == expected


def test_kinds() -> None:
    text = "A\na\n\nb\n\n- c\n  - d\n\n    e = f();\n\n***\n"
    assert [(kind, piece) for kind, piece in outline(text)] == [
        ("paragraph", "A\na"), ("paragraph", "b"), ("list_item", "- c"), ("list_item", "- d"),
        ("code", "e = f();"), ("other", "***"),
    ]  # fmt: skip
    assert [block.level for block in scan("- c\n  - d\n- e\n\nT\n---")] == [1, 2, 1, 2]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("at https://e.org/a_(b), or", "at {1}, or"),
        ("(see https://e.org/a).", "(see {1})."),
        ("<https://e.org> a.b@e.org", "<{1}> {2}"),
        ("见https://e.org。", "见{1}。"),
        ("*a* `b` $c$", "*a* `b` $c$"),
    ],
)
def test_only_addresses_are_items(raw: str, expected: str) -> None:
    assert mask(raw, PLAIN.find_items)[0] == expected


@pytest.mark.parametrize(
    ("text", "translation", "expected"),
    [
        ("Word", "a\n\nb", "a\nb"),
        ("Word", "One.\nTwo.", "One. Two."),
        ("Word", "- x", "-\u00a0x"),
        ("Word", "1. x", "1.\u00a0x"),
        ("- a", "x\ny", "- x\n  y"),
        ("A title\n-------", "x\ny", "x y\n-------"),
        ("One.\nTwo.", "x", "One.\nTwo."),
    ],
)
def test_a_translation_makes_no_paragraph(text: str, translation: str, expected: str) -> None:
    assert splice(read(text), {0: translation}).text == expected


def test_each_segment_with_its_own_text_gives_the_file_back() -> None:
    check_own_texts_change_nothing(read(BOOK))


@pytest.mark.parametrize("joined", [False, True])
@pytest.mark.parametrize(("pattern", "change"), [ACCENTED, CHINESE, (r"\Z", "")])
def test_a_pseudo_translation_keeps_blocks_segments_and_items(
    pattern: str, change: str, joined: bool
) -> None:
    document = read(BOOK)
    changed = pseudo_translated(document, pattern, change)
    if joined:
        changed = {
            index: join_lines(changed[index], one.items) for index, one in enumerate(document.segments())
        }
    spliced, again = check_blocks_are_kept(document, changed)
    assert spliced.problems == ()
    assert items_of(again) == items_of(document)


@pytest.mark.parametrize("nasty", [*NASTY, "One.\nTwo.\nThree.", "a    b    c\nd    e    f", "{};\n{};"])
def test_no_translation_breaks_the_document(nasty: str) -> None:
    document = read(BOOK)
    for index, segment in enumerate(document.segments()):
        check_nasty(document, index, f"{nasty} {placeholders(segment)}")


@settings(max_examples=200, deadline=None)
@given(plain_texts)
def test_blocks_cover_the_text_without_overlap(text: str) -> None:
    check_blocks_cover(text, scan(text))


@settings(max_examples=200, deadline=None)
@given(plain_texts)
def test_unmasking_is_the_inverse_of_masking(raw: str) -> None:
    check_masking_is_undone(raw, lambda text: mask(text, PLAIN.find_items))


@settings(max_examples=200, deadline=None)
@given(plain_texts, st.lists(plain_texts, min_size=1, max_size=4))
def test_any_translation_of_anything_keeps_the_blocks(text: str, values: list[str]) -> None:
    check_any_translation(read(text), values)


@pytest.mark.parametrize(
    "text", ["a" * 3_000_000, "- a\n" * 50_000, "a  \n" * 50_000, "I. a\n" * 50_000, " " * 500_000]
)
def test_time_stays_linear(text: str) -> None:
    assert len(scan(text)) <= 50_000
