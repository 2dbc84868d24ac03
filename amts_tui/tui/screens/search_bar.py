"""The line at the foot of Align in which a search is typed; the rows follow as one types."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.timer import Timer
from textual.widgets import Footer, Input, Static

from amts_tui.tui.bindings import bindings
from amts_tui.tui.widgets.wrapping import clip, printable
from amts_tui.workbench.finding import Search
from amts_tui.workbench.types import Side

_NEXT_SIDE: dict[Side | None, Side | None] = {None: "source", "source": "target", "target": None}


@dataclass(frozen=True, slots=True)
class Asked:
    """What was typed, and whether the whole book is to be searched."""

    search: Search
    in_book: bool = False


class SearchBar(ModalScreen[Asked | None]):
    """Asks for a search; `look` shows at once what it finds and says so, `step` goes on to another find.

    Answers None when it is cancelled. With `wait` it looks only when nothing has been typed for so many
    seconds.
    """

    BINDINGS = bindings("search")

    def __init__(
        self,
        search: Search,
        look: Callable[[Search], str],
        step: Callable[[Literal[-1, 1]], str],
        wait: float = 0.0,
    ) -> None:
        super().__init__()
        self._search = search
        self._look = look
        self._step = step
        self._wait = wait
        self._waiting: Timer | None = None

    def compose(self) -> ComposeResult:
        with Vertical(id="search-bar"):
            with Horizontal():
                yield Static(id="search-what", markup=False)
                yield Input(self._search.text, compact=True, select_on_focus=True)
            yield Static(id="search-found", markup=False)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self._show()

    @property
    def search(self) -> Search:
        """What is looked for as it stands."""
        return replace(self._search, text=self.query_one(Input).value)

    def _show(self) -> None:
        self._wait_no_more()
        search = self.search
        what = "pattern" if search.regex else "text"
        self.query_one("#search-what", Static).update(f" {what} on {search.side or 'both'}: ")
        self._say(self._look(search))

    def _wait_no_more(self) -> None:
        if self._waiting is not None:
            self._waiting.stop()
            self._waiting = None

    def _say(self, message: str) -> None:
        found = self.query_one("#search-found", Static)
        found.update(clip(printable(f" {message}"), max(self.app.size.width, 1)))

    @on(Input.Changed)
    def _changed(self) -> None:
        self._wait_no_more()
        if self._wait:
            self._waiting = self.set_timer(self._wait, self._show)
        else:
            self._show()

    @on(Input.Submitted)
    def action_accept(self) -> None:
        if self._waiting is not None:
            self._show()
        self.dismiss(Asked(self.search))

    def action_book(self) -> None:
        self.dismiss(Asked(self.search, in_book=True))

    def action_cancel(self) -> None:
        self.dismiss(None)

    def action_side(self) -> None:
        self._search = replace(self._search, side=_NEXT_SIDE[self._search.side])
        self._show()

    def action_regex(self) -> None:
        self._search = replace(self._search, regex=not self._search.regex)
        self._show()

    def action_next(self) -> None:
        self._say(self._step(1))

    def action_previous(self) -> None:
        self._say(self._step(-1))
