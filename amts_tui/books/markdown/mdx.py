"""What MDX adds to Markdown: modules, expressions in braces, and components whose tags run over lines."""

from __future__ import annotations

import re

from amts_tui.books.markdown.braces import LONGEST, expression_end
from amts_tui.books.markdown.cursor import NOT_IT, Cursor
from amts_tui.books.markdown.lines import Line
from amts_tui.books.model import BlockKind

_MODULE = re.compile(r"import(?=[ \t{*'\"])|export[ \t]+(?:const|default|function|let|var|async|class|\{|\*)")
_IMPORT = re.compile(r"import[ \t]*['\"]|\bfrom[ \t]*['\"]")
_SVELTE = re.compile(r"\{(?:[#:@]|/(?!\*))")
_TAG = re.compile(r"<[A-Z][\w.]*(?=\s|$)", re.MULTILINE)
_TAG_PART = re.compile(r"[{>]|\"[^\"]*\"|'[^']*'")


def module(cursor: Cursor, index: int, line: Line) -> int:
    """`import …` and `export …` up to the next blank line."""
    outside = line.first == line.start and not cursor.containers.innermost
    if cursor.paragraph or not outside or not _MODULE.match(cursor.text, cursor.first):
        return NOT_IT
    last = index
    while last + 1 < len(cursor.lines) and not cursor.lines[last + 1].blank:
        last += 1
    imports = cursor.text.startswith("i", cursor.first)
    if imports and not _IMPORT.search(cursor.text, cursor.first, cursor.lines[last].end):
        return NOT_IT
    cursor.begin()
    cursor.directive(cursor.lines[last].end, cursor.text[cursor.first : cursor.first + 6])
    return last + 1


def expression(cursor: Cursor, index: int, _line: Line) -> int:
    """`{…}` that fills its lines; a comment if it holds nothing else."""
    if cursor.paragraph or cursor.first < cursor.barren or _SVELTE.match(cursor.text, cursor.first):
        return NOT_IT
    last = _line_that_ends(cursor, index, expression_end(cursor.text, cursor.first))
    if last is None:
        return NOT_IT
    comment = cursor.text.startswith("{/*", cursor.first)
    cursor.begin()
    if comment:
        cursor.emit(BlockKind.COMMENT, cursor.lead, cursor.lines[last].end)
    else:
        cursor.directive(cursor.lines[last].end, "expression")
    return last + 1


def component(cursor: Cursor, index: int, line: Line) -> int:
    """The tag of a component that ends on a later line; what follows it is read as Markdown."""
    text = cursor.text
    if cursor.first < cursor.barren or not _TAG.match(text, cursor.first, line.end):
        return NOT_IT
    last = _line_that_ends(cursor, index, _tag_end(text, cursor.first))
    if last is None or last == index:
        return NOT_IT
    cursor.begin()
    cursor.emit(BlockKind.HTML, cursor.lead, cursor.lines[last].end)
    return last + 1


def _tag_end(text: str, start: int) -> int:
    position = start
    while match := _TAG_PART.search(text, position, start + LONGEST):
        if match[0] == ">":
            return match.end()
        position = expression_end(text, match.start()) if match[0] == "{" else match.end()
        if position == -1:
            break
    return -1


def _line_that_ends(cursor: Cursor, index: int, end: int) -> int | None:
    """The index of the line whose text ends at `end`; None if more follows on it or `end` is -1.

    Then nothing is tried again before that place, so that time stays linear.
    """
    while index < len(cursor.lines) and cursor.lines[index].start < end:
        if cursor.lines[index].end == end:
            return index
        index += 1
    cursor.barren = end if end != -1 else cursor.first + LONGEST
    return None
