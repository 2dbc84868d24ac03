"""Searching in Align: in the document as one types, and through the whole book."""

from __future__ import annotations

from typing import Literal

from textual import on, work
from textual.message import Message
from textual.worker import get_current_worker

from amts_tui.tui.reporting import Failed, Progressed, Reporter
from amts_tui.tui.screens.following import FollowingScreen
from amts_tui.tui.screens.found import FoundDialog, Place
from amts_tui.tui.screens.search_bar import Asked, SearchBar
from amts_tui.tui.wording import counted
from amts_tui.workbench.finding import DocumentHits, Search, book_hits, found_rows
from amts_tui.workbench.types import AmtsError, Side

_SECONDS = 2.0
_MANY = 10_000
_WAIT = 0.25
_NOTHING = "nothing like that in this document"


class SearchingScreen(FollowingScreen):
    """The grid with what is looked for marked in it."""

    class Searched(Message):
        """The whole book has been searched."""

        def __init__(self, search: Search, found: list[DocumentHits]) -> None:
            super().__init__()
            self.search = search
            self.found = found

    def __init__(self) -> None:
        super().__init__()
        self._search = Search("")
        self._active = False
        self._origin = 0
        self._book_search: tuple[Search, list[DocumentHits]] | None = None

    @property
    def search(self) -> Search | None:
        """What is marked in the grid."""
        return self._search if self._active else None

    # ---- in the document

    def action_search(self) -> None:
        self._ask_search(self._search)

    def _ask_search(self, search: Search) -> None:
        before = self.search
        self._origin = self.grid.row

        def go_on(asked: Asked | None) -> None:
            if asked is not None and asked.in_book:
                self._search_book(asked.search)
            elif asked is not None and asked.search.text:
                self._accept(asked.search)
            else:
                self._mark(before)
                self.grid.go_to(self._origin)
                self._say("")

        wait = _WAIT if len(self.grid.beads) > _MANY else 0.0
        self.app.push_screen(SearchBar(search, self._look, self._step_in_bar, wait), go_on)

    def _look(self, search: Search) -> str:
        """Marks what is found and goes to the first find from where the search began; says how many."""
        if not search.text:
            self._mark(None)
            self.grid.go_to(self._origin)
            return "Tab side   F2 pattern   F6 whole book   capitals count if you type one"
        try:
            rows = self._rows(search)
        except AmtsError as error:
            self._mark(None)
            return str(error)
        self._mark(search)
        if not rows:
            self.grid.go_to(self._origin)
            return _NOTHING
        self.grid.go_to(next((row for row in rows if row >= self._origin), rows[0]), centre=True)
        return self._place_among(rows)

    def _step_in_bar(self, step: Literal[-1, 1]) -> str:
        return self._to_find(step) if self._active else _NOTHING

    def _accept(self, search: Search) -> None:
        """Takes the search as it was shown, or says why it cannot be."""
        self._search = search
        try:
            rows = self._rows(search)
        except AmtsError as error:
            self._mark(None)
            self._say(str(error))
            return
        self._mark(search)
        self._say(self._place_among(rows) if rows else _NOTHING)

    def _rows(self, search: Search) -> list[int]:
        grid = self.grid
        found = found_rows(grid.beads, search, _SECONDS)
        return [row for row in found if grid.shows(row)] if grid.filtered else found

    def _mark(self, search: Search | None) -> None:
        self._active = search is not None
        if search is not None:
            self._search = search
        self.grid.highlight(None if search is None else self._spans)

    def _spans(self, text: str, side: Side) -> list[tuple[int, int]]:
        try:
            return self._search.spans(text, side)
        except AmtsError:
            # A pattern too slow for this text marks nothing in it; searching says so.
            return []

    def action_search_next(self) -> None:
        self._find_text(1)

    def action_search_previous(self) -> None:
        self._find_text(-1)

    def _find_text(self, step: Literal[-1, 1]) -> None:
        if self._active:
            self._say(self._to_find(step))
        else:
            self.action_search()

    def _to_find(self, step: Literal[-1, 1]) -> str:
        """Goes to the next find and says which one it is."""
        try:
            rows = self._rows(self._search)
        except AmtsError as error:
            return str(error)
        if not rows:
            return _NOTHING
        here = self.grid.row
        if step > 0:
            row = next((row for row in rows if row > here), rows[0])
        else:
            row = next((row for row in reversed(rows) if row < here), rows[-1])
        self.grid.go_to(row, centre=True)
        around = (row - here) * step <= 0
        return f"{self._place_among(rows)}{', round the end' if around else ''}"

    def _place_among(self, rows: list[int]) -> str:
        here = self.grid.row
        if here in rows:
            return f"{rows.index(here) + 1} of {len(rows)} in this document"
        return f"{counted(len(rows), 'row')} in this document"

    def action_clear(self) -> None:
        if self.workers.cancel_group(self, "search-book"):
            self._say("stopped searching")
        elif self._partner is None and self._active:
            self._mark(None)
            self._say("")
        else:
            super().action_clear()

    # ---- in the whole book

    def action_search_book(self) -> None:
        if self._book_search is not None:
            self._list_found(*self._book_search)
        else:
            self._ask_search(self._search)

    def _search_book(self, search: Search) -> None:
        if not search.text:
            self._say("nothing to search for")
            return
        try:
            _ = search.pattern
        except AmtsError as error:
            self._say(str(error))
            return
        self._mark(search)
        self._run_book_search(search)

    @work(thread=True, exclusive=True, group="search-book", exit_on_error=False)
    def _run_book_search(self, search: Search) -> None:
        worker = get_current_worker()
        try:
            found = book_hits(
                self.workbench,
                self.desk.pipeline,
                search,
                report=Reporter("searching", self._post_progress),
                cancelled=lambda: worker.is_cancelled,
            )
        except AmtsError as error:
            self.post_message(Failed("searching", error))
        else:
            self.post_message(self.Searched(search, found))

    def _post_progress(self, message: Progressed) -> None:
        self.post_message(message)

    @on(Searched)
    def _show_searched(self, message: Searched) -> None:
        if not message.found:
            self._book_search = None
            self._say("nothing like that in the book")
        else:
            self._book_search = (message.search, message.found)
            self._show_status()
            self._list_found(message.search, message.found)

    def _list_found(self, search: Search, found: list[DocumentHits]) -> None:
        self._mark(search)
        self.app.push_screen(FoundDialog(search.text, found), self.go_to_place)

    def go_to_place(self, place: Place | None) -> None:
        """Goes to a place in any document."""
        if place is None:
            return
        if place.document != self.desk.document and not self._open(place.document):
            return
        row = next((at for at, bead in enumerate(self.grid.beads) if bead.id == place.bead), place.row)
        self.grid.side = place.side
        self.reach(row)
        self._show_status()

    def reach(self, row: int) -> None:
        """Goes to a row, whatever has to be shown for that."""
        self.grid.go_to(row, centre=True)
