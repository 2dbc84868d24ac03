"""What begins with `.. `: footnotes, targets, substitutions, directives, comments."""

from __future__ import annotations

import re

from amts_tui.books.format import Span
from amts_tui.books.model import BlockKind
from amts_tui.books.rest import patterns
from amts_tui.books.rest.directives import PROSE_OPTIONS, QUOTES, Content, content_of, kind_of
from amts_tui.books.rest.lists import body
from amts_tui.books.rest.paragraphs import is_plain
from amts_tui.books.rest.state import NOT_IT, State


def explicit(state: State, index: int, first: int) -> int:
    """A block of explicit markup."""
    text, line = state.text, state.lines[index]
    if patterns.TARGET.match(text, first, line.end):
        last = state.run_end(index + 1, deeper=True)
        state.emit(BlockKind.DIRECTIVE, state.lines[last - 1].end, name="target")
        return last
    mark = patterns.EXPLICIT.match(text, first, line.end)
    if not mark:
        return NOT_IT
    if match := patterns.FOOTNOTE.match(text, first, line.end):
        return body(state, index, match.end(), "footnote", BlockKind.PARAGRAPH)
    if match := patterns.DIRECTIVE.match(text, first, line.end):
        return _directive(state, index, match)
    if match := patterns.SUBSTITUTION.match(text, first, line.end):
        return _substitution(state, index, match)
    alone = mark.end() == line.end and state.filled(index + 1) != index + 1
    last = index + 1 if alone else state.indented_end(index + 1)
    state.emit(BlockKind.COMMENT, state.lines[last - 1].end)
    return last


def _substitution(state: State, index: int, match: re.Match[str]) -> int:
    last = state.indented_end(index + 1)
    if match["name"] == "replace":
        end = state.lines[state.run_end(index + 1, deeper=True) - 1].end
        value = state.text[match.end() : end]
        prose = value and not patterns.TARGET_INSIDE.search(value) and is_plain(state.text, match.end(), end)
        spans: tuple[Span, ...] = ((match.end(), end),) if prose else ()
    else:
        spans = _options(state, index + 1)[1]
    state.emit(BlockKind.DIRECTIVE, state.lines[last - 1].end, spans, name="substitution")
    return last


def _directive(state: State, index: int, match: re.Match[str]) -> int:
    name = match["name"].lower()
    content = content_of(name)
    line = state.lines[index]
    start = match.end()
    if patterns.FIELD.match(state.text, start, line.end):
        start = line.end  # an option already
    if content is Content.DATED and start < line.end:
        start = _after_versions(state.text, name, start, line.end)
    argument_end = _argument_end(state, index)
    has_argument = start < line.end or argument_end > index + 1
    if content is Content.PROSE and has_argument and _has_option(state, argument_end):
        # Docutils looks for options right after the first paragraph, as after a title.
        content = Content.TITLED
        start = start if start < line.end else state.lines[index + 1].first
    if start < line.end and content in (Content.PROSE, Content.DATED):
        state.emit(kind_of(name), match.start() + len(state.text[match.start() : start].rstrip()), name=name)
        _open(state, index + 1, name)
        state.lead = state.resume = start
        return index
    after, spans = _options(state, index + 1)
    if content in (Content.TITLED, Content.TITLE) and start != line.end:
        spans = ((start, state.lines[argument_end - 1].end), *spans)
    if content in (Content.OPAQUE, Content.TITLE):
        after = state.indented_end(index + 1)
    elif content in (Content.DATED, Content.PROSE) and not _has_option(state, index + 1):
        after = index + 1
    state.emit(kind_of(name), state.lines[after - 1].end, spans, name=name)
    if content not in (Content.OPAQUE, Content.TITLE):
        _open(state, after, name)
    return after


def _after_versions(text: str, name: str, start: int, end: int) -> int:
    for _ in range(2 if name == "deprecated-removed" else 1):
        version = patterns.VERSION.match(text, start, end)
        start = version.end() if version else start
    return start


def _open(state: State, index: int, name: str) -> None:
    state.open_body(index, name, quote=name in QUOTES, captions=name == "figure")


def _argument_end(state: State, index: int) -> int:
    """The line after the argument of the directive at line `index`: before its options or a blank line."""
    index += 1
    while state.indent_at(index) > state.base and not _has_option(state, index):
        index += 1
    return index


def _has_option(state: State, index: int) -> bool:
    if state.indent_at(index) <= state.base:
        return False
    line = state.lines[index]
    return patterns.FIELD.match(state.text, line.first, line.end) is not None


def _options(state: State, index: int) -> tuple[int, tuple[Span, ...]]:
    """The line after a directive's argument and options, and the values that are prose."""
    spans = []
    index = _argument_end(state, index - 1)
    while _has_option(state, index):
        line = state.lines[index]
        match = patterns.FIELD.match(state.text, line.first, line.end)
        index += 1
        while state.indent_at(index) > line.indent:
            index += 1
        end = state.lines[index - 1].end
        if match and match["name"] in PROSE_OPTIONS and match.end() < end:
            spans.append((match.end(), end))
    return index, tuple(spans)
