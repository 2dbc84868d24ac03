"""Help: the keys of the place one is in, searchable by key and by word."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from amts_tui.tui.keymap import CONTEXTS, MODES, actions
from amts_tui.tui.screens.dialogs import Dialog
from amts_tui.tui.widgets.signs import LEGEND

_KEYS_WIDTH = 18


class HelpDialog(Dialog[str]):
    """Lists the keys of a mode, by context; typing narrows the list."""

    def __init__(self, mode: str) -> None:
        super().__init__("Keys here; type to find one, Esc closes")
        self._mode = mode

    def body(self) -> Iterable[Widget]:
        yield Input(placeholder="find a key or a word", compact=True)
        yield VerticalScroll(Static(key_list(self._mode), id="keys"), can_focus=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """There is nothing to accept."""
        return action != "accept"

    def answer(self) -> str:
        return ""

    @on(Input.Changed)
    def _narrow(self, event: Input.Changed) -> None:
        self.query_one("#keys", Static).update(key_list(self._mode, event.value))

    def key_down(self) -> None:
        self.query_one(VerticalScroll).scroll_down(animate=False)

    def key_up(self) -> None:
        self.query_one(VerticalScroll).scroll_up(animate=False)

    def key_pagedown(self) -> None:
        self.query_one(VerticalScroll).scroll_page_down(animate=False)

    def key_pageup(self) -> None:
        self.query_one(VerticalScroll).scroll_page_up(animate=False)


def key_list(mode: str, wanted: str = "") -> Content:
    """The keys of a mode under the titles of their contexts; only lines that hold `wanted`, if given."""
    parts: list[str | tuple[str, str]] = [f"{LEGEND}\n\n"] if mode == "align" and not wanted else []
    for context in MODES[mode]:
        lines = [f"{action.shown_keys:<{_KEYS_WIDTH}} {action.description}\n" for action in actions(context)]
        lines = [line for line in lines if wanted.lower() in line.lower()]
        if lines:
            parts += [(f"{CONTEXTS[context]}\n", "bold"), *lines, "\n"]
    return Content.assemble(*parts)
