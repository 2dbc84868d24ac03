"""Breaking text into lines of a fixed number of terminal cells, with the line-start and line-end rules of
Chinese and Japanese.

Widths are those of the terminal library (`rich.cells`), so that a line measures here what it measures on the
screen. Greedy, after Unicode UAX #14 in outline: a line may break after a blank and on either side of a wide
character, but never in front of closing punctuation (kinsoku) nor behind an opening bracket, and never inside
a grapheme.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rich.cells import cell_len, get_character_cell_size, split_graphemes

from amts_tui.tui.widgets.ambiguous import are_wide

NO_START = frozenset(
    "，。、；：！？）》」』】〉〕｝］’”…—～・ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ々%,.;:!?)]}％℃°"
)
NO_END = frozenset("（《「『【〈〔｛［‘“([{$#¥￥")

_NARROW = re.compile(
    r"[\x20-\x7e\xa0-\xac\xae-\u02ff\u0370-\u0482\u2013\u2014\u2018\u2019\u201c\u201d\u2026]*"
)
_UNPRINTABLE = dict.fromkeys((*range(32), *range(127, 160), 8232, 8233), " ") | dict.fromkeys(
    (27, *range(8234, 8239), *range(8294, 8298)), "�"
)


def printable(text: str) -> str:
    """The text with control and direction characters replaced one for one, so that it cannot disturb the
    terminal.
    """
    return text if text.isascii() and text.isprintable() else text.translate(_UNPRINTABLE)


def wrap(text: str, width: int) -> list[tuple[int, int]]:
    """Spans (start, end) of the lines of `text`, at most `width` cells wide; together they cover the text
    without a gap.

    Blanks at the end of a line hang over: they belong to the span but count nothing. A single grapheme wider
    than `width` has a line of its own. The empty text has one empty line. `width` must be at least 1.
    """
    narrow = text.isascii() if are_wide() else _NARROW.fullmatch(text)
    if narrow:
        return _wrap_narrow(text, width)
    return _wrap_mixed(text, width)


def _wrap_narrow(text: str, width: int) -> list[tuple[int, int]]:
    """Only blanks break: every character is one cell, so the place to break is found by index."""
    lines: list[tuple[int, int]] = []
    start, length = 0, len(text)
    while length - start > width:
        blank = text.rfind(" ", start, start + width + 1)
        end = blank + 1 if text[start : max(blank, start)].strip() else start + width
        while end < length and text[end] == " ":
            end += 1
        lines.append((start, end))
        start = end
    if start < length or not lines:
        lines.append((start, length))
    return lines


def _wrap_mixed(text: str, width: int) -> list[tuple[int, int]]:
    lines: list[tuple[int, int]] = []
    start = break_at = 0  # of the line; the last place where it may end
    used = used_at_break = 0
    previous = ""
    for begin, _end, cells in graphemes(text):
        character = text[begin]
        if begin > start and _may_break(previous, character):
            break_at, used_at_break = begin, used
        previous = character
        while character != " " and used + cells > width and begin > start:
            if break_at <= start or not text[start:break_at].strip():
                break_at, used_at_break = begin, used
            lines.append((start, break_at))
            start = break_at
            used -= used_at_break
        used += cells
    if start < len(text) or not lines:
        lines.append((start, len(text)))
    return lines


def _may_break(before: str, after: str) -> bool:
    """Whether a line may end between two graphemes that begin with these characters."""
    if after == " ":
        return False
    if before == " ":
        return True
    if after in NO_START or before in NO_END:
        return False
    return _wide(before) or _wide(after)


def _wide(character: str) -> bool:
    return get_character_cell_size(character) == 2


def graphemes(text: str) -> list[tuple[int, int, int]]:
    """(start, end, cells) of what stands in one place on the screen: a character with the marks and joiners
    behind it.
    """
    if "\u200d" in text or "\ufe0f" in text:
        return list(split_graphemes(text)[0])
    spans: list[tuple[int, int, int]] = []
    for index, character in enumerate(text):
        cells = get_character_cell_size(character)
        if cells == 0 and spans:
            spans[-1] = (spans[-1][0], index + 1, spans[-1][2])
        else:
            spans.append((index, index + 1, cells))
    return spans


def width_of(text: str) -> int:
    """Cells that the text takes on the screen."""
    return cell_len(text)


def clip(text: str, width: int) -> str:
    """The text cut to `width` cells (at least 1), the last a `~` if something was cut off."""
    if cell_len(text) <= width:
        return text
    kept, used = 0, 0
    for _begin, end, cells in graphemes(text):
        if used + cells > width - 1:
            break
        kept, used = end, used + cells
    return f"{text[:kept]}~"


def fitting(parts: Sequence[str], width: int) -> str:
    """The first of the parts that fit on a line together, two blanks between them; always the first one."""
    line = parts[0]
    for part in parts[1:]:
        if width_of(line) + 2 + width_of(part) > width:
            break
        line += f"  {part}"
    return line


def clip_start(text: str, width: int) -> str:
    """The end of the text that fits `width` cells (at least 1), the first a `~` if something was cut off."""
    if cell_len(text) <= width:
        return text
    kept, used = len(text), 0
    for begin, _end, cells in reversed(graphemes(text)):
        if used + cells > width - 1:
            break
        kept, used = begin, used + cells
    return f"~{text[kept:]}"


def clip_middle(text: str, width: int) -> str:
    """Both ends of the text, together `width` cells (at least 3), a `~` between them if something was cut
    out.
    """
    if cell_len(text) <= width:
        return text
    head = clip(text, (width + 1) // 2)
    return head + clip_start(text, width - cell_len(head) + 1)[1:]
