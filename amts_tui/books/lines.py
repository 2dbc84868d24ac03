"""Lines of a text as every reader splits it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from amts_tui.books.format import Span, Token
from amts_tui.books.model import ItemForm, ItemKind

_ANGLES = re.compile(r"\n[ \t]*(>(?:[ \t]*>)*)")


def line_spans(text: str, start: int, end: int) -> Iterator[Span]:
    """The lines of `text[start:end]` without their line breaks; a line ends at a line feed and at nothing
    else.
    """
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop == -1 else stop
        yield start, stop
        start = stop + 1


def with_angles(raw: str, tokens: Iterable[Token]) -> Iterator[Token]:
    """The items of a raw text in a format where `>` marks no quotation, and one for each `>` that begins a
    line, which masking would take for a part of the line break.
    """
    position = 0
    for token in tokens:
        yield from _angles(raw, position, token.start)
        yield token
        position = token.end
    yield from _angles(raw, position, len(raw))


def _angles(raw: str, start: int, end: int) -> Iterator[Token]:
    for match in _ANGLES.finditer(raw, start, end):
        yield Token(*match.span(1), ItemForm.SINGLE, ItemKind.LITERAL)
