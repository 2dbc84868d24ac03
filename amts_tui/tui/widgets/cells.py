"""The lines of a grid row: units wrapped to the width of their column, cut into pieces of one look each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from amts_tui.tui.widgets.unit_text import LOOKS, Found, Look, Shown, Spans, shown
from amts_tui.tui.widgets.wrapping import width_of, wrap
from amts_tui.workbench.differences import differences
from amts_tui.workbench.types import SIDES, Bead, Side

EMPTY_CELL = "--"


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
    bead: Bead,
    source_width: int,
    target_width: int,
    found: Callable[[str, Side], Spans] | None = None,
    *,
    expanded: bool = False,
) -> Row:
    """Wraps both sides of a bead; the spans that `found` tells of a text of a side get the look `match`;
    `expanded` shows inline markup at its full length.
    """
    different = differences(bead)
    source, target = (
        [
            shown(unit, matches, _on(side, found), expanded=expanded)
            for unit, matches in zip(bead.side(side), different.side(side), strict=True)
        ]
        for side in SIDES
    )
    return Row(bead, _cell(source, source_width), _cell(target, target_width))


def _on(side: Side, found: Callable[[str, Side], Spans] | None) -> Found | None:
    return None if found is None else lambda text: found(text, side)


def _cell(units: Sequence[Shown], width: int) -> tuple[CellLine, ...]:
    if not units:
        return (CellLine(((EMPTY_CELL, "markup"),), len(EMPTY_CELL)),)
    if len(units) == 1:
        return tuple(_unit_lines(units[0], width))
    lines: list[CellLine] = []
    for number, unit in enumerate(units, start=1):
        label = f"{number}) "
        for index, line in enumerate(_unit_lines(unit, max(width - len(label), 1))):
            lead = label if index == 0 else " " * len(label)
            lines.append(CellLine(((lead, "markup"), *line.pieces), line.width + len(label)))
    return tuple(lines)


def _unit_lines(unit: Shown, width: int) -> list[CellLine]:
    text, looks = unit.text, unit.looks
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
