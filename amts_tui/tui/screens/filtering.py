"""Filtering in Align: a view leaves only some rows, with their neighbours dimmed."""

from __future__ import annotations

from amts_tui.tui.screens.searching import SearchingScreen
from amts_tui.tui.screens.views import ViewForm, ViewsDialog, Wish
from amts_tui.tui.wording import counted
from amts_tui.workbench import views
from amts_tui.workbench.types import AmtsError
from amts_tui.workbench.views import View

_ALL = View("all rows")


class FilteringScreen(SearchingScreen):
    """The grid through a view, in each document that is opened."""

    def __init__(self) -> None:
        super().__init__()
        self._shown_through = _ALL
        self._latest = views.BUILT_IN[0]

    @property
    def view(self) -> View:
        """The view that the rows are seen through."""
        return self._shown_through

    def action_filter(self) -> None:
        if self._editor is None:
            return
        try:
            own = views.kept(self.workbench)
        except AmtsError as error:
            self.amts.complain(error)
            own = []
        self.app.push_screen(ViewsDialog(self._shown_through, views.BUILT_IN, own), self._wish)

    def _wish(self, wish: Wish | None) -> None:
        if wish is None:
            return
        if wish.do == "show":
            self._show_through(wish.view)
        elif wish.do == "change":
            self.app.push_screen(ViewForm(wish.view), self._take_view)
        else:
            try:
                views.remove(self.workbench, wish.view.name)
            except AmtsError as error:
                self._refuse_view(error)
            self.action_filter()

    def _take_view(self, view: View | None) -> None:
        if view is None:
            return
        if view.name:
            try:
                views.keep(self.workbench, view)
            except AmtsError as error:
                self._refuse_view(error)
        self._show_through(view)

    def _refuse_view(self, error: AmtsError) -> None:
        self.amts.complain(error)

    def action_filter_off(self) -> None:
        """All rows, or again those of the latest view."""
        self._show_through(self._latest if self._shown_through.empty else _ALL)

    def _show_through(self, view: View) -> None:
        if not view.empty:
            self._latest = view
        self._shown_through = view
        self._say(self._narrow())

    def _narrow(self) -> str:
        """Applies the view to the open document; says how many rows it lets through."""
        editor, view = self._editor, self._shown_through
        if editor is None:
            return ""
        if view.empty:
            self.grid.narrow(frozenset())
            return "all rows are shown"
        try:
            found = views.sift(editor.pipeline, editor.beads, view)
        except AmtsError as error:
            self.grid.narrow(frozenset())
            return str(error)
        if not found.rows:
            self.grid.narrow(frozenset())
            return f"no row here is {self.view_name}: all are shown"
        row = self.grid.row
        self.grid.narrow(found.hidden, found.dimmed)
        self.grid.go_to(next((at for at in found.rows if at >= row), found.rows[-1]), centre=True)
        return f"{counted(len(found.rows), 'row')}: {self.view_name}; F shows all"

    @property
    def view_name(self) -> str:
        """The view's name, or its parts in words."""
        return self._shown_through.name or self._shown_through.words

    def standing(self) -> list[str]:
        """What narrows the rows that are shown, for the status line."""
        return [f"only {self.view_name}"] if self.grid.filtered else []

    def _open(self, path: str) -> bool:
        opened = super()._open(path)
        if opened and not self._shown_through.empty:
            self._say(self._narrow())
        return opened
