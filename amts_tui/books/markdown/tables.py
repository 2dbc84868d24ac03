"""Pipe tables: a block for each cell, its leading pipe included; the last cell of a row takes the closing
pipe.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from amts_tui.books.format import FoundBlock, Span
from amts_tui.books.markdown.lines import Line
from amts_tui.books.markdown.patterns import DELIMITER_ROW
from amts_tui.books.model import BlockKind

_OPAQUE_OR_PIPE = re.compile(r"\\.|(?P<code>`+)|(?P<math>\$)|(?P<pipe>\|)")
_ESCAPE_OR_PIPE = re.compile(r"\\.|(?P<pipe>\|)")


def opens_table(text: str, header: Line, delimiter: Line) -> int:
    """The number of columns if the two lines open a table, else 0."""
    if header.depth != delimiter.depth or delimiter.blank:
        return 0
    if (
        not DELIMITER_ROW.match(text, delimiter.first, delimiter.end)
        or "|" not in text[delimiter.first : delimiter.end]
    ):
        return 0
    wanted = len(_cells(text, delimiter, _pipes(text, delimiter)))
    return wanted if len(row_cells(text, header, wanted)) == wanted else 0


def row_cells(text: str, line: Line, wanted: int) -> list[tuple[Span, Span]]:
    """For each cell of a row its span with the pipes and its content.

    A pipe in code or a formula does not part cells if that gives the `wanted` number; else it does, as GitHub
    reads it.
    """
    careful = _cells(text, line, _pipes_outside(text, line))
    if len(careful) == wanted:
        return careful
    return _cells(text, line, _pipes(text, line))


def row_blocks(text: str, line: Line, wanted: int, within: str) -> Iterator[FoundBlock]:
    """The cells of a row as blocks; in a quote the first one takes the quote marks."""
    for index, (whole, content) in enumerate(row_cells(text, line, wanted)):
        start = line.mark if index == 0 else whole[0]
        spans = (content,) if content[0] < content[1] else ()
        if start < whole[1]:
            yield FoundBlock(BlockKind.TABLE_CELL, start, whole[1], spans, within=within)


def _pipes(text: str, line: Line) -> list[int]:
    return [m.start() for m in _ESCAPE_OR_PIPE.finditer(text, line.first, line.end) if m["pipe"]]


def _pipes_outside(text: str, line: Line) -> list[int]:
    """Pipes outside inline code and formulas."""
    pipes = []
    position = line.first
    while match := _OPAQUE_OR_PIPE.search(text, position, line.end):
        position = match.end()
        if match["pipe"]:
            pipes.append(match.start())
        elif match["code"] or match["math"]:
            close = text.find(match[0], position, line.end)
            position = close + len(match[0]) if close != -1 else position
    return pipes


def _cells(text: str, line: Line, pipes: list[int]) -> list[tuple[Span, Span]]:
    first, end = line.first, line.end
    piped = bool(pipes) and pipes[0] == first
    starts = pipes if piped else [first, *pipes]
    closed = len(starts) > 1 and starts[-1] == end - 1
    last = end
    if closed:
        starts = starts[:-1]
        last = end - 1
    cells = []
    for index, start in enumerate(starts):
        stop = starts[index + 1] if index + 1 < len(starts) else last
        inner = start + 1 if index or piped else start
        content = _stripped(text, inner, stop)
        whole_end = end if index + 1 == len(starts) else max(content[1], inner)
        cells.append(((start, whole_end), content))
    return cells


def _stripped(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    first = start + len(piece) - len(piece.lstrip())
    return (first, start + len(piece.rstrip())) if first < end else (start, start)
