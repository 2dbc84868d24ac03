"""A table whose keys come from the keymap and whose columns fit the screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.text import Text
from textual.widgets import DataTable

from amts_tui.tui.bindings import bindings
from amts_tui.tui.widgets.wrapping import clip, clip_start, printable, width_of

_PADDING = 2
_SCROLLBAR = 1


@dataclass(frozen=True, slots=True)
class Column:
    """A column; a `flexible` one gives way on a narrow screen, and with `tail` keeps the end of its texts.

    `group` stands over the first of several columns that belong together.
    """

    title: str
    right: bool = False
    flexible: bool = False
    tail: bool = False
    group: str = ""


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row with the key that names it."""

    key: str
    cells: tuple[str, ...]


class KeyTable(DataTable[Text], inherit_bindings=False):
    """Rows with a cursor; Enter is left to the screen. For hundreds of rows, not for beads."""

    BINDINGS = bindings("table")

    def __init__(self, *columns: Column) -> None:
        super().__init__(cursor_type="row", zebra_stripes=True)
        self._columns = columns
        self._table_rows: Sequence[TableRow] = ()

    def fill(self, rows: Sequence[TableRow], columns: Sequence[Column] | None = None) -> None:
        """Shows rows (and other columns, if given); the cursor stays on the row that it was on."""
        kept = self.current
        self._table_rows = rows
        if columns is not None:
            self._columns = tuple(columns)
        widths = self._widths()
        self.clear(columns=True)
        grouped = any(column.group for column in self._columns)
        self.header_height = 2 if grouped else 1
        for column, width in zip(self._columns, widths, strict=True):
            title = self._cell(column, column.title, width)
            if grouped:
                group = Text(f"{clip(column.group, width)}\n", justify=title.justify, no_wrap=True, end="")
                title = group.append_text(title)
            self.add_column(title, width=width)
        for row in rows:
            self.add_row(
                *(
                    self._cell(column, cell, width)
                    for column, cell, width in zip(self._columns, row.cells, widths, strict=True)
                ),
                key=row.key,
            )
        index = next((n for n, row in enumerate(rows) if row.key == kept), 0)
        self.move_cursor(row=index)

    def go_to(self, key: str) -> None:
        """Puts the cursor on the row of this key, if there is one."""
        self.move_cursor(
            row=next((n for n, row in enumerate(self._table_rows) if row.key == key), self.cursor_row)
        )

    @property
    def current(self) -> str | None:
        """The key of the row under the cursor."""
        return self._table_rows[self.cursor_row].key if self.cursor_row < self.row_count else None

    def on_resize(self) -> None:
        if self._table_rows:
            self.fill(self._table_rows)

    def _widths(self) -> list[int]:
        widths = [
            max(
                [
                    width_of(column.title),
                    width_of(column.group),
                    *(width_of(printable(row.cells[at])) for row in self._table_rows),
                ]
            )
            for at, column in enumerate(self._columns)
        ]
        room = self.size.width - _SCROLLBAR - sum(width + _PADDING for width in widths)
        if self.size.width:
            self._squeeze(widths, max(0, -room))
        return widths

    def _squeeze(self, widths: list[int], excess: int) -> None:
        """Takes cells from the flexible columns; one that needs less than its share keeps what it needs."""
        flexible = [at for at, column in enumerate(self._columns) if column.flexible]
        given = sum(widths[at] for at in flexible) - excess
        for left, at in zip(
            range(len(flexible), 0, -1), sorted(flexible, key=widths.__getitem__), strict=True
        ):
            widths[at] = max(min(widths[at], given // left), width_of(self._columns[at].title), 8)
            given -= widths[at]

    @staticmethod
    def _cell(column: Column, text: str, width: int) -> Text:
        shorten = clip_start if column.tail else clip
        return Text(
            shorten(printable(text), width),
            justify="right" if column.right else "left",
            no_wrap=True,
            end="",
        )

    def action_down(self) -> None:
        self.action_cursor_down()

    def action_up(self) -> None:
        self.action_cursor_up()

    def action_top(self) -> None:
        self.action_scroll_top()

    def action_bottom(self) -> None:
        self.action_scroll_bottom()
