"""What an edited text does to the formulas, code, links and line breaks of the text that it replaces."""

from __future__ import annotations

import pytest
from hypothesis import given

from amts_tui.books.damage import damage
from amts_tui.books.formats import mask_as
from amts_tui.books.model import Item
from amts_tui.books.reading import parse, parse_bytes
from amts_tui.books.writing import splice, splice_spans
from tests.books.docx_files import docx, p, r
from tests.books.epubs import epub
from tests.books.markdown_texts import markdown_texts


def items(raw: str, path: str = "a.md") -> tuple[Item, ...]:
    return mask_as(path, raw)[1]


def told(own: str, new: str, source: str | None = None, path: str = "a.md") -> list[str]:
    known = None if source is None else items(source, path)
    return [one.reason for one in damage(items(own, path), items(new, path), known) if not one.harmless]


@pytest.mark.parametrize(
    ("own", "new", "source", "expected"),
    [
        ("a $x$ b", "a b", "$x$", "the formula $x$ of the source is gone"),
        ("a $x$ b", "a b", None, "the formula $x$ is gone"),
        ("a $x$ b", "a $y$ b", "$x$", "the formula $x$ of the source is now $y$"),
        ("a $x$ b", "a $x$ $x$ b", "$x$", "the formula $x$ stands there 2 times"),
        ("a $x$ $y$", "a", "$x$", "the formula $x$ of the source is gone"),
        (r"$\text{año}$", "x", r"$\text{year}$", r"the formula $\text{año}$ is gone"),
        (r"$\text{año}$", r"$\text{mes}$", r"$\text{year}$", r"the formula $\text{año}$ is now $\text{mes}$"),
        ("run `a b`", "run a b", "`a b`", "the inline code `a b` of the source is gone"),
        ("[a](b)", "a", "[A](c)", "the link […](b) is gone"),
        ("[a](b)", "[a](c)", None, "the link […](b) is now […](c)"),
        ("see :numref:`s`", "see", None, "the reference :numref:`s` is gone"),
        ("![a](b.png) x", "x", None, "the picture ![…](b.png) is gone"),
        ("at http://a.b/c", "at", None, "the address http://a.b/c is gone"),
        ("[**a**]", "a", None, "the slide mark [**…**] is gone"),
        ("a\\\nb", "a b", None, "the line break is gone"),
        ("a<br>b", "a b", None, "the line break <br> is gone"),
        ("a", "a {1}", None, "{1} stands for nothing here and is written as it is"),
    ],
)
def test_what_is_lost_doubled_or_altered_is_told(
    own: str, new: str, source: str | None, expected: str
) -> None:
    assert told(own, new, source) == [expected]


@pytest.mark.parametrize(
    ("own", "new", "source"),
    [
        ("a $x$ b", "$x$ c", None),
        ("*a* &amp; **b** \\_", "a", None),
        ("`a\n> b`", "`a b` c", None),
        ("a", "a $y$ [b](c)", None),
        ("a $x$", "a $y$", "$y$"),
        ("a", "a {1}", "{1}"),
        ("a", "a $y$ $y$", "$y$ $y$"),
    ],
)
def test_what_keeps_the_items_or_brings_them_nearer_to_the_source_is_no_damage(
    own: str, new: str, source: str | None
) -> None:
    assert told(own, new, source) == []


def test_what_the_source_has_not_either_is_told_as_harmless() -> None:
    (one,) = damage(items("a $z$"), items("a"), items("b"))
    assert (one.reason, one.harmless) == ("the formula $z$ is gone; the source has none like it", True)


def test_an_altered_formula_is_named_with_the_one_that_is_like_it() -> None:
    assert told("$n$ of $x_1 + x_2$", "of $x_1$", "$n$ $x_1 + x_2$") == [
        "the formula $n$ of the source is gone",
        "the formula $x_1 + x_2$ of the source is now $x_1$",
    ]


def test_items_of_several_sentences_whose_numbers_come_again() -> None:
    source = [*items("[a](b)"), *items("[c](d)")]
    own, new = items("[a](b) [c](d)"), items("[a](b) c")
    assert [one.reason for one in damage(own, new, source)] == ["the link […](d) of the source is gone"]


@given(markdown_texts)
def test_a_text_that_stays_has_no_damage(text: str) -> None:
    assert damage(items(text), items(text), items("x")) == []


OWN = "One `c` two."
BOOKS = {
    "a.md": ("One `c` two.\n", "`c`"),
    "a.mdx": ("One `c` two.\n", "`c`"),
    "a.html": ("<p>One <code>c</code> two.</p>\n", "<code>c</code>"),
    "a.xhtml": ("<p>One <code>c</code> two.</p>\n", "<code>c</code>"),
    "a.rst": ("One ``c`` two.\n", "``c``"),
    "a.adoc": ("One `c` two.\n", "`c`"),
    "a.txt": ("One http://a.b/c two.\n", "http://a.b/c"),
}


@pytest.mark.parametrize("path", BOOKS)
def test_a_person_may_drop_an_item_and_is_told(path: str) -> None:
    text, item = BOOKS[path]
    document = parse(text, path=path, lang="en")
    place = document.segments()[0]
    spliced = splice_spans(document, [(place.start, place.end, "One two.")])
    assert spliced.text == text.replace(f"One {item} two.", "One two.")
    (problem,) = spliced.problems
    assert (problem.refused, problem.segment) == (False, 0)
    assert problem.damage is not None
    assert problem.reason.endswith(f"{item} is gone")


@pytest.mark.parametrize("path", BOOKS)
@pytest.mark.parametrize(
    "translation", ["Uno dos.", "Uno {1} {1} dos.", "Uno {1} {2} dos.", "{1}", "— {1} 12"]
)
def test_a_machines_text_that_damages_is_refused_in_every_format(path: str, translation: str) -> None:
    text, _ = BOOKS[path]
    spliced = splice(parse(text, path=path, lang="en"), {0: translation})
    assert (spliced.text, spliced.data) == (text, text.encode())
    assert [problem.refused for problem in spliced.problems] == [True]


def test_a_machines_text_that_damages_is_refused_in_containers() -> None:
    word = docx(p(r("One ") + r("<w:footnoteReference w:id='2'/>") + r(" two")))
    for data, path in ((word, "a.docx"), (epub(), "a.epub")):
        document = parse_bytes(data, path=path, lang="en")
        for number, segment in enumerate(document.segments()):
            for text in ("", "12 —", "Uno {77}", *(["{1} Uno {1}"] if segment.items else [])):
                spliced = splice(document, {number: text})
                assert spliced.data == data
                assert any(one.refused and one.segment == number for one in spliced.problems)


@pytest.mark.parametrize("translation", ["42", "—", "...", "1. 2", "{1}"])
def test_a_machines_text_without_letters_does_not_take_a_segment_out_of_the_book(translation: str) -> None:
    text = "# Twelve\n\nMore.\n"
    spliced = splice(parse(text, path="a.md", lang="en"), {0: translation})
    assert spliced.text == text
    assert [(one.segment, one.refused) for one in spliced.problems] == [(0, True)]


def test_a_persons_text_without_letters_is_written_and_told() -> None:
    spliced = splice_spans(parse("# Twelve\n\nMore.\n", path="a.md", lang="en"), [(2, 8, "12")])
    assert spliced.text == "# 12\n\nMore.\n"
    (problem,) = spliced.problems
    assert (problem.refused, problem.damage) == (False, None)
    assert "no letters" in problem.reason


def test_an_item_that_moves_to_another_sentence_of_its_segment_is_not_lost() -> None:
    document = parse("One $x$. Two.\n", path="a.md", lang="en")
    one, two = document.segments()[0].units
    spliced = splice_spans(document, [(one.start, one.end, "One."), (two.start, two.end, "Two $x$.")])
    assert (spliced.text, spliced.problems) == ("One. Two $x$.\n", ())


def test_half_a_pair_is_refused_where_it_breaks_the_page() -> None:
    text = "<p>a <span>b</span></p>"
    document = parse(text, path="a.xhtml", lang="en")
    place = document.segments()[0]
    for typed in ("a <span>b", "a b</span>", "a <span>b</span><code>c</code>"):
        spliced = splice_spans(document, [(place.start, place.end, typed)])
        assert spliced.text == text
        assert [(one.refused, bool(one.remedy)) for one in spliced.problems] == [(True, True)]


@pytest.mark.parametrize("typed", ["x] y", "x] (y", "a]"])
def test_a_bracket_in_a_caption_is_escaped(typed: str) -> None:
    document = parse("![A caption](a.png)\n", path="a.md", lang="en")
    place = document.segments()[0]
    spliced = splice_spans(document, [(place.start, place.end, typed)])
    assert spliced.text == f"![{typed.replace(']', chr(92) + ']')}](a.png)\n"
    assert [problem.refused for problem in spliced.problems] == [False]


def test_what_is_typed_as_markup_stays_markup_where_a_caption_is_escaped() -> None:
    document = parse("![A caption](a.png)\n", path="a.md", lang="en")
    place = document.segments()[0]
    spliced = splice_spans(document, [(place.start, place.end, "*x*] `y]`")])
    assert spliced.text == "![*x*\\] `y]`](a.png)\n"


@pytest.mark.parametrize("typed", ["", ":end_tab:", "a\0b"])
def test_a_refusal_says_what_to_do(typed: str) -> None:
    spliced = splice_spans(parse("Words\n", path="a.md", lang="en"), [(0, 5, typed)])
    assert [(one.refused, bool(one.reason), bool(one.remedy)) for one in spliced.problems] == [(True,) * 3]
