"""The last line: the keys that one needs most, as many as there is room for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.app import ComposeResult
from textual.widgets import Footer
from textual.widgets._footer import FooterKey

from amts_tui.tui.widgets.wrapping import width_of

_ALWAYS = frozenset({"help", "quit"})
_BLANKS = 3  # around a key and behind its label


class KeyLine(Footer):
    """A footer that leaves out whole keys where the line is short, but never help and quit."""

    def __init__(self) -> None:
        super().__init__(show_command_palette=False)

    def compose(self) -> ComposeResult:
        keys = [widget for widget in super().compose() if isinstance(widget, FooterKey)]
        room = fitting([(_width(key), key.action in _ALWAYS) for key in keys], self.app.size.width)
        yield from (key for key, shown in zip(keys, room, strict=True) if shown)

    def on_resize(self) -> None:
        self.call_after_refresh(self.recompose)


def _width(key: FooterKey) -> int:
    return width_of(key.key_display) + width_of(key.description) + _BLANKS


def fitting(keys: Sequence[tuple[int, bool]], width: int) -> Iterator[bool]:
    """Whether each of the keys, given as cells and whether it must stay, is shown on a line: the first ones
    that leave room for those that must.
    """
    room = width - sum(cells for cells, needed in keys if needed)
    for cells, needed in keys:
        if not needed:
            room -= cells
        yield needed or room >= 0
