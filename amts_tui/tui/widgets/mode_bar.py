"""The top line: the modes with their keys, the project and the direction."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from amts_tui.tui.keymap import MODE_LABELS
from amts_tui.tui.widgets.wrapping import clip, clip_start, printable, width_of

_LEAST_PLACE = 8


class ModeBar(Static):
    """Shows which mode is on; brackets mark it where colour does not."""

    def __init__(self, mode: str) -> None:
        super().__init__(id="mode-bar")
        self._mode = mode

    def show(self, direction: str, place: str, *, tail: bool) -> None:
        """Puts the direction, and of the place as much as there is room for, at the right end; with `tail`
        the end of the place is kept.
        """
        left = Content.assemble(
            " amts ", *(self._label(mode, key, name) for mode, (key, name) in MODE_LABELS.items())
        )
        room = max(self.app.size.width - left.cell_length - 2, 1)
        shorten = clip_start if tail else clip
        rest = room - width_of(direction) - 2
        right = (
            f"{direction}  {shorten(printable(place), rest)}"
            if rest >= _LEAST_PLACE
            else clip(direction, room)
        )
        self.update(Content.assemble(left, " " * (room - width_of(right) + 1), right))

    def _label(self, mode: str, key: str, name: str) -> tuple[str, str]:
        text = f"{key} {name}"
        return (f"[{text}]", "bold reverse") if mode == self._mode else (f" {text} ", "")
