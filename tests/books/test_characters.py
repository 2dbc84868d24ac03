"""Entities, escapes and line breaks are read as the characters that they stand for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amts_tui.books.inline import bare_text, plain_text
from amts_tui.books.model import PLACEHOLDER, Document
from amts_tui.books.options import ReadingOptions, SentenceRules
from amts_tui.books.reading import parse, parse_bytes
from amts_tui.books.writing import splice
from tests.books.docx_files import docx
from tests.books.epubs import epub
from tests.books.properties import check_own_texts_change_nothing


def shown(document: Document) -> list[str]:
    return [plain_text(unit.text, unit.items) for segment in document.segments() for unit in segment.units]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (
            "a.md",
            "It isn&rsquo;t so. He said &ldquo;no.&rdquo; Then he left&hellip; Mr.&nbsp;Low did&#33; Late.",
        ),
        ("a.md", "It isn’t so. He said “no.” Then he left… Mr. Low did\\! Late."),
        (
            "a.html",
            "<p>It isn&#8217;t so. He said &#x201C;no.&#x201d; Then he left&hellip;"
            " Mr.&nbsp;Low did&excl; Late.</p>",
        ),
        (
            "a.adoc",
            "It isn{rsquo}t so. He said {ldquo}no.{rdquo} Then he left&#8230; Mr.{nbsp}Low did&#33; Late.",
        ),
        ("a.rst", "It isn’t so. He said “no.” Then he left… Mr. Low did\\! Late."),
    ],
)
def test_sentences_end_as_with_the_characters_themselves(path: str, text: str) -> None:
    document = parse(text, path=path, lang="en")
    assert [sentence.replace("\xa0", " ") for sentence in shown(document)] == [
        "It isn’t so.",
        "He said “no.”",
        "Then he left…",
        "Mr. Low did!",
        "Late.",
    ]
    check_own_texts_change_nothing(document)


def test_the_pages_of_an_epub() -> None:
    page = (
        "<html xmlns='http://www.w3.org/1999/xhtml'><body><p>He said &#8220;no.&#8221; So it isn&#8217;t.</p>"
    )
    document = parse_bytes(
        epub({"OEBPS/text/two.xhtml": f"{page}</body></html>".encode()}), path="a.epub", lang="en"
    )
    assert {"He said “no.”", "So it isn’t."} <= set(shown(document))
    check_own_texts_change_nothing(document)


def test_a_break_in_a_word_document() -> None:
    document = parse_bytes(
        docx("<w:p><w:r><w:t>One is.</w:t><w:br/><w:t>Two &lt; 3.</w:t></w:r></w:p>"),
        path="a.docx",
        lang="en",
    )
    assert shown(document)[:2] == ["One is.", "Two < 3."]
    check_own_texts_change_nothing(document)


def test_a_space_between_sentences_goes_with_the_first() -> None:
    document = parse("&nbsp;One is.&nbsp;&nbsp;Two is.<br>Three&emsp;", path="a.md", lang="en")
    segment = document.segments()[0]
    assert [unit.text for unit in segment.units] == ["{1}One is.{2}{3}", "Two is.{4}", "Three{5}"]
    assert [document.raw(unit) for unit in segment.units] == [
        "&nbsp;One is.&nbsp;&nbsp;",
        "Two is.<br>",
        "Three&emsp;",
    ]


def test_texts_for_others_hold_the_characters() -> None:
    unit = parse("Say {apos}no{apos} {plus} `x`", path="a.adoc", lang="en").segments()[0].units[0]
    assert plain_text(unit.text, unit.items) == "Say 'no' + `x`"
    unit = parse("One<br/>two&amp;`x`", path="a.md", lang="en").segments()[0].units[0]
    assert bare_text(unit.text, unit.items) == "One two&"


def test_no_rule_cuts_what_stands_for_several_characters() -> None:
    options = ReadingOptions(sentences=(("en", SentenceRules(always=("C",))),))
    units = parse("Go {cpp} now", path="a.adoc", lang="en", options=options).segments()[0].units
    assert [unit.text for unit in units] == ["Go {1}", "now"]


def test_a_translation_of_one_sentence_leaves_the_rest() -> None:
    document = parse("One isn&rsquo;t.&nbsp;Two.\n", path="a.md", lang="en")
    spliced = splice(document, {0: "Eins{1}.{2}Zwei."})
    assert spliced.text == "Eins&rsquo;.&nbsp;Zwei.\n"


_RAWS = st.sampled_from(
    ["&rsquo;", "&nbsp;", "&hellip;", "\\!", "<br>", "`c`", "A b. ", "word", ".", " ", "*", "。", "句"]
)


@given(st.lists(_RAWS, max_size=20).map("".join))
def test_every_placeholder_belongs_to_one_sentence(text: str) -> None:
    document = parse(text, path="a.md", lang="zh")
    for segment in document.segments():
        names = [item.placeholder for item in segment.items]
        assert [name for unit in segment.units for name in PLACEHOLDER.findall(unit.text)] == names
        bounds = [bound for unit in segment.units for bound in (unit.start, unit.end)]
        assert bounds == sorted(bounds)
