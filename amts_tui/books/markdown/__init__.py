"""Markdown as spans: the line scanner that finds the blocks of a document."""

from amts_tui.books.markdown.found import FoundBlock
from amts_tui.books.markdown.scanner import scan

__all__ = ["FoundBlock", "scan"]
