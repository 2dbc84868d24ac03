"""What entities, escapes and line breaks stand for, and a masked text as it reads with them."""

from __future__ import annotations

import html
import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from amts_tui.books.model import PLACEHOLDER, Item, ItemForm, ItemKind

_BREAK: Final = re.compile(r"<[bB][rR]\b[^>]*>")
ASCIIDOC_CHARACTERS: Final = {
    "empty": "",
    "blank": "",
    "sp": " ",
    "nbsp": "\xa0",
    "zwsp": "\u200b",
    "wj": "\u2060",
    "apos": "'",
    "quot": '"',
    "lsquo": "‘",
    "rsquo": "’",
    "ldquo": "“",
    "rdquo": "”",
    "deg": "°",
    "plus": "+",
    "brvbar": "¦",
    "vbar": "|",
    "amp": "&",
    "lt": "<",
    "gt": ">",
    "startsb": "[",
    "endsb": "]",
    "caret": "^",
    "asterisk": "*",
    "tilde": "~",
    "backslash": "\\",
    "backtick": "`",
    "two-colons": "::",
    "two-semicolons": ";;",
    "cpp": "C++",
    "cxx": "C++",
    "pp": "++",
}
"""The attributes of AsciiDoc that stand for characters, by name."""

Spans = Sequence[tuple[int, int]]


def character_of(item: Item) -> str | None:
    """What an entity, an escape or a line break stands for; None for any other item."""
    if item.kind is ItemKind.ENTITY:
        named = ASCIIDOC_CHARACTERS.get(item.raw[1:-1]) if item.raw.startswith("{") else None
        return html.unescape(item.raw) if named is None else named
    if item.kind is ItemKind.ESCAPE:
        return " " if "\n" in item.raw or item.raw.startswith("<") else item.core[1:]
    if item.kind is ItemKind.HTML and item.form is ItemForm.SINGLE and _BREAK.fullmatch(item.raw):
        return " "
    return None


@dataclass(frozen=True, slots=True)
class Reading:
    """A masked text with characters in place of the items that stand for some, as `text`.

    `pieces` holds for each of these where its characters begin and end in `text`, and where its placeholder
    does in the masked text.
    """

    masked: str
    text: str
    pieces: Sequence[tuple[int, int, int, int]]

    def place(self, place: int) -> int:
        """The offset in the masked text of one in `text`; never inside a placeholder."""
        at = bisect_left(self.pieces, (place,)) - 1
        if at < 0:
            return place
        _, end, _, masked_end = self.pieces[at]
        return masked_end + max(0, place - end)

    def masked_spans(self, spans: Iterable[tuple[int, int]]) -> Spans:
        """Stretches of `text`, in order and with white space between them, as stretches of the masked text.

        What stands for white space between two goes with the first of them, so that all items are inside.
        """
        if not self.pieces:
            return list(spans)
        found = [(self._start(start), self.place(end)) for start, end in spans]
        for _, _, first, last in self.pieces if found else ():
            at = max(0, bisect_left(found, (last,)) - 1)
            start, end = found[at]
            found[at] = min(start, first), max(end, last)
        return found

    def _start(self, place: int) -> int:
        start = self.place(place)
        while self.masked[start : start + 1].isspace():  # after characters of which only some are before it
            start += 1
        return start


def as_read(text: str, items: Iterable[Item]) -> Reading:
    """A masked text as it reads."""
    shown = {item.placeholder: shown for item in items if (shown := character_of(item)) is not None}
    if not shown:
        return Reading(text, text, ())
    parts: list[str] = []
    pieces: list[tuple[int, int, int, int]] = []
    position = length = 0
    for match in PLACEHOLDER.finditer(text):
        characters = shown.get(match[0])
        if characters is not None:
            parts += [text[position : match.start()], characters]
            start = length + match.start() - position
            length = start + len(characters)
            position = match.end()
            pieces.append((start, length, *match.span()))
    parts.append(text[position:])
    return Reading(text, "".join(parts), pieces)
