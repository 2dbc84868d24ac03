"""Dialogs of find and replace: what by what, and the preview in which one chooses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from amts_tui.tui.bindings import bindings
from amts_tui.tui.screens.dialogs import Dialog, choice, field, selected
from amts_tui.tui.widgets.wrapping import printable
from amts_tui.tui.wording import counted
from amts_tui.workbench.finding import Search
from amts_tui.workbench.replacing import DocumentReplacements, Replacement
from amts_tui.workbench.types import AmtsError

_FORM_HINT = "Ctrl+S shows a preview first; \\1 is the first group of a pattern"
_PREVIEW_HINT = "Space ticks   Ctrl+S replaces what is ticked, u undoes it"
_HOW = (("text", "this text"), ("regex", "this pattern"))
_WHERE = (("document", "in this document"), ("book", "in the whole book"))
_BEFORE = 16


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be replaced by what, in one document or in all."""

    search: Search
    by: str
    in_book: bool


class ReplaceForm(Dialog[Wanted]):
    """Asks what is to be replaced."""

    def __init__(self, wanted: Wanted) -> None:
        super().__init__("Find and replace")
        self._wanted = wanted

    def body(self) -> Iterable[Widget]:
        wanted = self._wanted
        yield field("find", Input(wanted.search.text, compact=True, id="find"))
        yield field("", choice(_HOW, "regex" if wanted.search.regex else "text", "how"))
        yield field("replace by", Input(wanted.by, compact=True, id="by"))
        yield field("", choice(_WHERE, "book" if wanted.in_book else "document", "where"))
        yield Static(_FORM_HINT, classes="hint", markup=False)

    def answer(self) -> Wanted | None:
        text = self.query_one("#find", Input).value
        search = Search(text, "target", selected(self, "how") == "regex")
        try:
            _ = search.pattern
        except AmtsError as error:
            self.refuse(str(error))
            return None
        by = self.query_one("#by", Input).value
        return Wanted(search, by, selected(self, "where") == "book") if text else None


Chosen = Mapping[str, Sequence[Replacement]]


class PreviewDialog(Dialog[Chosen]):
    """Lists what would be replaced under the documents; answers what is ticked, by document.

    What a person has confirmed or excluded is not ticked at first.
    """

    BINDINGS = bindings("preview")

    def __init__(self, wanted: Wanted, found: Sequence[DocumentReplacements]) -> None:
        self._all = [(of.document, one) for of in found for one in of.replacements]
        texts, documents = counted(len(self._all), "text"), counted(len(found), "document")
        super().__init__(f"Replace “{wanted.search.text}” by “{wanted.by}”: {texts} in {documents}")
        self._ticked = {number for number, (_, one) in enumerate(self._all) if not one.trouble}

    def body(self) -> Iterable[Widget]:
        yield OptionList(*self._options(), compact=True)
        yield Static(id="replacement", markup=False)
        yield Static(_PREVIEW_HINT, classes="hint")

    def on_mount(self) -> None:
        texts = self.query_one(OptionList)
        texts.focus()
        texts.action_first()

    def _options(self) -> Iterable[Option]:
        document = None
        for number, (of, _one) in enumerate(self._all):
            if of != document:
                document = of
                yield Option(Content.styled(printable(of), "bold"), disabled=True)
            yield Option(self._line(number), str(number))

    def _line(self, number: int) -> Content:
        _, one = self._all[number]
        (start, end), (new_start, new_end) = one.spans[0], one.new_spans[0]
        more = len(one.spans) - 1
        before = one.before[max(start - _BEFORE, 0) : start]
        return Content.assemble(
            f"[{'x' if number in self._ticked else ' '}] ",
            (f"{one.row + 1:>5} ", "dim"),
            (f"({one.trouble}) " if one.trouble else "", "bold"),
            f"{'…' if start > _BEFORE else ''}{printable(before)}[",
            (printable(one.before[start:end]), "strike $text-error"),
            "->",
            (printable(one.after[new_start:new_end]), "bold $text-success"),
            f"]{printable(one.before[end:])}",
            (f"  and {more} more" if more else "", "dim"),
        )

    @on(OptionList.OptionHighlighted)
    def _show(self, event: OptionList.OptionHighlighted) -> None:
        if event.option_id is not None:
            _, one = self._all[int(event.option_id)]
            shown = f"- {printable(one.before)}\n+ {printable(one.after)}"
            self.query_one("#replacement", Static).update(shown)

    @on(OptionList.OptionSelected)
    def _tick(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._turn(event.option_id)

    def action_tick(self) -> None:
        texts = self.query_one(OptionList)
        if texts.highlighted is not None:
            self._turn(texts.get_option_at_index(texts.highlighted).id)
            texts.action_cursor_down()

    def _turn(self, option: str | None) -> None:
        if option is None:
            return
        number = int(option)
        if not self._all[number][1].possible:
            self.app.bell()
            return
        self._ticked ^= {number}
        self._refresh_line(number)

    def action_all(self) -> None:
        """Ticks whatever can be done, but for what a person has settled; if all that is ticked, nothing."""
        free = {number for number, (_, one) in enumerate(self._all) if not one.trouble}
        changed = self._ticked ^ (set() if free <= self._ticked else free)
        self._ticked = set() if free <= self._ticked else free
        for number in changed:
            self._refresh_line(number)

    def _refresh_line(self, number: int) -> None:
        self.query_one(OptionList).replace_option_prompt(str(number), self._line(number))

    def answer(self) -> Chosen | None:
        chosen: dict[str, list[Replacement]] = {}
        for number, (document, one) in enumerate(self._all):
            if number in self._ticked:
                chosen.setdefault(document, []).append(one)
        if not chosen:
            self.refuse("nothing is ticked")
        return chosen or None
