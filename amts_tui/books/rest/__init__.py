"""reStructuredText as spans: the scanner that finds the blocks of a document, and its inline markup."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from amts_tui.books.format import Fit, FoundBlock, Token
from amts_tui.books.lines import with_angles
from amts_tui.books.model import Block, BlockKind, Item, Segment
from amts_tui.books.options import ReadingOptions
from amts_tui.books.rest import escaping
from amts_tui.books.rest.markup import find_tokens
from amts_tui.books.rest.scanner import scan
from amts_tui.books.rest.tables import fit_cell
from amts_tui.books.rest.titles import fit_title

__all__ = ["REST", "Rest", "scan"]


@dataclass(frozen=True, slots=True)
class Rest:
    """reStructuredText as docutils reads it, with the directives and roles of Sphinx."""

    name: str = "rest"
    strict: bool = False

    def scan(self, text: str, options: ReadingOptions) -> Sequence[FoundBlock]:
        """The blocks of a reStructuredText."""
        return scan(text, options)

    def find_items(self, raw: str) -> Iterator[Token]:
        """Literals, roles, references, emphasis and the like."""
        return with_angles(raw, find_tokens(raw))

    def tidy(self, text: str, block: Block, items: Sequence[Item]) -> str:
        """No blank lines, one line only where there can be one, markup set off from letters."""
        return escaping.tidy(text, block, items)

    def escapes(self, text: str) -> Sequence[str]:
        """As it is, with its lines escaped, escaped throughout."""
        return (text, escaping.escape_lines(text), escaping.escape_all(text))

    def fit(self, text: str, block: Block, segment: Segment, raw: str) -> Fit | None:
        """A title with its lines of marks, a cell with the blanks after it."""
        if block.kind is BlockKind.HEADING:
            return fit_title(text, block, segment, raw)
        if block.kind is BlockKind.TABLE_CELL:
            return fit_cell(text, segment, raw)
        return Fit.only(segment, raw)

    def space(self, text: str, items: Sequence[Item]) -> str:
        """A masked text with escaped blanks around markup that touches letters."""
        return escaping.space(text, items)


REST = Rest()
