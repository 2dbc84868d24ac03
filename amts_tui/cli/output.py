"""Results to stdout (a table or one JSON value), messages and progress to stderr."""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, is_dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Any

from rich.cells import cell_len

from amts_tui.cli.context import invocation
from amts_tui.errors import AmtsError

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def say(message: str) -> None:
    """A message for the person, on stderr."""
    print(message, file=sys.stderr, flush=True)  # noqa: T201


def put(text: str) -> None:
    """A line of the result, on stdout."""
    print(text)  # noqa: T201


def show(value: object, table: Callable[[], None]) -> None:
    """The result, at once: `value` as JSON with `--json`, else what `table` prints."""
    if invocation().json:
        put(json.dumps(value, ensure_ascii=False, indent=2, default=_plain))
    else:
        table()
    sys.stdout.flush()


def _plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    return str(value)


def counted(number: int, word: str) -> str:
    """A number with its noun: `1 document`, `2 documents`."""
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def rows(
    header: Sequence[str],
    lines: Iterable[Sequence[Any]],
    *,
    right: Iterable[int] = (),
    write: Callable[[str], None] = put,
) -> None:
    """A plain table: columns padded by terminal cells, numbers to the right; nothing is cut off."""
    cells = [list(header), *([_cell(value) for value in line] for line in lines)]
    widths = [max(cell_len(line[n]) for line in cells) for n in range(len(header))]
    to_the_right = set(right)
    for line in cells:
        padded = [
            " " * (width - cell_len(cell)) + cell
            if n in to_the_right
            else cell + " " * (width - cell_len(cell))
            for n, (cell, width) in enumerate(zip(line, widths, strict=True))
        ]
        write("  ".join(padded).rstrip())


def _cell(value: object) -> str:
    if value is None:
        return "-"
    if isinstance(value, float):
        return f"{value:.1f}"
    return visible(str(value))


def visible(text: str) -> str:
    """Text of a book in one line that a terminal can show: control characters are written as escapes."""
    return _CONTROL.sub(lambda match: ascii(match[0])[1:-1], text)


def confirmed(question: str, *, yes: bool) -> bool:
    """Asks on the terminal; `yes` answers in advance. Raises AmtsError without a terminal: then nothing is
    started.
    """
    if yes:
        return True
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise AmtsError("this needs your consent and there is no terminal to ask on", remedy="add --yes")
    sys.stderr.write(f"{question} [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes")


class Progress:
    """A line on stderr that says how far a long piece of work is, at most ten times a second on a terminal,
    every 5 s elsewhere.
    """

    def __init__(self, what: str) -> None:
        self._what = what
        self._terminal = sys.stderr.isatty()
        self._last = time.monotonic()
        self._shown = False

    def __call__(self, done: int, total: int, detail: str = "") -> None:
        """Reports that `done` of `total` steps are finished."""
        now = time.monotonic()
        if now - self._last < (0.1 if self._terminal else 5.0) and done < total:
            return
        self._last = now
        share = f"{done}/{total}" if total else str(done)
        text = f"{self._what} {share} {detail}".rstrip()
        if self._terminal:
            sys.stderr.write(f"\r\x1b[K{text[:100]}")
            sys.stderr.flush()
            self._shown = True
        elif done < total:
            say(text)

    def end(self) -> None:
        """Clears the line."""
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
            self._shown = False


def shown_path(path: Path) -> str:
    """A path as the person's shell would write it."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)
