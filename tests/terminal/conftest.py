"""A terminal for a test, closed whatever happens."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.terminal.terminal import AMTS, Terminal

Open = Callable[..., Terminal]


@pytest.fixture
def amts_in_terminal(tmp_path: Path, own_home: Path) -> Iterator[Open]:
    """Runs `amts` with arguments in a terminal of a given size."""
    if shutil.which("tmux") is None:
        pytest.skip("tmux is not installed: no real terminal to test in")
    opened: list[Terminal] = []
    numbers = count(1)

    def run(*arguments: str, size: tuple[int, int] = (80, 24)) -> Terminal:
        number = next(numbers)
        name = f"amts-test-{os.getpid()}-{number}"
        opened.append(Terminal(name, [*AMTS, *arguments], tmp_path / f"terminal-{number}", size))
        return opened[-1]

    try:
        yield run
    finally:
        for terminal in opened:
            terminal.close()
