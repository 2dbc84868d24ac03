"""A real terminal for tests: a tmux server of their own, driven by keys and read as text."""

from __future__ import annotations

import shlex
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

AMTS = (sys.executable, "-m", "amts_tui.cli.main")
PATIENCE = 120.0
"""Seconds until a text that does not come fails the test: many, because the machine may be slow."""

_BETWEEN_LOOKS = 0.05
_SETTINGS = ("TERM=tmux-256color", "LANG=C.UTF-8")


class Terminal:
    """One window of a tmux server with a name of its own; it runs one command and stays open after it.

    The command's terminal settings before and after, and its exit status, go into files below `notes`. The
    first size is exported too, as people do for containers: a program must follow the terminal all the same.
    """

    def __init__(self, name: str, command: Sequence[str], notes: Path, size: tuple[int, int]) -> None:
        notes.mkdir(parents=True, exist_ok=True)
        self._tmux = ["tmux", "-u", "-L", name, "-f", "/dev/null"]
        self._notes = notes
        inner = f"echo $$ > {self._note('pid')}; exec {shlex.join(command)}"
        script = "; ".join(
            [
                f"stty -g > {self._note('before')}",
                f"sh -c {shlex.quote(inner)}",
                f"status=$?; stty -g > {self._note('after')}; echo $status > {self._note('status')}",
                "exec cat",
            ]
        )
        width, height = size
        self._call(
            "new-session", "-d", "-x", str(width), "-y", str(height),
            shlex.join(["env", *_SETTINGS, f"COLUMNS={width}", f"LINES={height}", "sh", "-c", script]),
        )  # fmt: skip

    def _note(self, name: str) -> str:
        return shlex.quote(str(self._notes / name))

    def _call(self, *arguments: str) -> str:
        answer = subprocess.run(
            [*self._tmux, *arguments], capture_output=True, text=True, check=True, timeout=PATIENCE
        )
        return answer.stdout

    def press(self, *keys: str) -> None:
        """Presses keys by tmux's names, `Enter`, `C-s`, `F8`."""
        self._call("send-keys", *keys)

    def type(self, text: str) -> None:
        """Types characters as they are."""
        self._call("send-keys", "-l", "--", text)

    def resize(self, width: int, height: int) -> None:
        """Changes the size of the window."""
        self._call("resize-window", "-x", str(width), "-y", str(height))

    def screen(self) -> str:
        """What stands on the screen now."""
        return self._call("capture-pane", "-p")

    def asked(self, what: str) -> str:
        """One of tmux's variables for the window, `alternate_on`."""
        return self._call("display-message", "-p", f"#{{{what}}}").strip()

    def wait_for(self, *texts: str) -> str:
        """Waits until all these texts stand on the screen together; returns the screen."""
        return self.wait_until(lambda screen: all(text in screen for text in texts), f"{texts} on the screen")

    def wait_until(self, holds: Callable[[str], bool], what: str) -> str:
        """Waits until something holds of the screen; returns the screen."""
        end = time.monotonic() + PATIENCE
        while not holds(screen := self.screen()):
            assert time.monotonic() < end, f"no {what}:\n{screen}"
            time.sleep(_BETWEEN_LOOKS)
        return screen

    def pid(self) -> int:
        """The process that the window runs."""
        return int((self._notes / "pid").read_text(encoding="utf-8"))

    def status(self) -> int:
        """Waits for the end of the command; its exit status."""
        note = self._notes / "status"
        self.wait_until(
            lambda _: note.is_file() and note.read_text(encoding="utf-8") != "", "end of the command"
        )
        return int(note.read_text(encoding="utf-8"))

    def is_restored(self) -> bool:
        """Whether the terminal is as it was before the command: settings, screen, cursor and mouse."""
        before, after = ((self._notes / name).read_text(encoding="utf-8") for name in ("before", "after"))
        flags = [self.asked(name) for name in ("alternate_on", "mouse_any_flag", "cursor_flag")]
        return before == after and flags == ["0", "0", "1"]

    def close(self) -> None:
        """Ends the server with all that runs in it."""
        subprocess.run([*self._tmux, "kill-server"], capture_output=True, check=False, timeout=PATIENCE)
