"""A paragraph while its lines are collected, and the blocks it makes: text, and pictures that fill lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from amts_tui.books.format import FoundBlock, Span
from amts_tui.books.markdown import patterns
from amts_tui.books.markdown.markup import LINK_TARGET, bracket_mates
from amts_tui.books.model import BlockKind


@dataclass(slots=True)
class Paragraph:
    """The lines of a paragraph: of each the offsets of its first mark, its first character and its end."""

    kind: BlockKind
    start: int
    level: int
    within: str
    lines: list[tuple[int, int, int]] = field(default_factory=list)

    @property
    def content(self) -> Span:
        return self.lines[0][1], self.lines[-1][2]


def paragraph_blocks(text: str, paragraph: Paragraph) -> Iterator[FoundBlock]:
    """The blocks of a paragraph: a picture that fills its lines is a block of its own."""
    begin = index = 0
    lines = paragraph.lines
    pictured = any(text.startswith("![", first) for _, first, _ in lines)
    mates = bracket_mates(text, *paragraph.content) if pictured else {}
    while index < len(lines):
        picture = _picture(text, paragraph, index, mates) if pictured else None
        if not picture:
            index += 1
            continue
        last, alt = picture
        yield from _text_block(paragraph, begin, index)
        start = paragraph.start if index == 0 else lines[index][0]
        spans = (alt,) if alt[0] < alt[1] else ()
        yield FoundBlock(BlockKind.IMAGE, start, lines[last][2], spans, within=paragraph.within)
        begin = index = last + 1
    yield from _text_block(paragraph, begin, len(lines))


def _picture(text: str, paragraph: Paragraph, index: int, mates: dict[int, int]) -> tuple[int, Span] | None:
    """Of a picture that begins at line `index` and fills its lines: its last line and its alt text."""
    first = paragraph.lines[index][1]
    if not text.startswith("![", first) or first + 1 not in mates:
        return None
    alt = (first + 2, mates[first + 1])
    target = LINK_TARGET.match(text, alt[1], paragraph.content[1])
    if not target:
        return None
    attributes = patterns.ATTRIBUTE_LIST.match(text, target.end())
    end = attributes.end() if attributes else target.end()
    last = next(number for number in range(index, len(paragraph.lines)) if paragraph.lines[number][2] >= end)
    return (last, alt) if paragraph.lines[last][2] == end else None


def _text_block(paragraph: Paragraph, begin: int, end: int) -> Iterator[FoundBlock]:
    if begin == end:
        return
    kind, level = paragraph.kind, paragraph.level
    if begin and kind in (BlockKind.LIST_ITEM, BlockKind.CAPTION):
        kind, level = BlockKind.PARAGRAPH, 0
    start = paragraph.start if begin == 0 else paragraph.lines[begin][0]
    content = (paragraph.lines[begin][1], paragraph.lines[end - 1][2])
    yield FoundBlock(kind, start, content[1], (content,), level, within=paragraph.within)
