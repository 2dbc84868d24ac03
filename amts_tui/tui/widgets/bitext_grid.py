"""The bilingual grid: beads as rows, source and target as columns, only the visible rows laid out.

The Line API paints it; `Viewport` anchors it to a row, so that a million rows cost what twenty cost.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence

from rich.segment import Segment
from textual import events
from textual.app import ComposeResult
from textual.geometry import Region
from textual.message import Message
from textual.scrollbar import ScrollBar, ScrollDown, ScrollTo, ScrollUp
from textual.strip import Strip
from textual.widget import Widget

from amts_tui.tui.bindings import bindings
from amts_tui.tui.widgets.cells import Row, lay_out
from amts_tui.tui.widgets.grid_paint import Geometry, Look, Palette, paint
from amts_tui.tui.widgets.unit_text import Spans
from amts_tui.tui.widgets.viewport import Viewport
from amts_tui.workbench.types import Bead, Side

STACK_BELOW = 70
_MARGIN = 3
_CACHE_LIMIT = 4000


class BitextGrid(Widget, can_focus=True):
    """Shows a sequence of beads; the sequence may change between paints: `refresh_rows` says where."""

    DEFAULT_CSS = """
    BitextGrid {
        height: 1fr;
        scrollbar-size-vertical: 1;
        & > ScrollBar { dock: right; width: 1; height: 1fr; }
        & .bitext-grid--row { background: $background; color: $foreground; }
        & .bitext-grid--cursor { background: $surface; color: $foreground; }
        & .bitext-grid--active { background: $primary 30%; color: $foreground; }
        & .bitext-grid--number { text-style: dim; }
        & .bitext-grid--separator { text-style: dim; }
        & .bitext-grid--markup { text-style: dim; }
        & .bitext-grid--match { text-style: reverse; }
        & .bitext-grid--shared { color: $text-success; }
        & .bitext-grid--missing { color: $background; background: $warning; text-style: bold; }
        & .bitext-grid--label { text-style: bold reverse; }
        & .bitext-grid--doubtful { color: $text-warning; text-style: bold; }
        & .bitext-grid--confirmed { color: $text-success; text-style: bold; }
        & .bitext-grid--edited { color: $text-accent; text-style: bold; }
        & .bitext-grid--excluded { text-style: dim; }
        &:ansi .bitext-grid--active { background: ansi_blue; color: ansi_bright_white; }
        &:ansi .bitext-grid--missing { background: ansi_yellow; color: ansi_black; }
    }
    """
    BINDINGS = bindings("grid")
    COMPONENT_CLASSES = Palette.COMPONENTS
    ALLOW_SELECT = False

    class Moved(Message):
        """The cursor stands on another row or side."""

    def __init__(
        self,
        beads: Sequence[Bead] = (),
        *,
        doubtful: Callable[[Bead], bool] = lambda _bead: False,
    ) -> None:
        super().__init__()
        self.beads = beads
        self.doubtful = doubtful
        self.row = 0
        self.side: Side = "source"
        self._found: Callable[[str, Side], Spans] | None = None
        self._hidden: frozenset[str] = frozenset()
        self._dimmed: frozenset[str] = frozenset()
        self._shown: list[int] | None = None
        self._labels: Mapping[int, str] = {}
        self._chosen = range(0)
        self._stacked: bool | None = None
        self._expanded = False
        self._rows: dict[int, Row] = {}
        self._geometry = Geometry.of(80, 0, stacked=False)
        self._palette: Palette | None = None
        self._view = Viewport(lambda at: self._measure(self._index(at)), self._count)
        self._places: list[tuple[int, int]] = []
        self._bar = ScrollBar(vertical=True)

    def compose(self) -> ComposeResult:
        yield self._bar

    @property
    def stacked(self) -> bool:
        """Whether the source stands above the target instead of beside it."""
        return self.size.width < STACK_BELOW if self._stacked is None else self._stacked

    @property
    def current(self) -> Bead | None:
        """The bead under the cursor."""
        return self.beads[self.row] if self.row < len(self.beads) else None

    def load(self, beads: Sequence[Bead], row: int = 0) -> None:
        """Shows other beads, from a row on, all of them."""
        self.beads = beads
        self._hidden = self._dimmed = frozenset()
        self._shown = None
        self._labels = {}
        self._rows.clear()
        self._measure_up()
        self._view.jump(0)
        self.go_to(row, centre=True)
        self.refresh()

    def go_to(self, row: int, *, centre: bool = False) -> None:
        """Puts the cursor on a row, which comes into sight with some neighbours; `centre`: with many.

        In place of a row that is filtered out the next one is taken that is shown; with `centre` it is shown
        dimmed.
        """
        old, old_places = self.row, self._places
        self.row = max(0, min(row, len(self.beads) - 1))
        if self.beads:
            if centre and self._shown is not None:
                self._let_in(self.beads[self.row].id)
            self.row = self._index(self._at(self.row))
            margin = self._view.height // 3 if centre else _MARGIN
            self._view.reveal(self._at(self.row), margin)
        self._lay_out()
        if self._places == old_places:
            self._refresh_lines(old)
            self._refresh_lines(self.row)
        else:
            self.refresh()
        self.post_message(self.Moved())

    def choose(self, rows: range | None) -> None:
        """Shows that a range of rows is marked, or that none is."""
        chosen = rows or range(0)
        if chosen != self._chosen:
            self._chosen = chosen
            self.refresh()

    def refresh_rows(self, first: int, row: int | None = None) -> None:
        """Shows that the beads from position `first` on have changed, and puts the cursor on `row` (else
        leaves it).
        """
        left = self.row
        self.row = max(0, min(self.row if row is None else row, len(self.beads) - 1))
        self._sift()
        self._measure_up()
        self._view.clamp()
        if self.beads:
            self.row = self._index(self._at(self.row))
            self._view.reveal(self._at(self.row), _MARGIN)
        old = self._places
        self._lay_out()
        same = self._places[:1] == old[:1] and bool(self._rows)
        # The row that the cursor has left may stand above all that changed.
        first = min(first, left)
        above = next((y for y, (at, _) in enumerate(self._places) if at >= first), 0) if same else 0
        self.refresh(Region(0, above, self.size.width, self.size.height - above))
        self.post_message(self.Moved())

    def highlight(self, found: Callable[[str, Side], Spans] | None) -> None:
        """Marks the spans that `found` tells of a text and its side."""
        self._found = found
        self._rows.clear()
        self.refresh()

    @property
    def filtered(self) -> bool:
        """Whether some rows are left out."""
        return self._shown is not None

    def narrow(self, hidden: frozenset[str], dimmed: frozenset[str] = frozenset()) -> None:
        """Leaves out the beads of these ids, and shows others dimmed; what comes in later is shown.

        With nothing hidden, or everything, all beads are shown.
        """
        self._hidden, self._dimmed = hidden, dimmed
        self._sift()
        if self.beads:
            self.row = self._index(self._at(self.row))
        self._repaint()
        self.post_message(self.Moved())

    def _let_in(self, bead: str) -> None:
        if bead in self._hidden:
            self._hidden -= {bead}
            self._dimmed |= {bead}
            self._sift()

    def label(self, labels: Mapping[int, str]) -> None:
        """Shows short texts in place of the numbers of some rows; none: the numbers again."""
        self._labels = labels
        self.refresh()

    @property
    def in_sight(self) -> list[int]:
        """The rows whose first line is on the screen."""
        return [row for row, line in self._places if line == 0]

    def shows(self, row: int) -> bool:
        """Whether a row is not left out, nor shown dimmed."""
        bead = self.beads[row].id
        return bead not in self._hidden and bead not in self._dimmed

    def _sift(self) -> None:
        """Finds the rows that are shown."""
        if not self._hidden:
            self._shown = None
            return
        hidden = self._hidden
        self._shown = [row for row, bead in enumerate(self.beads) if bead.id not in hidden]
        if not self._shown:
            self._hidden = self._dimmed = frozenset()
            self._shown = None

    def _count(self) -> int:
        return len(self.beads) if self._shown is None else len(self._shown)

    def _index(self, at: int) -> int:
        """The row that is shown in a place."""
        return at if self._shown is None else self._shown[max(0, min(at, len(self._shown) - 1))]

    def _at(self, row: int) -> int:
        """The place of a row among those that are shown, or of the next one."""
        return row if self._shown is None else min(bisect_left(self._shown, row), len(self._shown) - 1)

    def lay_out_anew(self) -> None:
        """Shows all rows as what they are laid out by has changed."""
        self._rows.clear()
        self._repaint()

    def _measure_up(self) -> None:
        """Lays rows out anew if the columns have another width, which the number of rows has a part in."""
        geometry = Geometry.of(self.size.width - 1, len(self.beads), stacked=self.stacked)
        if geometry != self._geometry:
            self._geometry = geometry
            self._rows.clear()

    def _row(self, index: int) -> Row:
        bead = self.beads[index]
        row = self._rows.get(index)
        if row is None or row.bead is not bead:
            if len(self._rows) > _CACHE_LIMIT:
                self._rows.clear()
            geometry = self._geometry
            row = lay_out(
                bead,
                geometry.source_width,
                geometry.target_width,
                self._found,
                expanded=self._expanded,
            )
            self._rows[index] = row
        return row

    def _measure(self, index: int) -> int:
        row = self._row(index)
        if self._geometry.stacked:
            return len(row.source) + len(row.target)
        return max(len(row.source), len(row.target))

    def _lay_out(self) -> None:
        self._places = [(self._index(at), line) for at, line in self._view.places()]
        self._bar.window_virtual_size = max(self._count(), 1)
        self._bar.window_size = max(len({row for row, _ in self._places}), 1)
        self._bar.position = self._view.row

    def _repaint(self) -> None:
        self._view.height = self.size.height
        self._measure_up()
        self._view.clamp()
        if self.beads:
            self._view.reveal(self._at(self.row), _MARGIN)
        self._lay_out()
        self.refresh()

    def _refresh_lines(self, row: int) -> None:
        lines = [y for y, (at, _) in enumerate(self._places) if at == row]
        if lines:
            self.refresh(Region(0, lines[0], self.size.width, len(lines)))

    def on_resize(self) -> None:
        self._repaint()

    def notify_style_update(self) -> None:
        self._palette = None
        super().notify_style_update()

    def render_line(self, y: int) -> Strip:
        if self._palette is None:
            self._palette = Palette.of(self)
        if y >= len(self._places):
            return Strip.blank(self.size.width, self._palette.blank)
        index, line = self._places[y]
        bead = self.beads[index]
        look = Look(
            number=index + 1,
            line=line,
            cursor=index == self.row,
            side=self.side,
            doubtful=self.doubtful(bead),
            dimmed=bead.id in self._dimmed,
            label=self._labels.get(index, ""),
            chosen=index in self._chosen,
        )
        segments: list[Segment] = paint(self._row(index), look, self._geometry, self._palette)
        return Strip(segments, self.size.width - 1)

    def _show_side(self, side: Side) -> None:
        self.side = side
        self._refresh_lines(self.row)
        self.post_message(self.Moved())

    def action_source(self) -> None:
        self._show_side("source")

    def action_target(self) -> None:
        self._show_side("target")

    def action_other_side(self) -> None:
        self._show_side("target" if self.side == "source" else "source")

    def action_stack(self) -> None:
        self._stacked = not self.stacked
        self._repaint()

    def action_expand(self) -> None:
        self._expanded = not self._expanded
        self.lay_out_anew()

    def action_down(self) -> None:
        self._step(1)

    def action_up(self) -> None:
        self._step(-1)

    def _step(self, rows: int) -> None:
        """To a neighbouring row, or on within a row that is taller than the screen."""
        at = self._at(self.row)
        above, below = self._view.hidden(at)
        hidden = below if rows > 0 else above
        if hidden and self.beads and self._measure(self.row) > self._view.height:
            self._view.scroll(rows * min(hidden, max(self._view.height - 1, 1)))
            self._lay_out()
            self.refresh()
        else:
            self.go_to(self._index(max(at + rows, 0)) if self.beads else 0)

    def action_page_down(self) -> None:
        self._page(self._view.height)

    def action_page_up(self) -> None:
        self._page(-self._view.height)

    def action_half_down(self) -> None:
        self._page(self._view.height // 2)

    def action_half_up(self) -> None:
        self._page(-(self._view.height // 2))

    def _page(self, lines: int) -> None:
        """Scrolls; the cursor keeps its line on the screen, or goes to the end of the rows if nothing
        scrolls.
        """
        if not self._places:
            return
        cursor = next((y for y, (row, _) in enumerate(self._places) if row == self.row), 0)
        before = (self._view.row, self._view.line)
        self._view.scroll(lines)
        self._lay_out()
        if (self._view.row, self._view.line) == before:
            self.go_to(len(self.beads) - 1 if lines > 0 else 0)
        else:
            self.row = self._places[min(cursor, len(self._places) - 1)][0]
            self.refresh()
            self.post_message(self.Moved())

    def action_top(self) -> None:
        self.go_to(0)

    def action_bottom(self) -> None:
        self.go_to(len(self.beads) - 1)

    def on_click(self, event: events.Click) -> None:
        if event.y < len(self._places):
            row, _ = self._places[event.y]
            self.side = self._geometry.side_at(event.x, self.side)
            self.go_to(row)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        self._wheel(_MARGIN)
        event.stop()

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        self._wheel(-_MARGIN)
        event.stop()

    def _wheel(self, lines: int) -> None:
        self._view.scroll(lines)
        self._scrolled()

    def on_scroll_to(self, message: ScrollTo) -> None:
        if message.y is not None and self.beads:
            self._view.jump(max(0, min(round(message.y), self._count() - 1)))
            self._scrolled()
        message.stop()

    def on_scroll_down(self, message: ScrollDown) -> None:
        self.action_page_down()
        message.stop()

    def on_scroll_up(self, message: ScrollUp) -> None:
        self.action_page_up()
        message.stop()

    def _scrolled(self) -> None:
        """The window moved by itself: the cursor comes along if it would be out of sight."""
        self._lay_out()
        rows = [row for row, _ in self._places]
        if rows:
            self.row = max(rows[0], min(self.row, rows[-1]))
        self.refresh()
        self.post_message(self.Moved())
