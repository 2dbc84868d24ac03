"""Choosing where a bead is cut in two."""

from __future__ import annotations

from collections.abc import Iterable

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from amts_tui.tui.bindings import bindings
from amts_tui.tui.screens.dialogs import Dialog
from amts_tui.tui.widgets.wrapping import clip, printable
from amts_tui.workbench.types import SIDES, Bead, Side

Cut = tuple[int, int]


def cuts(bead: Bead) -> list[Cut]:
    """Every way to leave (source, target) units in the first part so that both parts hold something."""
    source, target = len(bead.source), len(bead.target)
    return [(s, t) for s in range(source + 1) for t in range(target + 1) if 0 < s + t < source + target]


def proposed(bead: Bead) -> Cut:
    """The cut with the fewest empty cells, then with the most equal shares of both sides' text, then with the
    source first.
    """

    def share(side: Side, count: int) -> float:
        lengths = [len(unit.text) for unit in bead.side(side)]
        return sum(lengths[:count]) / max(sum(lengths), 1)

    def badness(cut: Cut) -> tuple[int, float, int]:
        source, target = cut
        sizes = (source, target, len(bead.source) - source, len(bead.target) - target)
        return sizes.count(0), abs(share("source", source) - share("target", target)), -source

    return min(cuts(bead), key=badness)


class SplitDialog(Dialog[Cut]):
    """Shows both parts; arrows move the cut on each side."""

    BINDINGS = bindings("split")

    def __init__(self, number: int, bead: Bead) -> None:
        super().__init__(f"Split row {number}")
        self._bead = bead
        self._cut = dict(zip(SIDES, proposed(bead), strict=True))
        self._side: Side = "source" if len(bead.source) > 1 else "target"

    def body(self) -> Iterable[Widget]:
        yield VerticalScroll(Static(id="parts"), classes="columns", can_focus=False)
        yield Static("Up/Down move the cut, Left/Right change side, Enter cuts", classes="hint")

    def on_mount(self) -> None:
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
        self.query_one("#parts", Static).update(Content.assemble(*parts))
