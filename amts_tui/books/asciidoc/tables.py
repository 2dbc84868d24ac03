"""The cells of a table: each with its specifier (`2+^.>a|`), its text, and whether it holds blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from amts_tui.books.asciidoc import patterns
from amts_tui.books.asciidoc.attributes import Style
from amts_tui.books.asciidoc.lines import Line
from amts_tui.books.format import Span
from amts_tui.books.lines import line_spans

_SPECIFIER = re.compile(
    r"(?:^|(?<=[ \t]))(?:(?=[0-9.])(?P<columns>[0-9]+)?(?:\.(?P<rows>[0-9]+))?(?P<repeat>[+*]))?"
    r"(?:[<^>]?(?:\.[<^>])?)(?P<style>[a-z])?$"
)
_LONGEST_SPECIFIER = 16  # characters
_COLUMN = re.compile(r"\s*(?:(?P<times>[0-9]{1,3})\*)?[^a-z]*(?P<style>[a-z])?\s*$")
_MOST_COLUMNS = 500
_UNREAD = frozenset("lm")  # literal and monospaced cells hold no prose


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell from its specifier on, which ends at `opened`; `spans` are the paragraphs in it, `nests` whether
    `content` holds blocks of its own.
    """

    start: int
    opened: int
    end: int
    content: Span
    spans: tuple[Span, ...]
    nests: bool


@dataclass(slots=True)
class _Columns:
    """The styles of the columns, and in which column the next cell stands."""

    styles: list[str]
    taken: list[int]  # rows that a cell further up still fills, by column
    in_heading: bool  # whether the row is the first one of a table with a heading, which no column styles
    column: int = 0

    def style_of(self, specifier: re.Match[str] | None) -> str:
        """The style of the next cell, which its specifier or else its column sets."""
        columns = int(((specifier and specifier["columns"]) or "1")[:3])
        rows = int(((specifier and specifier["rows"]) or "1")[:3])
        own = (specifier and specifier["style"]) or ""
        if not self.styles:
            return own
        for _ in self.styles:
            if not self.taken[self.column]:
                break
            self.taken[self.column] -= 1
            self.column = (self.column + 1) % len(self.styles)
        style = own or ("" if self.in_heading else self.styles[self.column])
        for _ in range(min(columns, len(self.styles))):
            self.taken[self.column] = rows - 1
            self.column = (self.column + 1) % len(self.styles)
            self.in_heading = self.in_heading and self.column > 0
        return style


def find_cells(text: str, lines: Sequence[Line], separator: str, style: Style) -> Iterator[Cell]:
    """The cells in the lines of a table."""
    if not lines:
        return
    marks = list(_separators(text, lines, separator))
    lead = text[lines[0].start : marks[0][0] if marks else lines[-1].end]
    if lead.strip():
        start = lines[0].start + len(lead) - len(lead.lstrip())
        lead = lead.strip()
        yield Cell(start, start, start + len(lead), (start, start), (), False)
    styles = _column_styles(style.value("cols"))
    has_heading = "header" in style.options or (len(lines) > 1 and not lines[0].blank and lines[1].blank)
    columns = _Columns(styles, [0] * len(styles), in_heading=has_heading)
    finish = lines[-1].end
    for number, (start, mark, specifier) in enumerate(marks):
        limit = marks[number + 1][0] if number + 1 < len(marks) else finish
        kind = columns.style_of(specifier)
        piece = text[mark + 1 : limit]
        content = (mark + 1 + len(piece) - len(piece.lstrip()), mark + 1 + len(piece.rstrip()))
        spans = () if kind in _UNREAD else tuple(_paragraphs(text, *content))
        yield Cell(start, mark + 1, content[1], content, spans, kind == "a" and bool(spans))


def _separators(
    text: str, lines: Sequence[Line], separator: str
) -> Iterator[tuple[int, int, re.Match[str] | None]]:
    """Of each separator the start of its specifier, its own place and the specifier."""
    for line in lines:
        position = line.start
        mark = text.find(separator, position, line.end)
        while mark != -1:
            if mark > line.start and text[mark - 1] == "\\":
                mark = text.find(separator, mark + 1, line.end)
                continue
            window = max(position, mark - _LONGEST_SPECIFIER)
            specifier = _SPECIFIER.search(text[window:mark]) if window < mark else None
            if specifier and window > line.start and specifier.start() == 0 and text[window - 1] not in " \t":
                specifier = None
            start = window + specifier.start() if specifier else mark
            yield start, mark, specifier
            position = mark + 1
            mark = text.find(separator, position, line.end)


def _paragraphs(text: str, begin: int, end: int) -> Iterator[Span]:
    """The stretches of a cell's text between blank lines, comments and conditions."""
    first = last = -1
    for start, stop in line_spans(text, begin, end):
        piece = text[start:stop]
        content = (start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()))
        passed_over = content[0] >= content[1] or bool(
            patterns.COMMENT.match(text, start, stop) or patterns.PREPROCESSOR.match(text, start, content[1])
        )
        if passed_over and first != -1:
            yield first, last
            first = -1
        elif not passed_over:
            first = content[0] if first == -1 else first
            last = content[1]
    if first != -1:
        yield first, last


def _column_styles(columns: str) -> list[str]:
    """The style of each column that `cols` names; none if it names none."""
    styles: list[str] = []
    for part in re.split(r"[,;]", columns) if columns else ():
        match = _COLUMN.match(part)
        times = int(match["times"] or 1) if match else 1
        styles += [(match and match["style"]) or ""] * times
        if len(styles) > _MOST_COLUMNS:
            break
    return styles if any(styles) else []
