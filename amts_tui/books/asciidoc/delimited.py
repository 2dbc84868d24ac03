"""Delimited blocks: what is kept as it is, containers, verses, tables."""

from __future__ import annotations

from amts_tui.books.asciidoc import patterns
from amts_tui.books.asciidoc.attributes import Style
from amts_tui.books.asciidoc.lines import Container, Line, Lists
from amts_tui.books.asciidoc.state import NO_STYLE, NOT_IT, State
from amts_tui.books.asciidoc.tables import Cell, find_cells
from amts_tui.books.model import BlockKind

_DEEPEST = 4  # tables within cells of tables


def closing(state: State, index: int, line: Line) -> int:
    if not state.closes(line):
        return NOT_IT
    delimiter = state.text[line.start : line.end]
    while True:
        container = state.containers.pop()
        state.lists = container.outer
        if container.delimiter == delimiter:
            break
    state.attached, state.style, state.term_depth = bool(state.lists.marks), NO_STYLE, 0
    state.emit(BlockKind.DIRECTIVE, line.start, line.end, name=container.name)
    return index + 1


def delimited(state: State, index: int, line: Line) -> int:
    if not patterns.DELIMITER.match(state.text, line.start, line.end):
        return NOT_IT
    delimiter = state.text[line.start : line.end]
    key = "```" if delimiter.startswith("```") else delimiter[:4]
    style = state.begin()
    if key in patterns.VERBATIM_DELIMITERS or (key == "--" and style.name in patterns.VERBATIM_STYLES):
        kind = patterns.VERBATIM_DELIMITERS.get(key, BlockKind.CODE)
        if key != "////":
            kind = patterns.VERBATIM_STYLES.get(style.name, kind)
        return _verbatim(state, index, kind, style.second or delimiter[3:].strip("-.+/") or style.name)
    if key not in patterns.CONTAINER_DELIMITERS:
        return _table(state, index, line, style)
    name = style.name or patterns.CONTAINER_DELIMITERS[key]
    state.emit(BlockKind.DIRECTIVE, line.start, line.end, name=name)
    if name == "verse":
        return _verse(state, index + 1, delimiter)
    state.containers.append(Container(delimiter, name, state.lists))
    state.lists, state.attached = Lists(), False
    return index + 1


def _verbatim(state: State, index: int, kind: BlockKind, name: str) -> int:
    last = state.end_of(index)
    state.emit(kind, state.lines[index].start, state.lines[last].end, name=name)
    state.attached = bool(state.lists.marks)
    return last + 1


def _verse(state: State, index: int, delimiter: str) -> int:
    """The stanzas of a verse, a block each; each line of them by itself."""
    container = Container(delimiter, "verse", state.lists)
    state.containers.append(container)
    state.lists, state.attached = Lists(), False
    while index < len(state.lines) and not state.closes(state.lines[index]):
        if state.lines[index].blank:
            index += 1
            continue
        last = index
        while (
            last + 1 < len(state.lines)
            and not state.lines[last + 1].blank
            and not state.closes(state.lines[last + 1])
        ):
            last += 1
        lines_of_verse(state, index, last)
        index = last + 1
    return index


def lines_of_verse(state: State, index: int, last: int) -> None:
    lines = state.lines[index : last + 1]
    spans = tuple((line.first, line.end) for line in lines)
    state.emit(BlockKind.QUOTE, lines[0].first, lines[-1].end, spans, name="verse")


def _table(state: State, index: int, line: Line, style: Style) -> int:
    last = state.end_of(index)
    delimiter = state.text[line.start : line.end]
    closed = last > index and state.text[state.lines[last].start : state.lines[last].end] == delimiter
    separator = style.value("separator") or delimiter[0]
    if delimiter[0] in ",:" or style.value("format") not in ("", "psv") or len(separator) > 1:
        state.emit(BlockKind.OTHER, line.start, state.lines[last].end, name="table")
        return last + 1
    state.emit(BlockKind.DIRECTIVE, line.start, line.end, name="table")
    container = Container("", "table", state.lists)
    state.containers.append(container)
    attached, state.attached = state.attached, False
    for cell in find_cells(state.text, state.lines[index + 1 : last + (not closed)], separator, style):
        _cell(state, cell)
    state.containers.pop()
    state.attached = attached
    if closed:
        state.emit(BlockKind.DIRECTIVE, state.lines[last].start, state.lines[last].end, name="table")
    return last + 1


def _cell(state: State, cell: Cell) -> None:
    if not cell.nests or state.depth >= _DEEPEST:
        state.emit(BlockKind.TABLE_CELL, cell.start, cell.end, cell.spans)
        return
    state.emit(BlockKind.TABLE_CELL, cell.start, cell.opened)
    state.found += state.nested(state.text, *cell.content, "cell", state.depth + 1)
