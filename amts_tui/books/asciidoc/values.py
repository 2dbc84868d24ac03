"""What stands around a new text: the underline of a title, the quotes of an attribute's value."""

from __future__ import annotations

import re

from amts_tui.books.format import Fit
from amts_tui.books.model import Block, BlockKind, Segment

_BARE_QUOTE = re.compile(r'(?<!\\)"')
_VALUES = frozenset({BlockKind.IMAGE, BlockKind.DIRECTIVE})


def fit(text: str, block: Block, segment: Segment, raw: str) -> Fit:
    """A title with an underline of its length; a value in quotes if a character in it would end it."""
    if block.kind is BlockKind.HEADING and block.name == "underlined":
        after = text[segment.end : block.end]
        marks = after.strip()
        return Fit(segment.start, block.end, "", raw, after[: -len(marks)] + marks[0] * max(len(raw), 2))
    if block.kind in _VALUES or (block.kind is BlockKind.CAPTION and block.name == "attribute"):
        return _fit_value(text, segment, raw)
    return Fit.only(segment, raw)


def _fit_value(text: str, segment: Segment, raw: str) -> Fit:
    before, after = text[segment.start - 1 : segment.start], text[segment.end : segment.end + 1]
    if before == after == "'":
        return Fit.only(segment, raw.replace("'", "’"))
    quoted = before == after == '"'
    if not quoted and not set(raw) & set(',="'):
        return Fit.only(segment, raw)
    mark = "" if quoted else '"'
    return Fit(segment.start, segment.end, mark, _BARE_QUOTE.sub(r"\"", raw).rstrip("\\"), mark)
