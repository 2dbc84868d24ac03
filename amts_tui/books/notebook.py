"""Jupyter notebooks: their cells as texts, written back into the JSON text of the file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from amts_tui.books.decoding import NOT_TEXT, decode
from amts_tui.books.format import FoundBlock, Token
from amts_tui.books.json_text import Value, Writing, elements, members, read_json
from amts_tui.books.model import Block, BlockKind, Item
from amts_tui.books.options import ReadingOptions
from amts_tui.errors import AmtsError

_REMEDY = "open it in Jupyter and save it"


@dataclass(frozen=True, slots=True)
class CellText:
    """The text of a cell that is not prose: one block of code, nothing to translate."""

    name: str = "cell"
    strict: bool = False

    def scan(self, text: str, options: ReadingOptions) -> Sequence[FoundBlock]:
        """One block, none if the cell is blank."""
        del options
        start, end = len(text) - len(text.lstrip()), len(text.rstrip())
        return [FoundBlock(BlockKind.CODE, start, end)] if start < end else []

    def find_items(self, raw: str) -> Sequence[Token]:
        """None."""
        del raw
        return ()

    def tidy(self, text: str, block: Block, items: Sequence[Item]) -> str:
        """As it is."""
        del block, items
        return text

    def escapes(self, text: str) -> Sequence[str]:
        """As it is."""
        return (text,)


CELL_TEXT: Final = CellText()


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell: its name, whether it is prose, its text, and the value of the file that holds the text."""

    name: str
    prose: bool
    text: str
    source: Value


@dataclass(frozen=True, slots=True)
class Notebook:
    """A `.ipynb` file of nbformat 3, 4 or later; outputs are not read."""

    def unpack(self, data: bytes, where: str) -> Sequence[tuple[str, str, str]]:
        """The cells; each bears the id that its metadata give it, else its own, else its number from 1."""
        cells = _cells(decode(data, where=where), where)
        return [(cell.name, cell.text, "markdown" if cell.prose else CELL_TEXT.name) for cell in cells]

    def pack(self, data: bytes, texts: Sequence[str], where: str) -> bytes:
        """The notebook with other texts in its cells, each in the form that the cell's text had: lines or one
        string, indented, separated and escaped alike.
        """
        text = decode(data, where=where)
        cells = _cells(text, where)
        writing = Writing.of(text[cell.source.start : cell.source.end] for cell in cells)
        pieces: list[str] = []
        position = 0
        for cell, new in zip(cells, texts, strict=True):
            if new != cell.text:
                pieces += [text[position : cell.source.start], _source(text, cell.source, new, writing)]
                position = cell.source.end
        return "".join([*pieces, text[position:]]).encode("utf-8") if pieces else data


NOTEBOOK: Final = Notebook()


def _broken(what: str, text: str, place: Value, where: str) -> AmtsError:
    line = text.count("\n", 0, place.start) + 1
    return AmtsError(f"this is no sound notebook: {what}", where=f"{where}:{line}", remedy=_REMEDY)


def _cells(text: str, where: str) -> list[_Cell]:
    """The cells of a notebook in order. Raises AmtsError for what is no notebook."""
    root = read_json(text, where)
    found = _members(text, root, where)
    if "cells" not in found and "worksheets" not in found:
        raise _broken("it has no cells", text, root, where)
    sheets = [found]
    if "cells" not in found:
        sheets = [_members(text, sheet, where) for sheet in _array(text, found["worksheets"], where)]
    cells: list[_Cell] = []
    for sheet in sheets:
        for cell in _array(text, sheet.get("cells", root), where):
            cells.append(_cell(text, cell, len(cells) + 1, where))
    return cells


def _members(text: str, value: Value, where: str) -> dict[str, Value]:
    """The members of an object by key. Raises AmtsError if it is none or holds a key twice."""
    if not isinstance(value.value, dict):
        raise _broken("it holds another value where an object is due", text, value, where)
    found: dict[str, Value] = {}
    for key, member in members(text, value):
        if key in found:
            raise _broken(f"an object holds {key!a} twice", text, member, where)
        found[key] = member
    return found


def _array(text: str, value: Value, where: str) -> Iterator[Value]:
    if not isinstance(value.value, list):
        raise _broken("it holds another value where a list is due", text, value, where)
    return elements(text, value)


def _cell(text: str, value: Value, number: int, where: str) -> _Cell:
    found = _members(text, value, where)
    kind = found["cell_type"].value if "cell_type" in found else None
    source = found.get("input" if kind == "code" and "source" not in found else "source", value)
    lines = [source.value] if isinstance(source.value, str) else source.value
    if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
        raise _broken(f"the source of cell {number} is not text", text, source, where)
    content = "".join(lines)
    if NOT_TEXT.search(content):
        raise _broken(f"cell {number} holds characters that no text can have", text, source, where)
    return _Cell(_name(found, number), kind in ("markdown", "heading"), content, source)


def _name(found: dict[str, Value], number: int) -> str:
    metadata = found["metadata"].value if "metadata" in found else None
    own = found["id"].value if "id" in found else None
    name = (metadata.get("id") if isinstance(metadata, dict) else None) or own
    return name if isinstance(name, str) else str(number)


def _source(text: str, source: Value, new: str, writing: Writing) -> str:
    """The JSON text for `new` in place of a cell's source; lines that were there before stay as written."""
    if isinstance(source.value, str):
        return writing.string(new)
    old = list(elements(text, source))
    written = {line.value: text[line.start : line.end] for line in old}
    *lines, last = new.split("\n")
    lines = [line + "\n" for line in lines] + ([last] if last else [])
    head = text[source.start : old[0].start] if old else "["
    tail = text[old[-1].end : source.end] if old else "]"
    joint = text[old[0].end : old[1].start] if len(old) > 1 else "," + (head[1:] or " ")
    return head + joint.join(written.get(line) or writing.string(line) for line in lines) + tail
