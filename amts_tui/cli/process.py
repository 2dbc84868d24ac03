"""What the process needs before a command runs: streams that take any text, one line even for a bug."""

from __future__ import annotations

import io
import logging
import os
import sys
import tempfile
import traceback
from pathlib import Path
from types import TracebackType

from amts_tui.cli.output import say


def prepare_process() -> None:
    """Makes closed streams harmless, results UTF-8 whatever the locale, and an unforeseen error one line."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A path that is not UTF-8 comes with lone surrogates: as an escape it is valid JSON too.
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    # A log that cannot be written is no reason to print a traceback over the result.
    logging.raiseExceptions = False
    sys.excepthook = _tell_bug


def _tell_bug(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Keeps the details of a bug in a file. Python would end with status 1, which means something here."""
    with tempfile.NamedTemporaryFile(
        "w", prefix="amts-bug-", suffix=".txt", delete=False, encoding="utf-8"
    ) as file:
        file.writelines(traceback.format_exception(kind, error, trace))
    what = " ".join(f"{kind.__name__}: {error}".split())
    say(f"amts: this is a bug: {what} (please report it with {file.name})")
    os._exit(2)
