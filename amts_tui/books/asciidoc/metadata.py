"""Lines that say something of other lines: directives, comments, attributes, titles of blocks."""

from __future__ import annotations

from amts_tui.books.asciidoc import patterns
from amts_tui.books.asciidoc.attributes import read_attributes, style_of
from amts_tui.books.asciidoc.lines import Line
from amts_tui.books.asciidoc.state import NO_STYLE, NOT_IT, State
from amts_tui.books.format import Span
from amts_tui.books.model import BlockKind


def preprocessor(state: State, index: int, line: Line) -> int:
    match = patterns.PREPROCESSOR.match(state.text, line.start, line.end)
    if not match:
        return NOT_IT
    state.emit(BlockKind.DIRECTIVE, line.start, line.end, name=match[1])
    return index + 1


def comment(state: State, index: int, line: Line) -> int:
    if not patterns.COMMENT.match(state.text, line.start, line.end):
        return NOT_IT
    state.emit(BlockKind.COMMENT, line.start, line.end)
    return index + 1


def continuation(state: State, index: int, line: Line) -> int:
    if state.text[line.start : line.end] != "+":
        return NOT_IT
    state.attached = True
    state.emit(BlockKind.OTHER, line.start, line.end, name="continuation")
    return index + 1


def entry(state: State, index: int, line: Line) -> int:
    if not patterns.ENTRY.match(state.text, line.start, line.end):
        return NOT_IT
    last = index
    while state.text.endswith(" \\", line.start, state.lines[last].end) and last + 1 < len(state.lines):
        last += 1
    while state.lines[last].blank:
        last -= 1
    state.emit(BlockKind.DIRECTIVE, line.start, state.lines[last].end, name="entry")
    return last + 1


def attributes(state: State, index: int, line: Line) -> int:
    if not patterns.ATTRIBUTES.match(state.text, line.start, line.end):
        return NOT_IT
    if state.text.startswith("[[", line.start):
        state.emit(BlockKind.DIRECTIVE, line.start, line.end, name="anchor")
        return index + 1
    entries = list(read_attributes(state.text, line.start + 1, line.end - 1))
    own = style_of(state.text, entries, NO_STYLE)
    state.style = style_of(state.text, entries, state.style)
    spans: list[Span] = []
    if own.name in ("quote", "verse"):
        spans = [entry.value for entry in entries[1:] if not entry.name and entry.value[0] < entry.value[1]]
    titles = [entry.value for entry in entries if entry.name in ("title", "caption")]
    end = titles[0][0] if titles else line.end
    state.emit(BlockKind.DIRECTIVE, line.start, state.rstrip(line.start, end), tuple(spans), name=own.name)
    state.emit_titles(titles, line.end)
    return index + 1


def title(state: State, index: int, line: Line) -> int:
    if not patterns.TITLE.match(state.text, line.start, line.end):
        return NOT_IT
    state.emit(BlockKind.CAPTION, line.start, line.end, ((line.start + 1, line.end),), name="title")
    return index + 1
