"""The text of a unit as the grid shows it: long inline markup cut to a chip, what the other side lacks with a
sign in front, and a look for each character.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from amts_tui.tui.widgets.wrapping import clip, printable, width_of
from amts_tui.workbench.differences import Match
from amts_tui.workbench.types import BeadUnit

Look = Literal["text", "markup", "match", "shared", "missing"]
LOOKS: tuple[Look, ...] = ("text", "markup", "match", "shared", "missing")
_TEXT, _MARKUP, _MATCH, _SHARED, _MISSING = (bytes([look]) for look in range(len(LOOKS)))

Spans = Sequence[tuple[int, int]]
Found = Callable[[str], Spans]

MISSING_SIGN = "!"
_CHIP_WIDTH = 24
_MISSING_CHIP_WIDTH = 40
_WORTH_CUTTING = 6

_PLACEHOLDER = re.compile(r"\{(?:\d+>?|<\d+)\}")
_PLAIN_ITEMS = frozenset({"literal", "escape"})


@dataclass(frozen=True, slots=True)
class Shown:
    """A text and the index in LOOKS of each of its characters, or None if all are plain."""

    text: str
    looks: bytes | None


def shown(
    unit: BeadUnit, matches: Sequence[Match] = (), found: Found | None = None, *, expanded: bool = False
) -> Shown:
    """The text of a unit; `matches` are those of its raw text, `found` gives the spans of a search in it;
    `expanded` shows inline markup at its full length.
    """
    text = printable(unit.raw)
    markup = markup_spans(unit)
    searched = [] if found is None else list(found(text))
    if not (markup or matches or searched):
        return Shown(text, None)
    looks = bytearray(len(text))
    for start, end in markup:
        looks[start:end] = _MARKUP * (end - start)
    for match in matches:
        if not match.shared:
            looks[match.start : match.end] = _MISSING * (match.end - match.start)
        elif looks[match.start] == _TEXT[0]:
            looks[match.start : match.end] = _SHARED * (match.end - match.start)
    missing = {match.start for match in matches if not match.shared}
    clipped = [] if expanded else _clipped(text, markup, missing, searched)
    for start, end in searched:
        looks[start:end] = _MATCH * (end - start)
    return _edited(text, bytes(looks), sorted([*clipped, *((at, at, MISSING_SIGN) for at in missing)]))


def _clipped(text: str, markup: Spans, missing: set[int], searched: Spans) -> Iterator[tuple[int, int, str]]:
    """What takes the place of which span: markup that is too long and in which the search finds nothing."""
    for start, end in markup:
        width = _MISSING_CHIP_WIDTH if start in missing else _CHIP_WIDTH
        long = width_of(text[start:end]) > width + _WORTH_CUTTING
        if long and not any(begin < end and start < stop for begin, stop in searched):
            yield start, end, clip(text[start:end], width)


def _edited(text: str, looks: bytes, edits: Sequence[tuple[int, int, str]]) -> Shown:
    """The text with spans replaced; what comes in has the look of the character after the place."""
    parts: list[str] = []
    kinds: list[bytes] = []
    done = 0
    for start, end, new in edits:
        parts += [text[done:start], new]
        kinds += [looks[done:start], looks[start : start + 1] * len(new)]
        done = end
    return Shown("".join([*parts, text[done:]]), b"".join([*kinds, looks[done:]]))


def markup_spans(unit: BeadUnit) -> list[tuple[int, int]]:
    """Where inline markup stands in the unit's raw text."""
    hidden = {item.placeholder: item for item in unit.items}
    spans: list[tuple[int, int]] = []
    shift = 0
    for match in _PLACEHOLDER.finditer(unit.text):
        item = hidden.get(match.group())
        if item is None:
            continue
        start = match.start() + shift
        if item.kind.value not in _PLAIN_ITEMS:
            spans.append((start, start + len(item.raw)))
        shift += len(item.raw) - len(match.group())
    return spans
