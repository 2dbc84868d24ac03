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
    """Segment by segment where both documents have the same blocks in order; else as `align` finds."""
    if _structure(source) == _structure(translation):
        count = len(source.segments())
        return Counterparts(tuple(SegmentLink((n,), (n,)) for n in range(count)), aligned=False)
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


def _structure(document: Document) -> list[tuple[BlockKind, int, int]]:
    return [
        (block.kind, block.level, len(block.segments))
        for block in document.blocks
        if block.kind not in _LOOSE
    ]


def _segment_of_unit(document: Document) -> list[int]:
    return [ordinal for ordinal, segment in enumerate(document.segments()) for _ in segment.units]
