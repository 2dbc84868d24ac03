"""The project's log file: warnings and the requests to services, never book text; the screens and commands
stay clean.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Sequence
from logging.handlers import RotatingFileHandler
from pathlib import Path

FILE_NAME = "amts.log"
_PACKAGE = logging.getLogger("amts_tui")
_PACKAGE.addHandler(logging.NullHandler())


_open: Counter[Path] = Counter()
_handlers: dict[Path, logging.Handler] = {}


def begin(folder: Path) -> None:
    """Sends the package's log to a file in a folder, until `end` has been called as often."""
    folder = folder.resolve()
    _open[folder] += 1
    if folder in _handlers:
        return
    folder.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(
        folder / FILE_NAME, maxBytes=1_000_000, backupCount=2, encoding="utf-8", delay=True
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    _handlers[folder] = handler
    _PACKAGE.addHandler(handler)
    _PACKAGE.setLevel(logging.INFO)


def end(folder: Path) -> None:
    """Takes one `begin` back; the last one closes the file."""
    folder = folder.resolve()
    _open[folder] -= 1
    if not _open[folder]:
        handler = _handlers.pop(folder)
        _PACKAGE.removeHandler(handler)
        handler.close()


def tail(folder: Path, lines: int = 200) -> Sequence[str]:
    """The last lines of the log."""
    try:
        return (folder / FILE_NAME).read_text(encoding="utf-8", errors="replace").split("\n")[:-1][-lines:]
    except FileNotFoundError:
        return []
