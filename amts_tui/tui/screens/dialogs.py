"""Small dialogs: a line to type, a question to answer, a form to fill in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Footer, Input, Label, Select, Static

from amts_tui.tui.bindings import bindings
from amts_tui.tui.widgets.wrapping import printable

Answer = TypeVar("Answer")


class Dialog(ModalScreen[Answer | None], Generic[Answer]):
    """A titled box over the mode; it answers None when it is cancelled."""

    BINDINGS = bindings("dialog")

    def __init__(self, title: str) -> None:
        super().__init__()
        self._heading = title

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(Content(printable(self._heading)), classes="dialog-title")
            yield from self.body()
        yield Footer(show_command_palette=False)

    def body(self) -> Iterable[Widget]:
        """What stands under the title."""
        raise NotImplementedError

    def answer(self) -> Answer | None:
        """The answer as the dialog stands; None if it cannot be accepted yet."""
        raise NotImplementedError

    def refuse(self, why: str) -> None:
        """Says in the place of the hint why the dialog cannot be accepted yet."""
        self.query_one(".hint", Static).update(Content(printable(why)))
        self.app.bell()

    def action_cancel(self) -> None:
        self.dismiss(None)

    def action_accept(self) -> None:
        answer = self.answer()
        if answer is not None:
            self.dismiss(answer)

    def on_key(self, event: events.Key) -> None:
        """Letters that a fast hand types before the field is ready go into it, too."""
        field = self.query(Input).first() if self.focused is None and self.query(Input) else None
        if field is not None and event.is_printable and event.character:
            field.insert_text_at_cursor(event.character)
            event.stop()

    @on(Input.Submitted)
    def _accept_line(self) -> None:
        self.action_accept()


class Prompt(Dialog[str]):
    """Asks for one line; an empty one is an answer too."""

    def __init__(self, title: str, value: str = "") -> None:
        super().__init__(title)
        self._value = value

    def body(self) -> Iterable[Widget]:
        yield Input(self._value, compact=True)

    def answer(self) -> str:
        return self.query_one(Input).value


class Question(ModalScreen[bool]):
    """Asks yes or no; `yes` is what a yes means."""

    BINDINGS = bindings("confirm")

    def __init__(self, title: str, text: str, yes: str) -> None:
        super().__init__()
        self._heading = title
        self._text = text
        self._yes = yes

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(Content(printable(self._heading)), classes="dialog-title")
            with VerticalScroll(classes="question-text"):
                yield Static(Content(self._text))
            yield Static(f"y {self._yes}   Esc no", classes="hint")
        yield Footer(show_command_palette=False)

    def action_yes(self) -> None:
        self.dismiss(True)

    def action_no(self) -> None:
        self.dismiss(False)


def field(label: str, widget: Widget) -> Horizontal:
    """A line of a form."""
    return Horizontal(Label(f"{label:<13}"), widget, classes="field")


def choice(values: Iterable[tuple[str, str]], chosen: str, name: str) -> Select[str]:
    """A field that takes one of several values, each with the words that stand for it."""
    return Select(
        [(words, value) for value, words in values], value=chosen, allow_blank=False, compact=True, id=name
    )


def selected(dialog: Widget, name: str) -> str:
    """The value that a `choice` of this name stands on."""
    return str(dialog.query_one(f"#{name}", Select).value)
