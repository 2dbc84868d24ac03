"""A terminal that goes away takes the program with it."""

from __future__ import annotations

import os

from amts_tui.tui.ending import is_gone


def test_the_other_end_of_a_pipe() -> None:
    reading, writing = os.pipe()
    assert not is_gone(reading)
    os.write(writing, b"x")
    assert not is_gone(reading)
    os.close(writing)
    assert is_gone(reading)
    os.close(reading)
    assert is_gone(reading)


def test_the_other_end_of_a_terminal() -> None:
    ours, theirs = os.openpty()
    assert not is_gone(theirs)
    os.close(ours)
    assert is_gone(theirs)
    os.close(theirs)


def test_no_input_at_all() -> None:
    assert is_gone(-1)
