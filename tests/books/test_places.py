"""Where something is in a document, as reports say it."""

from __future__ import annotations

from amts_tui.books.places import place_of
from amts_tui.books.reading import parse, parse_bytes
from tests.books.docx_files import docx, p, r
from tests.books.epubs import epub


def test_a_line_of_a_text_file() -> None:
    document = parse("One.\n\nTwo\nthree.\n", path="a.md", lang="en")
    assert place_of(document, "es/a.md", 0) == "es/a.md:1"
    assert place_of(document, "es/a.md", document.text.index("three")) == "es/a.md:4"


def test_a_line_of_a_page_in_a_book() -> None:
    document = parse_bytes(epub(), path="a.epub", lang="en")
    part = next(part for part in document.parts if part.name.endswith("one.xhtml"))
    offset = document.text.index("<h1", part.start)
    assert place_of(document, "a.epub", offset) == "a.epub/OEBPS/text/one.xhtml:6"


def test_a_paragraph_of_a_word_document() -> None:
    document = parse_bytes(docx(p(r("One")) + p(r("Two"))), path="a.docx", lang="en")
    place = document.segments()[1]
    assert place_of(document, "a.docx", place.start) == "a.docx/document: paragraph 2"
