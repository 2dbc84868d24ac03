"""The documents of the book, chapter by chapter, with how far each of them is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import PurePosixPath

from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from amts_tui.tui.widgets.wrapping import clip, clip_middle, printable, width_of

_NAME_WIDTH = 20


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A document in the list; `percent` is the settled share of its rows, `doubtful` their number."""

    path: str
    chapter: str
    percent: int
    doubtful: int


class DocumentList(OptionList, can_focus=False):
    """Shows which document is open; a click opens another one."""

    DEFAULT_CSS = """
    DocumentList {
        width: 31;
        height: 1fr;
        padding: 0;
        border: none;
        background: $surface;
        scrollbar-size-vertical: 1;
        text-wrap: nowrap;
        text-overflow: clip;
        & > .option-list--option-highlighted {
            background: $primary 30%;
            color: $foreground;
            text-style: bold;
        }
        & > .option-list--option-disabled { color: $text-muted; text-style: none; }
        &:ansi > .option-list--option-highlighted { background: ansi_blue; color: ansi_bright_white; }
    }
    """
    ALLOW_SELECT = False

    class Opened(Message):
        """Somebody wants to see a document."""

        def __init__(self, path: str) -> None:
            super().__init__()
            self.path = path

    def __init__(self) -> None:
        super().__init__(compact=True)
        self._documents: tuple[DocumentLine, ...] = ()

    def show(self, lines: Sequence[DocumentLine], current: str) -> None:
        """Shows documents; `current` is the open one."""
        if tuple(lines) != self._documents:
            self._documents = tuple(lines)
            self.set_options(
                option
                for chapter, group in groupby(lines, lambda line: line.chapter)
                for option in (
                    Option(Content(clip(printable(chapter), _NAME_WIDTH + 9)), disabled=True),
                    *(Option(_content(line), line.path) for line in group),
                )
            )
        if current in (line.path for line in lines):
            self.highlighted = self.get_option_index(current)
            self.scroll_to_highlight()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if event.option_id is not None:
            self.post_message(self.Opened(event.option_id))


def _content(line: DocumentLine) -> Content:
    """Name, settled share, and the doubtful rows with the sign that they have in the grid."""
    path = PurePosixPath(line.path.removeprefix(f"{line.chapter}/"))
    name = clip_middle(printable(str(path.with_suffix(""))), _NAME_WIDTH)
    doubtful = f"{min(line.doubtful, 999)}?" if line.doubtful else ""
    return Content.assemble(
        f" {name}{' ' * (_NAME_WIDTH - width_of(name))}",
        (f"{line.percent:>4}%", "$text-success" if line.percent == 100 else ""),
        (f"{doubtful:>5}", "$text-warning"),
    )
