"""Find and replace in Align: asked for, shown, chosen, done as one step."""

from __future__ import annotations

from functools import partial

from textual import on, work
from textual.message import Message
from textual.worker import get_current_worker

from amts_tui.tui.reporting import Failed, Reporter
from amts_tui.tui.screens.dialogs import Question
from amts_tui.tui.screens.moving import MovingScreen
from amts_tui.tui.screens.replace_dialogs import Chosen, PreviewDialog, ReplaceForm, Wanted
from amts_tui.tui.wording import counted
from amts_tui.workbench import replacing
from amts_tui.workbench.finding import Search
from amts_tui.workbench.replacing import DocumentReplacements
from amts_tui.workbench.types import AmtsError

_MOST = 3000


class ReplacingScreen(MovingScreen):
    """The key that replaces in the translations of a document or of the book."""

    class Previewed(Message):
        """It is known what would be replaced."""

        def __init__(self, wanted: Wanted, found: list[DocumentReplacements]) -> None:
            super().__init__()
            self.wanted = wanted
            self.found = found

    def __init__(self) -> None:
        super().__init__()
        self._wanted = Wanted(Search(""), "", in_book=False)

    def action_replace(self) -> None:
        if self._editor is None:
            return
        try:
            self.workbench.writable()
        except AmtsError as error:
            self.amts.complain(error)
            return
        wanted = self._wanted
        if self.search is not None:
            wanted = Wanted(self.search, wanted.by, wanted.in_book)
        self.app.push_screen(ReplaceForm(wanted), self._preview)

    def _preview(self, wanted: Wanted | None) -> None:
        if wanted is not None:
            self._wanted = wanted
            self._run_preview(wanted, None if wanted.in_book else self.desk.document)

    @work(thread=True, exclusive=True, group="search-book", exit_on_error=False)
    def _run_preview(self, wanted: Wanted, document: str | None) -> None:
        worker = get_current_worker()
        try:
            found = replacing.preview(
                self.workbench,
                self.desk.pipeline,
                wanted.search,
                wanted.by,
                document,
                report=Reporter("searching", self.post_message),
                cancelled=lambda: worker.is_cancelled,
            )
        except AmtsError as error:
            self.post_message(Failed("searching", error))
        else:
            self.post_message(self.Previewed(wanted, found))

    @on(Previewed)
    def _show_preview(self, message: Previewed) -> None:
        wanted, found = message.wanted, message.found
        count = sum(len(of.replacements) for of in found)
        if not count:
            self._say(f"no translation {'in the book' if wanted.in_book else 'here'} holds that")
        elif count > _MOST:
            self._say(f"{count:,} texts are more than can be looked through: replace document by document")
        else:
            self._show_status()
            self.app.push_screen(PreviewDialog(wanted, found), partial(self._ask_replace, wanted))

    def _ask_replace(self, wanted: Wanted, chosen: Chosen | None) -> None:
        """Asks once more if something that a person has settled is among what was chosen."""
        if not chosen:
            return
        settled = [one for of in chosen.values() for one in of if one.trouble]
        if not settled:
            self._replace(wanted, chosen)
            return
        kinds = " or ".join(sorted({one.trouble for one in settled}))
        self.app.push_screen(
            Question(
                "Replace there too?", f"{counted(len(settled), 'text')}: {kinds}", "replaces all ticked"
            ),
            lambda yes: self._replace(wanted, chosen) if yes else None,
        )

    def _replace(self, wanted: Wanted, chosen: Chosen) -> None:
        try:
            count = replacing.replace(self.workbench, self.desk.pipeline, wanted.search, wanted.by, chosen)
        except AmtsError as error:
            self.amts.complain(error)
            return
        self._look_for_changes()
        others = len(set(chosen) - {self.desk.document})
        elsewhere = f", {counted(others, 'other document')}" if others else ""
        undo = "u undoes" if self.desk.document in chosen else "7, then u, undoes"
        self._say(f"replaced in {counted(count, 'text')}{elsewhere}; {undo}")
        self._save_soon()
