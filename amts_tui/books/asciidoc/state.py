"""Where the scanner is in a text: its lines, what has been found, and what is open at the line at hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from amts_tui.books.asciidoc import patterns
from amts_tui.books.asciidoc.attributes import Style
from amts_tui.books.asciidoc.lines import Container, Line, Lists, split_lines
from amts_tui.books.format import FoundBlock, Span
from amts_tui.books.model import BlockKind

NOT_IT: Final = -1
"""What a reader of a kind of block answers where no such block begins."""

NO_STYLE: Final = Style()

ScanRegion = Callable[[str, int, int, str, int], Sequence[FoundBlock]]
"""Scans a stretch of a text by itself: text, start, end, name of what it lies in, depth."""


class State:
    """The scanner's state over `text[start:end]`; `depth` is the number of cells that it lies in."""

    def __init__(self, text: str, start: int, end: int, within: str, depth: int, nested: ScanRegion) -> None:
        self.text = text
        self.lines = split_lines(text, start, end)
        self.outermost = within
        self.depth = depth
        self.nested = nested
        self.found: list[FoundBlock] = []
        self.containers: list[Container] = []
        self.lists = Lists()
        self.style = NO_STYLE  # what the attribute lines above the block at hand say
        self.attached = False  # whether the block at hand belongs to a list item
        self.term_depth = 0  # of a term that still waits for its text

    def emit(
        self,
        kind: BlockKind,
        start: int,
        end: int,
        spans: tuple[Span, ...] = (),
        *,
        level: int = 0,
        name: str = "",
    ) -> None:
        self.found.append(FoundBlock(kind, start, end, spans, level, name, self.within()))

    def within(self) -> str:
        if self.attached and self.lists.marks:
            return "item"
        return self.containers[-1].name if self.containers else self.outermost

    def begin(self) -> Style:
        """Begin a block that belongs to no list unless it is attached; returns the style set above it."""
        if not self.attached:
            self.lists.marks.clear()
        self.term_depth = 0
        style, self.style = self.style, NO_STYLE
        return style

    def closes(self, line: Line) -> bool:
        """Whether a line closes one of the open delimited blocks."""
        if not self.containers or line.indented:
            return False
        delimiter = self.text[line.start : line.end]
        return any(container.delimiter == delimiter for container in self.containers)

    def rstrip(self, start: int, end: int) -> int:
        return start + len(self.text[start:end].rstrip())

    def emit_titles(self, titles: list[Span], end: int) -> None:
        """A block for each title among attributes, with what stands between it and the next one."""
        for number, (start, _) in enumerate(titles):
            last = titles[number + 1][0] if number + 1 < len(titles) else end
            self.emit(BlockKind.CAPTION, start, self.rstrip(start, last), (titles[number],), name="attribute")

    def is_item(self, line: Line) -> bool:
        text = self.text
        return bool(
            patterns.UNORDERED.match(text, line.first, line.end)
            or patterns.ORDERED.match(text, line.first, line.end)
            or patterns.CALLOUT.match(text, line.first, line.end)
            or patterns.TERM.search(text, line.first + 1, line.end)
        )

    def end_of_text(self, index: int) -> int:
        """The index of the last line of the text that begins on a line."""
        in_list = bool(self.lists.marks)
        while index + 1 < len(self.lines) and not self.interrupts(self.lines[index + 1], in_list):
            index += 1
        return index

    def interrupts(self, line: Line, in_list: bool) -> bool:
        """Whether a line ends the paragraph before it."""
        if line.blank:
            return True
        text, start, end = self.text, line.start, line.end
        if (
            patterns.ATTRIBUTES.match(text, start, end)
            or patterns.DELIMITER.match(text, start, end)
            or patterns.COMMENT.match(text, start, end)
            or patterns.PREPROCESSOR.match(text, start, end)
        ):
            return True
        if not in_list:
            return False
        return (
            text[start:end] == "+"
            or self.is_item(line)
            or bool(patterns.TITLE.match(text, start, end) or patterns.ENTRY.match(text, start, end))
        )

    def end_of(self, index: int) -> int:
        """The index of the line that closes the delimited block opened on a line, else of the last line with
        text before the end of what is around it.
        """
        opening = self.lines[index]
        delimiter = self.text[opening.start : opening.end]
        delimiter = "```" if delimiter.startswith("```") else delimiter
        last = index
        for number in range(index + 1, len(self.lines)):
            line = self.lines[number]
            if self.text[line.start : line.end] == delimiter:
                return number
            if self.closes(line):
                break
            if not line.blank:
                last = number
        return last

    def enter(self, mark: str) -> int:
        self.style, self.term_depth = NO_STYLE, 0
        return self.lists.enter(mark)

    def emit_item(self, start: int, span: Span, level: int, name: str, end: int = 0) -> None:
        self.attached = False
        self.emit(BlockKind.LIST_ITEM, start, end or span[1], (span,), level=level, name=name)
        self.attached = True
