"""Markdown as spans: the line scanner that finds the blocks of a document, and its inline markup."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from amts_tui.books.format import Fit, FoundBlock, Token
from amts_tui.books.markdown import escaping
from amts_tui.books.markdown.dialects import AUTO, DIALECTS, Dialect, dialect_of
from amts_tui.books.markdown.fitting import fit
from amts_tui.books.markdown.markup import find_tokens
from amts_tui.books.markdown.scanner import scan
from amts_tui.books.model import Block, BlockKind, Item, Segment
from amts_tui.books.options import ReadingOptions

__all__ = [
    "AUTO",
    "DIALECTS",
    "IN_DIALECT",
    "MARKDOWN",
    "Dialect",
    "Markdown",
    "dialect_of",
    "markdown_of",
    "scan",
]

_NO_MDX = frozenset({BlockKind.FRONT_MATTER, BlockKind.MATH, BlockKind.CODE})


@dataclass(frozen=True, slots=True)
class Markdown:
    """Markdown in one dialect; without `dialect` each text is in the one that it shows."""

    name: str = "markdown"
    dialect: Dialect | None = None
    strict: bool = False

    def scan(self, text: str, options: ReadingOptions) -> Sequence[FoundBlock]:
        """The blocks of a Markdown text."""
        return scan(text, options, self.dialect)

    def find_items(self, raw: str) -> Sequence[Token]:
        """Code, formulas, roles, links, emphasis, slide marks and the like; in MDX also expressions."""
        return find_tokens(raw, expressions=self.dialect is Dialect.MDX)

    def tidy(self, text: str, block: Block, items: Sequence[Item]) -> str:
        """No blank lines, one line only where there can be one, blanks outside emphasis marks, no bare `|` in
        a cell, in MDX nothing that begins an expression or an element.
        """
        text = escaping.tidy(text, block, items)
        if self.dialect is Dialect.MDX and block.kind not in _NO_MDX:
            text = escaping.escape_expressions(text)
        return text

    def escapes(self, text: str) -> Sequence[str]:
        """As it is, with its lines escaped, escaped throughout; nothing hides a directive of d2lbook."""
        if escaping.begins_directive(text):
            return ()
        return (text, escaping.escape_lines(text), escaping.escape_all(text))

    def fit(self, text: str, block: Block, segment: Segment, raw: str) -> Fit | None:
        """A value of the front matter, quoted if it must be; None for what a formula cannot hold."""
        return fit(text, block, segment, raw)

    def space(self, text: str, _items: Sequence[Item]) -> str:
        """The text itself: marks of Markdown are seen between letters."""
        return text


MARKDOWN: Final = Markdown()
IN_DIALECT: Final = {dialect: Markdown(str(dialect), dialect) for dialect in Dialect}


def markdown_of(text: str, wanted: str) -> Markdown:
    """The format of a text in the dialect `wanted`, or, for `auto`, in the one that it shows."""
    return IN_DIALECT[dialect_of(text, wanted)]
