"""Making a translation safe for its place in a reStructuredText: one line where there was one, blanks where
markup needs them, backslashes before what would be read as markup.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from amts_tui.books.inline import join_lines, outside_placeholders
from amts_tui.books.model import PLACEHOLDER, Block, BlockKind, Item, ItemForm, ItemKind
from amts_tui.books.rest.markup import accidents, closes_before, opens_after

_ONE_LINE = frozenset({BlockKind.HEADING, BlockKind.TABLE_CELL, BlockKind.DIRECTIVE, BlockKind.IMAGE})
_LOOSE_OPEN = re.compile(r"([ \n]?)(\{[0-9]+>\})[ \n]{1,9}")
_LOOSE_CLOSE = re.compile(r"[ \n]{1,9}(\{<[0-9]+\})([ \n]?)")
# What Python, and so docutils, takes for the end of a line besides a line feed.
_OTHER_ENDS = re.compile("\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029\0]")
_EMPTY_PAIR = re.compile(r"(\{([0-9]+)>\})\{<\2\}")
_BARE = frozenset({ItemKind.ESCAPE, ItemKind.LITERAL})
_BLANK = "\\ "
_NUMBERED = re.compile(r"\(?(?:[0-9]+|[A-Za-z]|[ivxlcdm]+|[IVXLCDM]+|#)(?=[.)](?:\s|$))")
_FIRST_MARK = re.compile(r"[!-/:-@\[-`{-~•‣⁃—]")
_CLASSIFIER = re.compile(r"(?<= ):(?= )")
_INLINE_MARKS = re.compile(r"[\\*`|]|_(?!\w)|(?<=\])_")
_ODD_BACKSLASHES = re.compile(r"(?<!\\)(?:\\\\)*\\$")


def tidy(text: str, block: Block, items: Sequence[Item]) -> str:
    """A translated masked text in the form its block needs: no blank lines, as many lines as there can be, no
    blanks just inside marks, escaped blanks where marks touch letters.
    """
    lines = (line.strip() for line in _OTHER_ENDS.sub("\n", text).split("\n"))
    text = "\n".join(line for line in lines if line)
    if block.kind in _ONE_LINE or not any(segment.breaks for segment in block.segments):
        text = join_lines(text, items)
    return _escape_accidents(space(_tighten(text, items), items))


def _tighten(text: str, items: Sequence[Item]) -> str:
    """Move blanks from the inside of a pair of marks to its outside, as marks are not seen beside a blank;
    drop marks around nothing.
    """
    pairs = {item.placeholder for item in items if item.form is not ItemForm.SINGLE}
    if not pairs:
        return text

    def opening(match: re.Match[str]) -> str:
        return f"{match[1] or ' '}{match[2]}" if match[2] in pairs else match[0]

    def closing(match: re.Match[str]) -> str:
        return f"{match[1]}{match[2] or ' '}" if match[1] in pairs else match[0]

    text = _LOOSE_CLOSE.sub(closing, _LOOSE_OPEN.sub(opening, text))
    empty = {item.placeholder for item in items if item.kind is ItemKind.EMPHASIS}
    return _EMPTY_PAIR.sub(lambda match: "" if match[1] in empty else match[0], text).strip()


def _escape_accidents(text: str) -> str:
    """A masked text with a backslash before marks that mean nothing but would make docutils complain."""
    blotted = PLACEHOLDER.sub(lambda match: "x" * len(match[0]), text)
    parts = []
    position = 0
    for place in accidents(blotted):
        parts += [text[position:place], "\\"]
        position = place
    text = "".join([*parts, text[position:]])
    return text + "\\" if _ODD_BACKSLASHES.search(text) else text


def space(text: str, items: Sequence[Item]) -> str:
    """A masked text with an escaped blank wherever an item that is markup touches what would hide it."""
    known = {item.placeholder: item for item in items if item.kind not in _BARE}
    parts: list[str] = []
    position = 0
    for match in PLACEHOLDER.finditer(text):
        start, end = match.span()
        parts.append(text[position:start])
        position = end
        item = known.get(match[0])
        if not item:
            parts.append(match[0])
            continue
        before = item.form is not ItemForm.CLOSE and _touches(text, start, item)
        after = item.form is not ItemForm.OPEN and _touched(text, end, item)
        parts += [_BLANK if before else "", match[0], _BLANK if after else ""]
    return "".join([*parts, text[position:]])


def _touches(text: str, start: int, item: Item) -> bool:
    """Whether what is before an item would keep docutils from seeing it."""
    if item.raw.startswith(_BLANK) or text[:start].endswith(_BLANK):
        return False
    return not opens_after(text[start - 1 : start]) if start else False


def _touched(text: str, end: int, item: Item) -> bool:
    """Whether what is after an item would keep docutils from seeing it."""
    return not item.raw.endswith(_BLANK) and not closes_before(text[end : end + 1])


def escape_lines(text: str) -> str:
    """A masked text with a backslash before whatever could begin a block, end in `::`, or part a term."""
    lines = [_escape_line(line) for line in text.split("\n")]
    text = _CLASSIFIER.sub(r"\\:", "\n".join(lines))
    return f"{text[:-1]}\\:" if text.endswith("::") else text


def _escape_line(line: str) -> str:
    line = line.strip()
    if PLACEHOLDER.match(line) or line.startswith("\\"):
        return line
    if number := _NUMBERED.match(line):
        return f"{number[0]}\\{line[number.end() :]}"
    return "\\" + line if _FIRST_MARK.match(line) else line


def escape_all(text: str) -> str:
    """A masked text with a backslash before every mark that could be read as inline markup, and as
    `escape_lines` does.
    """
    return escape_lines(outside_placeholders(text, _escape_marks))


def _escape_marks(literal: str) -> str:
    """The text between two items with its marks escaped, but for the escaped blanks at its ends."""
    head = _BLANK if literal.startswith(_BLANK) else ""
    tail = _BLANK if literal.endswith(_BLANK) and len(literal) > len(head) else ""
    inner = literal[len(head) : len(literal) - len(tail)]
    return head + _INLINE_MARKS.sub(r"\\\g<0>", inner) + tail
