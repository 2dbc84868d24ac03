"""Pages of a job: what is sent, and how what comes back is put in its place."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from amts_tui.books.inline import join_lines
from amts_tui.books.writing import splice
from amts_tui.translation.characters import html_characters
from amts_tui.translation.job_html import pages, paragraphs, put_back
from amts_tui.translation.restoring import restore
from tests.translation.texts import SPRINGS, document


def page_of(text: str) -> str:
    return pages(document(text))[0].html


def test_protected_items_and_pairs_are_elements_with_ids() -> None:
    page = page_of("Use `x` or *y* in [the book](b.md), at 1 < 2.\n")
    assert '<p id="b0-s0">' in page
    assert '<span translate="no" id="p1">`x`</span>' in page
    assert '<b id="t2">y</b>' in page
    assert '<a id="t3">the book</a>' in page
    assert "1 &lt; 2" in page


def test_blocks_without_words_are_not_sent() -> None:
    page = page_of(SPRINGS)
    assert "force =" not in page
    assert "F = -k x" not in page
    assert page.count("<p ") == len(list(paragraphs(document(SPRINGS))))


def test_ids_are_unique_in_a_page() -> None:
    ids = re.findall(r' id="([^"]+)"', page_of(SPRINGS))
    assert len(ids) == len(set(ids))


def test_untouched_pages_give_the_document_back() -> None:
    source = document(SPRINGS)
    back = put_back(source, [page.html for page in pages(source)])
    assert not back.problems
    assert {n: source.segments()[n].text for n in back.translations} == back.translations
    assert restore(source, [page.html for page in pages(source)]).data.decode() == SPRINGS


def test_a_translation_may_move_items_and_need_no_line_breaks() -> None:
    source = document("A force that *grows*\nwith $x$ pulls.\n")
    returned = '<P id="b0-s0">Con <span id="p2">?</span>\ntira una fuerza <b id="t1">que crece </b>.</P>'
    restored = restore(source, [returned])
    assert restored.data.decode() == "Con $x$ tira una fuerza *que crece* .\n"
    assert not restored.problems


def test_a_role_stays_apart_from_the_word_before_it() -> None:
    source = document("We saw it in :numref:`sec_a` (:cite:`b`).\n", lang="en")
    page = pages(source)[0].html.replace("We saw it in ", "我们在").replace(" (", "（").replace(").", "）。")
    assert restore(source, [page]).data.decode() == "我们在 :numref:`sec_a`（:cite:`b`）。\n"


def test_translated_text_inside_a_protected_item_is_not_taken() -> None:
    source = document("Use `if` here.\n")
    returned = '<p id="b0-s0">Usa <span translate="no" id="p1">si <i>x</i></span> aquí.</p>'
    assert restore(source, [returned]).data.decode() == "Usa `if` aquí.\n"


def test_lost_doubled_missing_and_foreign_keep_the_source() -> None:
    source = document("One $a$.\n\nTwo $b$.\n\nThree $c$.\n\nFour $d$.\n\nFive.\n")
    item = '<span translate="no" id="p{}">$</span>'
    returned = (
        '<p id="b0-s0">Uno.</p>'
        f'<p id="b1-s1">Dos {item.format(2)} {item.format(2)}.</p>'
        f'<p id="b2-s2">Tres {item.format(4)} {item.format(3)}.</p>'
        '<p id="b4-s4">Cinco.</p>'
    )
    restored = restore(source, [returned])
    assert restored.data.decode() == "One $a$.\n\nTwo $b$.\n\nThree $c$.\n\nFour $d$.\n\nCinco.\n"
    assert [(problem.segment, problem.refused) for problem in restored.problems] == [
        (0, True),
        (1, True),
        (2, True),
        (3, True),
    ]


def test_a_doubled_paragraph_is_refused() -> None:
    source = document("One dog.\n\nTwo dogs.\n")
    returned = '<p id="b0-s0">Un perro.</p><p id="b0-s0">Otro.</p><p id="b1-s1">Dos perros.</p>'
    back = put_back(source, [returned])
    assert back.translations == {1: "Dos perros."}
    assert [problem.segment for problem in back.problems] == [0]


def test_long_documents_are_cut_into_pages_below_the_limit() -> None:
    source = document("\n\n".join(f"Sentence number {n} is here." for n in range(200)) + "\n")
    found = pages(source, limit=1_000)
    assert len(found) > 5
    assert all(len(page.html.encode()) < 1_200 for page in found)
    back = put_back(source, [page.html for page in reversed(found)])
    assert len(back.translations) == 200
    assert sum(page.characters for page in found) == pages(source)[0].characters


def test_characters_are_the_text_of_the_paragraphs() -> None:
    source = document("Use `a<b` & *y*.\n")
    assert pages(source)[0].characters == len("Use `a<b` & y.")
    assert html_characters("<p>a&amp;b</p>\n<p> </p>") == 3


words = st.sampled_from(
    ["dog", "cat & co", "*big* cat", "`a<b`", "$x_1$", "[a **b**](c.md)", "{1}", "学习", "\\*", "&nbsp;"]
)
books = st.lists(st.lists(words, min_size=1, max_size=6).map(" ".join), min_size=1, max_size=6)


@settings(max_examples=60, deadline=None)
@given(books, st.sampled_from(["\n\n", "\n", "\n\n* ", "\n> "]))
def test_round_trip_of_any_segments(parts: list[str], joint: str) -> None:
    source = document(joint.join(parts) + "\n")
    sent = list(paragraphs(source))
    back = put_back(source, [page.html for page in pages(source, limit=300)])
    assert not back.problems
    assert back.translations == {paragraph.ordinal: paragraph.segment.text for paragraph in sent}
    assert splice(source, back.translations).text == source.text


@settings(max_examples=60, deadline=None)
@given(books)
def test_every_item_comes_through_a_changed_text(parts: list[str]) -> None:
    source = document("\n\n".join(parts) + "\n")
    sent = {paragraph.ordinal: paragraph.segment for paragraph in paragraphs(source)}
    page = "".join(page.html for page in pages(source)).replace("</p>", " zzz</p>")
    expected = {n: f"{join_lines(s.text, s.items)} zzz" for n, s in sent.items()}
    assert put_back(source, [page]).translations == expected
