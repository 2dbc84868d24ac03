"""Lines of a document as offsets: indentation, quote marks and the first character of text."""

from __future__ import annotations

import re
from typing import NamedTuple

from amts_tui.books.lines import line_spans

_LEAD = re.compile(r"[ \t]*(?:(?:>[ \t]?)+[ \t]*)?")
_TAB = 4


class Line(NamedTuple):
    """A line of the text: `[start, end)` without its line break and trailing white space.

    `first` is the offset of the first character after indentation and quote marks, `indent` its column after
    the last quote mark, `depth` the number of quote marks, `mark` the offset of the first of them (else
    `first`). A blank line has `first == end`.
    """

    start: int
    end: int
    first: int
    indent: int
    depth: int
    mark: int

    @property
    def blank(self) -> bool:
        return self.first >= self.end


class Ahead:
    """Finds the next occurrence of a needle and remembers it: many searches over a text stay linear."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._found: dict[str, int] = {}

    def find(self, needle: str, start: int) -> int:
        """The offset of `needle` at or after `start`, which never decreases; -1 if there is none."""
        known = self._found.get(needle)
        if known is None or (known != -1 and known < start):
            known = self._found[needle] = self._text.find(needle, start)
        return known


def columns(text: str, start: int, end: int, column: int = 0) -> int:
    """The column after the blanks `text[start:end]` that begin at `column`; tabs stop at multiples of 4."""
    for char in text[start:end]:
        column = column + _TAB - column % _TAB if char == "\t" else column + 1
    return column


def split_lines(text: str, start: int = 0) -> list[Line]:
    """The lines of `text` from `start` on."""
    return [_line(text, *span) for span in line_spans(text, start, len(text))]


def _line(text: str, start: int, stop: int) -> Line:
    end = start + len(text[start:stop].rstrip())
    if end == start:
        return Line(start, start, start, 0, 0, start)
    if text[start] not in " \t>":
        return Line(start, end, start, 0, 0, start)
    lead = _LEAD.match(text, start, end)
    first = lead.end() if lead else start
    quote = text.rfind(">", start, first) + 1
    if not quote:
        return Line(start, end, first, columns(text, start, first), 0, first)
    mark = text.index(">", start, first)
    inner = quote + 1 if text[quote : quote + 1] == " " and quote < first else quote
    return Line(start, end, min(first, end), columns(text, inner, first), text.count(">", mark, first), mark)
