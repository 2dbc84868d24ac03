"""Long work: reports at most ten a second, and stops when it is asked to."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Final

from amts_tui.errors import Cancelled

Progress = Callable[[int, int, str], None]
"""Called with what is done, what there is in all, and the name of what is being worked on."""
Cancel = Callable[[], bool]
"""Whether the user wants the work to stop."""
Clock = Callable[[], float]
Sleep = Callable[[float], None]

REPORT_SECONDS: Final = 0.1
_SLICE_SECONDS: Final = 0.1


def never() -> bool:
    """The `Cancel` of work that nobody stops."""
    return False


def silent(done: int, total: int, what: str) -> None:
    """The `Progress` of work that nobody watches."""


class Throttled:
    """Passes on at most ten reports a second, and always the last one (`done == total`); for any thread."""

    def __init__(self, report: Progress, clock: Clock = time.monotonic) -> None:
        self._report = report
        self._clock = clock
        self._next = float("-inf")
        self._lock = threading.Lock()

    def __call__(self, done: int, total: int, what: str) -> None:
        """Report, unless the last report was less than a tenth of a second ago."""
        with self._lock:
            now = self._clock()
            if done != total and now < self._next:
                return
            self._next = now + REPORT_SECONDS
            self._report(done, total, what)


def check(cancelled: Cancel, what: str) -> None:
    """Raises Cancelled if the user wants to stop."""
    if cancelled():
        raise Cancelled(f"{what} was stopped", remedy="what was finished stays; start it again to go on")


def pause(seconds: float, cancelled: Cancel, what: str, sleep: Sleep = time.sleep) -> None:
    """Sleeps, looking ten times a second whether to stop. Raises Cancelled."""
    left = seconds
    while left > 0:
        check(cancelled, what)
        sleep(min(_SLICE_SECONDS, left))
        left -= _SLICE_SECONDS
    check(cancelled, what)
