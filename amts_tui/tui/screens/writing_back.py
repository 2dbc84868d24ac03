"""Writing edited texts into the book's files: counted, asked for, done, and what was refused shown."""

from __future__ import annotations

import glob
from collections.abc import Sequence
from pathlib import Path

from textual import on, work
from textual.message import Message

from amts_tui.tui.reporting import Failed
from amts_tui.tui.screens.base import ModeScreen
from amts_tui.tui.screens.dialogs import Question
from amts_tui.workbench import write_back
from amts_tui.workbench.session import Pipeline
from amts_tui.workbench.types import AmtsError
from amts_tui.workbench.write_back import Waiting, WrittenBack

_MOST_FILES = 8
_WORK = "writing back"


class WriteBackScreen(ModeScreen):
    """A mode with a key that writes edited texts into the book's files."""

    class Counted(Message):
        """It is known which texts wait."""

        def __init__(self, pipeline: Pipeline, waiting: Sequence[Waiting]) -> None:
            super().__init__()
            self.pipeline = pipeline
            self.waiting = waiting

    class Written(Message):
        """Files have been written; `failed` are those that could not be."""

        def __init__(self, done: Sequence[WrittenBack], failed: Sequence[AmtsError]) -> None:
            super().__init__()
            self.done = done
            self.failed = failed

    def ask_write_back(self, documents: Sequence[str] = ()) -> None:
        """Asks whether the edited texts (of some documents) may be written into the files."""
        try:
            self.workbench.writable()
        except AmtsError as error:
            self.amts.complain(error)
        else:
            self._count_edits(self.desk.pipeline, documents)

    def after_write_back(self) -> None:
        """Takes up what is in the files now."""
        raise NotImplementedError

    @work(thread=True, exclusive=True, group="write-back", exit_on_error=False)
    def _count_edits(self, pipeline: Pipeline, documents: Sequence[str]) -> None:
        try:
            waiting = write_back.waiting(self.workbench, pipeline, [glob.escape(path) for path in documents])
        except AmtsError as error:
            self.post_message(Failed(_WORK, error))
        else:
            self.post_message(self.Counted(pipeline, waiting))

    @on(Counted)
    def _ask(self, message: Counted) -> None:
        waiting, pipeline = message.waiting, message.pipeline
        if not waiting:
            self.amts.tell("no edited text waits to be written into the book's files")
            return

        def go_on(yes: bool | None) -> None:
            if yes:
                self._write_files(pipeline, [one.document for one in waiting])

        root = self.workbench.project.root
        lines = [f"{_texts(one.texts):>10}  {_relative(one.file, root)}" for one in waiting[:_MOST_FILES]]
        if len(waiting) > _MOST_FILES:
            rest = waiting[_MOST_FILES:]
            lines.append(f"{_texts(sum(one.texts for one in rest)):>10}  in {len(rest)} more files")
        lines += ["", "The files as they are now are kept in .amts/backup."]
        self.app.push_screen(
            Question("Write edited texts into the book's files?", "\n".join(lines), "write them"), go_on
        )

    @work(thread=True, exclusive=True, group="write-back", exit_on_error=False)
    def _write_files(self, pipeline: Pipeline, documents: Sequence[str]) -> None:
        done: list[WrittenBack] = []
        failed: list[AmtsError] = []
        for path in documents:
            try:
                done += write_back.write_back(self.workbench, pipeline, [glob.escape(path)])
            except AmtsError as error:
                failed.append(error)
        self.post_message(self.Written(done, failed))

    @on(Written)
    def _say_written(self, message: Written) -> None:
        written = sum(one.written for one in message.done)
        files = sum(one.written > 0 for one in message.done)
        self.amts.tell(f"{_texts(written)} written into {files} file{'s' if files != 1 else ''}")
        notes = [f"note: {line}" for one in message.done for line in one.notes]
        self.amts.tell_all(notes, "notes", "information")
        damaged = [f"damaged: {line}" for one in message.done for line in one.damaged]
        self.amts.tell_all(damaged, "texts have lost or doubled something", "warning")
        refused = [f"refused: {line}" for one in message.done for line in one.refused]
        self.amts.tell_all([*refused, *map(str, message.failed)], "refusals", "error")
        self.after_write_back()


def _relative(file: Path, root: Path) -> Path:
    return file.relative_to(root) if file.is_relative_to(root) else file


def _texts(count: int) -> str:
    return f"{count} text{'s' if count != 1 else ''}"
