"""The front matter of a document, and the values in it that are translated.

A value is offered only where its text in the file is its text: what a translation puts there must read back
the same, or it is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from amts_tui.books.format import Span
from amts_tui.books.lines import line_spans

# `$` is the end of any line.
_YAML_OR_TOML = re.compile(
    r"(?P<mark>---|\+\+\+)[ \t]*\r?\n(?=[ \t]*[\w\"'-]+[ \t]*[:=]|\#|\[)"
    r"(?:(?!(?P=mark)[ \t]*\r?$)[^\n]*\n)*?(?P=mark)[ \t]*\r?$",
    re.MULTILINE,
)
JSINFO_HEAD = re.compile(
    r"(?:(?:libs|importance|archive|type):[^\n]*\n(?:[ \t]+-[^\n]*\n)*(?:[ \t]*\r?\n)*)+---[ \t]*(?=\r?\n|\Z)"
)
_KEY = re.compile(r"[ \t]*(?:- )?(?:[\"']?)(?P<key>[\w.-]+)(?:[\"']?)[ \t]*(?P<sign>[:=])(?:[ \t]+|(?=\r?$))")
_BLOCK = re.compile(r"[|>][+-]?[ \t]*$")
_DOUBLE = re.compile(r"\"(?P<text>(?:[^\"\\\n]|\\[\"\\/])*)\"[ \t]*(?:#[^\n]*)?$")
_SINGLE = re.compile(r"'(?P<text>(?:[^'\\\n]|'')*)'[ \t]*(?:#[^\n]*)?$")
_LITERAL = re.compile(r"'(?P<text>[^'\\\n]*)'[ \t]*(?:#[^\n]*)?$")
_NO_TEXT = re.compile(
    r"(?:true|false|yes|no|on|off|null|~|[-+.]?[\d][\d_.,:eExTtZ +-]*|[-+]?\.(?:inf|nan))$", re.IGNORECASE
)
_INDICATOR = re.compile(r"[-?:](?:[ \t]|$)|[,\[\]{}#&*!|>'\"%@`]")
_NOT_PLAIN = re.compile(r":(?:[ \t]|$)|[ \t]#|[\\\t]")


def front_matter_end(text: str, start: int, *, jsinfo: bool) -> int:
    """The end of the front matter that begins at `start`, which is `start` if there is none."""
    match = _YAML_OR_TOML.match(text, start) or (JSINFO_HEAD.match(text, start) if jsinfo else None)
    return match.end() if match else start


def value_spans(text: str, start: int, end: int, keys: Sequence[str]) -> tuple[Span, ...]:
    """The texts of the values of `keys`, on whatever level they stand, in the front matter
    `text[start:end]`.
    """
    if not keys:
        return ()
    return tuple(_values(text, start, end, frozenset(keys), toml=text.startswith("+++", start)))


def _values(text: str, start: int, end: int, keys: frozenset[str], *, toml: bool) -> Iterator[Span]:
    lines = _lines(text, start, end)[1:-1]
    number = 0
    while number < len(lines):
        first, stop = lines[number]
        number += 1
        match = _KEY.match(text, first, stop)
        if not match or match["key"] not in keys or (match["sign"] == "=") != toml:
            continue
        column = match.start("key") - first
        begin = number
        while number < len(lines) and _belongs(text, lines[number], column):
            number += 1
        if toml or not (block := _BLOCK.match(text, match.end(), stop)):
            span = _scalar(text, match.end(), stop, toml=toml)
            if span and (toml or all(first >= stop for first, stop in lines[begin:number])):
                yield span
        else:
            yield from _block_scalar(text, lines[begin:number], folded=block[0].startswith(">"))


def _belongs(text: str, line: Span, column: int) -> bool:
    """Whether a line goes on with the value of a key at `column`."""
    return line[0] >= line[1] or _indent(text, line) > column


def _scalar(text: str, start: int, end: int, *, toml: bool) -> Span | None:
    """The text of a value on one line; None where it is no text."""
    quoted = _DOUBLE.match(text, start, end) or (_LITERAL if toml else _SINGLE).match(text, start, end)
    if quoted:
        return quoted.span("text")
    return None if toml or not is_plain_scalar(text[start:end]) else (start, end)


def is_plain_scalar(value: str) -> bool:
    """Whether YAML reads `value`, without quotes, as this very text."""
    if not value or value != value.strip():
        return False
    return not (_INDICATOR.match(value) or _NOT_PLAIN.search(value) or _NO_TEXT.match(value))


def _block_scalar(text: str, lines: Sequence[Span], *, folded: bool) -> Iterator[Span]:
    """The paragraphs of a folded scalar, the lines of a literal one."""
    begin = -1
    for number, line in enumerate(lines):
        start = line[0] + _indent(text, line)
        if line[0] < line[1] and begin == -1:
            begin = start
        last = number + 1 == len(lines) or lines[number + 1][0] >= lines[number + 1][1]
        if begin != -1 and (last or not folded):
            if "\\" not in text[begin : line[1]]:
                yield begin, line[1]
            begin = -1


def _lines(text: str, start: int, end: int) -> list[Span]:
    """The lines as offsets, without trailing white space."""
    return [(begin, begin + len(text[begin:stop].rstrip())) for begin, stop in line_spans(text, start, end)]


def _indent(text: str, line: Span) -> int:
    piece = text[slice(*line)]
    return len(piece) - len(piece.lstrip(" "))
