"""The units of a segment: its sentences, each with its span in the document and the items that it uses."""

from __future__ import annotations

from bisect import bisect_right

from amts_tui.books.inline import join_lines, raw_offsets, used_items
from amts_tui.books.model import Item, Unit
from amts_tui.books.options import DEFAULT_OPTIONS, ReadingOptions
from amts_tui.books.sentences import split


def find_units(
    text: str,
    items: tuple[Item, ...],
    breaks: tuple[str, ...],
    *,
    start: int,
    lang: str,
    options: ReadingOptions = DEFAULT_OPTIONS,
) -> tuple[Unit, ...]:
    """The units of a segment with the masked `text`, which begins at offset `start` of its document."""
    spans = split(text, lang, options.rules(lang))
    offsets = raw_offsets(text, items, breaks)
    masked = [pair[0] for pair in offsets]

    def place(position: int) -> int:
        base, raw = offsets[bisect_right(masked, position) - 1]
        return start + raw + position - base

    units = []
    for first, last in spans:
        piece = text[first:last]
        used = used_items(piece, items)
        units.append(Unit(join_lines(piece, used), place(first), place(last), used))
    return tuple(units)
