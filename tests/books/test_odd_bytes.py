"""Bytes that a book should not hold: read as they are or refused in one line, in every format."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from amts_tui.books.model import Document
from amts_tui.books.reading import parse_bytes, read_bytes
from amts_tui.books.writing import splice
from amts_tui.errors import AmtsError
from tests.books.properties import check_document_covers, check_own_texts_change_nothing

TEXTS = {
    ".md": "One {}word. Two.\n\nThree",
    ".mdx": "One {}word. Two.\n\nThree",
    ".html": "<p>One {}word. Two.</p>\n<p>Three",
    ".xhtml": '<html xmlns="http://www.w3.org/1999/xhtml"><body><p>One {}word. Two.</p></body></html>',
    ".rst": "One {}word. Two.\n\nThree",
    ".adoc": "One {}word. Two.\n\nThree",
    ".txt": "One {}word. Two.\n\nThree",
}
ODD = ["\x01", "\x1b[31m", "\x7f", "\x85", "\x0b", "\x0c", "\r", "\r\n", "\u2028", "\u2029", "\ufeff",
       "\u202e", "\u200b", "\ue000", "\U000f0000", "\ufffe", "\ufdd0", "e\u0301"]  # fmt: skip


def read(data: bytes, suffix: str) -> Document:
    return parse_bytes(data, path=f"a{suffix}", lang="en")


@pytest.mark.parametrize("suffix", TEXTS)
@pytest.mark.parametrize("odd", ODD)
def test_odd_characters_stay_where_they_are(suffix: str, odd: str) -> None:
    for text in (TEXTS[suffix].replace("{}", odd), odd + TEXTS[suffix].replace("{}", "")):
        document = read(text.encode(), suffix)
        check_document_covers(document)
        check_own_texts_change_nothing(document)
        last = len(document.segments()) - 1
        assert splice(document, {last: "Other"}).data != document.data


@pytest.mark.parametrize("suffix", TEXTS)
@pytest.mark.parametrize("odd", [b"\0", b"\xff", b"\xe6\x96", b"\xed\xa0\x80", b"\xc0\xaf"])
def test_what_is_no_text_is_refused_with_its_line(suffix: str, odd: bytes) -> None:
    data = b"\n\n" + TEXTS[suffix].encode().replace(b"{}", odd)
    with pytest.raises(AmtsError, match=rf"^a\{suffix}:3: ") as error:
        read(data, suffix)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("suffix", [".html", ".xhtml", ".rst", ".adoc", ".txt"])
def test_an_angle_that_begins_a_line_is_not_lost(suffix: str) -> None:
    document = read(TEXTS[suffix].replace("{}", "\n> ").encode(), suffix)
    assert document.segments()[0].text == "One\n{1} word. Two."
    joined = splice(document, {0: "One {1} word."})
    assert "One > word." in joined.text
    assert splice(document, {0: "One word."}).problems[0].refused


def test_an_angle_is_a_mark_in_a_quoted_letter() -> None:
    assert read(b"> One\n> word.", ".txt").segments()[0].text == "> One\nword."


def test_links_that_lead_nowhere_and_pipes_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.md").symlink_to("b.md")
    (tmp_path / "b.md").symlink_to("a.md")
    (tmp_path / "c.md").symlink_to("none.md")
    os.mkfifo(tmp_path / "d.md")
    for name in "abcd":
        with pytest.raises(AmtsError, match=rf"{name}\.md: ") as error:
            read_bytes(tmp_path / f"{name}.md")
        assert "\n" not in str(error.value)
