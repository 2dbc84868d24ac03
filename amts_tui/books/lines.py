"""Lines of a text as every reader splits it."""

from __future__ import annotations

from collections.abc import Iterator

from amts_tui.books.format import Span


def line_spans(text: str, start: int, end: int) -> Iterator[Span]:
    """The lines of `text[start:end]` without their line breaks; a line ends at a line feed and at nothing
    else.
    """
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop == -1 else stop
        yield start, stop
        start = stop + 1
