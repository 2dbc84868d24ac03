"""The end that comes from outside: a closed terminal or browser tab, a signal. No process stays behind."""

from __future__ import annotations

import asyncio
import os
import select
import signal
import sys
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from textual.app import App

_LOOK_EVERY = 1.0
_GRACE = 10.0
"""Seconds that saving and stopping may take; then the process ends whatever still runs."""


def end_with_terminal(app: App[Path]) -> None:
    """Ends the application, with everything saved, on SIGHUP or SIGTERM, or once nobody can type any more."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGHUP, signal.SIGTERM):
        loop.add_signal_handler(number, _end, app, 128 + number)
    app.set_interval(_LOOK_EVERY, lambda: _end(app, 128 + signal.SIGHUP) if is_gone(_stdin()) else None)


def _stdin() -> int:
    stream = sys.__stdin__
    return -1 if stream is None else stream.fileno()


def is_gone(file: int) -> bool:
    """Whether the other end of a terminal or a pipe is closed."""
    if file < 0:
        return True
    poll = select.poll()
    poll.register(file, select.POLLHUP)
    return any(event & (select.POLLHUP | select.POLLERR | select.POLLNVAL) for _file, event in poll.poll(0))


def _end(app: App[Path], status: int, leave: Callable[[int], None] = os._exit) -> None:
    # Work in a thread, or a terminal that takes no more text, must not keep the process.
    last = threading.Timer(_GRACE, leave, (status,))
    last.daemon = True
    last.start()
    app.workers.cancel_all()
    app.exit(return_code=status)
