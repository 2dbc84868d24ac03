"""Pairing the marks of formatted text: `*`, `_`, `#` and their doubles, `^` and `~`, between links and notes.

The rules of neighbours are Asciidoctor's: a single mark opens after what is no word character, `;`, `:` or
`}` and closes before what is no word character. Beside a CJK letter they are overlooked: Asciidoctor does not
see such a mark, but its author meant it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from amts_tui.books.format import Token
from amts_tui.books.model import ItemForm, ItemKind
from amts_tui.books.typography import is_cjk_letter

_MARK = re.compile(
    r"(?P<role>\[[^\[\]\n\x1a]{1,200}\](?=[*_#^~]))?(?:(?P<mark>\*\*?|__?|##?)|(?P<raised>[\^~]))"
)
BLOT = "\x1a"
"""What stands in a shadow for each opaque character: no part of a word, no blank, no mark."""

_RAISED = re.compile(r"([\^~])[^\s^~]+\1")


def pair_tokens(kind: ItemKind, first: int, first_end: int, last: int, last_end: int) -> tuple[Token, Token]:
    """The two halves of a pair."""
    opening = Token(first, first_end, ItemForm.OPEN, kind, last)
    return opening, Token(last, last_end, ItemForm.CLOSE, kind, first)


def may_open(before: str, after: str, mark: str = "") -> bool:
    """Whether a single mark between two characters ("" at an end) may open, CJK letters passed over."""
    return (is_cjk_letter(before or " ") and not (after or " ").isspace()) or opens(before, after, mark)


def may_close(before: str, after: str) -> bool:
    """Whether a single mark between two characters may close, CJK letters passed over."""
    return (is_cjk_letter(after or " ") and not (before or " ").isspace()) or closes(before, after)


def opens(before: str, after: str, mark: str = "") -> bool:
    """Whether Asciidoctor lets a single mark between two characters open."""
    if not after or after.isspace():
        return False
    return not (is_word(before) or before in (";", ":", "}") or (mark == "#" and before == "&"))


def closes(before: str, after: str) -> bool:
    """Whether Asciidoctor lets a single mark between two characters close."""
    return bool(before) and not before.isspace() and not is_word(after)


def is_word(char: str) -> bool:
    """Whether a character counts as part of a word; "" does not."""
    return char == "_" or char.isalnum()


_Frame = dict[str, tuple[int, int]]
"""The marks that are open inside one link or note, in order, by mark: place and end of the token."""


def find_pairs(shadow: str, bounds: Sequence[tuple[int, int]]) -> list[Token]:
    """The pairs of marks in `shadow`, in which all that is opaque is blotted out.

    `bounds` are the links and notes as places of their two halves: no pair crosses one of them.
    """
    found: list[Token] = []
    opens = {start for start, _ in bounds}
    stops = sorted(place for pair in bounds for place in pair)
    frames: list[_Frame] = [{}]
    position = passed = 0
    while match := _MARK.search(shadow, position):
        start, position = match.span()
        while passed < len(stops) and stops[passed] <= start:
            if stops[passed] in opens:
                frames.append({})
            else:
                frames.pop()
            passed += 1
        place = match.end("role") if match["role"] else start
        if match["mark"]:
            position = _pair_mark(shadow, match["mark"], start, place, frames[-1], found)
        elif whole := _RAISED.match(shadow, place, stops[passed] if passed < len(stops) else len(shadow)):
            position = whole.end()
            found += pair_tokens(ItemKind.EMPHASIS, start, place + 1, position - 1, position)
    return found


def _pair_mark(shadow: str, mark: str, start: int, place: int, frame: _Frame, found: list[Token]) -> int:
    """Close or open with the mark at `place`, whose role begins at `start`; returns where to go on."""
    end = place + len(mark)
    before, after = shadow[place - 1 : place] if place else "", shadow[end : end + 1]
    double = len(mark) == 2
    opener = frame.get(mark)
    if opener and opener[1] < place and (double or may_close(before, after)):
        found += pair_tokens(ItemKind.EMPHASIS, *opener, place, end)
        for name in reversed(list(frame)):
            del frame[name]
            if name == mark:
                break
        return end
    outer = shadow[start - 1 : start] if start else ""
    if not opener and (after if double else may_open(outer, after, mark)):
        frame[mark] = (start, end)
    elif not opener and start < place and after and may_open("]", after, mark):
        frame[mark] = (place, end)  # what stands in brackets before it is text
    return end
