"""What the scanner hands over: blocks as spans."""

from __future__ import annotations

from dataclasses import dataclass

from amts_tui.books.model import BlockKind

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class FoundBlock:
    """A block as offsets into the text; `spans` are its translatable stretches, marks excluded."""

    kind: BlockKind
    start: int
    end: int
    spans: tuple[Span, ...] = ()
    level: int = 0
    name: str = ""
    within: str = ""
