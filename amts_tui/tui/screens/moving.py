"""Ways through the book in Align: documents by name, bookmarks, and the rows in sight."""

from __future__ import annotations

from amts_tui.tui.screens.choosing import ChooseDialog
from amts_tui.tui.screens.filtering import FilteringScreen
from amts_tui.tui.screens.found import FoundDialog
from amts_tui.tui.screens.jump import JumpOverlay, labels
from amts_tui.workbench import finding
from amts_tui.workbench.session import DOUBTFUL_BELOW
from amts_tui.workbench.types import Bead, Mark

_NO_BOOKMARK = "there is no bookmark in this document; b sets one"


class MovingScreen(FilteringScreen):
    """The ways that lead further than the next row."""

    def action_document(self) -> None:
        """Asks for a document, or a chapter: that leads to its first document."""
        documents = self.workbench.workspace.documents(self.desk.pipeline.store)
        values: list[tuple[str, str]] = []
        chapters: set[str] = set()
        for stored in documents:
            path = stored.source_path
            chapter = self.workbench.chapter(path)
            if chapter not in chapters and chapter != ".":
                values.append((f"{chapter}/\n{path}", f"{chapter}/"))
            chapters.add(chapter)
            left = self.workbench.workspace.tally(stored.id, DOUBTFUL_BELOW).doubtful
            values.append((path, f"{path}  {left} doubtful" if left else path))
        if values:
            self.app.push_screen(ChooseDialog("Go to a document or a chapter", values), self._go_to_document)

    def _go_to_document(self, chosen: str | None) -> None:
        if chosen is not None:
            path = chosen.rpartition("\n")[2]
            if path == self.desk.document or self._open(path):
                self._show_status()

    def action_next_bookmark(self) -> None:
        self._find_bookmark(1)

    def action_previous_bookmark(self) -> None:
        self._find_bookmark(-1)

    def _find_bookmark(self, step: int) -> None:
        around = self._find(step, _bookmarked)
        if around is None:
            self._say(_NO_BOOKMARK)
        else:
            self._say("bookmark, round the end of the document" if around else "bookmark")

    def action_bookmarks(self) -> None:
        found = finding.bookmarks(self.workbench, self.desk.pipeline)
        if found:
            self.app.push_screen(FoundDialog("bookmarks", found, "bookmark"), self.go_to_place)
        else:
            self._say("there is no bookmark in the book; b sets one")

    def action_jump(self) -> None:
        grid = self.grid
        if not grid.beads:
            return
        at = labels(grid.in_sight)
        grid.label(at)
        self.app.push_screen(JumpOverlay(at), self._jump)

    def _jump(self, row: int | None) -> None:
        self.grid.label({})
        if row is not None:
            self.grid.go_to(row)


def _bookmarked(bead: Bead) -> bool:
    return Mark.BOOKMARK in bead.marks
