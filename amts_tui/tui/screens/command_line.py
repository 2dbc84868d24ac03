"""The command line: an action by its name or by words of what it does, or a row by its number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from amts_tui.tui.bindings import bindings
from amts_tui.tui.keymap import Action
from amts_tui.tui.screens.dialogs import Dialog
from amts_tui.tui.widgets.wrapping import clip

_SHOWN = 8
_NAME_WIDTH = 22
_KEYS_WIDTH = 14


class CommandLine(Dialog[str]):
    """Answers the id of an action, or the digits of a number."""

    BINDINGS = bindings("command")

    def __init__(self, actions: Sequence[Action]) -> None:
        super().__init__("An action, or the number of a row")
        self._actions = actions
        self._found = list(actions)
        self._at = 0

    def body(self) -> Iterable[Widget]:
        yield Input(placeholder="merge, split, 120 …", compact=True)
        yield Static(id="matches")

    def on_mount(self) -> None:
        self._show()

    def answer(self) -> str | None:
        text = self.query_one(Input).value.strip()
        if text.isdecimal() or not self._found:
            return text if text.isdecimal() else None
        return self._found[self._at].id

    @on(Input.Changed)
    def _narrow(self, event: Input.Changed) -> None:
        self._found = matches(self._actions, event.value)
        self._at = 0
        self._show()

    def action_next(self) -> None:
        self._move(1)

    def action_previous(self) -> None:
        self._move(-1)

    def action_complete(self) -> None:
        if self._found and not self.query_one(Input).value.strip().isdecimal():
            field = self.query_one(Input)
            field.value = self._found[self._at].name
            field.cursor_position = len(field.value)

    def _move(self, step: int) -> None:
        if self._found:
            self._at = (self._at + step) % len(self._found)
            self._show()

    def _show(self) -> None:
        text = self.query_one(Input).value.strip()
        if text.isdecimal():
            self.query_one("#matches", Static).update(f"> go to row {text}")
            return
        first = max(0, self._at - _SHOWN + 1)
        width = max(min(self.app.size.width * 9 // 10, 100) - 6, 20)
        lines: list[str | tuple[str, str]] = []
        for at, action in enumerate(self._found[first : first + _SHOWN], first):
            chosen = at == self._at
            line = f"{action.name:<{_NAME_WIDTH}} {action.shown_keys:<{_KEYS_WIDTH}} {action.description}"
            lines.append((f"{'>' if chosen else ' '} {clip(line, width)}\n", "bold" if chosen else ""))
        self.query_one("#matches", Static).update(
            Content.assemble(*lines) if lines else "no action is called that"
        )


def matches(actions: Sequence[Action], text: str) -> list[Action]:
    """The actions that hold all words of a text in their name or description; those whose name begins with it
    come first, then those with it in the name.
    """
    words = text.lower().split()
    asked = "_".join(words)
    found = [
        action
        for action in actions
        if all(
            word in f"{action.id} {action.name.replace('_', ' ')} {action.description}".lower()
            for word in words
        )
        or action.name.startswith(asked)
    ]
    return sorted(found, key=lambda action: (not action.name.startswith(asked), asked not in action.name))
