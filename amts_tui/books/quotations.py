"""Quotations of more than one sentence: a short one within a sentence is not cut."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Final

from amts_tui.books.sentence_ends import CLOSERS, STOPS
from amts_tui.books.typography import is_cjk

_MATES: Final = {"“": "”", "„": "“”", "«": "»", "「": "」", "『": "』", '"': '"'}
_INWARD: Final = {"»": "«"}  # as German and Danish books set them
_MARK: Final = re.compile('[“”„«»「」『』"]')
_LONGEST: Final = 160  # characters; a longer quotation has sentences of its own
_LONGEST_CJK: Final = 50


def without_quotation_cuts(text: str, boundaries: Sequence[int], lang: str) -> list[int]:
    """`boundaries` (ascending) without those inside short quotations that are a part of their sentence: one
    goes on before or after them.
    """
    if not boundaries:
        return []
    kept: list[int] = []
    position = 0
    for start, end in _quotations(text, lang):
        first, last = bisect_right(boundaries, start), bisect_left(boundaries, end)
        if first >= last:
            continue
        kept += boundaries[position:first]
        position = first
        if _is_part(text, start, end, boundaries):
            position = last
    return [*kept, *boundaries[position:]]


def _quotations(text: str, lang: str) -> Iterator[tuple[int, int]]:
    """The outermost quotations that are short enough: offset of the opening mark, and after the closing
    one.
    """
    mates = _MATES | _INWARD if lang in ("de", "da") else _MATES
    start = -1
    for mark in _MARK.finditer(text):
        place, char = mark.start(), mark[0]
        if start >= 0 and place - start > _LONGEST:
            start = -1
        if start >= 0 and char in mates[text[start]] and not (char == '"' and _opens(text, place)):
            if place - start <= (_LONGEST_CJK if is_cjk(text[start + 1]) else _LONGEST):
                yield start, place + 1
            start = -1
        elif char in mates and (start < 0 or char == '"') and (char != '"' or _opens(text, place)):
            start = place


def _opens(text: str, place: int) -> bool:
    """Whether a straight quote opens something: space or another opening mark before it, none after it."""
    before, after = text[max(0, place - 1) : place], text[place + 1 : place + 2]
    if not after or after.isspace():
        return False
    return not before or before.isspace() or before in "([{（—–-：，"


def _is_part(text: str, start: int, end: int, boundaries: Sequence[int]) -> bool:
    """Whether the sentence that holds a quotation holds more than it."""
    earlier = bisect_right(boundaries, start)
    before = text[boundaries[earlier - 1] if earlier else 0 : start]
    if before.strip():
        return True
    later = bisect_left(boundaries, end)
    after = text[end : boundaries[later] if later < len(boundaries) else len(text)]
    return bool(after.strip(CLOSERS + STOPS + " "))
