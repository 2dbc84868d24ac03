"""Markdown as spans: the line scanner that finds the blocks of a document, and its inline markup."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from amts_tui.books.format import FoundBlock, Token
from amts_tui.books.markdown import escaping
from amts_tui.books.markdown.markup import find_tokens
from amts_tui.books.markdown.scanner import scan
from amts_tui.books.model import Block, Item
from amts_tui.books.options import ReadingOptions

__all__ = ["MARKDOWN", "FoundBlock", "Markdown", "scan"]


@dataclass(frozen=True, slots=True)
class Markdown:
    """CommonMark with the dialects that books use."""

    name: str = "markdown"
    strict: bool = False

    def scan(self, text: str, options: ReadingOptions) -> Sequence[FoundBlock]:
        """The blocks of a Markdown text."""
        return scan(text, options)

    def find_items(self, raw: str) -> Sequence[Token]:
        """Code, formulas, roles, links, emphasis, slide marks and the like."""
        return find_tokens(raw)

    def tidy(self, text: str, block: Block, items: Sequence[Item]) -> str:
        """No blank lines, one line only where there can be one, blanks outside emphasis marks, no bare `|` in
        a cell.
        """
        return escaping.tidy(text, block, items)

    def escapes(self, text: str) -> Sequence[str]:
        """As it is, with its lines escaped, escaped throughout; nothing hides a directive of d2lbook."""
        if escaping.begins_directive(text):
            return ()
        return (text, escaping.escape_lines(text), escaping.escape_all(text))


MARKDOWN = Markdown()
