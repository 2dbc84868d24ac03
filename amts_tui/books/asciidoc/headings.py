"""Blocks of one line, titles of two: headings, the lines below a document's title, breaks, block macros."""

from __future__ import annotations

from amts_tui.books.asciidoc import patterns
from amts_tui.books.asciidoc.attributes import alternative_text, read_attributes
from amts_tui.books.asciidoc.lines import Line
from amts_tui.books.asciidoc.state import NOT_IT, State
from amts_tui.books.model import BlockKind


def heading(state: State, index: int, line: Line) -> int:
    match = patterns.HEADING.match(state.text, line.start, line.end)
    if not match:
        return NOT_IT
    state.begin()
    end = line.end
    if state.text.endswith(" " + match[1], match.end(), end):
        end -= len(match[1])
    level = len(match[1])
    opens = level == 1 and all(
        block.kind not in (BlockKind.HEADING, BlockKind.PARAGRAPH) for block in state.found
    )
    state.emit(BlockKind.HEADING, line.start, line.end, ((match.end(), end),), level=level)
    return _authors(state, index + 1) if opens else index + 1


def _authors(state: State, index: int) -> int:
    """The lines of author and revision that follow the title of a document."""
    for name, pattern in (("author", patterns.AUTHOR), ("revision", patterns.REVISION)):
        if index >= len(state.lines):
            break
        line = state.lines[index]
        if line.blank or not pattern.match(state.text, line.start, line.end):
            break
        state.emit(BlockKind.OTHER, line.start, line.end, name=name)
        index += 1
    return index


def underlined(state: State, index: int, line: Line) -> int:
    """A title of two lines; its underline is as long as it is, or one character more or less."""
    if state.containers or state.attached or index + 1 >= len(state.lines):
        return NOT_IT
    if state.lists.marks and state.is_item(line):
        return NOT_IT
    under = state.lines[index + 1]
    if under.indented or abs((under.end - under.start) - (line.end - line.start)) > 1:
        return NOT_IT
    if not patterns.UNDERLINE.match(state.text, under.start, under.end):
        return NOT_IT
    if not any(char.isalnum() for char in state.text[line.start : line.end]):
        return NOT_IT
    state.begin()
    level = "=-~^+".index(state.text[under.start]) + 1
    state.emit(
        BlockKind.HEADING,
        line.first,
        under.end,
        ((line.first, line.end),),
        level=level,
        name="underlined",
    )
    return index + 2


def thematic_break(state: State, index: int, line: Line) -> int:
    if not patterns.BREAK.match(state.text, line.start, line.end):
        return NOT_IT
    state.begin()
    state.emit(BlockKind.OTHER, line.start, line.end, name="break")
    return index + 1


def macro(state: State, index: int, line: Line) -> int:
    match = patterns.MACRO.match(state.text, line.start, line.end)
    if not match:
        return NOT_IT
    state.begin()
    if match[1] not in ("image", "video", "audio"):
        state.emit(BlockKind.DIRECTIVE, line.start, line.end, name=match[1])
        return index + 1
    entries = list(read_attributes(state.text, *match.span(2)))
    alternative = alternative_text(state.text, entries) if match[1] == "image" else None
    titles = [entry.value for entry in entries if entry.name in ("alt", "title", "caption")]
    if alternative:
        titles = [title for title in titles if title[0] >= alternative[1]]
    end = titles[0][0] if titles else line.end
    spans = (alternative,) if alternative else ()
    state.emit(BlockKind.IMAGE, line.start, state.rstrip(line.start, end), spans, name=match[1])
    state.emit_titles(titles, line.end)
    return index + 1
