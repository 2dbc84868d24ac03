"""List items, terms and paragraphs."""

from __future__ import annotations

from amts_tui.books.asciidoc import patterns
from amts_tui.books.asciidoc.delimited import lines_of_verse
from amts_tui.books.asciidoc.lines import Line
from amts_tui.books.asciidoc.state import NO_STYLE, NOT_IT, State
from amts_tui.books.model import BlockKind


def item(state: State, index: int, line: Line) -> int:
    text = state.text
    mark = name = ""
    if match := patterns.UNORDERED.match(text, line.first, line.end):
        mark = match[1]
    elif match := patterns.ORDERED.match(text, line.first, line.end):
        mark = _kind_of_number(match[1])
    elif match := patterns.CALLOUT.match(text, line.first, line.end):
        mark = name = "callout"
    if not match:
        return NOT_IT
    first = match.end()
    if box := patterns.CHECKBOX.match(text, first, line.end):
        first = box.end()
    level = state.enter(mark)
    last = state.end_of_text(index)
    span = (first, state.lines[last].end)
    state.emit_item(line.first, span, level, name)
    return last + 1


def term(state: State, index: int, line: Line) -> int:
    """A term and the text beside it, which may also follow on the next lines."""
    match = patterns.TERM.search(state.text, line.first + 1, line.end)
    if not match:
        return NOT_IT
    level = state.enter(match[1])
    term_end = match.end()
    state.emit_item(line.first, (line.first, match.start()), level, "term", term_end)
    rest = state.text[term_end : line.end]
    if not rest.strip():
        state.term_depth = level
        return index + 1
    first = term_end + len(rest) - len(rest.lstrip())
    last = state.end_of_text(index)
    state.emit_item(first, (first, state.lines[last].end), level, "description")
    return last + 1


def literal(state: State, index: int, line: Line) -> int:
    """An indented paragraph, which is kept as it is, and a paragraph whose style makes it so."""
    wanted = state.term_depth
    kind = patterns.VERBATIM_STYLES.get(state.style.name)
    if kind is None:
        if not line.indented or wanted:
            return NOT_IT
        kind = BlockKind.CODE
        state.attached = state.attached or bool(state.lists.marks)
    style = state.begin()
    last = state.end_of_text(index)
    state.emit(kind, line.first, state.lines[last].end, name=style.second or style.name)
    return last + 1


def paragraph(state: State, index: int, line: Line) -> int:
    if wanted := state.term_depth:
        last = state.end_of_text(index)
        state.term_depth, state.style = 0, NO_STYLE
        state.emit_item(line.first, (line.first, state.lines[last].end), wanted, "description")
        return last + 1
    style = state.begin()
    last = state.end_of_text(index)
    start, end = line.first, state.lines[last].end
    if style.name == "verse" or "hardbreaks" in style.options:
        lines_of_verse(state, index, last)
    elif match := patterns.ADMONITION.match(state.text, start, end):
        state.emit(BlockKind.PARAGRAPH, start, end, ((match.end(), end),), name=match[1])
    elif state.text[start] == ">" and state.text[start + 1 : start + 2] in (" ", "\n", "\r"):
        first = start + len(state.text[start:end]) - len(state.text[start:end].lstrip("> \t\r\n"))
        state.emit(BlockKind.QUOTE, start, end, ((first, end),) if first < end else (), name="quote")
    elif _is_signed(state, index, last):
        signature = state.lines[last]
        above = state.lines[last - 1].end
        state.emit(BlockKind.QUOTE, start, above, ((start, above),), name="quote")
        state.emit(BlockKind.QUOTE, signature.start, end, ((signature.start + 3, end),), name="attribution")
    else:
        quoted = style.name == "quote" or state.within() == "quote"
        state.emit(BlockKind.QUOTE if quoted else BlockKind.PARAGRAPH, start, end, ((start, end),))
    return last + 1


def _is_signed(state: State, index: int, last: int) -> bool:
    """Whether a paragraph is a quotation in quotes with its author below."""
    text = state.text
    if last == index or text[state.lines[index].start] != '"':
        return False
    return text.startswith("-- ", state.lines[last].start) and text[state.lines[last - 1].end - 1] == '"'


def _kind_of_number(mark: str) -> str:
    if mark[0] == ".":
        return mark
    if mark[0].isdigit():
        return "1."
    if mark[-1] == ")":
        return "i)" if mark[0].islower() else "I)"
    return "a." if mark[0].islower() else "A."
