"""Tables drawn with marks: the cells of simple tables, grid tables as a whole.

A cell of a simple table whose text is one stretch of the file can be translated: one line in its column or,
in the last column, lines that have nothing beside them. A row of anything else is left alone.
"""

from __future__ import annotations

from itertools import pairwise

from amts_tui.books.format import Fit, Span
from amts_tui.books.model import BlockKind, Segment
from amts_tui.books.rest import patterns
from amts_tui.books.rest.lines import Line, offset_of, width
from amts_tui.books.rest.paragraphs import is_plain
from amts_tui.books.rest.state import NOT_IT, State


def grid_table(state: State, index: int, first: int) -> int:
    """A grid table, up to a blank line."""
    if not patterns.GRID_TOP.match(state.text, first, state.lines[index].end):
        return NOT_IT
    last = state.run_end(index + 1)
    state.emit(BlockKind.OTHER, state.lines[last - 1].end, name="grid_table")
    return last


def simple_table(state: State, index: int, first: int) -> int:
    """A simple table: a block for each border and cell; one that begins after a list mark stays whole.

    One that is not closed is an error up to where docutils gives up.
    """
    top = state.lines[index]
    if not patterns.SIMPLE_TOP.match(state.text, first, top.end):
        return NOT_IT
    borders, last = _borders(state, index, top.end - first)
    if borders and first == top.first:
        return _rows(state, borders)
    while state.lines[last - 1].blank:
        last -= 1
    state.emit(BlockKind.OTHER, state.lines[last - 1].end, name="table" if borders else "error")
    return last


def _borders(state: State, index: int, length: int) -> tuple[list[int], int]:
    """The borders of the table at line `index`, none if it is not closed, and the line after it."""
    borders = [index]
    for last in range(index + 1, len(state.lines)):
        line = state.lines[last]
        if line.blank:
            continue
        if line.indent < state.base:
            return [], last
        if patterns.SIMPLE_BORDER.match(state.text, line.first, line.end):
            if line.end - line.first != length:
                return [], last + 1
            borders.append(last)
            if len(borders) == 3 or state.indent_at(last + 1) < state.base:
                return borders, last + 1
    return [], len(state.lines)


def _rows(state: State, borders: list[int]) -> int:
    """Add the borders and rows of a table with these borders; returns the line after it."""
    edges = _edges(state.text, state.lines[borders[0]])
    index = borders[0]
    while index <= borders[-1]:
        line = state.lines[index]
        state.lead = line.first
        if index in borders:
            state.emit(BlockKind.OTHER, line.end, name="table")
            index += 1
        elif line.blank:
            index += 1
        else:
            index = _row(state, index, edges, set(borders))
    return index


def _edges(text: str, border: Line) -> list[Span]:
    """The columns of a table as its border draws them, from the start of the line on."""
    start = border.start
    marks = patterns.BORDER_MARKS.finditer(text, border.first, border.end)
    return [(mark.start() - start, mark.end() - start) for mark in marks]


def _row(state: State, index: int, edges: list[Span], borders: set[int]) -> int:
    """Add the cells of the row at line `index`; returns the line after it."""
    text = state.text
    last = index + 1
    while state.indent_at(last) != -1 and last not in borders and state.lines[last].indent > edges[0][0]:
        last += 1
    lines = state.lines[index:last]
    under = state.lines[last]
    spanned = last not in borders and patterns.SPAN_LINE.match(text, under.first, under.end) is not None
    if spanned:
        last, lines = last + 1, [*lines, under]
    cells = None if spanned else _cells(text, lines, edges)
    if cells is None:
        state.emit(BlockKind.OTHER, lines[-1].end, name="row")
        return last
    for start, end in cells:
        state.lead = start
        spans = ((start, end),) if is_plain(text, start, end) else ()
        state.emit(BlockKind.TABLE_CELL, end, spans)
    return last


def _cells(text: str, lines: list[Line], edges: list[Span]) -> list[Span] | None:
    """The texts of a row's cells; None if one of them is not a single stretch of the file."""
    cells = [cell for cell in _slices(text, lines[0], edges) if cell is not None]
    if len(cells) < len(edges):
        return None
    found = [cell for cell in cells if cell[0] < cell[1]]
    if len(lines) == 1:
        return found
    first = cells[-1]
    column = width(text[lines[0].start : first[0]])
    if first[0] == first[1] or any(line.indent != column for line in lines[1:]):
        return None
    return [*found[:-1], (first[0], lines[-1].end)]


def _slices(text: str, line: Line, edges: list[Span]) -> list[Span | None]:
    """For each column the stretch of a line that lies in it, stripped; None where text lies in the margin."""
    slices: list[Span | None] = []
    starts = [offset_of(text, line.start, line.end, start) for start, _ in edges]
    for (start, stop), (_, edge) in zip(pairwise([*starts, line.end]), edges, strict=True):
        piece = text[start:stop]
        end = start + len(piece.rstrip())
        first = min(start + len(piece) - len(piece.lstrip()), end)
        margin = width(text[line.start : end]) > edge and len(slices) + 1 < len(edges)
        glued = start > line.start and first == start < end and not text[start - 1].isspace()
        slices.append(None if margin or glued else (first, end))
    return slices


def fit_cell(text: str, segment: Segment, raw: str) -> Fit | None:
    """New text for a cell with the blanks after it; None if it is wider than its column."""
    plain = Fit.only(segment, raw)
    start = text.rfind("\n", 0, segment.start) + 1
    stop = text.find("\n", segment.end)
    stop = len(text) if stop == -1 else stop
    column = width(text[start : segment.start])
    edges = _edges_above(text, start)
    limit = next((edge for begin, edge in edges[:-1] if begin <= column < edge), None)
    if limit is None:
        return plain
    if column + width(raw) > limit:
        return None
    rest = text[segment.end : stop]
    if not rest.strip():
        return plain
    blanks = len(rest) - len(rest.lstrip())
    gap = blanks + width(text[segment.start : segment.end]) - width(raw)
    return Fit(segment.start, segment.end + blanks, "", raw, " " * gap)


def _edges_above(text: str, start: int) -> list[Span]:
    """The columns of the table in which the line at `start` is."""
    while start:
        end = start - 1
        start = text.rfind("\n", 0, end) + 1
        border = text[start:end].rstrip()
        first = start + len(border) - len(border.lstrip())
        if patterns.SIMPLE_TOP.match(border.lstrip()):
            return _edges(text, Line(start, start + len(border), first, 0))
    return []
