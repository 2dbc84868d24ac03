"""Making a translation safe for its place: tidied for its block, its marks made visible beside letters,
and escaped where it would be read as markup.

AsciiDoc has no escape that holds everywhere: a backslash that hides nothing is printed. `{empty}` at the
start of a line keeps it from beginning a block, and attributes stand for the characters that are marks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from amts_tui.books.asciidoc import patterns
from amts_tui.books.asciidoc.pairs import closes, opens
from amts_tui.books.inline import join_lines, outside_placeholders, without_blank_lines
from amts_tui.books.model import PLACEHOLDER, Block, BlockKind, Item, ItemForm, ItemKind
from amts_tui.books.typography import is_cjk_letter

_ONE_LINE = frozenset({BlockKind.HEADING, BlockKind.CAPTION, BlockKind.IMAGE, BlockKind.DIRECTIVE})
_ONE_LINE_NAMES = frozenset({"verse", "term", "attribution"})
_HARD_BREAK = re.compile(r"(?<=[ \t])\+(?=[ \t]*(?:\n|\Z))")
_LOOSE_TAG = re.compile(r"[ \n]*(\{[0-9]+>\})[ \n]+|[ \n]+(\{<[0-9]+\})[ \n]*")
_SPLIT = re.compile(f"({PLACEHOLDER.pattern})")
_ROLE = re.compile(r"\[[^\[\]\n]*\]")
_BARE_QUOTE = re.compile(r'(?<!\\)"')
_TYPOGRAPHIC = '“”„«»「」『』"'
_BLANKS = re.compile(r"\s+")
_ADDRESS = re.compile(r"(?:https?|ftp|irc|file)://")
_BEFORE_ADDRESS = frozenset("<>()[];\"' \t\n")
_AFTER_ADDRESS = frozenset(".,;:!?)<>[]\"' \t\n")
_CELL_MARK = re.compile(r"(?<!\\)\|")
_TERM_MARK = re.compile(r":(?=:(?:[ \t:]|$))|;(?=;(?:[ \t]|$))")
_CLOSING_MARKS = re.compile(r"(?<=[ \t])(?=[=#]{1,6}$)")
_BLOCK_STARTS = (
    patterns.ORDERED,
    patterns.ADMONITION,
    patterns.MACRO,
    patterns.PREPROCESSOR,
    patterns.REVISION,
)
_NAMES = {
    "*": "{asterisk}", "`": "{backtick}", "_": "&#95;", "#": "&#35;", "+": "{plus}", "^": "{caret}",
    "~": "{tilde}", "[": "{startsb}", "]": "{endsb}", "<": "{lt}", ">": "{gt}", "{": "&#123;",
    "}": "&#125;", "(": "&#40;", "$": "&#36;", "\\": "{backslash}", "|": "{vbar}", ":": "&#58;",
    "@": "&#64;", "&": "{amp}", "'": "{apos}",
}  # fmt: skip
_MARKS = re.compile(r"[*`_#+^~\[\]<>{}\\|@&]|\((?=\()|(?<=\()\(|\$|:(?=//)|'(?=')|(?<=')'")


def tidy(text: str, block: Block, items: Sequence[Item]) -> str:
    """A translated masked text in the form its block needs.

    No blank lines; one line only where there can be no more; no blanks just inside marks; marks that
    Asciidoctor would not see beside a letter doubled, or set off by a space; no hard break, cell or end of a
    value where the text has the character by accident.
    """
    text = without_blank_lines(text)
    if block.kind in _ONE_LINE or block.name in _ONE_LINE_NAMES:
        text = join_lines(text, items)
    by_name = {item.placeholder: item for item in items}
    text = space(_HARD_BREAK.sub("{plus}", _tightened(text, by_name)), items)
    if block.kind is BlockKind.TABLE_CELL:
        text = outside_placeholders(text, lambda literal: _CELL_MARK.sub(r"\\|", literal))
        return text[:-1] + "{backslash}" if text.endswith("\\") else text
    return text


def _tightened(text: str, items: Mapping[str, Item]) -> str:
    """The text with blanks moved from the inside of a pair of marks to its outside, where the marks are
    seen.
    """

    def move(match: re.Match[str]) -> str:
        name = match[1] or match[2]
        if name not in items or items[name].kind is not ItemKind.EMPHASIS:
            return match[0]
        return f" {name}" if match[1] else f"{name} "

    return _LOOSE_TAG.sub(move, text).strip()


# Marks beside letters


def space(text: str, items: Sequence[Item]) -> str:
    """The text with every mark in a form that Asciidoctor sees where it now stands.

    A single mark is none beside a letter, a digit or an underscore, of any script. Formatted text then gets
    double marks, which are seen anywhere; so does code, but beside a CJK letter, where a space is the custom
    of Chinese and Japanese books. An address is seen neither beside a letter nor beside full-width
    punctuation and gets a space.
    """
    by_name = {item.placeholder: item for item in items}
    pieces = _SPLIT.split(text)
    raws = [by_name[piece].raw if piece in by_name else piece for piece in pieces]
    places = {piece: index for index, piece in enumerate(pieces) if piece in by_name}
    before, after = _neighbours(raws)
    for name, index in places.items():
        item = by_name[name]
        if item.kind is ItemKind.CODE and item.form is ItemForm.SINGLE:
            _show_code(pieces, index, item, before[index], after[index])
        elif item.kind is ItemKind.URL or (item.kind is ItemKind.LINK and _ADDRESS.match(item.raw)):
            _show_address(pieces, index, item, before[index], after[index])
        elif item.kind is ItemKind.EMPHASIS and item.form is ItemForm.OPEN:
            close = places.get(f"{{<{item.number}}}", -1)
            if close > index:
                seen_first = opens(before[index], after[index], item.raw[-1])
                seen_last = closes(before[close], after[close])
                _show_pair(pieces, index, close, item, (seen_first, seen_last))
    return "".join(pieces)


def _neighbours(raws: Sequence[str]) -> tuple[list[str], list[str]]:
    """The characters before and after each piece; "" at an end."""
    before: list[str] = []
    last = ""
    for raw in raws:
        before.append(last)
        last = raw[-1:] or last
    after: list[str] = []
    following = ""
    for raw in reversed(raws):
        after.append(following)
        following = raw[:1] or following
    return before, after[::-1]


def _show_pair(pieces: list[str], first: int, last: int, item: Item, seen: tuple[bool, bool]) -> None:
    mark = _ROLE.sub("", item.raw)
    if mark in ("*", "_", "#"):
        if not all(seen):
            pieces[first] += mark
            pieces[last] = mark + pieces[last]
    elif mark in ('"`', "'`"):
        pieces[first] = pieces[first] if seen[0] else " " + pieces[first]
        pieces[last] += "" if seen[1] else " "
    elif mark in ("^", "~"):
        pieces[first + 1 : last] = [_BLANKS.sub("{sp}", piece) for piece in pieces[first + 1 : last]]


def _show_address(pieces: list[str], index: int, item: Item, before: str, after: str) -> None:
    """Set an address off by spaces: it is seen after a blank and few other marks, and takes all but a blank
    and some punctuation along.
    """
    if item.raw.startswith("<"):
        return
    if before and before not in _BEFORE_ADDRESS:
        pieces[index] = " " + pieces[index]
    if item.kind is ItemKind.URL and after and after not in _AFTER_ADDRESS and not item.raw.endswith("]"):
        pieces[index] += " "


def _show_code(pieces: list[str], index: int, item: Item, before: str, after: str) -> None:
    mark = item.raw[-1]
    if mark not in "`+" or item.raw.startswith("$"):
        return
    if before == mark == after:
        return  # it is already doubled
    barred = {'"', "'", "`"} if mark == "`" else set()
    seen = (opens(before, "x") and before not in barred, closes("x", after) and after not in barred)
    if all(seen):
        return
    beside = [char for char, visible in zip((before, after), seen, strict=True) if not visible]
    if item.raw[0] == mark and not all(map(is_cjk_letter, beside)):
        pieces[index] = mark + pieces[index] + mark
    else:
        pieces[index] = " " * (not seen[0]) + pieces[index] + " " * (not seen[1])


# Escapes


def escape_lines(text: str) -> str:
    """A masked text with `{empty}` before each line that could begin a block, and in the middle of `::`."""
    return "\n".join(_escape_line(line.strip(" \t")) for line in text.split("\n"))


def _escape_line(line: str) -> str:
    line = outside_placeholders(line, lambda literal: _CELL_MARK.sub("{vbar}", literal))
    line = _CLOSING_MARKS.sub("{empty}", _TERM_MARK.sub(r"\g<0>{empty}", line))
    if PLACEHOLDER.match(line):
        return line
    if not line[:1].isalpha() or any(pattern.match(line) for pattern in _BLOCK_STARTS):
        return "{empty}" + line
    return line


def escape_all(text: str) -> str:
    """A masked text with the names of all characters that could be read as inline markup, and as
    `escape_lines` does.
    """
    named = outside_placeholders(text, lambda literal: _MARKS.sub(lambda match: _NAMES[match[0]], literal))
    return escape_lines(named)
