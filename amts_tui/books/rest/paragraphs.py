"""Paragraphs, terms, attributions, and the literal blocks that `::` announces."""

from __future__ import annotations

from itertools import pairwise

from amts_tui.books.format import Span
from amts_tui.books.model import BlockKind
from amts_tui.books.rest import patterns
from amts_tui.books.rest.state import NOT_IT, Frame, State


def is_plain(text: str, start: int, end: int) -> bool:
    """Whether the lines `[start, end)` would by themselves be one paragraph and nothing else."""
    first, newline, rest = text[start:end].partition("\n")
    first = first.rstrip()
    if any(mark.match(first) for mark in _MARKS) or patterns.LITERAL_NEXT.search(text[start:end]):
        return False
    return not newline or not patterns.ADORNMENT.match(rest.partition("\n")[0].strip())


_MARKS = (
    patterns.ADORNMENT,
    patterns.BULLET,
    patterns.ENUMERATOR,
    patterns.FIELD,
    patterns.OPTION,
    patterns.DOCTEST,
    patterns.LINE_OF_BLOCK,
    patterns.EXPLICIT,
    patterns.TARGET,
    patterns.GRID_TOP,
    patterns.SIMPLE_TOP,
)


def doctest(state: State, index: int, first: int) -> int:
    """A session of the interpreter, up to a blank line."""
    if not patterns.DOCTEST.match(state.text, first, state.lines[index].end):
        return NOT_IT
    last = index + 1
    while state.indent_at(last) >= state.base:
        last += 1
    state.emit(BlockKind.CODE, state.lines[last - 1].end, name="doctest")
    return last


def attribution(state: State, index: int, first: int) -> int:
    """The author of a quotation."""
    if not state.top.quote or state.mark or not index or not state.lines[index - 1].blank:
        return NOT_IT
    match = patterns.ATTRIBUTION.match(state.text, first, state.lines[index].end)
    if not match:
        return NOT_IT
    last = index + 1
    while state.indent_at(last) > state.top.outer:
        last += 1
    end = state.lines[last - 1].end
    state.emit(BlockKind.QUOTE, end, ((match.end(), end),), name="attribution")
    return last


def paragraph(state: State, index: int, first: int) -> int:
    """Anything else: a term if what follows is indented, else a paragraph."""
    following = state.indent_at(index + 1)
    if following > state.base:
        return _term(state, index, first, following)
    if state.top.name == "glossary" and not state.mark:
        _emit_term(state, index, first)
        return index + 1
    last = state.run_end(index + 1)
    end = state.lines[last - 1].end
    start = first if last == index + 1 else state.lines[last - 1].first
    announced = patterns.LITERAL_NEXT.search(state.text[start:end]) is not None
    if not announced:
        marks = patterns.ADORNMENT.match(state.text, first, state.lines[index].end)
        state.emit_prose(end, ((first, end),), "marks" if marks else "")
        return last
    state.emit_prose(end, ((first, end - 2),), "literal")
    return _literal(state, last)


def _term(state: State, index: int, first: int, indent: int) -> int:
    base = state.base
    _emit_term(state, index, first)
    state.open(Frame(base, indent, "definition"))
    return index + 1


def _emit_term(state: State, index: int, first: int) -> None:
    """A term and its classifiers, each a stretch of its own."""
    end = state.lines[index].end
    cuts = [first]
    for match in patterns.CLASSIFIER.finditer(state.text, first, end):
        cuts += match.span()
    cuts.append(end)
    spans: tuple[Span, ...] = tuple(list(pairwise(cuts))[::2])
    state.emit_prose(end, spans, "term")


def _literal(state: State, index: int) -> int:
    """The literal block that is due from line `index` on: indented, or of lines that begin with one mark."""
    start = state.filled(index)
    if start == len(state.lines):
        return index
    line = state.lines[start]
    last = start
    if line.indent > state.base:
        last = state.indented_end(start)
    elif line.indent == state.base and patterns.ADORNMENT.match(state.text[line.first]):
        sign = state.text[line.first]
        while state.indent_at(last) == state.base and state.text[state.lines[last].first] == sign:
            last += 1
    if last == start:
        return index
    state.lead = line.first
    state.emit(BlockKind.CODE, state.lines[last - 1].end, name="literal")
    return last
