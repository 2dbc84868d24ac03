"""What the scanner knows while it goes through the lines: the open containers and the blocks found so far."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

from amts_tui.books.format import FoundBlock, Span
from amts_tui.books.model import BlockKind
from amts_tui.books.options import ReadingOptions
from amts_tui.books.rest.lines import columns, split_lines

NOT_IT: Final = -1
"""What a reader returns for a line that is not its own."""

_BEFORE_DOCINFO = frozenset({BlockKind.COMMENT, BlockKind.FRONT_MATTER, BlockKind.HEADING})


@dataclass(slots=True)
class Frame:
    """An open container: what is indented more than `outer` lies in it, `indent` is the column of its text.

    `outside` is the name of the nearest container around it that is no list item; `captions` says that its
    next paragraph is a caption.
    """

    outer: int
    indent: int
    name: str = ""
    outside: str = ""
    item: bool = False
    quote: bool = False
    captions: bool = False


class Mark(NamedTuple):
    """What the mark before a paragraph makes of it."""

    kind: BlockKind
    name: str = ""
    level: int = 0


class State:
    """The lines of a text, the open containers, innermost last, and the blocks.

    `lead` is where the next block begins: before its list marks; `mark` what they make of it. A reader that
    takes only a mark off its line sets `resume` to what follows.
    """

    def __init__(self, text: str, options: ReadingOptions) -> None:
        self.text = text
        self.options = options
        self.lines = split_lines(text, text.startswith("\ufeff"))
        self.found: list[FoundBlock] = []
        self.frames = [Frame(-1, 0)]
        self.items = 0
        self.adornments: dict[str, int] = {}
        self.lead = 0
        self.mark: Mark | None = None
        self.resume = NOT_IT
        self.docinfo = True
        self._filled = self._next_filled()

    def _next_filled(self) -> list[int]:
        filled = [len(self.lines)] * (len(self.lines) + 1)
        for index in range(len(self.lines) - 1, -1, -1):
            filled[index] = filled[index + 1] if self.lines[index].blank else index
        return filled

    @property
    def top(self) -> Frame:
        return self.frames[-1]

    @property
    def base(self) -> int:
        """The column of the text of the innermost container."""
        return self.frames[-1].indent

    def filled(self, index: int) -> int:
        """The first line from `index` on that is not blank; the number of lines if there is none."""
        return self._filled[min(index, len(self.lines))]

    def indent_at(self, index: int) -> int:
        """The indentation of a line; -1 if it is blank or beyond the end."""
        return self.lines[index].indent if index < len(self.lines) and not self.lines[index].blank else -1

    def enter(self, indent: int) -> None:
        """Close and open containers for a line with this indentation: what is indented further is a quote."""
        while self.top.outer >= indent:
            self.items -= self.frames.pop().item
        if indent < self.top.indent:
            self.top.indent = indent
        elif indent > self.top.indent:
            self.open(Frame(self.top.indent, indent, "quote", quote=True))

    def open(self, frame: Frame) -> None:
        top = self.top
        frame.outside = top.outside if top.item else top.name
        self.items += frame.item
        self.frames.append(frame)

    def open_body(self, index: int, name: str, *, quote: bool = False, captions: bool = False) -> None:
        """Open the container of a body whose indentation that of its first line from `index` on tells."""
        base = self.base
        following = self.indent_at(self.filled(index))
        indent = following if following > base else base + 1
        self.open(Frame(base, indent, name, quote=quote, captions=captions))

    def indented_end(self, index: int) -> int:
        """The line after the last one that is indented under the line before `index`."""
        last = index
        while (following := self.filled(last)) < len(self.lines):
            if self.lines[following].indent <= self.base:
                break
            last = following + 1
        return last

    def run_end(self, index: int, *, deeper: bool = False) -> int:
        """The line after those from `index` on without a blank line that begin where the text does, or
        `deeper`.
        """
        while (indent := self.indent_at(index)) != -1:
            if (indent <= self.base) if deeper else (indent != self.base):
                break
            index += 1
        return index

    def step(self, index: int, first: int, end: int) -> int:
        """The columns that a mark `[first, end)` of a line takes."""
        if "\t" not in self.text[first:end]:
            return end - first
        start = self.lines[index].start
        return columns(self.text, start, end) - columns(self.text, start, first)

    def emit(
        self,
        kind: BlockKind,
        end: int,
        spans: tuple[Span, ...] = (),
        *,
        name: str = "",
        level: int = 0,
        within: str | None = None,
    ) -> None:
        """Add a block from `lead` to `end`."""
        place = self.top.name if within is None else within
        self.found.append(FoundBlock(kind, self.lead, end, spans, level, name, place))
        self.mark = None
        if kind not in _BEFORE_DOCINFO and "docinfo" not in (name, place) and name != "target":
            self.docinfo = False

    def emit_prose(self, end: int, spans: tuple[Span, ...], name: str = "") -> None:
        """Add a block of text, of the kind that the mark before it and the container say."""
        spans = tuple(span for span in spans if span[0] < span[1])
        mark, top = self.mark, self.top
        if mark:
            name = " ".join(filter(None, (mark.name, name)))
            self.emit(mark.kind, end, spans, name=name, level=mark.level, within=top.outside)
            return
        kind = BlockKind.QUOTE if top.quote else BlockKind.PARAGRAPH
        if top.captions:
            kind, top.captions = BlockKind.CAPTION, False
        self.emit(kind, end, spans, name=name)
