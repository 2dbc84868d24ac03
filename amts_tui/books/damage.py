"""What a text that a person typed does to the protected items of the text that it replaces: lost, doubled,
altered, made up.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from amts_tui.books.model import Item, ItemForm, ItemKind

_NAMES: Final = {
    ItemKind.CODE: "inline code",
    ItemKind.MATH: "formula",
    ItemKind.ROLE: "reference",
    ItemKind.LINK: "link",
    ItemKind.IMAGE: "picture",
    ItemKind.URL: "address",
    ItemKind.HTML: "tag",
    ItemKind.SLIDE: "slide mark",
}
_LINE_BREAK: Final = re.compile(r"<br\b[^>]*>|[ \t]*[\\+]?[ \t]*\r?\n[ \t>]*", re.IGNORECASE)
_SOFT_BREAK: Final = re.compile(r"[ \t]*\r?\n[ \t]*(?:>[ \t]?)*")
_LONGEST: Final = 60


@dataclass(frozen=True, slots=True)
class Damage:
    """What happened to an item: `reason` says it, `sign` is a stretch of raw text that tells the item.

    `harmless` if the source has no such item either.
    """

    reason: str
    sign: str
    harmless: bool = False


class _Kept(NamedTuple):
    """A protected item, or a pair of them (`closing` is its other half), however its white space is
    written.
    """

    name: str
    opening: str
    closing: str = ""

    @property
    def sign(self) -> str:
        return max(self.opening, self.closing, key=len)

    @property
    def shown(self) -> str:
        whole = (f"{self.opening}…{self.closing}" if self.closing else self.opening).strip("\\+ ")
        return whole if len(whole) <= _LONGEST else whole[: _LONGEST - 1] + "…"

    def __str__(self) -> str:
        return f"the {self.name} {self.shown}".rstrip()


def damage(own: Sequence[Item], new: Sequence[Item], source: Sequence[Item] | None = None) -> list[Damage]:
    """What a text with the items `new` does to those of the text that it replaces, its `own`, and of its
    `source`, if that is known.

    What brings the text nearer to its source is harmless. Marks of emphasis and entities are free; an item
    that neither text had is told only if it took the place of another, or is a placeholder of nothing.
    """
    had, has = Counter(_kept(own)), Counter(_kept(new))
    wanted = had if source is None else Counter(_kept(source))
    lost = had - has
    gained = (has - had) - (wanted - had)
    found: list[Damage] = []
    for name in dict.fromkeys(item.name for item in [*lost, *gained]):
        room = _number(wanted, name) - _number(has, name)
        found += _of_one_name(
            [item for item in lost.elements() if item.name == name],
            [item for item in gained if item.name == name],
            _Counts(had, has, wanted),
            room,
            " of the source" if source is not None else "",
        )
    made_up = _literals(new) - _literals(own) - _literals(source or ())
    return found + [Damage(f"{raw} stands for nothing here and is written as it is", raw) for raw in made_up]


class _Counts(NamedTuple):
    """How many of each item the old text had, the new one has, the source has."""

    had: Counter[_Kept]
    has: Counter[_Kept]
    wanted: Counter[_Kept]


def _of_one_name(
    lost: Sequence[_Kept], gained: Sequence[_Kept], counts: _Counts, room: int, whose: str
) -> Iterator[Damage]:
    """The damage to items of one name, of which the new text has `room` fewer than the source. A lost one
    that the source spells otherwise is missed if there is room, or if another took its place.
    """
    of_source = [item for item in lost if counts.wanted[item] > counts.has[item]]
    others = [item for item in lost if counts.wanted[item] <= counts.has[item]]
    foreign = [item for item in gained if not counts.had[item] and not counts.wanted[item]]
    missed = of_source + others[: max(0, room - len(of_source), len(foreign) - len(of_source))]
    instead = _likest(missed, foreign)
    for number, item in enumerate(missed):
        told = f"{item}{whose}" if counts.wanted[item] else str(item)
        fate = f"now {instead[number].shown}" if number in instead else "gone"
        yield Damage(f"{told} is {fate}", item.sign)
    for item in others[len(missed) - len(of_source) :]:
        yield Damage(f"{item} is gone; the source has none like it", item.sign, harmless=True)
    for item in gained:
        if item not in foreign:
            yield Damage(f"{item} stands there {counts.has[item]} times", item.sign)


def _likest(missed: Sequence[_Kept], foreign: Sequence[_Kept]) -> dict[int, _Kept]:
    """What took the place of which missed item, by its number: the one that begins and ends most like it."""
    free = dict(enumerate(missed))
    taken: dict[int, _Kept] = {}
    for item in foreign[: len(missed)]:
        number = max(free, key=lambda place: _alikeness(free[place].sign, item.sign))
        taken[number] = item
        del free[number]
    return taken


def _alikeness(one: str, other: str) -> int:
    """How many characters two texts have alike at both ends."""
    return sum(
        next((n for n, (a, b) in enumerate(zip(*pair, strict=False)) if a != b), min(len(one), len(other)))
        for pair in ((one, other), (reversed(one), reversed(other)))
    )


def _number(items: Counter[_Kept], name: str) -> int:
    return sum(times for item, times in items.items() if item.name == name)


def _literals(items: Sequence[Item]) -> Counter[str]:
    return Counter(item.raw for item in items if item.kind is ItemKind.LITERAL)


def _kept(items: Sequence[Item]) -> list[_Kept]:
    """The items that must stay, a pair as one. Where items are of several units, numbers may come again."""
    found: list[_Kept] = []
    closings: dict[int, str] = {}
    for item in reversed(items):
        if item.form is ItemForm.CLOSE:
            closings[item.number] = item.core
        elif name := _name(item):
            closing = closings.pop(item.number, "") if item.form is ItemForm.OPEN else ""
            found.append(_Kept(name, _SOFT_BREAK.sub(" ", item.core), _SOFT_BREAK.sub(" ", closing)))
    return found[::-1]


def _name(item: Item) -> str:
    """What a maintainer calls an item that must stay; "" for what is free to go."""
    if item.core == "<tab/>":
        return "tab"
    if _LINE_BREAK.fullmatch(item.core):
        return "line break"
    return _NAMES.get(item.kind, "")
