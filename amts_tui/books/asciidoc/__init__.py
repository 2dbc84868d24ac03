"""AsciiDoc as spans: the line scanner that finds the blocks of a document, and its inline markup."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from amts_tui.books.asciidoc import escaping, values
from amts_tui.books.asciidoc.markup import find_tokens
from amts_tui.books.asciidoc.scanner import scan
from amts_tui.books.format import Fit, FoundBlock, Token
from amts_tui.books.lines import with_angles
from amts_tui.books.model import Block, Item, Segment
from amts_tui.books.options import ReadingOptions

__all__ = ["ASCIIDOC", "AsciiDoc", "scan"]


@dataclass(frozen=True, slots=True)
class AsciiDoc:
    """AsciiDoc as Asciidoctor reads it."""

    name: str = "asciidoc"
    strict: bool = False

    def scan(self, text: str, options: ReadingOptions) -> Sequence[FoundBlock]:  # noqa: ARG002
        """The blocks of an AsciiDoc text."""
        return scan(text)

    def find_items(self, raw: str) -> Iterator[Token]:
        """Code, macros, references, links, notes, formatted text and the like."""
        return with_angles(raw, find_tokens(raw))

    def tidy(self, text: str, block: Block, items: Sequence[Item]) -> str:
        """The text in the form that its block needs, with marks that are seen beside letters too."""
        return escaping.tidy(text, block, items)

    def escapes(self, text: str) -> Sequence[str]:
        """As it is, with its lines escaped, escaped throughout."""
        return (text, escaping.escape_lines(text), escaping.escape_all(text))

    def fit(self, text: str, block: Block, segment: Segment, raw: str) -> Fit:
        """A title with its underline, an attribute's value with its quotes."""
        return values.fit(text, block, segment, raw)

    def space(self, text: str, items: Sequence[Item]) -> str:
        """A masked text with double marks or spaces where single marks touch letters."""
        return escaping.space(text, items)


ASCIIDOC = AsciiDoc()
