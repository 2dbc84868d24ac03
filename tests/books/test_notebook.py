"""Notebooks: cells as texts, written back into JSON text that otherwise stays as it is."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amts_tui.books.model import Document
from amts_tui.books.notebook import CELL_TEXT, NOTEBOOK
from amts_tui.books.options import DEFAULT_OPTIONS
from amts_tui.books.reading import parse_bytes
from amts_tui.books.writing import splice, splice_spans
from amts_tui.errors import AmtsError
from tests.books.markdown_texts import NASTY, markdown_texts
from tests.books.properties import (
    ACCENTED,
    CHINESE,
    JOINED,
    check_blocks_are_kept,
    items_of,
    pseudo_translated,
)

PROSE = ["# Opening\n", "\n", "A *first* sentence with $x_1$.\n", "It has “quotes” & <b>tags</b>."]
CODE = ["import this\n", "print('é')"]


def cell(kind: str, source: Any, **more: Any) -> dict[str, Any]:
    return {"cell_type": kind, "metadata": {}, "source": source, **more}


CELLS = [
    cell("markdown", PROSE, metadata={"id": "opening"}),
    cell("code", CODE, execution_count=1, id="c-1", outputs=[{"data": {"x": [float("nan"), "\ud800"]}}]),
    cell("markdown", "- One string\n- for all lines\n", id="list-1"),
    cell("raw", ["raw text"]),
    cell("markdown", []),
    cell("markdown", ["One line"]),
]
BOOK = {"cells": CELLS, "metadata": {"language_info": {"name": "python"}}, "nbformat": 4, "nbformat_minor": 5}


def written(book: Any = BOOK, **how: Any) -> bytes:
    """A notebook as Jupyter writes it, if not told otherwise."""
    text = json.dumps(book, **{"indent": 1, "ensure_ascii": False, **how}) + "\n"
    return text.replace("\ud800", "\\ud800").encode()


def html_safe(data: bytes) -> bytes:
    """With the escapes of a writer that fears for HTML pages."""
    for mark in (b"<", b">", b"&", b"'"):
        data = data.replace(mark, b"\\u%04x" % mark[0])
    return data


FILES = {
    "indented by one": written(),
    "by two": written(indent=2),
    "by four": written(indent=4),
    "by tabs": written(indent="\t"),
    "by nothing": written(indent=0),
    "on one line": written(indent=None),
    "tight": written(indent=None, separators=(",", ":")),
    "no newline at the end": written()[:-1],
    "escaped": written(ensure_ascii=True),
    "escaped for pages": html_safe(written(ensure_ascii=True)),
    "carriage returns": written(indent=2).replace(b"\n", b"\r\n"),
    "byte order mark": "\ufeff".encode() + written(),
    "keys sorted": written(sort_keys=True),
    "lines on one line": written().replace(b'[\n    "raw text"\n   ]', b'["raw text"]'),
}


def read(data: bytes) -> Document:
    return parse_bytes(data, path="a.ipynb", lang="en", sentences=False)


def message(data: bytes) -> str:
    with pytest.raises(AmtsError) as caught:
        NOTEBOOK.unpack(data, "a.ipynb")
    line = str(caught.value)
    assert line.startswith("a.ipynb")
    assert "\n" not in line
    assert caught.value.remedy
    return line


@pytest.mark.parametrize("data", FILES.values(), ids=FILES)
def test_cells_are_read_in_order_by_their_ids(data: bytes) -> None:
    assert NOTEBOOK.unpack(data, "a.ipynb") == [
        ("opening", "".join(PROSE), "markdown"),
        ("c-1", "".join(CODE), "cell"),
        ("list-1", "- One string\n- for all lines\n", "markdown"),
        ("4", "raw text", "cell"),
        ("5", "", "markdown"),
        ("6", "One line", "markdown"),
    ]


@pytest.mark.parametrize("data", FILES.values(), ids=FILES)
def test_a_notebook_is_written_as_it_would_have_been(data: bytes) -> None:
    """The file with another text is the file that its own writer would make of that text."""
    name = next(name for name, one in FILES.items() if one is data)
    texts = [text for _, text, _ in NOTEBOOK.unpack(data, "a.ipynb")]
    lines = [
        "# Ouverture\n",
        "\n",
        "Une *première* phrase <&> avec $x_1$.\n",
        "\n",
        "Et “une” autre\u2028\\n.",
    ]
    texts[0] = "".join(lines)
    texts[2] = '- 一\n- 二\n- "trois"'
    texts[5] = "Two\nlines\n"
    sources = [lines, CODE, texts[2], ["raw text"], [], ["Two\n", "lines\n"]]
    cells = [{**cell, "source": source} for cell, source in zip(CELLS, sources, strict=True)]
    ways: dict[str, dict[str, Any]] = {
        "by two": {"indent": 2},
        "by four": {"indent": 4},
        "by tabs": {"indent": "\t"},
        "by nothing": {"indent": 0},
        "on one line": {"indent": None},
        "tight": {"indent": None, "separators": (",", ":")},
        "escaped": {"ensure_ascii": True},
        "escaped for pages": {"ensure_ascii": True},
        "carriage returns": {"indent": 2},
        "keys sorted": {"sort_keys": True},
    }
    expected = written({**BOOK, "cells": cells}, **ways.get(name, {}))
    expected = {
        "no newline at the end": lambda: expected[:-1],
        "escaped for pages": lambda: html_safe(expected),
        "carriage returns": lambda: expected.replace(b"\n", b"\r\n"),
        "byte order mark": lambda: "\ufeff".encode() + expected,
        "lines on one line": lambda: expected.replace(b'[\n    "raw text"\n   ]', b'["raw text"]'),
    }.get(name, lambda: expected)()
    if name == "tight":
        expected = expected.replace(b'["Two\\n","lines\\n"]', b'["Two\\n", "lines\\n"]')
    assert NOTEBOOK.pack(data, texts, "a.ipynb") == expected


def test_the_file_itself_where_nothing_differs() -> None:
    for data in FILES.values():
        texts = [text for _, text, _ in NOTEBOOK.unpack(data, "a.ipynb")]
        assert NOTEBOOK.pack(data, texts, "a.ipynb") is data


def test_lines_that_stay_keep_their_spelling() -> None:
    data = rb'{"cells": [{"cell_type": "markdown", "source": ["caf\u00e9\n", "\u0061\n", "z"]}]}'
    new = NOTEBOOK.pack(data, ["café\na\nthé"], "a.ipynb")
    assert new == data.replace(b'"z"', rb'"th\u00e9"')


def test_older_notebooks_have_worksheets() -> None:
    cells = [
        {"cell_type": "heading", "level": 1, "source": ["Title"]},
        {"cell_type": "code", "input": ["1 + 1"], "outputs": []},
    ]
    data = written({"worksheets": [{"cells": cells}, {"cells": []}], "nbformat": 3})
    assert NOTEBOOK.unpack(data, "a.ipynb") == [("1", "Title", "markdown"), ("2", "1 + 1", "cell")]
    new = NOTEBOOK.pack(data, ["Titre", "1 + 1"], "a.ipynb")
    assert new == data.replace(b"Title", b"Titre")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "a.ipynb:1: this is not valid JSON"),
        ('{\n"cells": [\n', "a.ipynb:3: this is not valid JSON"),
        ('{"cells": []}\n\n]', "a.ipynb:3: this is not valid JSON"),
        ('{"cells": [{"cell_type": "markdown", "source": "a\nb"}]}', "this is not valid JSON"),
        ("[" * 100_000, "nested too deeply"),
        ('{"cells": ' + "[" * 100_000 + "]" * 100_000 + "}", "nested too deeply"),
        ("[]", "where an object is due"),
        ('"text"', "where an object is due"),
        ('{"a": 1}', "it has no cells"),
        ('{"cells": {}}', "where a list is due"),
        ('{"cells": [[]]}', "where an object is due"),
        ('{"worksheets": [{}]}', "where a list is due"),
        (
            '{"cells": [],\n"cells": []}',
            "a.ipynb:2: this is no sound notebook: an object holds 'cells' twice",
        ),
        ('{"cells": [{"source": "a", "source": "b"}]}', "holds 'source' twice"),
        ('{"cells": [{"cell_type": "markdown"}]}', "source of cell 1 is not text"),
        ('{"cells": [{"cell_type": "markdown", "source": 5}]}', "source of cell 1 is not text"),
        ('{"cells": [{"source": "x"},\n{"source": ["a", 1]}]}', "a.ipynb:2: "),
        (r'{"cells": [{"source": "\ud800"}]}', "characters that no text can have"),
        (r'{"cells": [{"source": "\u0000"}]}', "characters that no text can have"),
    ],
)
def test_what_is_no_notebook_is_refused_in_one_line(text: str, what: str) -> None:
    assert what in message(text.encode())


def test_bytes_that_are_no_text() -> None:
    assert "not UTF-8" in message(b'{"cells": "\xff"}')
    assert "UTF-16" in message('{"cells": []}'.encode("utf-16"))


def test_a_notebook_without_cells_is_an_empty_document() -> None:
    document = read(b'{"cells": []}')
    assert (document.text, document.blocks, splice(document, {}).data) == ("", (), document.data)


def test_what_is_not_read_may_be_strange() -> None:
    data = b'{"cells": [], "n": [NaN, -Infinity, 1%s, 1e999, "\\ud800"]}' % (b"0" * 5000)
    assert NOTEBOOK.unpack(data, "a.ipynb") == []


def test_names_of_cells() -> None:
    cells = [
        cell("raw", "", metadata={"id": ""}, id="own"),
        cell("raw", "", metadata=[], id=7),
        cell("raw", "", metadata={"id": ["x"]}),
    ]
    assert [name for name, _, _ in NOTEBOOK.unpack(written({"cells": cells}), "a")] == ["own", "2", "3"]


def test_code_is_one_block_and_prose_is_markdown() -> None:
    document = read(FILES["by two"])
    assert [(str(block.kind), document.raw(block)) for block in document.blocks] == [
        ("heading", "# Opening"),
        ("paragraph", "".join(PROSE[2:])),
        ("code", "import this\nprint('é')"),
        ("list_item", "- One string"),
        ("list_item", "- for all lines"),
        ("code", "raw text"),
        ("paragraph", "One line"),
    ]


@given(st.text())
def test_a_code_cell_is_covered_by_one_block(text: str) -> None:
    blocks = CELL_TEXT.scan(text, DEFAULT_OPTIONS)
    assert "".join(text[block.start : block.end] for block in blocks) == text.strip()


@pytest.mark.parametrize("data", FILES.values(), ids=FILES)
@pytest.mark.parametrize(("pattern", "change"), [ACCENTED, CHINESE, JOINED])
def test_a_pseudo_translation_keeps_blocks_segments_and_items(data: bytes, pattern: str, change: str) -> None:
    document = read(data)
    spliced, again = check_blocks_are_kept(document, pseudo_translated(document, pattern, change))
    assert (spliced.problems, again.text) == ((), spliced.text)
    assert items_of(again) == items_of(document)


def test_no_translation_breaks_the_notebook() -> None:
    document = read(FILES["by tabs"])
    for nasty in NASTY:
        new = dict.fromkeys(range(len(document.segments())), nasty)
        spliced, again = check_blocks_are_kept(document, new)
        assert again.text == spliced.text
        assert [part.name for part in again.parts] == [part.name for part in document.parts]


def test_one_refused_text_keeps_no_other_from_being_written() -> None:
    document = read(FILES["by tabs"])
    first, *others = document.segments()
    spans = [(one.start, one.end, document.raw(one) + " X") for one in others]
    spliced = splice_spans(document, [(first.start, first.end, ":end_tab:"), *spans])
    assert [problem.segment for problem in spliced.problems if problem.refused] == [0]
    again = read(spliced.data)
    now = [again.raw(one) for one in again.segments()]
    assert now == [document.raw(first), *(document.raw(one) + " X" for one in others)]


_TEXTS = st.text().filter(lambda text: "\0" not in text)
_SOURCES = st.one_of(_TEXTS, st.lists(_TEXTS), markdown_texts.filter(lambda text: "\0" not in text))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(["markdown", "code", "raw"]), _SOURCES), max_size=4),
    st.lists(_TEXTS, min_size=4, max_size=4),
    st.sampled_from([None, 0, 1, 3, "\t"]),
    st.booleans(),
)
def test_any_text_goes_in_and_comes_out(
    sources: list[tuple[str, Any]], new: list[str], indent: Any, ascii_only: bool
) -> None:
    cells = [cell(kind, source) for kind, source in sources]
    data = written({"cells": cells}, indent=indent, ensure_ascii=ascii_only)
    old = [text for _, text, _ in NOTEBOOK.unpack(data, "a.ipynb")]
    texts = new[: len(old)]
    changed = NOTEBOOK.pack(data, texts, "a.ipynb")
    assert [text for _, text, _ in NOTEBOOK.unpack(changed, "a.ipynb")] == texts
    back = NOTEBOOK.pack(changed, old, "a.ipynb")
    assert [text for _, text, _ in NOTEBOOK.unpack(back, "a.ipynb")] == old
    for one, other in zip(json.loads(changed)["cells"], cells, strict=True):
        assert {**one, "source": ""} == {**other, "source": ""}


@given(st.binary(max_size=60))
def test_no_bytes_crash_the_reader(data: bytes) -> None:
    for text in (data, b'{"cells": [' + data + b"]}", b'{"cells": [{"source": ' + data + b"}]}"):
        with suppress(AmtsError):
            NOTEBOOK.unpack(text, "a.ipynb")
