"""Dialogs for views: the list of them, and the form in which one is made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from amts_tui.tui.bindings import bindings
from amts_tui.tui.screens.dialogs import Dialog, choice, field, selected
from amts_tui.tui.widgets.pick_list import PickList
from amts_tui.tui.widgets.wrapping import clip, printable
from amts_tui.workbench.finding import Search
from amts_tui.workbench.types import AmtsError, Mark, Side, Status
from amts_tui.workbench.views import CHECKS, View

_NAME_WIDTH = 20
_LIST_HINT = "Enter shows only these rows   n new   e change   Del forget"
_FORM_HINT = "Space ticks   Tab goes on   Ctrl+S shows the rows"

_STATUS_WORDS = {
    Status.AUTO: "not settled by anybody",
    Status.CONFIRMED: "confirmed",
    Status.EDITED: "edited",
    Status.EXCLUDED: "excluded",
}
_WHERE: tuple[tuple[str, str], ...] = (
    ("text", "on both sides"),
    ("text source", "on the source side"),
    ("text target", "on the target side"),
    ("regex", "as a pattern, on both sides"),
    ("regex source", "as a pattern, on the source side"),
    ("regex target", "as a pattern, on the target side"),
)
_SIDES: dict[str, Side] = {"source": "source", "target": "target"}


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be done with a view."""

    do: Literal["show", "change", "forget"]
    view: View


class ViewsDialog(Dialog[Wish]):
    """Lists the views: all rows, those of every project, those that people have named."""

    BINDINGS = bindings("views")

    def __init__(self, current: View, given: Sequence[View], own: Sequence[View]) -> None:
        super().__init__(f"Show which rows? Now: {current.words}")
        self._current = current
        self._views = [View("all rows"), *given, *own]
        self._own = {view.name for view in own}

    def body(self) -> Iterable[Widget]:
        yield OptionList(*(Option(_line(view)) for view in self._views), compact=True)
        yield Static(_LIST_HINT, classes="hint")

    def on_mount(self) -> None:
        views = self.query_one(OptionList)
        names = [view.name for view in self._views]
        views.highlighted = names.index(self._current.name) if self._current.name in names else 0
        views.focus()

    @property
    def _view(self) -> View:
        return self._views[self.query_one(OptionList).highlighted or 0]

    @on(OptionList.OptionSelected)
    def _take(self) -> None:
        self.dismiss(Wish("show", self._view))

    def answer(self) -> Wish:
        return Wish("show", self._view)

    def action_new(self) -> None:
        self.dismiss(Wish("change", replace(self._current, name="")))

    def action_change(self) -> None:
        view = self._view
        self.dismiss(Wish("change", view if view.name in self._own else replace(view, name="")))

    def action_forget(self) -> None:
        if self._view.name in self._own:
            self.dismiss(Wish("forget", self._view))
        else:
            self.app.bell()


def _line(view: View) -> Content:
    words = "" if view.empty else view.words
    return Content.assemble(clip(printable(view.name), _NAME_WIDTH).ljust(_NAME_WIDTH + 2), (words, "dim"))


class ViewForm(Dialog[View]):
    """Asks for a view's parts."""

    def __init__(self, view: View) -> None:
        super().__init__("Show rows that are")
        self._view = view

    def body(self) -> Iterable[Widget]:
        view, search = self._view, self._view.search
        below = "" if view.below is None else f"{view.below:g}"
        yield PickList(_TICKS, _ticked(view))
        yield field("conf. below", Input(below, placeholder="0 to 1", compact=True, id="below"))
        yield field("holds", Input("" if search is None else search.text, compact=True, id="text"))
        yield field("", choice(_WHERE, _where(search), "where"))
        yield field("neighbours", Input(str(view.neighbours), compact=True, id="neighbours"))
        yield field("name", Input(view.name, placeholder="keeps the view", compact=True, id="name"))
        yield Static(_FORM_HINT, classes="hint")

    def answer(self) -> View | None:
        ticked: dict[str, list[str]] = {kind: [] for kind in ("status", "mark", "check", "is")}
        for key in self.query_one(PickList).picked:
            kind, _, value = key.partition(":")
            ticked[kind].append(value)
        try:
            below = _number(self._text("below"), 1.0, "the confidence")
            neighbours = int(_number(self._text("neighbours") or "0", 50, "the number of neighbours") or 0)
            search = self._search()
        except AmtsError as error:
            self.refuse(str(error))
            return None
        return View(
            self._text("name"),
            frozenset(map(Status, ticked["status"])),
            frozenset(map(Mark, ticked["mark"])),
            frozenset(ticked["check"]),
            below,
            "one_sided" in ticked["is"],
            "noted" in ticked["is"],
            search,
            neighbours,
        )

    def _text(self, name: str) -> str:
        return self.query_one(f"#{name}", Input).value.strip()

    def _search(self) -> Search | None:
        text = self.query_one("#text", Input).value
        how, _, side = selected(self, "where").partition(" ")
        search = Search(text, _SIDES.get(side), how == "regex")
        _ = search.pattern
        return search if text else None


_TICKS: tuple[tuple[str, str], ...] = (
    *((f"status:{status.value}", words) for status, words in _STATUS_WORDS.items()),
    ("is:one_sided", "without a partner (one side only)"),
    ("is:noted", "with a note"),
    *((f"mark:{mark.value}", f"marked: {mark.value}") for mark in Mark),
    *((f"check:{check}", f"found by a check: {check}") for check in CHECKS),
)


def _ticked(view: View) -> set[str]:
    return {
        *(f"status:{status.value}" for status in view.statuses),
        *(f"mark:{mark.value}" for mark in view.marks),
        *(f"check:{check}" for check in view.checks),
        *(("is:one_sided",) if view.one_sided else ()),
        *(("is:noted",) if view.noted else ()),
    }


def _where(search: Search | None) -> str:
    if search is None:
        return "text"
    return " ".join(part for part in ("regex" if search.regex else "text", search.side) if part)


def _number(text: str, most: float, what: str) -> float | None:
    """A number from 0 to `most`; None for nothing."""
    if not text:
        return None
    try:
        number = float(text)
    except ValueError as error:
        raise AmtsError(f"{what} is not a number: {text}") from error
    if not 0 <= number <= most:
        raise AmtsError(f"{what} is not between 0 and {most:g}: {text}")
    return number
