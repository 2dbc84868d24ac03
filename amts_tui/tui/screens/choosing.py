"""Choosing one of many names: typing narrows the list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from amts_tui.tui.screens.dialogs import Dialog
from amts_tui.tui.widgets.wrapping import printable

_HINT = "type parts of the name   Up Down choose   Enter takes it"


class ChooseDialog(Dialog[str]):
    """Lists values with the words that stand for them; answers the value that the cursor is on."""

    def __init__(self, title: str, values: Sequence[tuple[str, str]]) -> None:
        super().__init__(title)
        self._values = values

    def body(self) -> Iterable[Widget]:
        yield Input(placeholder="filter", compact=True)
        names = OptionList(compact=True)
        names.can_focus = False
        yield names
        yield Static(_HINT, classes="hint")

    def on_mount(self) -> None:
        self._show("")

    @on(Input.Changed)
    def _narrow(self, event: Input.Changed) -> None:
        self._show(event.value)

    def _show(self, wanted: str) -> None:
        names = self.query_one(OptionList)
        names.clear_options()
        names.add_options(
            Option(Content(printable(words)), value) for value, words in fitting_names(self._values, wanted)
        )
        names.highlighted = 0 if names.option_count else None

    def key_down(self) -> None:
        self.query_one(OptionList).action_cursor_down()

    def key_up(self) -> None:
        self.query_one(OptionList).action_cursor_up()

    @on(OptionList.OptionSelected)
    def _take(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_id)

    def answer(self) -> str | None:
        names = self.query_one(OptionList)
        return None if names.highlighted is None else names.get_option_at_index(names.highlighted).id


def fitting_names(values: Sequence[tuple[str, str]], wanted: str) -> list[tuple[str, str]]:
    """The values whose words hold each part of what is wanted; behind them those whose words hold its
    letters, in that order but with others between them.
    """
    parts = wanted.casefold().split()
    holding = [value for value in values if all(part in value[1].casefold() for part in parts)]
    letters = "".join(parts)
    loosely = [value for value in values if value not in holding and _in_order(letters, value[1].casefold())]
    return holding + loosely


def _in_order(letters: str, words: str) -> bool:
    rest = iter(words)
    return all(letter in rest for letter in letters)
