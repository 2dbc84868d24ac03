"""The marks of list items, fields, options, lines of a block: taken off the line, what follows is read on."""

from __future__ import annotations

from collections.abc import Iterator

from amts_tui.books.model import BlockKind
from amts_tui.books.rest import patterns
from amts_tui.books.rest.state import NOT_IT, Frame, Mark, State

_TYPE_FIELDS = frozenset({"type", "rtype", "vartype", "kwtype", "paramtype", "meta"})
_PROSE_DOCINFO = frozenset({"abstract", "dedication"})
_ROMAN_VALUES = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def bullet(state: State, index: int, first: int) -> int:
    """A mark of a bullet list."""
    match = patterns.BULLET.match(state.text, first, state.lines[index].end)
    return _item(state, index, first, match.end()) if match else NOT_IT


def enumerator(state: State, index: int, first: int) -> int:
    """A number of an enumerated list, if the next line is blank, indented or the next item."""
    match = patterns.ENUMERATOR.match(state.text, first, state.lines[index].end)
    if not match or (match["open"] and match["close"] != ")"):
        return NOT_IT
    following = list(_next_ordinals(match["ordinal"]))
    if not following:
        return NOT_IT
    if state.indent_at(index + 1) == state.base:
        start = state.lines[index + 1].first
        marks = (f"{match['open']}{ordinal}{match['close']} " for ordinal in following)
        if not any(state.text.startswith(mark, start) for mark in marks):
            return NOT_IT
    return _item(state, index, first, match.end())


def _next_ordinals(ordinal: str) -> Iterator[str]:
    """What may count the next item; nothing if `ordinal` counts nothing."""
    if ordinal.isdigit() and len(ordinal) <= 9:
        yield str(int(ordinal) + 1)
    if len(ordinal) == 1 and ordinal.isalpha():
        yield chr(ord(ordinal) + 1)
    if len(ordinal) <= 20 and ordinal.isalpha() and patterns.ROMAN.match(ordinal):
        roman = _roman(_roman_value(ordinal.lower()) + 1)
        yield roman.upper() if ordinal.isupper() else roman
    if ordinal == "#" or ordinal.isalnum():
        yield "#"


def _roman_value(roman: str) -> int:
    value = 0
    for worth, sign in _ROMAN_VALUES:
        while roman.startswith(sign):
            value += worth
            roman = roman[len(sign) :]
    return value


def _roman(value: int) -> str:
    signs = []
    for worth, sign in _ROMAN_VALUES:
        signs.append(sign * (value // worth))
        value %= worth
    return "".join(signs)


def _item(state: State, index: int, first: int, end: int) -> int:
    level = state.items + 1
    if end == state.lines[index].end:
        within = state.top.outside if state.top.item else state.top.name
        state.emit(BlockKind.LIST_ITEM, end, level=level, within=within)
        state.open_body(index + 1, "item")
        state.top.item = True
        state.items += 1
        return index + 1
    indent = state.base + state.step(index, first, end)
    state.open(Frame(indent - 1, indent, "item", item=True))
    state.mark = Mark(BlockKind.LIST_ITEM, level=level)
    state.resume = end
    return index


def field(state: State, index: int, first: int) -> int:
    """The name of a field; of the fields at the top of a document only those are read that hold prose."""
    line = state.lines[index]
    match = patterns.FIELD.match(state.text, first, line.end)
    if not match:
        return NOT_IT
    name = match["name"]
    if state.docinfo and state.base == 0:
        if name.lower() not in {*_PROSE_DOCINFO, *map(str.lower, state.options.front_matter)}:
            return _opaque(state, index, BlockKind.FRONT_MATTER, name)
        return body(state, index, match.end(), "docinfo", BlockKind.PARAGRAPH)
    if name.split(" ")[0] in _TYPE_FIELDS:
        return _opaque(state, index, BlockKind.DIRECTIVE, "field")
    return body(state, index, match.end(), "field", BlockKind.LIST_ITEM)


def _opaque(state: State, index: int, kind: BlockKind, name: str) -> int:
    last = state.indented_end(index + 1)
    state.emit(kind, state.lines[last - 1].end, name=name)
    return last


def body(state: State, index: int, end: int, name: str, kind: BlockKind) -> int:
    """Take a mark that ends at `end` off its line, whose body is all that is indented under it."""
    if end == state.lines[index].end:
        state.emit(BlockKind.OTHER, end, name=name)
        state.open_body(index + 1, name)
        return index + 1
    state.open_body(index + 1, name)
    state.mark = Mark(kind, name)
    state.resume = end
    return index


def option(state: State, index: int, first: int) -> int:
    """An option of a command with its description."""
    line = state.lines[index]
    match = patterns.OPTION.match(state.text, first, line.end)
    if not match:
        return NOT_IT
    if match.end() == line.end and state.indent_at(state.filled(index + 1)) <= state.base:
        return NOT_IT
    return body(state, index, match.end(), "option", BlockKind.LIST_ITEM)


def line_of_block(state: State, index: int, first: int) -> int:
    """A line of a line block with the lines that continue it."""
    match = patterns.LINE_OF_BLOCK.match(state.text, first, state.lines[index].end)
    if not match:
        return NOT_IT
    last = state.run_end(index + 1, deeper=True)
    end = state.lines[last - 1].end
    if match.end() == end:
        state.emit(BlockKind.OTHER, end, name="line_block")
    else:
        state.emit_prose(end, ((match.end(), end),), "line_block")
    return last
