"""Choosing where a bead is cut in two."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from textual import on, work
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from amts_tui.tui.bindings import bindings
from amts_tui.tui.screens.dialogs import Dialog
from amts_tui.tui.widgets.wrapping import clip, printable
from amts_tui.workbench.cutting import Cut, by_lengths, cuts
from amts_tui.workbench.types import SIDES, Bead, Side


class SplitDialog(Dialog[Cut]):
    """Shows both parts; arrows move the cut on each side.

    It stands where the lengths say at first, and where the meaning says as soon as that is known, unless the
    user has moved it by then.
    """

    BINDINGS = bindings("split")

    class Proposed(Message):
        """The meaning is known."""

        def __init__(self, cut: Cut) -> None:
            super().__init__()
            self.cut = cut

    def __init__(self, number: int, bead: Bead, by_meaning: Callable[[Bead], Cut | None]) -> None:
        super().__init__(f"Split row {number}")
        self._bead = bead
        self._by_meaning = by_meaning
        self._proposed_by = "the lengths"
        self._cut = dict(zip(SIDES, by_lengths(bead), strict=True))
        self._side: Side = "source" if len(bead.source) > 1 else "target"

    def body(self) -> Iterable[Widget]:
        yield VerticalScroll(Static(id="parts"), classes="columns", can_focus=False)
        yield Static(id="proposal", classes="hint")
        yield Static("Up/Down move the cut, Left/Right change side, Enter cuts")

    def on_mount(self) -> None:
        self._show()
        self._ask_meaning()

    @work(thread=True, exclusive=True, group="cut", exit_on_error=False)
    def _ask_meaning(self) -> None:
        cut = self._by_meaning(self._bead)
        if cut is not None:
            self.post_message(self.Proposed(cut))

    @on(Proposed)
    def _propose(self, message: Proposed) -> None:
        if self._proposed_by:
            self._proposed_by = "the meaning"
            self._cut = dict(zip(SIDES, message.cut, strict=True))
            self._show()

    def answer(self) -> Cut | None:
        cut = (self._cut["source"], self._cut["target"])
        if cut in cuts(self._bead):
            return cut
        self.notify("both parts must hold something", severity="warning")
        return None

    def action_source(self) -> None:
        self._side = "source"
        self._show()

    def action_target(self) -> None:
        self._side = "source" if self._side == "target" else "target"
        self._show()

    def action_up(self) -> None:
        self._move(-1)

    def action_down(self) -> None:
        self._move(1)

    def action_cut(self) -> None:
        self.action_accept()

    def _move(self, step: int) -> None:
        most = len(self._bead.side(self._side))
        self._proposed_by = ""
        self._cut[self._side] = max(0, min(self._cut[self._side] + step, most))
        self._show()

    def _show(self) -> None:
        width = max(self.app.size.width * 9 // 10 - 12, 20)
        parts: list[str | tuple[str, str]] = []
        for side in SIDES:
            chosen = side == self._side
            parts.append((f"{'>' if chosen else ' '} {side}\n", "bold" if chosen else ""))
            for number, unit in enumerate(self._bead.side(side)):
                if number == self._cut[side]:
                    parts.append((f"  {'-' * 8} cut {'-' * 8}\n", "bold"))
                parts.append(f"    {clip(printable(unit.raw), width)}\n")
            if self._cut[side] == len(self._bead.side(side)):
                parts.append((f"  {'-' * 8} cut {'-' * 8}\n", "bold"))
        told = f"The cut is proposed by {self._proposed_by}" if self._proposed_by else "The cut is yours"
        self.query_one("#proposal", Static).update(told)
        self.query_one("#parts", Static).update(Content.assemble(*parts))
