"""What a terminal does to a program: other sizes, a stop, a kill, and none at all."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.books_of_two import make_aligned
from tests.terminal.conftest import Open
from tests.terminal.terminal import AMTS, PATIENCE, Terminal


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small aligned project."""
    return make_aligned(tmp_path / "project")


def _to_first_document(terminal: Terminal) -> str:
    terminal.wait_for("[1 Books]", "2 of 2 documents aligned")
    terminal.press("Enter")
    return terminal.wait_for("[2 Align]", "row 1/", "The garden")


def test_the_grid_follows_the_size_of_the_terminal(project: Path, amts_in_terminal: Open) -> None:
    terminal = amts_in_terminal("open", str(project), size=(80, 24))
    _to_first_document(terminal)
    whole = "In spring the trees are white with flowers."
    terminal.wait_until(lambda screen: whole not in screen, "wrapped line")
    terminal.resize(200, 50)
    wide = terminal.wait_for(whole)
    assert len(wide.split("\n")[48].rstrip()) > 0, "the footer stands on the last line but one"
    terminal.resize(60, 20)
    terminal.wait_for(">  1      > The garden", "          | El jardín")
    terminal.press("Down")
    narrow = terminal.wait_for("row 2/", "[2 Align]")
    assert all(len(line) <= 60 for line in narrow.split("\n"))
    terminal.press("C-q")
    assert terminal.status() == 0
    assert terminal.is_restored()


def test_a_confirmed_bead_survives_a_kill(project: Path, amts_in_terminal: Open) -> None:
    terminal = amts_in_terminal("open", str(project))
    _to_first_document(terminal)
    terminal.press("c")
    terminal.wait_for("confirm: row 1")
    os.kill(terminal.pid(), signal.SIGKILL)
    assert terminal.status() == 128 + signal.SIGKILL
    again = amts_in_terminal("open", str(project))
    _to_first_document(again)
    assert again.wait_for(">  1+")
    again.press("u")
    again.wait_for("undid: confirm")


def test_without_a_terminal_the_workbench_says_so_in_one_line(project: Path) -> None:
    ended = subprocess.run(
        [*AMTS, "open", str(project)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    assert ended.returncode == 2
    assert ended.stdout == ""
    assert ended.stderr.count("\n") == 1
    assert "needs a terminal" in ended.stderr


def _state(pid: int) -> str:
    """The state of a process, `T` for a stopped one; empty when it has ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return ""


def _wait_for_state(pid: int, *states: str) -> None:
    end = time.monotonic() + PATIENCE
    while (now := _state(pid)) not in states:
        assert time.monotonic() < end, f"the process is {now!r}, not one of {states}"
        time.sleep(0.05)


@pytest.mark.skipif(sys.platform != "linux", reason="reads the states of processes from /proc")
def test_sleeping_gives_the_terminal_back_and_waking_shows_the_screen_again(
    project: Path, amts_in_terminal: Open
) -> None:
    terminal = amts_in_terminal("open", str(project))
    _to_first_document(terminal)
    terminal.press("C-\\")
    _wait_for_state(terminal.pid(), "T")
    terminal.wait_until(lambda _: terminal.asked("alternate_on") == "0", "usual screen")
    os.kill(terminal.pid(), signal.SIGCONT)
    terminal.wait_until(lambda _: terminal.asked("alternate_on") == "1", "screen of the program")
    terminal.press("c")
    terminal.wait_for("[2 Align]", "confirm: row 1")
    terminal.press("C-q")
    assert terminal.status() == 0
    assert terminal.is_restored()


@pytest.mark.skipif(sys.platform != "linux", reason="reads the states of processes from /proc")
@pytest.mark.parametrize("how", ["window", "TERM"])
def test_a_closed_terminal_leaves_no_process_and_all_that_was_done(
    project: Path, amts_in_terminal: Open, how: str
) -> None:
    terminal = amts_in_terminal("open", str(project))
    _to_first_document(terminal)
    terminal.press("c")
    terminal.wait_for("confirm: row 1")
    pid = terminal.pid()
    if how == "window":
        terminal.close()
    else:
        os.kill(pid, signal.SIGTERM)
    _wait_for_state(pid, "", "Z")
    reviews = list((project / "amts-data").rglob("*.jsonl"))
    assert any("confirmed" in review.read_text(encoding="utf-8") for review in reviews)
