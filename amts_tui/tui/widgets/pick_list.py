"""A list of values to tick off, readable without colour."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from amts_tui.tui.widgets.wrapping import printable


class PickList(OptionList):
    """Lines `[x] words`; Space and Enter tick the one under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("space", "select", "Tick", show=False)]

    def __init__(self, values: Sequence[tuple[str, str]], picked: Collection[str]) -> None:
        super().__init__(compact=True)
        self._values = values
        self._picked = set(picked)

    @property
    def picked(self) -> list[str]:
        """The ticked values, in the list's order."""
        return [value for value, _words in self._values if value in self._picked]

    def on_mount(self) -> None:
        self.add_options([Option(self._line(value, words), value) for value, words in self._values])
        self.highlighted = 0

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        value, words = self._values[event.option_index]
        self._picked ^= {value}
        self.replace_option_prompt_at_index(event.option_index, self._line(value, words))
        event.stop()

    def _line(self, value: str, words: str) -> Content:
        return Content(f"[{'x' if value in self._picked else ' '}] {printable(words)}")
