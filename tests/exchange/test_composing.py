"""Documents made of pairs."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amts_tui.books.reading import parse
from amts_tui.exchange.composing import compose, split_name
from amts_tui.exchange.model import PlainPair

LANGS = ("en", "es")
STANDING = [
    "The *lamp* gives `light`, $x_1$ lux. It <b>shines</b> &amp; {1} glows.",
    "[a link](https://example.org) and ![a picture](a.png) in a line",
    "Ends with a backslash \\",
    "a | b | c",
    "$5 to $6, 5 * 3 * 2, snake_case_name",
    '<x id="1"/>Press <g id="2">OK</g>',
    "¿Qué? «Sí».",
]
BREAKING = [
    "# a title",
    "- an item",
    "1. an item",
    "> quoted",
    "```",
    "<!-- open",
    ":label:`sec_x`",
    "$$ a",
    "a: b\n===",
]

lines = st.one_of(
    st.sampled_from([*STANDING, *BREAKING, "12.5", "—", ""]),
    st.text(st.sampled_from("ab .#*_`$[]()<>!|:-=+~{}1\\\"'&\n\tñ"), max_size=30),
    st.text(max_size=20),
)


def texts_of(document_text: str, path: str, lang: str) -> list[str]:
    document = parse(document_text, path=path, lang=lang)
    return [document.raw(segment) for segment in document.segments()]


def in_one_line(text: str) -> str:
    return " ".join(part.strip(" \t") for part in text.replace("\r", "\n").split("\n") if part).strip()


def test_texts_stand_as_paragraphs_one_after_another() -> None:
    pairs = [PlainPair(text, f"{text} (sí)", str(n)) for n, text in enumerate(STANDING)]
    made = compose("ch/a.md", pairs, LANGS)
    assert made.path == "ch/a.md"
    assert not made.left_out
    assert made.source == "\n\n".join(STANDING) + "\n"
    assert [(linked.source, linked.target) for linked in made.linked] == [(n, n) for n in range(len(pairs))]
    assert texts_of(made.target, made.path, "es") == [pair.target for pair in pairs]


@settings(deadline=None)
@given(st.lists(st.tuples(lines, lines), max_size=8), st.sampled_from(["a.md", "a.rst", "a.adoc", "a"]))
def test_what_is_written_is_read_back_and_the_rest_is_told(texts: list[tuple[str, str]], name: str) -> None:
    pairs = [PlainPair(source, target, str(n)) for n, (source, target) in enumerate(texts)]
    made = compose(name, pairs, LANGS)
    read = [texts_of(text, made.path, lang) for text, lang in ((made.source, "en"), (made.target, "es"))]
    assert [in_one_line(linked.pair.source) for linked in made.linked] == read[0]
    for linked in made.linked:
        if linked.target is None:
            assert not in_one_line(linked.pair.target)
        else:
            assert read[1][linked.target] == in_one_line(linked.pair.target)
    names = [linked.pair.id for linked in made.linked] + [line.id for line in made.left_out]
    assert sorted(names) == sorted(pair.id for pair in pairs)


def test_a_text_that_breaks_others_goes_alone() -> None:
    pairs = [PlainPair(text, text) for text in ("One.", "```", "Two.", "<!-- open", "Three.", "12", "- four")]
    made = compose("a.md", pairs, LANGS)
    written = [linked.pair.source for linked in made.linked]
    assert [text for text in written if text in ("One.", "Two.", "Three.")] == ["One.", "Two.", "Three."]
    assert "12" not in written


def test_what_would_be_something_else_in_markdown_becomes_a_heading() -> None:
    texts = ["One.", "- two", "# three", "1. four", "> five", "    six", "<!-- seven"]
    made = compose("a.md", [PlainPair(text, "Sí.") for text in texts], LANGS)
    assert made.path == "a.md"
    assert not made.left_out
    assert made.source.startswith("One.\n\n# - two\n\n# # three\n\n# 1. four\n\n# > five\n\nsix\n\n")
    assert texts_of(made.source, made.path, "en") == [text.strip() for text in texts]


def test_another_format_where_the_stated_one_would_lose_something() -> None:
    assert compose("a.rst", [PlainPair("One ``x``.", "Uno.")], LANGS).path == "a.rst"
    made = compose("a.rst", [PlainPair("One ``x``.", "Uno."), PlainPair("- two", "dos")], LANGS)
    assert made.path == "a.md"
    assert not made.left_out
    made = compose("a.md", [PlainPair("`` code #", "Uno."), PlainPair("# closed #", "Dos")], LANGS)
    assert made.path == "a.txt"
    assert not made.left_out


def test_untranslated_texts_are_in_the_source_alone() -> None:
    made = compose(
        "a.md", [PlainPair("One.", "Uno."), PlainPair("Two.", " "), PlainPair("Three.", "Tres.")], LANGS
    )
    assert (made.source, made.target) == ("One.\n\nTwo.\n\nThree.\n", "Uno.\n\nTres.\n")
    assert [(linked.source, linked.target) for linked in made.linked] == [(0, 0), (1, None), (2, 1)]


def test_what_no_file_of_text_can_hold_is_left_out() -> None:
    made = compose(
        "a.md", [PlainPair("a\0b", "c", "1"), PlainPair("\ud800", "c", "2"), PlainPair("d", "e")], LANGS
    )
    assert [line.id for line in made.left_out] == ["1", "2"]
    assert made.source == "d\n"


def test_many_pairs_in_linear_time() -> None:
    pairs = [PlainPair(f"Sentence number {n}.", f"Frase número {n}.") for n in range(3000)]
    assert len(compose("a.md", [*pairs, PlainPair("```", "x")], LANGS).linked) == 3000


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("ch/a.md", ("ch/a", ".md")),
        ("c.train", ("c.train", "")),
        ("x/v1.2", ("x/v1.2", "")),
        ("a.docx", ("a", ".docx")),
    ],
)
def test_suffixes_of_documents(name: str, parts: tuple[str, str]) -> None:
    assert split_name(name) == parts
