"""Help: the keys of the place one is in, searchable by key and by word."""

from __future__ import annotations

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


class HelpDialog(Dialog[str]):
    """Lists the keys of a mode, by context; typing narrows the list."""

    def __init__(self, mode: str, keys: Keys) -> None:
        super().__init__("Keys here; type a key or words to find one, Esc closes")
        self._mode = mode
        self._keys = keys

    def body(self) -> Iterable[Widget]:
        yield Input(placeholder="find a key or a word", compact=True)
        yield VerticalScroll(Static(key_list(self._mode, keys=self._keys), id="keys"), can_focus=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """There is nothing to accept."""
        return action != "accept"

    def answer(self) -> str:
        return ""

    @on(Input.Changed)
    def _narrow(self, event: Input.Changed) -> None:
        self.query_one("#keys", Static).update(key_list(self._mode, event.value, self._keys))

    def key_down(self) -> None:
        self.query_one(VerticalScroll).scroll_down(animate=False)

    def key_up(self) -> None:
        self.query_one(VerticalScroll).scroll_up(animate=False)

    def key_pagedown(self) -> None:
        self.query_one(VerticalScroll).scroll_page_down(animate=False)

    def key_pageup(self) -> None:
        self.query_one(VerticalScroll).scroll_page_up(animate=False)


def key_list(mode: str, wanted: str = "", keys: Keys = USUAL) -> Content:
    """The keys of a mode under the titles of their contexts; with `wanted`, those that fit it: if it is a key
    here, what that key does comes first.
    """
    parts: list[str | tuple[str, str]] = [f"{LEGEND}\n\n"] if mode == "align" and not wanted else []
    own = [action for action in keys.in_mode(mode) if wanted.strip() in action.shown_keys.split()]
    if own:
        parts += [("This key\n", "bold"), *map(_line, own), "\n"]
    for context in MODES[mode]:
        lines = [
            _line(action) for action in keys.actions(context) if action not in own and _fits(action, wanted)
        ]
        if lines:
            parts += [(f"{CONTEXTS[context]}\n", "bold"), *lines, "\n"]
    return Content.assemble(*parts) if parts else Content("nothing here is called that or has that key")


def _line(action: Action) -> str:
    return f"{action.shown_keys:<{_KEYS_WIDTH}} {action.description}\n"


def _fits(action: Action, wanted: str) -> bool:
    """Whether all words of `wanted` occur in the keys, the description or the id, in any order."""
    text = f"{action.shown_keys} {action.description} {action.id}".lower()
    return all(word in text for word in wanted.lower().split())
