"""HTML and XHTML as spans: the scanner that finds the blocks of a page, and its inline markup."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from amts_tui.books.format import FoundBlock, Token
from amts_tui.books.html import escaping, inline, scanner
from amts_tui.books.lines import with_angles
from amts_tui.books.model import Block, Item
from amts_tui.books.options import ReadingOptions

__all__ = ["HTML", "XHTML", "Html"]


@dataclass(frozen=True, slots=True)
class Html:
    """Pages as browsers read them; XHTML by the rules of XML, where half a pair of tags breaks the page."""

    name: str
    strict: bool

    def scan(self, text: str, options: ReadingOptions) -> Sequence[FoundBlock]:  # noqa: ARG002
        """The blocks of a page."""
        return scanner.scan(text, xml=self.strict)

    def find_items(self, raw: str) -> Iterator[Token]:
        """Tags, code, formulas, pictures, entities, addresses."""
        return with_angles(raw, inline.find_items(raw, xml=self.strict))

    def tidy(self, text: str, block: Block, items: Sequence[Item]) -> str:
        """No blank lines; one line where the page has one."""
        return escaping.tidy(text, block, items)

    def escapes(self, text: str) -> Sequence[str]:
        """As text; as an attribute's value; with nothing that could be a formula."""
        return escaping.escapes(text, xml=self.strict)


HTML = Html("html", strict=False)
XHTML = Html("xhtml", strict=True)
