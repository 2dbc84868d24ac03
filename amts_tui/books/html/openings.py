"""The open elements around a place in an HTML text, and what they make of the text there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from amts_tui.books.html.elements import CONTAINERS, ENDED_BY, KINDS, LISTS
from amts_tui.books.model import BlockKind


class Place(NamedTuple):
    """What a line of text is where it stands."""

    kind: BlockKind
    level: int
    name: str
    within: str


@dataclass(slots=True)
class _Element:
    """An open element: `kind` of the text in it, which the element `owner` gives it; `outside` what that
    lies in; `filled` whether it has had text.
    """

    name: str
    kind: BlockKind
    level: int
    depth: int
    within: str
    outside: str
    translated: bool
    owner: _Element | None = None
    filled: bool = False


class Elements:
    """The elements that are open, innermost last."""

    def __init__(self) -> None:
        self._stack = [_Element("", BlockKind.PARAGRAPH, 0, 0, "", "", True)]
        self._places: dict[str, list[int]] = {}

    @property
    def translated(self) -> bool:
        """Whether the text here may be translated."""
        return self._stack[-1].translated

    @property
    def within(self) -> str:
        """What a block here lies in."""
        return self._stack[-1].within

    def place(self) -> Place:
        """What text here is: only the first in a list item is the item."""
        top = self._stack[-1]
        name = "title" if top.name == "title" else ""
        if top.kind is BlockKind.LIST_ITEM and top.owner and top.owner.filled:
            return Place(BlockKind.PARAGRAPH, 0, name, top.within)
        own = top.kind in (BlockKind.LIST_ITEM, BlockKind.QUOTE)
        return Place(top.kind, top.level, name, top.outside if own else top.within)

    def fill(self) -> None:
        """Note that there is text here."""
        if owner := self._stack[-1].owner:
            owner.filled = True

    def open(self, name: str, kept: bool | None) -> None:
        """Open an element, after those that end where it begins; `kept`: it says that it must not (True) or
        may (False) be translated.
        """
        self._end_implied(name)
        around = self._stack[-1]
        depth = around.depth + (name in LISTS)
        element = _Element(
            name, around.kind, around.level, depth, around.within, around.outside, around.translated
        )
        element.owner = around.owner
        if name in KINDS:
            element.kind, element.owner, element.outside = KINDS[name], element, around.within
            element.level = _level(name, depth)
        element.within = CONTAINERS.get(name, around.within)
        if kept is not None:
            element.translated = not kept
        self._places.setdefault(name, []).append(len(self._stack))
        self._stack.append(element)

    def close(self, name: str) -> None:
        """Close the innermost element of this name with all that is open in it, if there is one."""
        if places := self._places.get(name):
            self._cut(places[-1])

    def _end_implied(self, name: str) -> None:
        if self._stack[-1].name == "p":
            self._cut(len(self._stack) - 1)
        if name in ENDED_BY:
            ended, barriers = ENDED_BY[name]
            barrier = max(map(self._last, barriers))
            if inside := [place for place in map(self._last, ended) if place > barrier]:
                self._cut(min(inside))

    def _last(self, name: str) -> int:
        places = self._places.get(name)
        return places[-1] if places else 0

    def _cut(self, length: int) -> None:
        """Close all but the outer `length` elements."""
        while len(self._stack) > length:
            self._places[self._stack.pop().name].pop()


def _level(name: str, depth: int) -> int:
    if name == "title":
        return 1
    if name == "li":
        return max(depth, 1)
    return int(name[1]) if len(name) == 2 and name[1].isdigit() else 0
