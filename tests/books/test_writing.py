"""Writing translations back: only the translated text changes, and none breaks the document."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amts_tui.books.model import Document
from amts_tui.books.reading import parse
from amts_tui.books.writing import Problem, splice, splice_spans
from tests.books.markdown_texts import NASTY, markdown_texts
from tests.books.properties import (
    ACCENTED,
    CHINESE,
    JOINED,
    LONGER,
    check_any_translation,
    check_blocks_are_kept,
    check_nasty,
    check_own_texts_change_nothing,
    items_of,
    placeholders,
    pseudo_translated,
)

BOOK = """\
---
title: Sample
---
# Opening words [#opening]
:label:`sec_open`

A first paragraph with `code` in it,
over *two* lines.$BLANKS

- An item
- Another one,
  wrapped
  - A deeper one

1. Numbered

   Its second paragraph.

> Quoted words
> over two lines.

:A caption

| Head | Second |
|------|--------|
| Cell | `x`    |
:label:`tab_one`

![An alt text with $x$](a.svg)
:width:`300px`

:begin_tab:`first`
Text of a tab with $a_1$ and :numref:`sec_open`.
:end_tab:

Underlined
==========

$$a = b.$$ where it says more.

!!! tip "A title"
    Its body.

```smart header="Why so"
Prose of the fence.
```

```{.python .input}
# not prose
```

The end
""".replace("$BLANKS", "   ")


def read(text: str) -> Document:
    return parse(text, path="a.md", lang="en", sentences=False)


def one(text: str, translation: str) -> tuple[str, tuple[Problem, ...]]:
    spliced = splice(read(text), {0: translation})
    return spliced.text, spliced.problems


def test_each_segment_with_its_own_text_gives_the_file_back() -> None:
    check_own_texts_change_nothing(read(BOOK))


def test_only_the_translated_segment_changes() -> None:
    document = read(BOOK)
    index = next(i for i, segment in enumerate(document.segments()) if segment.text.startswith("A first"))
    spliced = splice(document, {index: "Un premier avec {1},\nsur {2>}deux{<2} lignes."})
    before = "A first paragraph with `code` in it,\nover *two* lines."
    assert spliced.text == BOOK.replace(before, "Un premier avec `code`,\nsur *deux* lignes.")


@pytest.mark.parametrize(("pattern", "change"), [ACCENTED, CHINESE, JOINED, LONGER])
def test_a_pseudo_translation_keeps_blocks_segments_and_items(pattern: str, change: str) -> None:
    document = read(BOOK)
    spliced, again = check_blocks_are_kept(document, pseudo_translated(document, pattern, change))
    assert spliced.problems == ()
    assert items_of(again) == items_of(document)


@pytest.mark.parametrize("nasty", NASTY)
def test_no_translation_breaks_the_document(nasty: str) -> None:
    document = read(BOOK)
    number = NASTY.index(nasty)
    for index, segment in enumerate(document.segments()):
        names = placeholders(segment)
        check_nasty(document, index, f"{nasty} {names}" if (index + number) % 2 else nasty + names)


def test_all_nasty_translations_at_once() -> None:
    document = read(BOOK)
    count = len(document.segments())
    for shift in range(0, len(NASTY), 5):
        changed = {index: NASTY[(index + shift) % len(NASTY)] for index in range(count)}
        for keep_damaged in (True, False):
            check_blocks_are_kept(document, changed, keep_damaged=keep_damaged)


@pytest.mark.parametrize(
    ("text", "translation", "expected"),
    [
        ("Word", "1986. It was", r"1986\. It was"),
        ("Word", "- a", r"\- a"),
        ("Word", "# a", r"\# a"),
        ("a\nb", "x\n> y", "x\n\\> y"),
        ("> a\n> b", "x\n- y", "> x\n> \\- y"),
        ("![a](b)", "x]y", r"![x\]y](b)"),
        ("| a |\n|---|", "x|y", "| x\\|y |\n|---|"),
        ("| a |\n|---|", "x\\", "| x\\\\ |\n|---|"),
        ("word `c`", "costs $5, {1}", "costs $5, `c`"),
        ("it is $x$", "5$ and {1}", r"5\$ and $x$"),
        ("- a", ">= 5\n> b", "- \\>= 5\n  \\> b"),
        ("- > a", "> b", "- > b"),
    ],
)
def test_markup_by_accident_is_escaped(text: str, translation: str, expected: str) -> None:
    assert one(text, translation)[0] == expected


@pytest.mark.parametrize("translation", [":label:`x`", ":end_tab:", "", "  \n"])
def test_what_no_escape_helps_is_refused(translation: str) -> None:
    text, problems = one("Word", translation)
    assert text == "Word"
    assert [problem.refused for problem in problems] == [True]


@pytest.mark.parametrize(
    ("text", "translation", "expected"),
    [
        ("# Title", "One\ntwo", "# One two"),
        ("| a |\n|---|", "x\ny", "| x y |\n|---|"),
        ("a\nb\nc", "x\n\n\ny", "x\ny"),
        ("- a\n  b", "x\ny\nz", "- x\n  y\n  z"),
        ("- a", "x\ny", "- x\n  y"),
        ("> a", "x\ny", "> x\n> y"),
        ("1. a\r\n", "x\ny", "1. x\r\n   y\r\n"),
        ("  a\r\n  b\r\n", "x\ny", "  x\r\n  y\r\n"),
        ("a *b* c", "x {1>} y {<1} z", "x *y* z"),
        ("# Title", "x\ry", "# x y"),
        ("| a |\n|---|", "x\ry", "| x y |\n|---|"),
        ("> a", "x\r\ny\rz", "> x\n> y\n> z"),
        ("a\rb", "x\ry", "x\ry"),
    ],
)
def test_line_breaks_and_blanks_fit_the_place(text: str, translation: str, expected: str) -> None:
    assert one(text, translation) == (expected, ())


@pytest.mark.parametrize("suffix", ["md", "mdx", "rst", "adoc", "txt", "html", "xhtml"])
@pytest.mark.parametrize("translation", ["a\ud800b", "\udcff", "a\0b"])
def test_what_no_file_can_hold_is_refused(suffix: str, translation: str) -> None:
    document = parse("Some words", path=f"a.{suffix}", lang="en", sentences=False)
    for spliced in (splice(document, {0: translation}), splice_spans(document, [(5, 10, translation)])):
        assert (spliced.text, spliced.data) == ("Some words", b"Some words")
        assert [problem.refused for problem in spliced.problems] == [True]


def test_damaged_placeholders_are_refused_and_named() -> None:
    text = "Run `a` and `b`."
    for translation, reason in [
        ("Lauf {1}.", "placeholder {2} (`b`) lost"),
        ("Lauf {1} {2} {2}.", "placeholder {2} (`b`) doubled"),
        ("Lauf {1} {2} {3}.", "placeholder {3} foreign"),
    ]:
        spliced, problems = one(text, translation)
        assert spliced == text
        assert problems == (Problem(0, reason, True),)


def test_damage_can_be_kept_and_is_still_reported() -> None:
    spliced = splice(read("Run `a` and `b`."), {0: "Lauf {1}{3}."}, keep_damaged=True)
    assert spliced.text == "Lauf `a`."
    assert [(problem.refused, problem.reason) for problem in spliced.problems] == [
        (False, "placeholder {2} (`b`) lost"),
        (False, "placeholder {3} foreign"),
    ]


def test_a_pair_of_emphasis_marks_may_be_lost_but_not_half_of_it() -> None:
    spliced, problems = one("An *emphatic* word.", "Ein betontes Wort.")
    assert spliced == "Ein betontes Wort."
    assert [problem.refused for problem in problems] == [False, False]
    assert one("An *emphatic* word.", "Ein {1>}betontes Wort.")[0] == "An *emphatic* word."


def test_a_translation_of_no_segment_is_reported() -> None:
    assert splice(read("A word."), {1: "x"}).problems == (
        Problem(1, "the document has no such segment", True),
    )


def test_items_may_change_their_order() -> None:
    assert one("Of `a` the `b`.", "{2} von {1}.")[0] == "`b` von `a`."


def test_edited_units_go_back_to_their_span() -> None:
    text = "- One here. Two\n  there. Three.\n\n```\ncode\n```\n"
    document = parse(text, path="a.md", lang="en")
    _, two, three = document.segments()[0].units
    spliced = splice_spans(document, [(three.start, three.end, "3."), (two.start, two.end, "Zwei **dort**.")])
    assert spliced.text == text.replace("Two\n  there. Three.", "Zwei **dort**. 3.")
    assert spliced.problems == ()


def test_edited_units_do_not_break_the_document() -> None:
    document = read("Some text.\n\n```\ncode\n```\n")
    assert splice_spans(document, [(0, 10, "- item")]).text.startswith("\\- item\n")
    code = document.text.index("code")
    for start, end, raw in [(code, code + 4, "x"), (0, 10, ""), (0, 10, ":end_tab:")]:
        spliced = splice_spans(document, [(start, end, raw)])
        assert spliced.text == document.text
        assert [problem.refused for problem in spliced.problems] == [True]


def test_spans_that_overlap_are_refused() -> None:
    document = read("Some text.")
    spliced = splice_spans(document, [(0, 6, "Any "), (4, 10, "word")])
    assert spliced.text == "Any ext."
    assert [problem.segment for problem in spliced.problems] == [-1]


@settings(max_examples=200, deadline=None)
@given(markdown_texts, st.lists(markdown_texts, min_size=1, max_size=4), st.booleans())
def test_any_translation_of_anything_keeps_the_blocks(
    text: str, values: list[str], keep_damaged: bool
) -> None:
    check_any_translation(read(text), values, keep_damaged=keep_damaged)


@pytest.mark.parametrize(
    "nasty", [*NASTY, "</summary>", "</details>x", "<b>", "a < b", "{x}", "={", '"', "x\n\ny"]
)
def test_no_translation_breaks_a_block_of_html(nasty: str) -> None:
    text = (
        '<details>\n<summary>Words <b>here</b></summary>\n<img src="a" alt="A cat">\n</details>\n\nText\n\n'
        "> <p>Quoted\n> words</p>\n"
    )
    document = read(text)
    for index, segment in enumerate(document.segments()):
        check_nasty(document, index, nasty + placeholders(segment))


def test_what_is_no_markup_becomes_an_entity_in_a_block_of_html() -> None:
    assert one("<p>a</p>", "x < y & <b>\n\nz")[0] == "<p>x &lt; y & &lt;b> z</p>"


def test_a_typed_bar_stays_inside_its_cell() -> None:
    document = read("| a | b |\n|---|---|\n| May | x |\n")
    place = next(segment for segment in document.segments() if segment.text == "May")
    spliced = splice_spans(document, [(place.start, place.end, "May | June")])
    assert spliced.text == "| a | b |\n|---|---|\n| May \\| June | x |\n"
