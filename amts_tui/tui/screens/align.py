"""Mode 2: the beads of a document, read and put right."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import partial

from textual.timer import Timer
from textual.widget import Widget

from amts_tui.tui.bindings import bindings
from amts_tui.tui.queue import Progress, doubtful, find, progress, turn
from amts_tui.tui.screens.dialogs import Prompt
from amts_tui.tui.screens.edit import EditDialog, editable
from amts_tui.tui.screens.split import Cut, SplitDialog, cuts
from amts_tui.tui.screens.writing_back import WriteBackScreen
from amts_tui.tui.widgets.bitext_grid import BitextGrid
from amts_tui.tui.widgets.wrapping import fitting
from amts_tui.tui.wording import by_rows, counted
from amts_tui.workbench.editing import Edited, Editor
from amts_tui.workbench.session import DOUBTFUL_BELOW
from amts_tui.workbench.types import AmtsError, Bead, Mark, Side, Status

_COUNT_AFTER = 0.05
_SAVE_AFTER = 1.0
_LOOK_FOR_CHANGES_EVERY = 2.0

_NONE_LEFT = "no doubtful row is left in the book"

Operation = Callable[[Editor, Bead], Edited]


class AlignScreen(WriteBackScreen):
    """The grid over an editor; each operation is committed before the screen shows it."""

    MODE = "align"
    BINDINGS = bindings("align")

    def __init__(self) -> None:
        super().__init__()
        self._editor: Editor | None = None
        self._progress = Progress(0, 0, 0)
        self._message = ("", 0)
        self._partner: str | None = None
        self._unsaved = 0
        self._counting: Timer | None = None
        self._saving: Timer | None = None

    def body(self) -> Iterable[Widget]:
        yield BitextGrid(doubtful=doubtful)

    def on_mount(self) -> None:
        self.set_interval(_LOOK_FOR_CHANGES_EVERY, self._look_for_changes)

    @property
    def grid(self) -> BitextGrid:
        """The grid of this mode."""
        return self.query_one(BitextGrid)

    # ---- documents

    def place(self) -> str:
        """The open document."""
        return self.desk.document or ""

    def on_screen_resume(self) -> None:
        desk = self.desk
        shown = self._editor
        if desk.document is None:
            known = self._documents()
            desk.document = known[0] if known else None
        if desk.document is None:
            self._editor = None
            self.grid.load([])
            self._say("nothing has been aligned yet: press 1, then a")
        elif shown is None or (shown.path, shown.pipeline) != (desk.document, desk.pipeline):
            self._open(desk.document)
        else:
            self._look_for_changes()
            self._show_status()
        self.show_place()

    def _documents(self) -> list[str]:
        return [stored.source_path for stored in self.workbench.workspace.documents(self.desk.pipeline.store)]

    def _open(self, path: str) -> bool:
        try:
            editor = Editor(self.workbench, self.desk.pipeline, path)
        except AmtsError as error:
            self.amts.complain(error)
            return False
        self._save_now()
        self.desk.document = path
        self._editor = editor
        self._message = ("", 0)
        self._partner = None
        self.show_place()
        self.grid.highlight(None)
        self.grid.load(editor.beads)
        self._count_now()
        return True

    def _look_for_changes(self) -> None:
        """Takes over what another program has written meanwhile."""
        if self._editor is not None and self.is_current and self._editor.reload():
            self.grid.refresh_rows(0)
            self._count_soon()

    def action_next_document(self) -> None:
        self._neighbour(1)

    def action_previous_document(self) -> None:
        self._neighbour(-1)

    def _neighbour(self, step: int) -> None:
        known = self._documents()
        if self._editor is None or self._editor.path not in known:
            return
        at = known.index(self._editor.path) + step
        if 0 <= at < len(known):
            self._open(known[at])
        else:
            self._say("this is the last document" if step > 0 else "this is the first document")

    # ---- the status line

    def on_bitext_grid_moved(self) -> None:
        self._show_status()

    def _say(self, message: str) -> None:
        """Puts a message in front of the status line, until the cursor leaves the row."""
        self._message = (message, self.grid.row)
        self._show_status()

    def _show_status(self) -> None:
        bead = self.grid.current
        message, row = self._message
        if self._editor is None or bead is None:
            self.status(f" {message or 'no beads'}")
            return
        state = self._progress
        saved = f"+{self._unsaved}" if self._unsaved else "saved"
        partner = self._partner_row()
        parts = [
            *([message] if message and row == self.grid.row else []),
            *([] if partner is None else [f"pair row {partner + 1} with: p"]),
            f"row {self.grid.row + 1}/{len(self.grid.beads)}",
            f"{state.doubtful} doubtful",
            f"{state.percent}% settled",
            saved,
            f"conf {bead.confidence:.2f}",
            bead.shape,
        ]
        self.status(" " + fitting(parts, self.app.size.width - 1))

    def _count_soon(self) -> None:
        if self._counting is None:
            self._counting = self.set_timer(_COUNT_AFTER, self._count_now)

    def _count_now(self) -> None:
        self._counting = None
        self._progress = progress(self.grid.beads)
        self._show_status()

    def _save_soon(self) -> None:
        self._unsaved += 1
        if self._saving is not None:
            self._saving.stop()
        self._saving = self.set_timer(_SAVE_AFTER, self._save_now)

    def _save_now(self) -> None:
        """Brings the review files up to date; the workspace holds every operation already."""
        if not self._unsaved:
            return
        try:
            self.workbench.save_reviews()
        except AmtsError as error:
            self.amts.complain(error)
            return
        self._unsaved = 0
        self._show_status()

    # ---- operations

    def _do(self, operate: Operation, message: str | Callable[[Edited], str] = "") -> bool:
        """Carries an operation out on the current bead and stays with it; tells whether it went well."""
        bead = self.grid.current
        editor = self._editor
        if bead is None or editor is None:
            return False
        try:
            edited = operate(editor, bead)
        except AmtsError as error:
            self._refuse(error)
            return False
        said = message if isinstance(message, str) else message(edited)
        self._after(edited, self._row_of(bead.id, edited.first), said)
        return True

    def _refuse(self, error: AmtsError) -> None:
        """Says why an operation was not possible, where the eyes are."""
        self.amts.record(str(error), "error")
        self.app.bell()
        self._say(by_rows(str(error), self.grid.beads))

    def _after(self, edited: Edited, row: int, message: str = "") -> None:
        self.grid.refresh_rows(edited.first, row)
        self._say(message or by_rows(edited.message, self.grid.beads))
        self._count_soon()
        self._save_soon()

    def _row_of(self, bead_id: str, otherwise: int) -> int:
        """Where a bead is now: near where it was, if it still exists."""
        beads, row = self.grid.beads, self.grid.row
        near = range(max(row - 2, 0), min(row + 3, len(beads)))
        return next((at for at in near if beads[at].id == bead_id), otherwise)

    def _neighbour_bead(self, step: int) -> Bead | None:
        row = self.grid.row + step
        if 0 <= row < len(self.grid.beads):
            return self.grid.beads[row]
        self._say("there is no next row" if step > 0 else "there is no previous row")
        return None

    def action_merge_next(self) -> None:
        other = self._neighbour_bead(1)
        if other is not None:
            row = self.grid.row + 1
            self._do(lambda editor, bead: editor.merge(bead.id, other.id), f"merged rows {row} and {row + 1}")

    def action_merge_previous(self) -> None:
        other = self._neighbour_bead(-1)
        if other is not None:
            row = self.grid.row
            self._do(lambda editor, bead: editor.merge(other.id, bead.id), f"merged rows {row} and {row + 1}")

    def action_split(self) -> None:
        bead = self.grid.current
        if bead is None:
            return
        possible = cuts(bead)
        if not possible:
            self._say("one sentence alone cannot be split")
        elif len(possible) == 1:
            self._split(possible[0])
        else:
            self.app.push_screen(SplitDialog(self.grid.row + 1, bead), self._split)

    def _split(self, cut: Cut | None) -> None:
        if cut is not None:
            row = self.grid.row + 1
            self._do(lambda editor, bead: editor.split(bead.id, *cut), f"split row {row}")

    def action_push(self) -> None:
        side = self.grid.side
        self._do(lambda editor, bead: editor.move(bead.id, "down", side), f"pushed a {side} sentence down")

    def action_pull(self) -> None:
        side = self.grid.side
        self._do(lambda editor, bead: editor.move(bead.id, "up", side), f"sent a {side} sentence up")

    def action_gap(self) -> None:
        self._shift(lambda editor, bead, side: editor.gap(bead.id, side), "inserted a gap")

    def action_close_gap(self) -> None:
        self._shift(lambda editor, bead, side: editor.close_gap(bead.id, side), "closed the gap")

    def _shift(self, operate: Callable[[Editor, Bead, Side], Edited], what: str) -> None:
        """Carries out what shifts one side of many rows, and says of how many."""
        side = self.grid.side
        cells = [bool(bead.side(side)) for bead in self.grid.beads]

        def message(edited: Edited) -> str:
            shifted = sum(cells[edited.first : edited.first + edited.replaced])
            return f"{what}: {counted(shifted, 'row')} shifted, u undoes"

        self._do(lambda editor, bead: operate(editor, bead, side), message)

    def action_pair(self) -> None:
        """Marks the row, or joins it with the row that was marked before."""
        bead, partner = self.grid.current, self._partner_row()
        if bead is None:
            return
        if partner is None:
            self._partner = bead.id
            self._say("")
        elif partner == self.grid.row:
            self._drop_partner()
        else:
            first, second = sorted((partner, self.grid.row))
            other = self.grid.beads[partner].id
            message = f"paired rows {first + 1} and {second + 1}"
            if self._do(lambda editor, bead: editor.pair([other, bead.id]), message):
                self._partner = None
                self._show_status()

    def _partner_row(self) -> int | None:
        """Where the row stands that waits for its partner."""
        return next((row for row, bead in enumerate(self.grid.beads) if bead.id == self._partner), None)

    def _drop_partner(self) -> None:
        self._partner = None
        self._say("no row waits for a partner any more")

    def action_swap(self) -> None:
        other = self._neighbour_bead(-1)
        if other is not None:
            row = self.grid.row
            self._do(
                lambda editor, bead: editor.swap(other.id, bead.id),
                f"swapped the targets of {row} and {row + 1}",
            )

    def action_edit(self) -> None:
        bead = self.grid.current
        if bead is None:
            return
        reverse = self.desk.pipeline.reverse
        units = editable(bead, reverse)
        if not units:
            self._say("there is no translation in this row to edit")
            return
        source = bead.target if reverse else bead.source
        self.app.push_screen(EditDialog(self.grid.row + 1, source, units), self._edit)

    def _edit(self, texts: list[tuple[int, str]] | None) -> None:
        row = self.grid.row + 1
        for number, text in texts or []:
            self._do(partial(_edit_text, number=number, text=text), f"edited row {row}")

    def action_write_back(self) -> None:
        if self._editor is not None:
            self.ask_write_back([self._editor.path])

    def after_write_back(self) -> None:
        self._look_for_changes()

    def action_note(self) -> None:
        bead = self.grid.current
        if bead is not None:
            self.app.push_screen(Prompt(f"Note on row {self.grid.row + 1}", bead.note), self._note)

    def _note(self, text: str | None) -> None:
        if text is not None:
            self._do(lambda editor, bead: editor.note(bead.id, text), "noted")

    # ---- judgements

    def action_confirm_next(self) -> None:
        bead = self.grid.current
        if bead is None:
            return
        settled = bead.status is Status.CONFIRMED and not doubtful(bead)
        row = self.grid.row + 1
        said = f"row {row} was confirmed already" if settled else f"confirmed row {row}"
        if not settled and not self._do(lambda editor, bead: editor.confirm([bead.id]), said):
            return
        target = find(self.grid.beads, self.grid.row, 1, doubtful)
        if target is None and self._next_doubtful_document(1, f"{said}; "):
            return
        self.grid.go_to(self.grid.row + 1 if target is None else target, centre=True)
        self._say(said if target is not None else f"{said}; {_NONE_LEFT}")

    def action_confirm(self) -> None:
        self._judge("confirm", lambda bead: bead.status is Status.CONFIRMED)

    def action_exclude(self) -> None:
        self._judge("exclude", lambda bead: bead.status is Status.EXCLUDED)

    def action_flag(self) -> None:
        self._judge("flag", lambda bead: Mark.FLAG in bead.marks)

    def action_bookmark(self) -> None:
        self._judge("bookmark", lambda bead: Mark.BOOKMARK in bead.marks)

    def _judge(self, method: str, holds: Callable[[Bead], bool]) -> None:
        """Says something about the current bead, or takes it back if it has been said."""
        bead = self.grid.current
        if bead is not None:
            off = holds(bead)
            message = f"{method}: row {self.grid.row + 1}{' no more' if off else ''}"
            self._do(lambda editor, bead: getattr(editor, method)([bead.id], off=off), message)

    def action_confirm_above(self) -> None:
        unsettled = (Status.AUTO, Status.EDITED)
        ids = [bead.id for bead in self.grid.beads[: self.grid.row + 1] if bead.status in unsettled]
        if ids:
            self._do(lambda editor, _bead: editor.confirm(ids), f"confirmed {counted(len(ids), 'row')}")
        else:
            self._say("all rows above are settled")

    def action_undo(self) -> None:
        self._travel(Editor.undo)

    def action_redo(self) -> None:
        self._travel(Editor.redo)

    def _travel(self, way: Callable[[Editor], Edited]) -> None:
        if self._editor is None:
            return
        try:
            edited = way(self._editor)
        except AmtsError as error:
            self._refuse(error)
            return
        self._after(edited, edited.first)

    # ---- finding

    def action_next_doubtful(self) -> None:
        self._find_doubtful(1)

    def action_previous_doubtful(self) -> None:
        self._find_doubtful(-1)

    def _find_doubtful(self, step: int) -> None:
        around = self._find(step, doubtful)
        if around is not None:
            self._say("round the end of the document" if around else "")
        elif not self._next_doubtful_document(step):
            self._say(_NONE_LEFT)

    def _next_doubtful_document(self, step: int, said: str = "") -> bool:
        """Goes on to the nearest other document with doubtful rows; tells whether there is one."""
        workspace, editor = self.workbench.workspace, self._editor
        if editor is None:
            return False
        known = {stored.source_path: stored.id for stored in workspace.documents(self.desk.pipeline.store)}
        for path in turn(list(known), editor.path, step):
            tally = workspace.tally(known[path], DOUBTFUL_BELOW)
            if (tally.doubtful or tally.stale) and self._open(path):
                beads = self.grid.beads
                self.grid.go_to(find(beads, -1 if step > 0 else 0, step, doubtful) or 0, centre=True)
                self._say(f"{said}now in {path}")
                return True
        return False

    def _find(self, step: int, wanted: Callable[[Bead], bool]) -> bool | None:
        """Goes to the nearest wanted row; tells whether the way led round the end, None if there is none."""
        row = find(self.grid.beads, self.grid.row, step, wanted)
        if row is None:
            return None
        around = (row - self.grid.row) * step <= 0
        self.grid.go_to(row, centre=True)
        return around

    def action_search(self) -> None:
        self.app.push_screen(Prompt("Search in both sides (capitals count if you type one)"), self._search)

    def _search(self, text: str | None) -> None:
        if not text:
            return
        self.grid.highlight(re.compile(re.escape(text), 0 if text != text.lower() else re.IGNORECASE))
        if self._found(self.grid.current):
            self._say_found()
        else:
            self.action_search_next()

    def action_search_next(self) -> None:
        self._find_text(1)

    def action_search_previous(self) -> None:
        self._find_text(-1)

    def _find_text(self, step: int) -> None:
        if self.grid.search is None:
            self.action_search()
        else:
            around = self._find(step, self._found)
            if around is None:
                self._say("nothing like that in this document")
            else:
                self._say_found(", round the end" if around else "")

    def _say_found(self, how: str = "") -> None:
        rows = [row for row, bead in enumerate(self.grid.beads) if self._found(bead)]
        self._say(f"{rows.index(self.grid.row) + 1} of {len(rows)} in this document{how}")

    def _found(self, bead: Bead | None) -> bool:
        pattern = self.grid.search
        return (
            bead is not None
            and pattern is not None
            and any(pattern.search(unit.raw) for unit in (*bead.source, *bead.target))
        )

    def action_clear(self) -> None:
        if self._partner is not None:
            self._drop_partner()
            return
        self.grid.highlight(None)
        self._say("")

    def action_goto(self) -> None:
        self.app.push_screen(Prompt(f"Go to row (1 to {len(self.grid.beads)})"), self._go_to)

    def _go_to(self, text: str | None) -> None:
        if not text:
            return
        if text.strip().isdigit():
            self.grid.go_to(int(text) - 1, centre=True)
        else:
            self._say(f"not a row number: {text}")


def _edit_text(editor: Editor, bead: Bead, *, number: int, text: str) -> Edited:
    return editor.edit_text(bead.id, number, text)
