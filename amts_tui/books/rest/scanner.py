"""The scanner: goes through the lines of a reStructuredText and finds its blocks, as docutils' state machine
does.

What docutils would report as an error and drop from the text is a block of its own, named `error`, so that no
translation makes one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from amts_tui.books.format import FoundBlock
from amts_tui.books.model import BlockKind
from amts_tui.books.options import DEFAULT_OPTIONS, ReadingOptions
from amts_tui.books.rest.explicit import explicit
from amts_tui.books.rest.lists import bullet, enumerator, field, line_of_block, option
from amts_tui.books.rest.paragraphs import attribution, doctest, paragraph
from amts_tui.books.rest.state import NOT_IT, State
from amts_tui.books.rest.tables import grid_table, simple_table
from amts_tui.books.rest.titles import overline, underlined

_READERS: Final[tuple[Callable[[State, int, int], int], ...]] = (
    attribution,
    bullet,
    enumerator,
    field,
    option,
    doctest,
    line_of_block,
    grid_table,
    simple_table,
    explicit,
    overline,
    underlined,
    paragraph,
)


def scan(text: str, options: ReadingOptions = DEFAULT_OPTIONS) -> list[FoundBlock]:
    """The blocks of a reStructuredText in order; see `TextFormat.scan`."""
    state = State(text, options)
    if text.startswith("\ufeff"):
        state.found.append(FoundBlock(BlockKind.OTHER, 0, 1))
    index = 0
    while (index := state.filled(index)) < len(state.lines):
        line = state.lines[index]
        state.enter(line.indent)
        state.lead, state.mark = line.first, None
        index = _read(state, index, line.first)
    return state.found


def _read(state: State, index: int, first: int) -> int:
    """Read the block at `first` of a line, its marks first; returns the line to go on with."""
    while True:
        state.resume = NOT_IT
        after = next(after for reader in _READERS if (after := reader(state, index, first)) != NOT_IT)
        if state.resume == NOT_IT:
            return after
        first = state.resume
