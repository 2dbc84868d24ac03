"""Editing the target texts of a bead."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static, TextArea

from amts_tui.tui.screens.dialogs import Dialog
from amts_tui.tui.widgets.wrapping import printable
from amts_tui.workbench.types import Bead, BeadUnit


class EditDialog(Dialog[list[tuple[int, str]]]):
    """Shows the source and a text field for each target unit; answers number and text of what changed."""

    def __init__(self, number: int, source: tuple[BeadUnit, ...], target: tuple[BeadUnit, ...]) -> None:
        super().__init__(f"Edit row {number}")
        self._source = source
        self._target = target

    def body(self) -> Iterable[Widget]:
        source = " ".join(unit.raw for unit in self._source) or "(nothing on the source side)"
        yield Static(Content(printable(source)), classes="source")
        for unit in self._target:
            yield TextArea(unit.raw, soft_wrap=True, tab_behavior="focus", compact=True)

    def on_mount(self) -> None:
        first = self.query(TextArea).first()
        first.focus()
        first.move_cursor(first.document.end)

    def answer(self) -> list[tuple[int, str]]:
        texts = [area.text for area in self.query(TextArea)]
        return [
            (number, text)
            for number, (text, unit) in enumerate(zip(texts, self._target, strict=True))
            if text != unit.raw
        ]


def editable(bead: Bead, reverse: bool) -> tuple[BeadUnit, ...]:
    """The units whose text can be edited, those of the project's target book: reversed, the source side."""
    return bead.source if reverse else bead.target
