"""Painting one screen line of the grid: where the columns stand, which colours they have, and the segments of
a line.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar, Literal

from rich.segment import Segment
from rich.style import Style
from textual.widget import Widget

from amts_tui.tui.widgets import unit_text
from amts_tui.tui.widgets.cells import CellLine, Row
from amts_tui.tui.widgets.signs import mark_sign, shape_sign, status_sign
from amts_tui.tui.widgets.unit_text import LOOKS
from amts_tui.workbench.types import Bead, Side, Status

_SIGNS_WIDTH = 5  # status, mark, shape
_SEPARATOR_WIDTH = 3

_COMPONENTS = (
    "row",
    "cursor",
    "active",
    "number",
    "separator",
    "markup",
    "match",
    "shared",
    "missing",
    "label",
    "doubtful",
    "confirmed",
    "edited",
    "excluded",
)

Ground = Literal["row", "cursor", "active"]


@dataclass(frozen=True, slots=True)
class Geometry:
    """Where things stand on a line, in cells: gutter (number and signs, then a blank), source, separator,
    target.

    Stacked, `source_width` and `target_width` are the same column.
    """

    number_width: int
    source_width: int
    target_width: int
    stacked: bool

    @classmethod
    def of(cls, width: int, count: int, *, stacked: bool) -> Geometry:
        """The geometry of a grid `width` cells wide with `count` rows."""
        number = max(3, len(str(count))) + 1
        free = max(width - number - _SIGNS_WIDTH - 1, 8)
        if stacked:
            return cls(number, free - 2, free - 2, True)
        free -= _SEPARATOR_WIDTH
        return cls(number, (free + 1) // 2, free // 2, False)

    @property
    def gutter_width(self) -> int:
        """Cells in front of the text."""
        return self.number_width + _SIGNS_WIDTH + 1

    def side_at(self, x: int, current: Side) -> Side:
        """The side that a place on a line belongs to."""
        if self.stacked or x < self.gutter_width:
            return current
        return "source" if x < self.gutter_width + self.source_width + 1 else "target"


@dataclass(frozen=True, slots=True)
class Look:
    """What a line shows besides the row's text; a `label` stands in the number's place."""

    number: int
    line: int
    cursor: bool
    side: Side
    doubtful: bool
    dimmed: bool = False
    label: str = ""
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Palette:
    """The grid's colours, looked up once for each theme."""

    COMPONENTS: ClassVar[set[str]] = {f"bitext-grid--{name}" for name in _COMPONENTS}

    blank: Style
    text: dict[tuple[Ground, unit_text.Look, bool], Style]
    number: dict[bool, Style]
    label: Style
    separator: dict[bool, Style]
    signs: dict[tuple[bool, str], Style]

    @classmethod
    def of(cls, widget: Widget) -> Palette:
        """Reads the component styles of a mounted widget."""

        def style(name: str, *, partial: bool = False) -> Style:
            return widget.get_component_rich_style(f"bitext-grid--{name}", partial=partial)

        grounds: dict[Ground, Style] = {
            "row": style("row"),
            "cursor": style("cursor"),
            "active": style("active"),
        }
        excluded = style("excluded", partial=True)
        looks: dict[unit_text.Look, Style] = {
            "text": Style(),
            **{name: style(name, partial=True) for name in LOOKS[1:]},
        }
        return cls(
            blank=grounds["row"],
            text={
                (ground, look, out): base + (excluded if out else Style()) + over
                for ground, base in grounds.items()
                for look, over in looks.items()
                for out in (False, True)
            },
            number={
                cursor: grounds["cursor" if cursor else "row"] + style("number", partial=True)
                for cursor in (False, True)
            },
            label=grounds["row"] + style("label", partial=True),
            separator={
                cursor: grounds["cursor" if cursor else "row"] + style("separator", partial=True)
                for cursor in (False, True)
            },
            signs={
                (cursor, name): grounds["cursor" if cursor else "row"]
                + (style(name, partial=True) if name != "auto" else Style())
                for cursor in (False, True)
                for name in ("auto", "doubtful", "confirmed", "edited", "excluded")
            },
        )


def paint(row: Row, look: Look, geometry: Geometry, palette: Palette) -> list[Segment]:
    """The segments of line `look.line` of a row."""
    segments = _gutter(row.bead, look, geometry, palette)
    if geometry.stacked:
        return segments + _stacked(row, look, geometry, palette)
    out = look.dimmed or row.bead.status is Status.EXCLUDED
    segments += _cell(row.source, look, "source", geometry.source_width, palette, out)
    segments.append(Segment(_separator(look), palette.separator[look.cursor]))
    return segments + _cell(row.target, look, "target", geometry.target_width, palette, out)


def _gutter(bead: Bead, look: Look, geometry: Geometry, palette: Palette) -> list[Segment]:
    rail = "|" if look.chosen else "." if look.dimmed else " "
    if look.line:
        return [Segment(f"{rail}{' ' * (geometry.gutter_width - 1)}", palette.number[look.cursor])]
    lead = ">" if look.cursor else rail
    kind = "doubtful" if look.doubtful else bead.status.value
    signs = f"{status_sign(bead, look.doubtful)}{mark_sign(bead)}{shape_sign(bead)} "
    width = geometry.number_width - 1
    if look.label:
        number = [
            Segment(f"{lead}{' ' * (width - len(look.label))}", palette.number[look.cursor]),
            Segment(look.label, palette.label),
        ]
    else:
        number = [Segment(f"{lead}{look.number:>{width}}", palette.number[look.cursor])]
    return [
        *number,
        Segment(signs, palette.signs[look.cursor, kind]),
    ]


def _separator(look: Look) -> str:
    if not look.cursor:
        return " | "
    return " < " if look.side == "source" else " > "


def _stacked(row: Row, look: Look, geometry: Geometry, palette: Palette) -> list[Segment]:
    side: Side = "source" if look.line < len(row.source) else "target"
    line = look.line if side == "source" else look.line - len(row.source)
    active = look.cursor and look.side == side
    lead = "> " if active else "  " if side == "source" else "| "
    lines = row.source if side == "source" else row.target
    here = replace(look, line=line)
    out = look.dimmed or row.bead.status is Status.EXCLUDED
    return [
        Segment(lead, palette.separator[look.cursor]),
        *_cell(lines, here, side, geometry.source_width, palette, out),
    ]


def _cell(
    lines: tuple[CellLine, ...], look: Look, side: Side, width: int, palette: Palette, out: bool
) -> list[Segment]:
    ground: Ground = "active" if look.cursor and look.side == side else "row"
    if ground == "row" and (look.cursor or look.chosen):
        ground = "cursor"
    if look.line >= len(lines):
        return [Segment(" " * width, palette.text[ground, "text", out])]
    line = lines[look.line]
    segments = [Segment(text, palette.text[ground, kind, out]) for text, kind in line.pieces if text]
    if line.width < width:
        segments.append(Segment(" " * (width - line.width), palette.text[ground, "text", out]))
    elif line.width > width:
        segments = Segment.adjust_line_length(segments, width)
    return segments
