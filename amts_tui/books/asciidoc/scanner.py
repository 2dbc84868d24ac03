"""The line scanner: one pass over the lines of an AsciiDoc text that finds its blocks as spans.

The order in which a line is tried for each kind of block is Asciidoctor's. Nothing is parsed twice but the
cells of a table that hold blocks of their own, so time is linear in the text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from amts_tui.books.asciidoc import delimited, headings, metadata, patterns, texts
from amts_tui.books.asciidoc.lines import Line
from amts_tui.books.asciidoc.state import NOT_IT, State
from amts_tui.books.format import FoundBlock
from amts_tui.books.model import BlockKind

_READERS: Final[Sequence[Callable[[State, int, Line], int]]] = (
    metadata.preprocessor,
    metadata.comment,
    delimited.closing,
    metadata.continuation,
    metadata.entry,
    metadata.attributes,
    metadata.title,
    headings.heading,
    headings.underlined,
    delimited.delimited,
    headings.thematic_break,
    headings.macro,
    texts.item,
    texts.term,
    texts.literal,
    texts.paragraph,
)


def scan(text: str) -> list[FoundBlock]:
    """The blocks of `text` in order, without overlap; together they cover all but white space."""
    found = []
    start = 0
    if text.startswith("\ufeff"):
        found.append(FoundBlock(BlockKind.OTHER, 0, 1, name="bom"))
        start = 1
    if match := patterns.FRONT_MATTER.match(text, start):
        found.append(FoundBlock(BlockKind.FRONT_MATTER, start, start + len(match[0].rstrip())))
        start = match.end()
    return [*found, *_scan_region(text, start, len(text), "", 0)]


def _scan_region(text: str, start: int, end: int, within: str, depth: int) -> list[FoundBlock]:
    state = State(text, start, end, within, depth, _scan_region)
    index = 0
    while index < len(state.lines):
        if state.lines[index].blank:
            state.attached = False
            index += 1
        else:
            index = _read_block(state, index)
    return state.found


def _read_block(state: State, index: int) -> int:
    """Read the block that begins on a line; returns the index of the line to go on with."""
    line = state.lines[index]
    for read in _READERS:
        following = read(state, index, line)
        if following != NOT_IT:
            return following
    return index + 1
