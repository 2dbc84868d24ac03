"""Where blocks of several lines end: fences, indented code, display formulas."""

from __future__ import annotations

from collections.abc import Sequence

from amts_tui.books.markdown.lines import Line


def fence_end(text: str, lines: Sequence[Line], index: int, mark: str) -> int:
    """The index of the last line of the fence that opens with `mark` on line `index`.

    It is the closing line, else the last line with text before the end of the quote or the document.
    """
    last = index
    depth = lines[index].depth
    for number in range(index + 1, len(lines)):
        line = lines[number]
        if line.depth < depth:
            break
        if not line.blank:
            last = number
        closing = line.depth == depth and text.startswith(mark, line.first)
        if closing and not text[line.first : line.end].strip(mark[0]):
            return number
    return last


def code_end(lines: Sequence[Line], index: int, column: int) -> int:
    """The index of the last line of the indented code from line `index` on, none of it left of `column`."""
    last = index
    for number in range(index + 1, len(lines)):
        line = lines[number]
        if line.depth != lines[index].depth or (not line.blank and line.indent < column):
            break
        if not line.blank:
            last = number
    return last


def formula_end(text: str, lines: Sequence[Line], index: int, opened: int, close: int) -> int | None:
    """The index of the line with the mark at `close`, which ends the formula opened on line `index`.

    None if a blank line lies between, unless both marks stand on bare lines.
    """
    bare = opened == lines[index].end
    for number in range(index, len(lines)):
        line = lines[number]
        if line.end > close:
            return number
        if line.blank and not (bare and not text[text.rfind("\n", 0, close) + 1 : close].strip(" \t>")):
            return None
    return None
