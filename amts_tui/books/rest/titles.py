"""Titles and transitions: lines of one repeated mark."""

from __future__ import annotations

from amts_tui.books.format import Fit
from amts_tui.books.model import Block, BlockKind, Segment
from amts_tui.books.rest import patterns
from amts_tui.books.rest.lines import width
from amts_tui.books.rest.state import NOT_IT, State

_SHORTEST = 4  # a shorter line of marks that does not fit a title is text


def overline(state: State, index: int, first: int) -> int:
    """A line of marks: over a title, a transition, or an error that would make docutils drop text."""
    line = state.lines[index]
    if not _is_adornment(state, index, first) or state.text[first : line.end] == "::":
        return NOT_IT
    short = line.end - first < _SHORTEST
    title = index + 1
    if title >= len(state.lines) or state.lines[title].blank or state.lines[title].indent < state.base:
        return NOT_IT if short else _single(state, index, "transition")
    if _is_adornment(state, title, state.lines[title].first):
        return NOT_IT if short else _single(state, title, "error")
    under = index + 2
    fits = state.indent_at(under) == state.base and _is_adornment(state, under, state.lines[under].first)
    marks = state.text[first : line.end]
    if fits and marks == state.text[state.lines[under].first : state.lines[under].end]:
        if not short or _title_width(state, title) <= len(marks):
            return _heading(state, state.lines[title].first, under, marks[0] * 2)
        return NOT_IT
    if short:
        return NOT_IT
    return _single(state, under if state.indent_at(under) != -1 else title, "error")


def underlined(state: State, index: int, first: int) -> int:
    """A title with marks under it only."""
    under = index + 1
    if state.indent_at(under) != state.base or not _is_adornment(state, under, state.lines[under].first):
        return NOT_IT
    length = state.lines[under].end - state.lines[under].first
    if length < _SHORTEST and width(state.text[first : state.lines[index].end]) > length:
        return NOT_IT
    return _heading(state, first, under, state.text[state.lines[under].first])


def _is_adornment(state: State, index: int, first: int) -> bool:
    return patterns.ADORNMENT.match(state.text, first, state.lines[index].end) is not None


def _title_width(state: State, index: int) -> int:
    line = state.lines[index]
    return line.indent - state.base + width(state.text[line.first : line.end])


def _single(state: State, index: int, name: str) -> int:
    state.emit(BlockKind.OTHER, state.lines[index].end, name=name)
    return index + 1


def _heading(state: State, first: int, under: int, style: str) -> int:
    """Add a heading; its level is the rank of its style in the order in which the styles appear."""
    level = state.adornments.setdefault(style, len(state.adornments) + 1)
    span = (first, state.lines[under - 1].end)
    state.emit(BlockKind.HEADING, state.lines[under].end, (span,), level=level)
    return under + 1


def fit_title(text: str, block: Block, segment: Segment, raw: str) -> Fit:
    """A new title with its lines of marks as long as it needs; longer ones stay as they are."""
    before, after = text[block.start : segment.start], text[segment.end : block.end]
    over, newline, lead = before.rpartition("\n")
    marks = after.rstrip()[-1:]
    if newline:
        outer = text.rfind("\n", 0, block.start) + 1
        needed = width(raw) + len(lead) - len(text[outer : block.start])
        over = _lengthened(over, needed, marks)
    else:
        needed = width(raw)
    return Fit(block.start, block.end, over + newline + lead, raw, _lengthened(after, needed, marks))


def _lengthened(adornment: str, needed: int, mark: str) -> str:
    """The line of marks at the end of `adornment` with at least `needed` of them."""
    bare = adornment.rstrip()
    length = len(bare) - len(bare.rstrip(mark))
    return bare + mark * (needed - length) + adornment[len(bare) :]
