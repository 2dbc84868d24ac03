"""A document as the aligner reads it: its units in order, and the landmarks that stand between them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from amts_tui.alignment.model import TextUnit
from amts_tui.books.inline import plain_text
from amts_tui.books.model import Block, BlockKind, Document, Item, ItemForm, ItemKind, Unit

_COMMENT = re.compile(r"(?:#|//).*")
_QUOTED = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|\\(?:text(?:rm|normal)?|mbox)\{[^}]*\}")
_IMAGE_TARGET = re.compile(r"\]\(\s*<?([^\s)>]+)|src=[\"']?([^\s\"'>]+)")
_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_ANCHORED_ITEMS = {ItemKind.MATH, ItemKind.CODE, ItemKind.ROLE, ItemKind.URL, ItemKind.IMAGE}
_LANDMARK_KINDS = {BlockKind.CODE, BlockKind.MATH, BlockKind.DIRECTIVE, BlockKind.IMAGE, BlockKind.HTML}


@dataclass(frozen=True, slots=True)
class Landmark:
    """A block that no translator rewrites; `position` counts the units before it."""

    position: int
    mark: str


@dataclass(frozen=True, slots=True)
class Text:
    """The units of all segments of all blocks of a document, and its landmarks."""

    units: tuple[TextUnit, ...]
    landmarks: tuple[Landmark, ...]


def read(document: Document) -> Text:
    """The units and landmarks of a document, both in order."""
    units: list[TextUnit] = []
    landmarks: list[Landmark] = []
    for block in document.blocks:
        if block.kind in _LANDMARK_KINDS:
            landmarks.append(Landmark(len(units), landmark_mark(block, document.raw(block))))
        for segment in block.segments:
            units += [_unit(unit, block, opens=unit is segment.units[0]) for unit in segment.units]
    return Text(tuple(units), tuple(landmarks))


def _unit(unit: Unit, block: Block, *, opens: bool) -> TextUnit:
    text = plain_text(unit.text, unit.items)
    anchors = {mark for item in unit.items if (mark := _anchor(item))}
    anchors |= {f"number:{number}" for number in _NUMBER.findall(text)}
    return TextUnit(text, frozenset(anchors), block.kind.value, block.level, block.within, opens)


def _anchor(item: Item) -> str:
    if item.kind is ItemKind.LINK and item.form is ItemForm.CLOSE:
        return f"link:{item.raw}"
    if item.form is ItemForm.OPEN:  # the target of a picture stands in the other half of the pair
        return ""
    return f"{item.kind.value}:{''.join(item.raw.split())}" if item.kind in _ANCHORED_ITEMS else ""


def landmark_mark(block: Block, raw: str) -> str:
    """What a translation keeps of a block: comments and quoted text of code, words in a formula may
    differ.
    """
    if block.kind is BlockKind.IMAGE and (found := _IMAGE_TARGET.search(raw)):
        return f"image:{found[1] or found[2]}"
    if block.kind is BlockKind.CODE:
        raw = _COMMENT.sub("", raw)
    if block.kind in (BlockKind.CODE, BlockKind.MATH):
        raw = _QUOTED.sub("", raw)
    return f"{block.kind.value}:{''.join(raw.split())}"
