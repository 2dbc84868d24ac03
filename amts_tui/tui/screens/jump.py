"""Jumping to a row that is in sight: each bears a label, and typing the label leads there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product

from textual import events
from textual.app import ComposeResult
from textual.screen import ModalScreen
from textual.widgets import Footer

from amts_tui.tui.bindings import bindings

_LETTERS = "asdfghjklqwertyuiopzxcvbnm"


def labels(rows: Sequence[int]) -> dict[int, str]:
    """A label for each row: one letter if there are enough, else two, so that none begins another."""
    length = 1 if len(rows) <= len(_LETTERS) else 2
    made = ("".join(letters) for letters in product(_LETTERS, repeat=length))
    return dict(zip(rows, made, strict=False))


class JumpOverlay(ModalScreen[int | None]):
    """Waits for a label; answers its row, or None for any other key."""

    BINDINGS = bindings("jump")

    def __init__(self, labels: Mapping[int, str]) -> None:
        super().__init__()
        self._rows = {label: row for row, label in labels.items()}
        self._typed = ""

    def compose(self) -> ComposeResult:
        yield Footer(show_command_palette=False)

    def action_cancel(self) -> None:
        self.dismiss(None)

    def on_key(self, event: events.Key) -> None:
        if event.character is None or not event.is_printable:
            return
        event.stop()
        self._typed += event.character.lower()
        if self._typed in self._rows:
            self.dismiss(self._rows[self._typed])
        elif not any(label.startswith(self._typed) for label in self._rows):
            self.dismiss(None)
