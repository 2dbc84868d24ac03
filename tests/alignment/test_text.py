"""What a document gives to alignment: anchors of its units, and marks of what is no prose."""

from __future__ import annotations

from amts_tui.alignment.text import landmark_mark
from amts_tui.alignment.text import read as read_units
from amts_tui.books.model import Document
from amts_tui.books.reading import parse


def read(text: str) -> Document:
    return parse(text, path="a.md", lang="en")


def test_a_picture_in_a_line_is_known_by_its_target() -> None:
    units = read_units(read("See ![the door](door.png) there.")).units
    assert [unit.text for unit in units] == ["See the door there."]
    assert [unit.anchors for unit in units] == [frozenset({"image:](door.png)"})]


def test_translated_words_leave_the_mark_of_a_formula_as_it_is() -> None:
    marks = set()
    for word in (r"\text{ if }", r"\text{ wenn }", r"\mbox{ si }"):
        document = read(f"$$\nx {word} y\n$$")
        marks.add(landmark_mark(document.blocks[0], document.raw(document.blocks[0])))
    assert marks == {"math:$$xy$$"}
