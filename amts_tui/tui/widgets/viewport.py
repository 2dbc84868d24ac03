"""Where a list of rows of different heights stands on the screen, anchored to a row.

The position is a row and a line within it, so nothing that happens far away, and no number of rows, costs
anything: only the rows around the screen are ever measured.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Place = tuple[int, int]


@dataclass(slots=True)
class Viewport:
    """A window of `height` lines whose first line is line `line` of row `row`.

    `measure(row)` gives the lines that a row takes (at least 1); `count()` the number of rows.
    """

    measure: Callable[[int], int]
    count: Callable[[], int]
    height: int = 0
    row: int = 0
    line: int = 0

    def places(self) -> list[Place]:
        """(row, line in the row) of each line of the window; shorter than `height` where the rows end."""
        places: list[Place] = []
        row, line, count = self.row, self.line, self.count()
        while row < count and len(places) < self.height:
            lines = self.measure(row)
            places.extend((row, at) for at in range(line, min(lines, line + self.height - len(places))))
            row, line = row + 1, 0
        return places

    def clamp(self) -> None:
        """Brings the window back onto the rows after these or the height have changed."""
        last = max(self.count() - 1, 0)
        if self.row > last:
            self.row, self.line = last, 0
        if self.count():
            self.line = min(self.line, self.measure(self.row) - 1)
        self._settle()

    def scroll(self, lines: int) -> None:
        """Moves the window by lines, as far as the rows go."""
        self.row, self.line = self._step(self.row, self.line, lines)
        self._settle()

    def jump(self, row: int) -> None:
        """Puts a row at the top of the window."""
        self.row, self.line = row, 0
        self._settle()

    def reveal(self, row: int, margin: int = 0) -> bool:
        """Moves the window as little as shows the row, and `margin` lines around it; a row taller than the
        window by its beginning.

        Returns whether the window moved.
        """
        before = (self.row, self.line)
        lines = self.measure(row)
        margin = max(0, min(margin, (self.height - lines) // 2))
        top = self._step(row, 0, -margin)
        if (self.row, self.line) > top and not (lines > self.height and self._holds(row)):
            self.row, self.line = top
        elif lines <= self.height:
            bottom = self._step(row, lines - 1, margin)
            first = self._step(*bottom, 1 - self.height)
            if first > (self.row, self.line):
                self.row, self.line = first
        elif not self._holds(row):
            self.row, self.line = row, 0
        self._settle()
        return (self.row, self.line) != before

    def hidden(self, row: int) -> tuple[int, int]:
        """How many lines of a row that is partly in the window lie above it and below it."""
        shown = [line for at, line in self.places() if at == row]
        return (shown[0], self.measure(row) - 1 - shown[-1]) if shown else (0, 0)

    def _holds(self, row: int) -> bool:
        return any(at == row for at, _ in self.places())

    def _settle(self) -> None:
        """Leaves no blank lines below the last row unless all rows fit."""
        count = self.count()
        if not count:
            self.row = self.line = 0
            return
        shown, row = -self.line, self.row
        while row < count and shown < self.height:
            shown += self.measure(row)
            row += 1
        if shown < self.height:
            self.row, self.line = self._step(self.row, self.line, shown - self.height)

    def _step(self, row: int, line: int, lines: int) -> Place:
        """The place `lines` below (or above, if negative) a place, or the last (first) one there is."""
        line += lines
        while line < 0 and row > 0:
            row -= 1
            line += self.measure(row)
        count = self.count()
        while row < count and line >= (height := self.measure(row)):
            if row == count - 1:
                return row, height - 1
            row, line = row + 1, line - height
        return row, max(line, 0)
