"""What an operation works on: the row under the cursor, counted rows, a marked range; and doing it again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import ClassVar

from textual import events
from textual.timer import Timer

from amts_tui.tui.screens.document import DocumentScreen
from amts_tui.tui.wording import by_rows, counted
from amts_tui.workbench.editing import Edited, Editor
from amts_tui.workbench.types import AmtsError, Bead

Operation = Callable[[Editor, Bead], Edited]

_MODE_AFTER = 0.5  # seconds that a digit waits for the key that it counts for
_MOST_DIGITS = 6
_MOST_STEPS = 1000


@dataclass(frozen=True, slots=True)
class Extent:
    """`count` rows from row `first` on; `ranged` if they were marked, and not counted by a number."""

    first: int
    count: int = 1
    ranged: bool = False

    @property
    def rows(self) -> range:
        """The rows by number, from 0."""
        return range(self.first, self.first + self.count)

    @property
    def words(self) -> str:
        """`row 3`, or `rows 3 to 5`."""
        last = self.first + self.count
        return f"row {last}" if self.count == 1 else f"rows {self.first + 1} to {last}"


class RowsScreen(DocumentScreen):
    """Carries operations out; each is committed before the screen shows it."""

    STEPS: ClassVar[tuple[str, ...]] = (
        *("down", "up", "page_down", "page_up", "half_down", "half_up", "next_document", "previous_document"),
        *("next_doubtful", "previous_doubtful", "search_next", "search_previous", "undo", "redo"),
    )

    def __init__(self) -> None:
        super().__init__()
        self._anchor: str | None = None
        self._digits = ""
        self._mode_soon: Timer | None = None
        self._last: tuple[Callable[[Extent], None], Extent] | None = None

    # ---- carrying out

    def operate(self, work: Callable[[Extent], None]) -> None:
        """Does something to the marked range, or to as many rows as were counted; `.` does it again."""
        if self.grid.current is None:
            return
        extent = self._extent()
        self._last = (work, extent)
        self._carry_out(work, extent)

    def _carry_out(self, work: Callable[[Extent], None], extent: Extent) -> None:
        count = min(extent.count, len(self.grid.beads) - extent.first) if extent.ranged else extent.count
        if extent.ranged and extent.first != self.grid.row:
            self.grid.go_to(extent.first)
        work(replace(extent, count=count))

    def action_repeat(self) -> None:
        if self._last is None:
            self._say("nothing has been done yet that could be repeated")
        elif self.grid.current is not None:
            work, before = self._last
            extent = replace(before, first=self.grid.row, count=self._take_count() or before.count)
            self._carry_out(work, extent)

    def _do(self, operate: Operation, message: str | Callable[[Edited], str] = "") -> bool:
        """Carries an operation out on the current bead and stays with it; tells whether it went well."""
        bead = self.grid.current
        editor = self._editor
        if bead is None or editor is None:
            return False
        try:
            edited = operate(editor, bead)
        except AmtsError as error:
            self._refuse(error)
            return False
        said = message if isinstance(message, str) else message(edited)
        self._after(edited, self._row_of(bead.id, edited.first), said)
        return True

    def _refuse(self, error: AmtsError) -> None:
        """Says why an operation was not possible, where the eyes are."""
        self.amts.record(str(error), "error")
        self.app.bell()
        self._say(by_rows(str(error), self.grid.beads))

    def _after(self, edited: Edited, row: int, message: str = "") -> None:
        self.grid.refresh_rows(edited.first, row)
        self._say(message or by_rows(edited.message, self.grid.beads))
        self._count_soon()
        self._save_soon()

    def _row_of(self, bead_id: str, otherwise: int) -> int:
        """Where a bead is now: near where it was, if it still exists."""
        beads, row = self.grid.beads, self.grid.row
        near = range(max(row - 2, 0), min(row + 3, len(beads)))
        return next((at for at in near if beads[at].id == bead_id), otherwise)

    # ---- a range

    def action_range(self) -> None:
        bead = self.grid.current
        if self._anchor is not None or bead is None:
            self._end_range()
        else:
            self._anchor = bead.id
            self._show_range()

    def action_extend_down(self) -> None:
        self._extend(1)

    def action_extend_up(self) -> None:
        self._extend(-1)

    def _extend(self, step: int) -> None:
        bead = self.grid.current
        if bead is not None:
            self._anchor = self._anchor or bead.id
            self.grid.go_to(self.grid.row + step)
            self._show_range()

    def _range(self) -> range | None:
        """The marked rows, if there are any."""
        if self._anchor is None:
            return None
        row = self.grid.row
        start = next((at for at, bead in enumerate(self.grid.beads) if bead.id == self._anchor), row)
        return range(min(start, row), max(start, row) + 1)

    def _show_range(self) -> None:
        self.grid.choose(self._range())
        self._show_status()

    def _end_range(self) -> None:
        self._anchor = None
        self._show_range()

    def _extent(self) -> Extent:
        marked, count = self._range(), self._take_count()
        if marked is not None:
            self._end_range()
            return Extent(marked.start, len(marked), ranged=True)
        return Extent(self.grid.row, count or 1)

    def on_bitext_grid_moved(self) -> None:
        if self._anchor is not None:
            self.grid.choose(self._range())
        super().on_bitext_grid_moved()

    def action_clear(self) -> None:
        if self._anchor is not None:
            self._end_range()
        else:
            super().action_clear()

    # ---- a count

    async def on_key(self, event: events.Key) -> None:
        """Digits count for the key that follows; a digit alone goes to the mode that it leads to."""
        if event.key.isdecimal() and event.key.isascii() and (self._digits or event.key != "0"):
            if self._typed_digit(event.key):
                event.stop()
            return
        if not self._digits:
            return
        event.stop()
        self._wait_no_more()
        bound = self.active_bindings.get(event.key)
        if bound is None or event.key == "escape":
            self._take_count()
        elif bound.binding.action in self.STEPS:
            for _ in range(min(self._take_count(), _MOST_STEPS)):
                await self.app.run_action(bound.binding.action, bound.node)
        elif bound.binding.action in ("bottom", "goto"):
            self.grid.go_to(self._take_count() - 1, centre=True)
        else:
            await self.app.run_action(bound.binding.action, bound.node)
        self._take_count()
        self._show_status()

    def _typed_digit(self, digit: str) -> bool:
        """Takes a digit of a count; False if digits do not count here."""
        if not self.amts.keys.counts or self.grid.current is None:
            return False
        self._wait_no_more()
        mode = self.active_bindings.get(digit)
        if not self._digits and mode is not None:
            self._mode_soon = self.set_timer(_MODE_AFTER, self._go_to_mode)
        self._digits = (self._digits + digit)[-_MOST_DIGITS:]
        self._show_status()
        return True

    async def _go_to_mode(self) -> None:
        mode = self.active_bindings.get(self._digits)
        self._take_count()
        self._show_status()
        if mode is not None and self.is_current:
            await self.app.run_action(mode.binding.action, mode.node)

    def _wait_no_more(self) -> None:
        if self._mode_soon is not None:
            self._mode_soon.stop()
            self._mode_soon = None

    def _take_count(self) -> int:
        """The number that was typed, 0 for none; it counts once."""
        count, self._digits = int(self._digits or 0), ""
        self._wait_no_more()
        return count

    # ---- the status line

    def standing(self) -> list[str]:
        marked = self._range()
        return [
            *([self._digits] if self._digits else []),
            *([] if marked is None else [f"{counted(len(marked), 'row')} marked"]),
            *super().standing(),
        ]
