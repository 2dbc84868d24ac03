"""Pairing runs of `*`, `_` and `~~` into emphasis: the delimiter stack of CommonMark 0.31, lenient beside CJK
letters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from amts_tui.books.typography import is_cjk_letter, is_cjk_quote, is_punctuation


@dataclass(slots=True)
class Delimiter:
    """What is left of a run of one character while it is being paired."""

    char: str
    start: int
    length: int
    opens: bool
    closes: bool
    run: int

    @classmethod
    def at(cls, text: str, start: int, end: int) -> Delimiter:
        """The run `text[start:end]` with what its neighbours allow it to do."""
        before = text[start - 1] if start else " "
        after = text[end] if end < len(text) else " "
        double = end - start > 1
        left = _flanks(after, before, lenient=double)
        right = _flanks(before, after, lenient=double)
        char = text[start]
        opens, closes = left, right
        if char == "_":
            opens = left and (not right or is_punctuation(before))
            closes = right and (not left or is_punctuation(after))
        return cls(char, start, end - start, opens, closes, end - start)


def _flanks(inner: str, outer: str, *, lenient: bool) -> bool:
    """Whether a run between `inner` and `outer` leans on `inner`; `lenient`: also on a quote in CJK text."""
    if inner.isspace():
        return False
    if not is_punctuation(inner) or outer.isspace() or is_punctuation(outer):
        return True
    return lenient and is_cjk_letter(outer) and is_cjk_quote(inner)


def pair_delimiters(delimiters: Sequence[Delimiter]) -> list[tuple[int, int, int]]:
    """The pairs (start of the opening mark, start of the closing mark, length of each: 1 or 2), properly
    nested.
    """
    pairs: list[tuple[int, int, int]] = []
    openers: list[Delimiter] = []
    barren: dict[tuple[str, bool, int], int] = {}
    for closer in delimiters:
        if closer.closes:
            _close(closer, openers, barren, pairs)
        if closer.length and closer.opens:
            openers.append(closer)
    return pairs


def _close(
    closer: Delimiter,
    openers: list[Delimiter],
    barren: dict[tuple[str, bool, int], int],
    pairs: list[tuple[int, int, int]],
) -> None:
    """Pair `closer` with openers while it lasts. `barren` remembers the height below which none fits, so that
    time stays linear.
    """
    key = (closer.char, closer.opens, closer.run % 3)
    while closer.length:
        floor = barren.get(key, 0)
        index = len(openers) - 1
        while index >= floor and not _fit(openers[index], closer):
            index -= 1
        if index < floor:
            barren[key] = len(openers)
            return
        opener = openers[index]
        length = 2 if opener.length >= 2 and closer.length >= 2 else 1
        opener.length -= length
        pairs.append((opener.start + opener.length, closer.start, length))
        closer.start += length
        closer.length -= length
        del openers[index + (1 if opener.length else 0) :]
        for other, height in barren.items():
            barren[other] = min(height, len(openers))


def _fit(opener: Delimiter, closer: Delimiter) -> bool:
    if opener.char != closer.char:
        return False
    if opener.char == "~":
        return opener.run == closer.run == 2
    if (opener.closes or closer.opens) and (opener.run + closer.run) % 3 == 0:
        return opener.run % 3 == 0 and closer.run % 3 == 0
    return True
