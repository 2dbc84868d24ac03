"""A document's beads in the grid: opened, counted, kept in step with the disk, searched."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from textual import on
from textual.timer import Timer
from textual.widget import Widget

from amts_tui.tui.queue import Progress, doubtful, find, progress
from amts_tui.tui.reporting import Failed
from amts_tui.tui.screens.dialogs import Prompt
from amts_tui.tui.screens.exporting import ExportingScreen
from amts_tui.tui.widgets.bitext_grid import BitextGrid
from amts_tui.tui.widgets.wrapping import fitting
from amts_tui.workbench.editing import Editor
from amts_tui.workbench.reasons import reasons
from amts_tui.workbench.types import AmtsError, Bead

_COUNT_AFTER = 0.05
_SAVE_AFTER = 1.0
_LOOK_FOR_CHANGES_EVERY = 2.0


class DocumentScreen(ExportingScreen):
    """The grid over an editor, with a status line and all ways to a row or a document; it changes no bead."""

    def __init__(self) -> None:
        super().__init__()
        self._editor: Editor | None = None
        self._progress = Progress(0, 0, 0, 0.0)
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

    def after_export(self) -> None:
        self._show_status()

    @on(Failed)
    def _say_failed(self, message: Failed) -> None:
        self.amts.complain(message.error)
        self._show_status()

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
            *self.standing(),
            f"{state.doubtful} doubtful",
            f"{state.percent}% settled",
            saved,
            *self.expected(),
            f"conf {bead.confidence:.2f}",
            bead.shape,
            *reasons(bead)[:1],
        ]
        self.status(" " + fitting(parts, self.app.size.width - 1))

    def expected(self) -> list[str]:
        """How many of the rows that nobody has settled are wrong, for the status line."""
        return [f"~{self._progress.wrong:.0f} wrong"]

    def standing(self) -> list[str]:
        """What else holds until it is taken back, for the status line."""
        return []

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

    # ---- the row that waits for a partner

    def _partner_row(self) -> int | None:
        """Where the row stands that waits for its partner."""
        return next((row for row, bead in enumerate(self.grid.beads) if bead.id == self._partner), None)

    def _drop_partner(self) -> None:
        self._partner = None
        self._say("no row waits for a partner any more")

    # ---- finding

    def _find(self, step: int, wanted: Callable[[Bead], bool]) -> bool | None:
        """Goes to the nearest wanted row; tells whether the way led round the end, None if there is none."""
        row = find(self.grid.beads, self.grid.row, step, wanted)
        if row is None:
            return None
        around = (row - self.grid.row) * step <= 0
        self.grid.go_to(row, centre=True)
        return around

    def action_clear(self) -> None:
        if self._partner is not None:
            self._drop_partner()
        else:
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
