"""The segments behind a chapter's score: source, what the machine made of it, what people wrote."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual import on
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import DataTable, Static

from amts_tui.tui.bindings import bindings
from amts_tui.tui.screens.base import ModeScreen
from amts_tui.tui.screens.score_table import TOTAL, chapter_name
from amts_tui.tui.widgets.key_table import Column, KeyTable, TableRow
from amts_tui.tui.widgets.wrapping import printable
from amts_tui.tui.wording import counted
from amts_tui.workbench.scores import ScoredSegment

_COLUMNS = (Column("document", tail=True), Column("source", flexible=True))
Key = tuple[str, int]


class SegmentsScreen(ModeScreen):
    """A list of segments above, the chosen one's texts below."""

    MODE = "segments"
    TAB = "scores"
    BINDINGS = bindings("segments")

    def __init__(self, chapter: str, runs: Sequence[tuple[str, Sequence[ScoredSegment]]]) -> None:
        super().__init__()
        self._chapter = chapter
        self._names = [name for name, _ in runs]
        self._by_run = [
            {(s.document, s.ordinal): s for s in segments if chapter in (TOTAL, s.chapter)}
            for _, segments in runs
        ]
        self._keys: list[Key] = list(dict.fromkeys(key for found in self._by_run for key in found))

    def body(self) -> Iterable[Widget]:
        yield KeyTable(*_COLUMNS)
        yield VerticalScroll(Static(id="texts", markup=False), id="segment", can_focus=False)

    def on_mount(self) -> None:
        rows = [
            TableRow(str(number), (document.rpartition("/")[2], self._any(key).source))
            for number, key in enumerate(self._keys)
            for document in [key[0]]
        ]
        self.query_one(KeyTable).fill(rows)
        self.status(f" {chapter_name(self._chapter)}: {counted(len(rows), 'segment')}")

    def _any(self, key: Key) -> ScoredSegment:
        return next(found[key] for found in self._by_run if key in found)

    @on(DataTable.RowHighlighted)
    def _show_texts(self) -> None:
        current = self.query_one(KeyTable).current
        if current is None:
            return
        key = self._keys[int(current)]
        segment = self._any(key)
        lines = [("source", segment.source), ("reference", segment.reference)]
        lines += [
            (name, found[key].hypothesis)
            for name, found in zip(self._names, self._by_run, strict=True)
            if key in found
        ]
        parts = [
            part
            for name, text in lines
            for part in ((f"{printable(name)}\n", "bold"), f"{printable(text)}\n")
        ]
        self.query_one("#texts", Static).update(Content.assemble(*parts))

    def action_back(self) -> None:
        self.app.pop_screen()
