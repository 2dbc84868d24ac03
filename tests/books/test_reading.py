"""Reading files: bytes to text to blocks, segments and units; and what cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings

from amts_tui.books.model import BlockKind
from amts_tui.books.reading import parse, read_document, read_text
from amts_tui.errors import AmtsError
from tests.books.markdown_texts import markdown_texts
from tests.books.properties import check_document_covers


def test_text_is_read_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    data = "\ufeff# A\r\nb\rc\u2028d\x0b\n\u00a0e".encode()
    path.write_bytes(data)
    assert read_text(path).encode() == data


@pytest.mark.parametrize(
    ("data", "message", "line"),
    [
        (b"ok\nca\xf1on\n", "not UTF-8 (byte 0xf1)", ":2"),
        (b"a\nb\nc\0d", "binary", ":3"),
        ("text".encode("utf-16"), "UTF-16", ""),
        ("text".encode("utf-32"), "UTF-16", ""),
        (b"", "empty", ""),
        (b" \r\n\n", "empty", ""),
        (b"\xef\xbb\xbf", "empty", ""),
    ],
)
def test_what_is_no_text_is_refused_in_one_line(tmp_path: Path, data: bytes, message: str, line: str) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(data)
    with pytest.raises(AmtsError) as error:
        read_text(path)
    assert message in str(error.value)
    assert f"{path}{line}: " in str(error.value)
    assert error.value.remedy


def test_missing_files_and_folders_are_named(tmp_path: Path) -> None:
    with pytest.raises(AmtsError, match="no such file"):
        read_text(tmp_path / "none.md")
    with pytest.raises(AmtsError, match="this is a folder"):
        read_text(tmp_path)


def test_a_book_may_hold_an_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"")
    assert read_document(path, lang="en", empty_ok=True).blocks == ()


def test_the_name_of_a_document_is_the_one_shown(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("# A", encoding="utf-8")
    assert read_document(path, lang="en", name="part/a.md").path == "part/a.md"
    assert read_document(path, lang="en").path == str(path)


def test_segments_and_units_have_their_place_in_the_file() -> None:
    text = "- In `x`, we\n  see *one\n  thing*. And\n  $y$ too."
    document = parse(text, path="a.md", lang="en")
    (segment,) = document.segments()
    assert document.raw(segment) == text[2:]
    assert segment.text == "In {1}, we\nsee {2>}one\nthing{<2}. And\n{3} too."
    assert [unit.text for unit in segment.units] == ["In {1}, we see {2>}one thing{<2}.", "And {3} too."]
    assert [document.raw(unit) for unit in segment.units] == [
        "In `x`, we\n  see *one\n  thing*.",
        "And\n  $y$ too.",
    ]
    assert [item.raw for item in segment.units[1].items] == ["$y$"]


def test_lines_of_a_chinese_paragraph_join_without_spaces() -> None:
    document = parse(
        "同样，在算法中，\n第一种情况\n更为常见。\n然后如\n :numref:`a`所示。", path="a.md", lang="zh"
    )
    assert [unit.text for unit in document.segments()[0].units] == [
        "同样，在算法中，第一种情况更为常见。",
        "然后如 {1}所示。",
    ]


def test_only_prose_is_translatable() -> None:
    text = "# $x$\n\n`code`\n\n12.5\n\n[**$y$**]\n\nword\n\n| 1 | a |\n|---|---|\n"
    document = parse(text, path="a.md", lang="en")
    assert [document.raw(block) for block in document.blocks if block.translatable] == ["word", "| a |"]
    assert all(block.translatable == bool(block.segments) for block in document.blocks)


def test_sentences_can_be_left_out() -> None:
    document = parse("One. Two.", path="a.md", lang="en", sentences=False)
    assert document.segments()[0].units == ()


@settings(max_examples=300)
@given(markdown_texts)
def test_blocks_segments_and_units_cover_the_text(text: str) -> None:
    document = parse(text, path="a.md", lang="en")
    check_document_covers(document)
    for segment in document.segments():
        assert "".join(document.raw(segment).split()) == "".join(
            "".join(document.raw(unit).split()) for unit in segment.units
        )


def test_kinds_are_named_as_the_command_line_names_them() -> None:
    names = (
        "paragraph heading list_item table_cell caption quote image code math directive html comment"
        " front_matter other"
    )
    assert [str(kind) for kind in BlockKind] == names.split()
