"""Plain text as spans: paragraphs, items of lists, underlined titles, and what is clearly no prose.

Nothing marks the blocks of a plain text but its lines, so each stretch between blank lines is judged by
itself, and by what a translation keeps: where lines end sentences, where they begin with the mark of an item,
how they are indented. Case and width are no signs, as they do not survive translation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from amts_tui.books.format import FoundBlock, Token
from amts_tui.books.inline import join_lines, without_blank_lines
from amts_tui.books.lines import line_spans, with_angles
from amts_tui.books.model import Block, BlockKind, Item, ItemForm, ItemKind
from amts_tui.books.options import ReadingOptions
from amts_tui.books.sentence_ends import CLOSERS, STOPS

_ITEM = re.compile(r"(?:[-*+•‣◦]|[0-9]{1,3}[.)]|\([0-9]{1,3}\)|[a-z]\))[ \t]+(?=\S)")
_ROMAN = re.compile(r"[IVXLC]{1,7}\.[ \t]+(?=\S)")
_UNDERLINE = re.compile(r"([=~^\"#_*-])\1{2,}$")
_AFTER_SENTENCE = CLOSERS + "\"'_*”’»」』）"
_LONG = 120  # characters; no hand wraps its lines that late
_GAP = re.compile(r"\S(?: {3,}|\t)(?=\S)")
_SYMBOLS = frozenset("{}[]();=<>+*/\\|&^%$#@_~`")
_PROMPT = re.compile(r"(?:\$|>>>|%) ")
_ADDRESS = re.compile(
    r"(?P<url><?(?<![A-Za-z0-9])(?:https?|ftp)://[!-;=?-Z\\\[\]^_a-z{|}~]{1,2000})"
    r"|(?<![\w.+-])[\w.%+-]{1,64}@[A-Za-z0-9][A-Za-z0-9.-]{0,200}\.[A-Za-z]{2,10}"
)
_AFTER_URL = ".,;:!?'\"*_)]}"


class _Line(NamedTuple):
    """A line `[start, end)` without white space around it; `indent` is the number of characters before it."""

    start: int
    end: int
    indent: int


def scan(text: str) -> list[FoundBlock]:
    """The blocks of `text` in order, without overlap; together they cover all but white space."""
    found = []
    start = 0
    if text.startswith("\ufeff"):
        found.append(FoundBlock(BlockKind.OTHER, 0, 1, name="bom"))
        start = 1
    for lines in _stretches(text, start):
        found += _Stretch(text, lines).blocks()
    return found


def _stretches(text: str, begin: int) -> Iterator[list[_Line]]:
    """The lines between blank lines."""
    lines: list[_Line] = []
    for start, stop in line_spans(text, begin, len(text)):
        piece = text[start:stop]
        content = piece.strip()
        if content:
            first = start + len(piece) - len(piece.lstrip())
            lines.append(_Line(first, first + len(content), first - start))
        elif lines:
            yield lines
            lines = []
    if lines:
        yield lines


@dataclass(frozen=True, slots=True)
class _Stretch:
    """The lines between two blank ones."""

    text: str
    lines: list[_Line]

    def blocks(self) -> Iterator[FoundBlock]:
        """The blocks in these lines."""
        lines = self.lines
        if len(lines) > 1 and self._is_underline(lines[1]) and not self._is_underline(lines[0]):
            level = 1 if self.text[lines[1].start] == "=" else 2
            yield FoundBlock(
                BlockKind.HEADING, lines[0].start, lines[1].end, ((lines[0].start, lines[0].end),), level
            )
            yield from _Stretch(self.text, lines[2:]).blocks()
        elif lines and (kind := self._kind_of_figure()):
            yield FoundBlock(kind, lines[0].start, lines[-1].end)
        elif lines:
            yield from list(self._in_columns()) or self._texts()

    def _is_underline(self, line: _Line) -> bool:
        return _UNDERLINE.match(self.text, line.start, line.end) is not None

    def _kind_of_figure(self) -> BlockKind | None:
        """What these lines are if they are clearly no prose: code, or else a rule, a table, a drawing."""
        pieces = [self.text[line.start : line.end] for line in self.lines]
        solid = "".join("".join(pieces).split())
        words = sum(map(str.isalnum, solid))
        if not words or (len(pieces) > 1 and words < len(solid) * 0.5):
            return BlockKind.OTHER
        symbols = sum(char in _SYMBOLS for char in solid) / len(solid)
        indented = all(line.indent >= 4 or self.text[line.start - 1] == "\t" for line in self.lines)
        if indented and (symbols > 0.1 or _PROMPT.match(pieces[0])):
            return BlockKind.CODE
        if len(pieces) > 1 and symbols > 0.2:
            return BlockKind.CODE
        columns = [len(_GAP.findall(piece)) + piece.count("|") for piece in pieces]
        tabular = sum(count > 1 for count in columns)
        return BlockKind.OTHER if len(pieces) > 1 and tabular > len(pieces) * 0.6 else None

    def _in_columns(self) -> Iterator[FoundBlock]:
        """The lines each by itself if most of them have a gap, as in a table of contents."""
        gaps = [tuple(_GAP.finditer(self.text, line.start, line.end)) for line in self.lines]
        if len(gaps) < 2 or sum(map(bool, gaps)) <= len(gaps) * 0.6:
            return
        for line, places in zip(self.lines, gaps, strict=True):
            starts = [line.start, *(gap.end() for gap in places)]
            ends = [*(gap.start() + 1 for gap in places), line.end]
            spans = tuple(zip(starts, ends, strict=True))
            yield FoundBlock(BlockKind.PARAGRAPH, line.start, line.end, spans)

    def _texts(self) -> Iterator[FoundBlock]:
        """Items and paragraphs."""
        lines = self.lines
        marks = self._marks()
        begins = {0, *marks} | set(self._paragraph_starts(marks))
        starts = sorted(begins)
        for number, first in enumerate(starts):
            last = lines[(starts[number + 1] if number + 1 < len(starts) else len(lines)) - 1]
            start = lines[first].start
            if first in marks:
                level = min(lines[first].indent // 2 + 1, 9)
                yield FoundBlock(BlockKind.LIST_ITEM, start, last.end, ((marks[first], last.end),), level)
            else:
                yield FoundBlock(BlockKind.PARAGRAPH, start, last.end, ((start, last.end),))

    def _marks(self) -> dict[int, int]:
        """The lines that begin with the mark of an item, and where their text begins.

        A number inside a paragraph is a mark only if the first line has one, or after a colon or another one.
        """
        found: dict[int, int] = {}
        romans = [number for number, line in enumerate(self.lines) if self._match(_ROMAN, line)]
        counting = False
        in_romans = len(romans) > 1 and romans[0] == 0
        for number, line in enumerate(self.lines):
            match = self._match(_ITEM, line) or (self._match(_ROMAN, line) if in_romans else None)
            if not match:
                continue
            bullet = not match[0][0].isalnum() and match[0][0] != "("
            if bullet or counting or number == 0 or self.text[self.lines[number - 1].end - 1] in ":：":
                found[number] = match.end()
                counting = counting or number == 0 or not bullet
        return found

    def _match(self, pattern: re.Pattern[str], line: _Line) -> re.Match[str] | None:
        return pattern.match(self.text, line.start, line.end)

    def _paragraph_starts(self, marks: dict[int, int]) -> Iterator[int]:
        """The lines that begin a paragraph: all of them where each ends a sentence, else those farther in."""
        if not marks and self._by_line():
            yield from range(len(self.lines))
            return
        least = min(line.indent for line in self.lines)
        deeper = [line.indent > least + 1 or self.text[line.start - 1] == "\u3000" for line in self.lines]
        last = min(marks, default=len(self.lines))
        if sum(deeper) > len(deeper) / 2 + 1:
            return
        for number in range(1, last):
            if deeper[number] and (deeper[0] or self._is_complete(number - 1)):
                yield number

    def _by_line(self) -> bool:
        complete = sum(self._is_complete(number) for number in range(len(self.lines)))
        if len(self.lines) <= 3:
            return complete == len(self.lines)
        return complete * 10 >= len(self.lines) * 7

    def _is_complete(self, number: int) -> bool:
        """Whether a line ends a sentence or is too long to have been wrapped."""
        line = self.lines[number]
        tail = self.text[max(line.start, line.end - 8) : line.end].rstrip(_AFTER_SENTENCE)
        return tail[-1:] in frozenset(STOPS) or line.end - line.start >= _LONG


def find_items(raw: str) -> Iterator[Token]:
    """Addresses of pages and of people."""
    if "://" not in raw and "@" not in raw:
        return
    for match in _ADDRESS.finditer(raw):
        start, end = match.span()
        if match["url"]:
            start += raw[start] == "<"
            address = raw[start:end].rstrip(_AFTER_URL)
            closes = raw[start + len(address) : end].startswith(")") and address.count("(") > address.count(
                ")"
            )
            end = start + len(address) + closes
        yield Token(start, end, ItemForm.SINGLE, ItemKind.URL)


@dataclass(frozen=True, slots=True)
class Plain:
    """Text without markup."""

    name: str = "plain"
    strict: bool = False

    def scan(self, text: str, options: ReadingOptions) -> Sequence[FoundBlock]:  # noqa: ARG002
        """The blocks of a plain text."""
        return scan(text)

    def find_items(self, raw: str) -> Iterator[Token]:
        """Addresses of pages and of people."""
        items = find_items(raw)
        return items if raw.startswith(">") else with_angles(raw, items)

    def tidy(self, text: str, block: Block, items: Sequence[Item]) -> str:
        """No blank lines; one line for a title."""
        text = without_blank_lines(text)
        return join_lines(text, items) if block.kind is BlockKind.HEADING else text

    def escapes(self, text: str) -> Sequence[str]:
        """As it is; in one line; with a no-break space after what would be the mark of an item."""
        line = join_lines(text)
        mark = _ITEM.match(line)
        return (
            (text, line, line[: mark.end()].rstrip() + "\u00a0" + line[mark.end() :])
            if mark
            else (text, line)
        )


PLAIN: Final = Plain()
