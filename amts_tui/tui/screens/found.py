"""What was found in the whole book, as a list by document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from amts_tui.tui.screens.dialogs import Dialog
from amts_tui.tui.widgets.wrapping import printable
from amts_tui.tui.wording import counted
from amts_tui.workbench.finding import DocumentHits, Hit
from amts_tui.workbench.types import Side

_MOST = 2000
_HINT = "Up Down choose   Enter goes there"


@dataclass(frozen=True, slots=True)
class Place:
    """A row of a document, and the side on which something stands."""

    document: str
    row: int
    bead: str
    side: Side


class FoundDialog(Dialog[Place]):
    """Lists finds under the documents that hold them; answers the one that the cursor is on."""

    def __init__(self, text: str, found: Sequence[DocumentHits], noun: str = "find") -> None:
        total = sum(len(of.hits) for of in found)
        left = f", the first {_MOST:,} shown" if total > _MOST else ""
        super().__init__(f"{text}: {counted(total, noun)} in {counted(len(found), 'document')}{left}")
        self._found = found
        self._places: dict[str, Place] = {}

    def body(self) -> Iterable[Widget]:
        yield OptionList(*self._options(), compact=True)
        yield Static(_HINT, classes="hint")

    def on_mount(self) -> None:
        found = self.query_one(OptionList)
        found.focus()
        found.action_first()

    def _options(self) -> Iterable[Option]:
        left = _MOST
        for of in self._found:
            if left <= 0:
                break
            heading = f"{printable(of.document)}  ({len(of.hits)})"
            yield Option(Content.styled(heading, "bold"), disabled=True)
            for hit in of.hits[:left]:
                key = str(len(self._places))
                self._places[key] = Place(of.document, hit.row, hit.bead, hit.side)
                yield Option(_line(hit), key)
            left -= len(of.hits)

    @on(OptionList.OptionSelected)
    def _take(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._places[event.option_id or ""])

    def answer(self) -> Place | None:
        found = self.query_one(OptionList)
        at = found.highlighted
        return None if at is None else self._places.get(found.get_option_at_index(at).id or "")


def _line(hit: Hit) -> Content:
    start, end = hit.span
    text = printable(hit.excerpt)
    side = "<" if hit.side == "source" else ">"
    lead = f"{hit.row + 1:>6} {side} "
    return Content.assemble((lead, "dim"), text[:start], (text[start:end], "reverse"), text[end:])
