"""Lines of a reStructuredText as offsets, and widths of text as docutils counts them."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

from amts_tui.books.lines import line_spans

_TAB = 8


class Line(NamedTuple):
    """A line of the text: `[start, end)` without its line break and trailing white space.

    `first` is the offset of the first character after the indentation, `indent` its column. A blank line has
    `first == end`.
    """

    start: int
    end: int
    first: int
    indent: int

    @property
    def blank(self) -> bool:
        return self.first >= self.end


def split_lines(text: str, begin: int) -> list[Line]:
    """The lines of `text` from `begin` on."""
    lines = []
    for start, stop in line_spans(text, begin, len(text)):
        bare = text[start:stop].rstrip()
        end = start + len(bare)
        first = end - len(bare.lstrip())
        lines.append(Line(start, end, first, columns(text, start, first)))
    return lines


def columns(text: str, start: int, end: int) -> int:
    """The column of `end` in a line that begins at `start`; tabs stop at multiples of 8."""
    piece = text[start:end]
    return len(piece.expandtabs(_TAB)) if "\t" in piece else len(piece)


def width(text: str) -> int:
    """The columns that a text takes: wide letters two, combining marks none (docutils, `column_width`)."""
    if text.isascii():
        return len(text)
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    return len(text) + wide - sum(unicodedata.combining(char) != 0 for char in text)


def offset_of(text: str, start: int, end: int, column: int) -> int:
    """The offset in the line `[start, end)` at which a column begins; `end` if the line is shorter."""
    if text[start:end].isascii():
        return min(start + column, end)
    at = 0
    for position in range(start, end):
        if at >= column:
            return position
        at += width(text[position])
    return end
