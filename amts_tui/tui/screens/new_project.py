"""The form for a new project: languages and folders, with the folders on disk to pick from."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on, work
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.events import DescendantFocus
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Label, OptionList, Static
from textual.widgets.option_list import Option

from amts_tui.tui.screens.dialogs import Dialog, Question
from amts_tui.tui.widgets.wrapping import printable
from amts_tui.tui.wording import counted
from amts_tui.workbench import setup
from amts_tui.workbench.folders import completions
from amts_tui.workbench.setup import NewProject
from amts_tui.workbench.types import AmtsError

if TYPE_CHECKING:
    from amts_tui.tui.app import WorkbenchApp

_HINT = "Tab next field   Up Down Enter take a folder   without folders they are found"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the form says: a language with its folder for the source and for each target."""

    folder: Path
    source: tuple[str, Path | None]
    targets: dict[str, Path | None] = field(default_factory=dict)


class NewProjectDialog(Dialog[Path]):
    """Asks for the books, tells what it has found of them, makes the project, and answers its folder."""

    class Looked(Message):
        """The books have been looked for: what was found, or why not."""

        def __init__(self, wanted: Wanted, found: NewProject | AmtsError) -> None:
            super().__init__()
            self.wanted = wanted
            self.found = found

    def __init__(self) -> None:
        super().__init__("A new project")
        self._targets = 0

    def body(self) -> Iterable[Widget]:
        yield Horizontal(
            Label("project in"), Input(".", compact=True, id="folder", classes="path"), classes="field"
        )
        with VerticalScroll(id="books"):
            yield _book("source", "source", "en")
            yield self._next_target()
        yield OptionList(compact=True, id="folders")
        yield Static(id="said", markup=False)
        yield Static(_HINT, classes="hint")

    def on_mount(self) -> None:
        folders = self.query_one(OptionList)
        folders.can_focus = False
        self.query_one("#books", VerticalScroll).can_focus = False
        self.query_one("#target-1-lang", Input).focus()

    def _next_target(self) -> Horizontal:
        self._targets += 1
        return _book(f"target-{self._targets}", "target", "")

    @on(Input.Changed)
    def _follow(self, event: Input.Changed) -> None:
        """Offers folders for a path, and another line once the last target has a language."""
        if event.input.id == f"target-{self._targets}-lang" and event.value.strip():
            self.query_one("#books").mount(self._next_target())
        if event.input.has_focus:
            self._offer(event.input)

    @on(DescendantFocus)
    def _offer_for(self, event: DescendantFocus) -> None:
        if isinstance(event.widget, Input):
            self._offer(event.widget)

    def _offer(self, line: Input) -> None:
        folders = self.query_one(OptionList)
        folders.clear_options()
        folders.display = line.has_class("path")
        if folders.display:
            folders.add_options(Option(Content(printable(name)), name) for name in completions(line.value))

    def key_down(self) -> None:
        self.query_one(OptionList).action_cursor_down()

    def key_up(self) -> None:
        self.query_one(OptionList).action_cursor_up()

    @on(OptionList.OptionSelected)
    def _take_clicked(self) -> None:
        self._take_folder()

    def _take_folder(self) -> bool:
        """Puts the chosen folder into the line; tells whether there was one."""
        folders, line = self.query_one(OptionList), self.focused
        if folders.highlighted is None or not isinstance(line, Input) or not line.has_class("path"):
            return False
        line.value = str(folders.get_option_at_index(folders.highlighted).id)
        line.cursor_position = len(line.value)
        return True

    @on(Input.Submitted)
    def _take_or_go_on(self, event: Input.Submitted) -> None:
        event.prevent_default()
        if not self._take_folder():
            self.focus_next()

    def _say(self, text: str) -> None:
        self.query_one("#said", Static).update(Content(printable(text)))

    def _value(self, name: str) -> str:
        return self.query_one(f"#{name}", Input).value.strip()

    def _path(self, name: str) -> Path | None:
        value = self._value(f"{name}-path")
        return Path(value).expanduser() if value else None

    def action_accept(self) -> None:
        targets: dict[str, Path | None] = {}
        for number in range(1, self._targets + 1):
            lang = self._value(f"target-{number}-lang")
            if not lang and self._path(f"target-{number}") is None:
                continue
            if not lang or lang in targets:
                self._say(f"target {number} {'needs a language' if not lang else f'is {lang} again'}")
                self.query_one(f"#target-{number}-lang").focus()
                return
            targets[lang] = self._path(f"target-{number}")
        folder = Path(self._value("folder") or ".").expanduser()
        self._say("looking at the books")
        self._look(Wanted(folder, (self._value("source-lang"), self._path("source")), targets))

    @work(thread=True, exclusive=True, group="new-project", exit_on_error=False)
    def _look(self, wanted: Wanted) -> None:
        try:
            found: NewProject | AmtsError = setup.look(wanted.folder, wanted.source, wanted.targets)
        except AmtsError as error:
            found = error
        self.post_message(self.Looked(wanted, found))

    @on(Looked)
    def _ask(self, message: Looked) -> None:
        wanted, found = message.wanted, message.found
        if isinstance(found, AmtsError):
            self._say(str(found))
            return
        self._say("")

        def answered(yes: bool | None) -> None:
            if not yes:
                return
            try:
                made = setup.create(wanted.folder, wanted.source, wanted.targets)
            except AmtsError as error:
                self._say(str(error))
            else:
                self.dismiss(made.root)

        title = f"Make a project in {found.root}?"
        self.app.push_screen(Question(title, "\n".join(_told(found)), "make it and open it"), answered)


def ask_for_project(app: WorkbenchApp, then: Callable[[Path], None]) -> None:
    """Shows the form, and goes on with the folder of a project that was made."""

    def made(folder: Path | None) -> None:
        if folder is not None:
            then(folder)

    app.push_screen(NewProjectDialog(), made)


def _book(name: str, label: str, lang: str) -> Horizontal:
    return Horizontal(
        Label(label),
        Input(lang, compact=True, placeholder="lang", id=f"{name}-lang", classes="lang"),
        Input(compact=True, placeholder="folder, or empty", id=f"{name}-path", classes="path"),
        classes="field",
    )


def _told(found: NewProject) -> list[str]:
    """What was found, as `amts init` says it."""
    lines = [", ".join(f"{lang}: {counted(count, 'document')}" for lang, count in found.documents.items())]
    if found.found:
        lines.append(f"found {found.found}")
    lines += [
        f"{lang}: {pairs.paired} paired by path"
        + (f", {pairs.only_source + pairs.only_target} without a counterpart" if pairs.paired else "")
        for lang, pairs in found.pairs.items()
    ]
    lines += [f"would fit too: {other}" for other in found.others]
    if found.excluded:
        lines.append(f"left out: {', '.join(found.excluded)}")
    return [*map(printable, lines), *(printable(f"warning: {line}") for line in found.warnings)]
