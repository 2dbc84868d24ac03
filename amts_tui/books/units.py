"""The units of a segment: its sentences, each with its span in the document and the items that it uses."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from amts_tui.books.characters import Spans, as_read
from amts_tui.books.inline import join_lines, raw_offsets
from amts_tui.books.model import PLACEHOLDER, Block, Segment, Unit
from amts_tui.books.options import ReadingOptions
from amts_tui.books.sentence_cache import SentenceCache, split_all


def with_units(
    blocks: Sequence[Block], lang: str, options: ReadingOptions, kept: SentenceCache | None
) -> Iterator[Block]:
    """The blocks of a document, the sentences of their segments found, or taken from a cache."""
    readings = [as_read(segment.text, segment.items) for block in blocks for segment in block.segments]
    found = split_all([reading.text for reading in readings], lang, options.rules(lang), kept)
    spans = (reading.masked_spans(one) for reading, one in zip(readings, found, strict=True))
    for block in blocks:
        if block.segments:
            segments = tuple(replace(one, units=_units(one, next(spans))) for one in block.segments)
            yield replace(block, segments=segments)
        else:
            yield block


def _units(segment: Segment, spans: Spans) -> tuple[Unit, ...]:
    text, base = segment.text, segment.start
    if not segment.items and not segment.breaks:
        return tuple(Unit(text[first:last], base + first, base + last) for first, last in spans)
    offsets = raw_offsets(text, segment.items, segment.breaks)
    masked = [pair[0] for pair in offsets]

    def place(position: int) -> int:
        known, raw = offsets[bisect_right(masked, position) - 1]
        return base + raw + position - known

    numbers = {item.placeholder: number for number, item in enumerate(segment.items)}
    units = []
    for first, last in spans:
        piece = text[first:last]
        present = {numbers[name] for name in PLACEHOLDER.findall(piece) if name in numbers} if numbers else ()
        used = tuple(segment.items[number] for number in sorted(present))
        units.append(Unit(join_lines(piece, used), place(first), place(last), used))
    return tuple(units)
