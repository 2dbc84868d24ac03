"""Lines of an AsciiDoc text as offsets, and the lists and delimited blocks that are open at a line."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from amts_tui.books.lines import line_spans


class Line(NamedTuple):
    """A line: `[start, end)` without its line break and trailing white space; `first` is its first character
    that is no blank.
    """

    start: int
    end: int
    first: int

    @property
    def blank(self) -> bool:
        return self.first >= self.end

    @property
    def indented(self) -> bool:
        return self.first > self.start


def split_lines(text: str, begin: int, end: int) -> list[Line]:
    """The lines of `text[begin:end]`."""
    lines = []
    for start, stop in line_spans(text, begin, end):
        piece = text[start:stop]
        last = start + len(piece.rstrip())
        lines.append(Line(start, last, min(start + len(piece) - len(piece.lstrip()), last)))
    return lines


@dataclass(slots=True)
class Lists:
    """The lists that are open, outermost first, each by the kind of its marks."""

    marks: list[str] = field(default_factory=list)

    def enter(self, mark: str) -> int:
        """Go to the list with such marks, a new one if none is open; returns its depth, from 1."""
        if mark in self.marks:
            del self.marks[self.marks.index(mark) + 1 :]
        else:
            self.marks.append(mark)
        return len(self.marks)


@dataclass(frozen=True, slots=True)
class Container:
    """An open delimited block: the line that closes it, its name, and the lists that it lies in."""

    delimiter: str
    name: str
    outer: Lists
