"""What a paragraph of Word is, by its style and its own properties: the mark of its line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from amts_tui.books.docx.xml import Node, Source

_BODY_LEVEL: Final = 9
_NAMES: Final = (
    (re.compile(r"\bcaption\b"), "caption"),
    (re.compile(r"\b(?:source code|source text|code|preformatted|listing|verbatim)\b"), "code"),
    (re.compile(r"\bquot(?:e|ation)s?\b|\bblock text\b"), "quote"),
    (re.compile(r"^title$"), "h1"),
)
_HEADING = re.compile(r"^heading ([1-9])$")
_CODE_CHARACTERS = re.compile(r"\b(?:code|verbatim|source text|html typewriter|teletype)\b")


@dataclass(frozen=True, slots=True)
class Styles:
    """The marks of paragraph styles by their ids, and the character styles for code."""

    marks: dict[str, str] = field(default_factory=dict)
    code: frozenset[str] = frozenset()

    def mark(self, source: Source, paragraph: Node, *, in_cell: bool) -> str:
        """What a paragraph is: `h1`, `li1`, `td`, `caption`, `quote`, `code`, or "" for plain text."""
        properties = paragraph.child("pPr")
        mark = own = ""
        if properties is not None:
            style = _value(source, properties, "pStyle")
            mark = self.marks.get(style or "", "")
            own = _own_mark(source, properties)
        if own == "body":
            mark = own = ""
        if own.startswith("h") or not mark or mark.startswith("li"):
            mark = own or mark
        if mark == "none":
            mark = ""
        return mark or ("td" if in_cell else "")


def read_styles(source: Source) -> Styles:
    """The styles that a style sheet defines."""
    own: dict[str, str] = {}
    parents: dict[str, str] = {}
    code: set[str] = set()
    for node, _ in source.outermost(frozenset({"style"})):
        style = source.attribute(node, "styleId") or ""
        name = (_value(source, node, "name") or "").casefold()
        if source.attribute(node, "type") == "character":
            if _CODE_CHARACTERS.search(name):
                code.add(style)
            continue
        parents[style] = _value(source, node, "basedOn") or ""
        properties = node.child("pPr")
        own[style] = _named(name) or (_own_mark(source, properties) if properties else "")
    return Styles({style: _inherited(style, own, parents) for style in own}, frozenset(code))


def _named(name: str) -> str:
    if heading := _HEADING.match(name):
        return f"h{heading[1]}"
    return next((mark for pattern, mark in _NAMES if pattern.search(name)), "")


def _inherited(style: str, own: dict[str, str], parents: dict[str, str]) -> str:
    """The mark of a style or of the nearest style that it is based on."""
    seen: set[str] = set()
    while style and style not in seen:
        if own.get(style):
            return "" if own[style] in ("body", "none") else own[style]
        seen.add(style)
        style = parents.get(style, "")
    return ""


def _own_mark(source: Source, properties: Node) -> str:
    """What the properties of a paragraph say by themselves; `body` takes it out of the outline, `none` out of
    a list.
    """
    level = _value(source, properties, "outlineLvl")
    if level is not None and level.isdecimal():
        return f"h{int(level) + 1}" if int(level) < _BODY_LEVEL else "body"
    numbering = properties.child("numPr")
    if numbering is None:
        return ""
    if _value(source, numbering, "numId") == "0":
        return "none"
    depth = _value(source, numbering, "ilvl") or "0"
    return f"li{min(int(depth), 8) + 1}" if depth.isdecimal() else "li1"


def _value(source: Source, node: Node, name: str) -> str | None:
    child = node.child(name)
    return source.attribute(child, "val") if child is not None else None
