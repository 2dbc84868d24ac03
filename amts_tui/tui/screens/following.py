"""Following the queue: to the bead most worth a look, and why it is; back again; how much is left."""

from __future__ import annotations

from textual.timer import Timer

from amts_tui.tui.screens.document import DocumentScreen
from amts_tui.workbench.queue import BookQueue, Left, Stop

_EXAMINE_EVERY = 0.03

NONE_LEFT = "nothing in the book is left that needs a look"


class FollowingScreen(DocumentScreen):
    """The grid with a way through the beads that are most likely wrong."""

    def __init__(self) -> None:
        super().__init__()
        self._queue: BookQueue | None = None
        self._left: Left | None = None
        self._examining: Timer | None = None
        self._trail: list[tuple[str, str]] = []

    def on_mount(self) -> None:
        self._examining = self.set_interval(_EXAMINE_EVERY, self._examine, pause=True)

    def _examine(self) -> None:
        """Checks some more of the texts, while nobody waits for it."""
        queue = self._queue
        if queue is None or not self.is_current:
            return
        if not queue.examine() and self._examining is not None:
            self._examining.pause()
        if self._left is None and (left := queue.left()):
            self._left = left
            self._show_status()

    def _open(self, path: str) -> bool:
        if not super()._open(path):
            return False
        pipeline = self.desk.pipeline
        if self._queue is None or self._queue.pipeline != pipeline:
            self._queue = BookQueue(self.workbench, pipeline)
            self._trail.clear()
        if self._editor is not None:
            self._queue.enter(self._editor)
            self._examine()
        if self._examining is not None:
            self._examining.resume()
        return True

    def _count_now(self) -> None:
        self._left = None if self._queue is None else self._queue.left()
        super()._count_now()

    def expected(self) -> list[str]:
        left = self._left
        return super().expected() + ([] if left is None else [f"{left.share:.1%} of the book wrong"])

    def action_next_doubtful(self) -> None:
        if not self._go_on():
            self._say(NONE_LEFT)

    def action_previous_doubtful(self) -> None:
        current = self.grid.current
        if self._trail and current is not None and self._trail[-1][1] == current.id:
            self._trail.pop()
        while self._trail:
            path, bead_id = self._trail[-1]
            if self._editor is not None and (path == self._editor.path or self._open(path)):
                row = next((at for at, bead in enumerate(self.grid.beads) if bead.id == bead_id), None)
                if row is not None:
                    self.grid.go_to(row, centre=True)
                    self._say(self._why(row))
                    return
            self._trail.pop()
        self._say("the queue has not led anywhere before this")

    def _go_on(self, said: str = "") -> bool:
        """Goes to the bead most worth a look; tells whether there is one."""
        queue = self._ready_queue()
        stop = None if queue is None else queue.best()
        if queue is None or stop is None or self._editor is None:
            return False
        here = (stop.path, stop.row) == (self._editor.path, self.grid.row)
        near = self._near(queue) if here else None
        self._visit(queue, stop if near is None else Stop(stop.path, near, stop.again), said)
        return True

    def _go_on_near(self, said: str) -> bool:
        """Goes to the next row among those just shown that needs a look, else to the best in the book.

        Who came here without the queue is not taken to another document but a row down.
        """
        queue = self._ready_queue()
        led = self._looked_at()
        near = self._near(queue) if queue is not None and led else None
        if queue is None or near is None or self._editor is None:
            return (not led and self._step_down(said)) or self._go_on(said)
        self._visit(queue, Stop(self._editor.path, near), said)
        return True

    def _step_down(self, said: str) -> bool:
        """Goes a row down if the queue would leave the document; tells whether it did."""
        stop = None if self._queue is None else self._queue.best()
        here = self._editor is not None and (stop is None or stop.path == self._editor.path)
        if here or self.grid.row + 1 >= len(self.grid.beads):
            return False
        self.grid.go_to(self.grid.row + 1)
        self._say(said)
        return True

    def _near(self, queue: BookQueue) -> int | None:
        """The next suspect row among those around the current one, below it if there is one."""
        row = self.grid.row
        near = [at for at in queue.shown(row) if at != row]
        return next((at for at in near if at > row), near[0] if near else None)

    def _looked_at(self) -> bool:
        """Whether the current row is near the last stop of the queue."""
        here = self.grid.beads[max(self.grid.row - 2, 0) : self.grid.row + 3]
        return bool(self._trail) and any(bead.id == self._trail[-1][1] for bead in here)

    def _visit(self, queue: BookQueue, stop: Stop, said: str) -> None:
        moved = self._editor is not None and stop.path != self._editor.path
        if moved and not self._open(stop.path):
            return
        self.grid.go_to(stop.row, centre=True)
        queue.look(stop.row)
        current = self.grid.current
        if current is not None:
            self._trail.append((stop.path, current.id))
        where = "another document" if moved else ""  # the top line names it
        parts = [said, where, "round again" if stop.again else "", self._why(stop.row)]
        self._say("; ".join(part for part in parts if part))

    def _why(self, row: int) -> str:
        """Why the queue leads to a row, in words."""
        queue, bead = self._queue, self.grid.beads[row]
        if queue is None:
            return ""
        found = queue.why(bead)
        why = found[0] if found else f"the aligner is {round(100 * bead.confidence)}% sure of it"
        others = [str(at + 1) for at in queue.shown(row) if at != row]
        return f"{why} (see {', '.join(others)} too)" if others else why

    def _ready_queue(self) -> BookQueue | None:
        if self._queue is not None and self._editor is not None:
            self._queue.refresh()
        return self._queue
