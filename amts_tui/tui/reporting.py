"""Progress of long work, on its way from a worker thread to the screen."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from textual.message import Message

from amts_tui.workbench.types import AmtsError

_SECONDS_BETWEEN = 0.1


class Progressed(Message):
    """Work has come this far: `done` of `total`, `what` is in hand."""

    def __init__(self, work: str, done: int, total: int, what: str) -> None:
        super().__init__()
        self.work = work
        self.done = done
        self.total = total
        self.what = what


class Failed(Message):
    """Work has ended with an error."""

    def __init__(self, work: str, error: AmtsError) -> None:
        super().__init__()
        self.work = work
        self.error = error


@dataclass(slots=True)
class Reporter:
    """Hands progress on at most ten times a second, and the end of it always."""

    work: str
    post: Callable[[Progressed], object]
    clock: Callable[[], float] = time.monotonic
    _last: float = float("-inf")

    def __call__(self, done: int, total: int, what: str) -> None:
        """Takes a report; most of them go no further."""
        now = self.clock()
        if now - self._last >= _SECONDS_BETWEEN or done >= total:
            self._last = now
            self.post(Progressed(self.work, done, total, what))
