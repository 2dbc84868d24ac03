"""Where in the document the doubtful rows are: a column beside the scroll bar, as tall as the grid."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from amts_tui.workbench.types import Bead

_MOST_LOOKED_AT = 2000
_SIGNS = " -=#"  # none, some, many, most of the rows


class Minimap(Widget):
    """Each line stands for the same number of rows; its sign tells how many of them are doubtful."""

    DEFAULT_CSS = """
    Minimap {
        width: 1;
        height: 1fr;
        background: $surface;
        color: $text-warning;
        &:ansi { color: ansi_yellow; }
    }
    """
    ALLOW_SELECT = False

    class Pointed(Message):
        """Somebody points at a row."""

        def __init__(self, row: int) -> None:
            super().__init__()
            self.row = row

    def __init__(self, doubtful: Callable[[Bead], bool]) -> None:
        super().__init__()
        self._doubtful = doubtful
        self._beads: Sequence[Bead] = ()
        self._levels: list[int] = []

    def show(self, beads: Sequence[Bead]) -> None:
        """Counts again."""
        self._beads = beads
        levels = doubt_levels(beads, self.size.height, self._doubtful)
        if levels != self._levels:
            self._levels = levels
            self.refresh()

    def on_resize(self) -> None:
        self.show(self._beads)

    def render_line(self, y: int) -> Strip:
        sign = _SIGNS[self._levels[y]] if y < len(self._levels) else " "
        return Strip([Segment(sign, self.rich_style)], 1)

    def on_click(self, event: events.Click) -> None:
        if self._beads:
            self.post_message(self.Pointed(event.y * len(self._beads) // max(self.size.height, 1)))


def doubt_levels(beads: Sequence[Bead], lines: int, doubtful: Callable[[Bead], bool]) -> list[int]:
    """For each line, 0 (no doubtful row) to 3 (more than half); of very many rows a sample is taken."""
    levels = []
    step = max(len(beads) // _MOST_LOOKED_AT, 1)
    for line in range(lines):
        start = line * len(beads) // lines
        end = max((line + 1) * len(beads) // lines, min(start + 1, len(beads)))
        rows = range(start, end, step)
        found = sum(doubtful(beads[row]) for row in rows)
        levels.append(0 if not found else 1 if 6 * found <= len(rows) else 2 if 2 * found <= len(rows) else 3)
    return levels
