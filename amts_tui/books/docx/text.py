"""The text of a Word document as a format: a block for each line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from amts_tui.books.docx import notation
from amts_tui.books.format import FoundBlock, Token
from amts_tui.books.inline import join_lines, outside_placeholders
from amts_tui.books.model import Block, BlockKind, Item, ItemKind
from amts_tui.books.options import ReadingOptions
from amts_tui.books.typography import has_letter

_KINDS: Final = {
    "h": BlockKind.HEADING,
    "li": BlockKind.LIST_ITEM,
    "td": BlockKind.TABLE_CELL,
    "caption": BlockKind.CAPTION,
    "quote": BlockKind.QUOTE,
    "code": BlockKind.CODE,
}
_SHOWN_ALONE: Final = {
    ItemKind.MATH: BlockKind.MATH,
    ItemKind.IMAGE: BlockKind.IMAGE,
    ItemKind.CODE: BlockKind.CODE,
}
_WITHOUT_PROSE: Final = {BlockKind.CODE, BlockKind.MATH, BlockKind.IMAGE, BlockKind.OTHER}
_WITH_LEVEL: Final = {BlockKind.HEADING, BlockKind.LIST_ITEM}
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BLANKS = re.compile(r"[\t\r\n]+")


@dataclass(frozen=True, slots=True)
class DocxText:
    """Paragraphs of Word as lines in the notation of `amts_tui.books.docx.notation`."""

    name: str = "docx"
    strict: bool = True

    def scan(self, text: str, options: ReadingOptions) -> Sequence[FoundBlock]:
        """A block for each line that is not blank."""
        del options
        blocks = []
        start = 0
        for line in text.split("\n"):
            if line.strip():
                blocks.append(_block(line.strip(), start + len(line) - len(line.lstrip())))
            start += len(line) + 1
        return blocks

    def find_items(self, raw: str) -> Sequence[Token]:
        """Tags, protected items and escaped marks."""
        return notation.find_items(raw)

    def tidy(self, text: str, block: Block, items: Sequence[Item]) -> str:
        """One line without blanks around it."""
        del block
        return join_lines(text, items).strip()

    def escapes(self, text: str) -> Sequence[str]:
        """On one line, without characters that no XML can hold, and with nothing that looks like a tag."""
        line = _NOT_IN_XML.sub("", _BLANKS.sub(" ", text))
        return (outside_placeholders(line, notation.literal),)


DOCX_TEXT: Final = DocxText()


def _block(line: str, start: int) -> FoundBlock:
    end = start + len(line)
    found = notation.marked(line)
    mark, text = found or ("", line)
    first = start + (len(mark) + 2 if found else 0)
    kind = _kind(mark, text)
    spans = () if kind in _WITHOUT_PROSE else ((first, first + len(text)),)
    level = int(mark[-1]) if kind in _WITH_LEVEL else 0
    return FoundBlock(kind, start, end, spans, level)


def _kind(mark: str, text: str) -> BlockKind:
    """What a line is, by what it says of its paragraph, else by the only thing that the paragraph shows."""
    words = notation.plain(text)
    shown = notation.shown_kinds(text)
    if not words.strip() and not shown:
        return BlockKind.OTHER
    if mark:
        return _KINDS[mark.rstrip("123456789")]
    return _SHOWN_ALONE[shown[0]] if shown and not has_letter(words) else BlockKind.PARAGRAPH
