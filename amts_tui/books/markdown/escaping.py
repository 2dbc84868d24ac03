"""Making a translation safe for its place: tidied for its kind of block, and escaped where it would be read
as markup.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from amts_tui.books.html import escaping as html
from amts_tui.books.inline import join_lines, outside_placeholders, without_blank_lines
from amts_tui.books.markdown import patterns
from amts_tui.books.markdown.markup import find_tokens
from amts_tui.books.model import PLACEHOLDER, Block, BlockKind, Item, ItemKind

_ONE_LINE = frozenset(
    {
        BlockKind.HEADING,
        BlockKind.TABLE_CELL,
        BlockKind.DIRECTIVE,
        BlockKind.MATH,
        BlockKind.CODE,
        BlockKind.FRONT_MATTER,
    }
)
_NO_EXPRESSIONS = frozenset({ItemKind.CODE, ItemKind.MATH, ItemKind.ESCAPE, ItemKind.LITERAL})
_NUMBERED = re.compile(r"([0-9]{1,9})([.)])(?=\s|$)")
_FIRST_MARK = re.compile(r"[!-/:-@\[-`{-~]")
_INLINE_MARKS = re.compile(r"[\\`*_\[\]<$~]")
_QUOTES = re.compile(r"^[ \t]*(?=>)", re.MULTILINE)  # a quote, also right behind the mark of an item
_EXPRESSION = re.compile(r"\{|<(?!\s)")
_ODD_BACKSLASHES = re.compile(r"(?<!\\)(?:\\\\)*\\$")


def tidy(text: str, block: Block, items: Sequence[Item]) -> str:
    """A translated masked text in the form its block needs: no blank lines, no newline where there can be one
    line only, no blanks just inside emphasis marks, no `|` that would part a table cell."""
    text = without_blank_lines(text)
    if block.kind is BlockKind.HTML:
        return html.tidy(outside_placeholders(text, html.as_text), block, items)
    if block.kind in _ONE_LINE:
        text = join_lines(text, items)
    text = _tighten(text, items)
    if block.kind is BlockKind.LIST_ITEM and not any(_QUOTES.search(own.text) for own in block.segments):
        text = _QUOTES.sub(r"\\", text)
    if block.kind is BlockKind.TABLE_CELL:
        text = outside_placeholders(text, lambda literal: re.sub(r"(?<!\\)\|", r"\\|", literal))
    if block.kind in (BlockKind.TABLE_CELL, BlockKind.IMAGE) and _ODD_BACKSLASHES.search(text):
        text += "\\"
    return text


def escape_expressions(text: str) -> str:
    """A masked text in which nothing begins an expression or an element of MDX, with which a page would fail
    to build; code, formulas and escapes stay.
    """
    parts: list[str] = []
    position = 0
    for token in find_tokens(text):
        if token.kind in _NO_EXPRESSIONS:
            parts += [
                _EXPRESSION.sub(r"\\\g<0>", text[position : token.start]),
                text[token.start : token.end],
            ]
            position = token.end
    return "".join([*parts, _EXPRESSION.sub(r"\\\g<0>", text[position:])])


def _tighten(text: str, items: Sequence[Item]) -> str:
    """Move blanks from the inside of emphasis and slide marks to their outside, where the marks are seen."""
    for item in items:
        if item.kind not in (ItemKind.EMPHASIS, ItemKind.SLIDE):
            continue
        name = re.escape(item.placeholder)
        if item.placeholder.endswith(">}"):
            text = re.sub(rf"[ \n]?{name}[ \n]+", f" {item.placeholder}", text)
        else:
            text = re.sub(rf"[ \n]+{name}[ \n]?", f"{item.placeholder} ", text)
    return text.strip()


def escape_lines(text: str) -> str:
    """A masked text with a backslash before whatever could begin a block: at the start of each line, and
    before `$$`.
    """
    text = outside_placeholders(text, lambda literal: literal.replace("$$", r"\$\$"))
    return "\n".join(_escape_line(line.lstrip(" \t")) for line in text.split("\n"))


def _escape_line(line: str) -> str:
    if PLACEHOLDER.match(line) or line.startswith("\\"):
        return line
    if number := _NUMBERED.match(line):
        return f"{number[1]}\\{number[2]}{line[number.end() :]}"
    return "\\" + line if _FIRST_MARK.match(line) else line


def escape_all(text: str) -> str:
    """A masked text with a backslash before every mark that could be read as inline markup, and as
    `escape_lines` does.
    """
    lines = []
    for line in text.split("\n"):
        marked = line[:1] in "`*_[]<$~\\"
        escaped = outside_placeholders(
            line.lstrip(" \t"), lambda literal: _INLINE_MARKS.sub(r"\\\g<0>", literal)
        )
        lines.append(escaped if marked else _escape_line(escaped))
    return "\n".join(lines)


def begins_directive(text: str) -> bool:
    """Whether a line of `text` is one of d2lbook's directives, which no backslash hides from it."""
    return any(
        patterns.ATTRIBUTE.match(line.strip()) or patterns.TAB.match(line.strip())
        for line in text.split("\n")
    )
