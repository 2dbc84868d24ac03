"""The lines of a grid row: units wrapped to the width of their column, cut into pieces of one look each."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from amts_tui.tui.widgets.wrapping import printable, width_of, wrap
from amts_tui.workbench.types import SIDES, Bead, BeadUnit, Side

Spans = Sequence[tuple[int, int]]
Found = Callable[[str], Spans]

Look = Literal["text", "markup", "match"]
LOOKS: tuple[Look, ...] = ("text", "markup", "match")
EMPTY_CELL = "--"

_PLACEHOLDER = re.compile(r"\{(?:\d+>?|<\d+)\}")
_PLAIN_ITEMS = frozenset({"literal", "escape"})


@dataclass(frozen=True, slots=True)
class CellLine:
    """One line of a cell: pieces of text with their look, and the cells that they take together."""

    pieces: tuple[tuple[str, Look], ...]
    width: int


@dataclass(frozen=True, slots=True)
class Row:
    """A bead laid out for one width."""

    bead: Bead
    source: tuple[CellLine, ...]
    target: tuple[CellLine, ...]


def lay_out(
    bead: Bead, source_width: int, target_width: int, found: Callable[[str, Side], Spans] | None = None
) -> Row:
    """Wraps both sides of a bead; the spans that `found` tells of a text of a side get the look `match`."""
    source, target = (_on(side, found) for side in SIDES)
    return Row(bead, _cell(bead.source, source_width, source), _cell(bead.target, target_width, target))


def _on(side: Side, found: Callable[[str, Side], Spans] | None) -> Found | None:
    return None if found is None else lambda text: found(text, side)


def _cell(units: Sequence[BeadUnit], width: int, found: Found | None) -> tuple[CellLine, ...]:
    if not units:
        return (CellLine(((EMPTY_CELL, "markup"),), len(EMPTY_CELL)),)
    if len(units) == 1:
        return tuple(_unit_lines(units[0], width, found))
    lines: list[CellLine] = []
    for number, unit in enumerate(units, start=1):
        label = f"{number}) "
        for index, line in enumerate(_unit_lines(unit, max(width - len(label), 1), found)):
            lead = label if index == 0 else " " * len(label)
            lines.append(CellLine(((lead, "markup"), *line.pieces), line.width + len(label)))
    return tuple(lines)


def _unit_lines(unit: BeadUnit, width: int, found: Found | None) -> list[CellLine]:
    text = printable(unit.raw)
    looks = _looks(unit, text, found)
    lines: list[CellLine] = []
    for start, end in wrap(text, width):
        end = start + len(text[start:end].rstrip(" "))
        line = text[start:end]
        pieces = ((line, LOOKS[0]),) if looks is None else tuple(_pieces(text, looks, start, end))
        lines.append(CellLine(pieces, width_of(line)))
    return lines


def _pieces(text: str, looks: bytes, start: int, end: int) -> list[tuple[str, Look]]:
    pieces: list[tuple[str, Look]] = []
    for look, run in groupby(range(start, end), looks.__getitem__):
        places = list(run)
        pieces.append((text[places[0] : places[-1] + 1], LOOKS[look]))
    return pieces


def _looks(unit: BeadUnit, text: str, found: Found | None) -> bytes | None:
    """The index in LOOKS of each character, or None if all are plain text."""
    spans = [(start, end, 1) for start, end in markup_spans(unit)]
    if found is not None:
        spans += [(start, end, 2) for start, end in found(text)]
    if not spans:
        return None
    looks = bytearray(len(text))
    for start, end, look in spans:
        looks[start:end] = bytes([look]) * (end - start)
    return bytes(looks)


def markup_spans(unit: BeadUnit) -> list[tuple[int, int]]:
    """Where inline markup stands in the unit's raw text."""
    hidden = {item.placeholder: item for item in unit.items}
    spans: list[tuple[int, int]] = []
    shift = 0
    for match in _PLACEHOLDER.finditer(unit.text):
        item = hidden.get(match.group())
        if item is None:
            continue
        start = match.start() + shift
        if item.kind.value not in _PLAIN_ITEMS:
            spans.append((start, start + len(item.raw)))
        shift += len(item.raw) - len(match.group())
    return spans
