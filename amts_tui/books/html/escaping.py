"""Making a translation safe to stand in HTML."""

from __future__ import annotations

import re
from collections.abc import Sequence

from amts_tui.books.inline import join_lines, outside_placeholders
from amts_tui.books.model import Block, BlockKind, Item

_LINE_BREAKS = re.compile(r"[ \t\f]*\r?\n[ \t\r\n\f]*")
_ONE_LINE = frozenset({BlockKind.HEADING, BlockKind.IMAGE})
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_AMPERSAND = re.compile(r"&(?!\s)")  # before a blank it can only be itself
_QUOTES = str.maketrans({'"': "&quot;", "'": "&#39;"})
_MARKS = str.maketrans({"\\": "&#92;", "$": "&#36;", "{": "&#123;", "%": "&#37;"})


def tidy(text: str, block: Block, items: Sequence[Item]) -> str:
    """A translated masked text without blank lines; as one line where the page has one, in a heading and in
    an attribute.
    """
    text = _LINE_BREAKS.sub("\n", text.strip())
    wrapped = any(segment.breaks for segment in block.segments) and block.kind not in _ONE_LINE
    return text if wrapped else join_lines(text, items)


def escapes(text: str, *, xml: bool) -> tuple[str, ...]:
    """A masked text as text; as the value of an attribute; with nothing that could begin a formula or a
    template's expression. Nothing if it holds a character that no HTML may.
    """
    if _FORBIDDEN.search(text):
        return ()
    plain = outside_placeholders(text, _as_xml if xml else as_text)
    quoted = outside_placeholders(plain, lambda literal: literal.translate(_QUOTES))
    return (plain, quoted, outside_placeholders(quoted, lambda literal: literal.translate(_MARKS)))


def as_text(literal: str) -> str:
    """A text with entities for what could be markup."""
    return _AMPERSAND.sub("&amp;", literal).replace("<", "&lt;")


def _as_xml(literal: str) -> str:
    # A form feed is white space in HTML and no character of XML.
    return literal.replace("\f", " ").replace("&", "&amp;").replace("<", "&lt;").replace("]]>", "]]&gt;")
