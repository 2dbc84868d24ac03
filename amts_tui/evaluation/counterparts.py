"""Which segments of a translated document belong to which of its source: by structure, else by alignment."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from amts_tui.alignment.model import Link
from amts_tui.books.model import BlockKind, Document

Align: TypeAlias = Callable[[Document, Document], Sequence[Link]]
"""Aligns the units of two documents, numbered over all their segments."""

_LOOSE: Final = frozenset(
    {BlockKind.COMMENT, BlockKind.DIRECTIVE, BlockKind.FRONT_MATTER, BlockKind.HTML, BlockKind.OTHER}
)
"""What translators add and drop without touching the structure of the text."""


@dataclass(frozen=True, slots=True)
class SegmentLink:
    """Ordinals of segments that translate each other."""

    source: tuple[int, ...]
    target: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Counterparts:
    """The links between a document and its translation; `aligned` if their structures differ."""

    links: tuple[SegmentLink, ...]
    aligned: bool


def find_counterparts(source: Document, translation: Document, align: Align) -> Counterparts:
    """Block by block where both documents have the same blocks in order; else as `align` finds.

    A block that has text on one side only, such as a table cell that a translation leaves with a number, has
    no counterpart.
    """
    ours, theirs = _structure(source), _structure(translation)
    if [shape for shape, _ in ours] == [shape for shape, _ in theirs]:
        pairs = zip((found for _, found in ours), (found for _, found in theirs), strict=True)
        return Counterparts(tuple(SegmentLink(*pair) for pair in pairs if all(pair)), aligned=False)
    left, right = _segment_of_unit(source), _segment_of_unit(translation)
    links = (
        SegmentLink(
            tuple(dict.fromkeys(left[unit] for unit in link.source)),
            tuple(dict.fromkeys(right[unit] for unit in link.target)),
        )
        for link in align(source, translation)
        if link.source and link.target
    )
    return Counterparts(tuple(dict.fromkeys(links)), aligned=True)


def _structure(document: Document) -> list[tuple[tuple[BlockKind, int], tuple[int, ...]]]:
    """The kind and level of each block that counts, and the ordinals of its segments."""
    found: list[tuple[tuple[BlockKind, int], tuple[int, ...]]] = []
    ordinal = 0
    for block in document.blocks:
        ordinals = tuple(range(ordinal, ordinal + len(block.segments)))
        ordinal += len(ordinals)
        if block.kind not in _LOOSE:
            found.append(((block.kind, block.level), ordinals))
    return found


def _segment_of_unit(document: Document) -> list[int]:
    return [ordinal for ordinal, segment in enumerate(document.segments()) for _ in segment.units]
