"""Help: the keys of the place one is in, searchable by key and by word."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from textual import on
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from amts_tui.tui.keymap import CONTEXTS, MODES, Action
from amts_tui.tui.remapping import USUAL, Keys
from amts_tui.tui.screens.dialogs import Dialog
from amts_tui.tui.widgets.signs import LEGEND

_KEYS_WIDTH = 18
_DIALOG_WIDTH = 100
_FRAME = 6


class HelpDialog(Dialog[str]):
    """Lists the keys of a mode, by context; typing narrows the list."""

    def __init__(self, mode: str, keys: Keys) -> None:
        super().__init__("Keys here; type a key or words to find one, Esc closes")
        self._mode = mode
        self._keys = keys

    def body(self) -> Iterable[Widget]:
        yield Input(placeholder="find a key or a word", compact=True)
        yield VerticalScroll(Static(id="keys"), can_focus=False)

    def on_resize(self) -> None:
        self._show(self.query_one(Input).value)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """There is nothing to accept."""
        return action != "accept"

    def answer(self) -> str:
        return ""

    @on(Input.Changed)
    def _narrow(self, event: Input.Changed) -> None:
        self._show(event.value)

    def _show(self, wanted: str) -> None:
        width = min(self.app.size.width * 9 // 10, _DIALOG_WIDTH) - _FRAME
        self.query_one("#keys", Static).update(key_list(self._mode, wanted, self._keys, width))

    def key_down(self) -> None:
        self.query_one(VerticalScroll).scroll_down(animate=False)

    def key_up(self) -> None:
        self.query_one(VerticalScroll).scroll_up(animate=False)

    def key_pagedown(self) -> None:
        self.query_one(VerticalScroll).scroll_page_down(animate=False)

    def key_pageup(self) -> None:
        self.query_one(VerticalScroll).scroll_page_up(animate=False)


def key_list(mode: str, wanted: str = "", keys: Keys = USUAL, width: int = _DIALOG_WIDTH) -> Content:
    """The keys of a mode under the titles of their contexts; with `wanted`, those that fit it: if it is a key
    here, what that key does comes first.
    """
    parts: list[str | tuple[str, str]] = [f"{LEGEND}\n\n"] if mode == "align" and not wanted else []
    own = [action for action in keys.in_mode(mode) if wanted.strip() in action.shown_keys.split()]
    if own:
        parts += [("This key\n", "bold"), *(_line(action, width) for action in own), "\n"]
    for context in MODES[mode]:
        lines = [
            _line(action, width)
            for action in keys.actions(context)
            if action not in own and _fits(action, wanted)
        ]
        if lines:
            parts += [(f"{CONTEXTS[context]}\n", "bold"), *lines, "\n"]
    return Content.assemble(*parts) if parts else Content("nothing here is called that or has that key")


def _line(action: Action, width: int) -> str:
    """The keys and, beside them, what they do."""
    lines = textwrap.wrap(action.description, max(width - _KEYS_WIDTH - 1, 20))
    rest = "".join(f"{' ' * (_KEYS_WIDTH + 1)}{line}\n" for line in lines[1:])
    return f"{action.shown_keys:<{_KEYS_WIDTH}} {lines[0]}\n{rest}"


def _fits(action: Action, wanted: str) -> bool:
    """Whether all words of `wanted` occur in the keys, the description or the id, in any order."""
    text = f"{action.shown_keys} {action.description} {action.id}".lower()
    return all(word in text for word in wanted.lower().split())
