"""Emphasis marks of a translation set where Markdown sees them.

A translator moves a pair of tags freely; as `*` or `_` it only counts where it leans on a word (CommonMark
0.31, section 6.2).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from amts_tui.books.model import PLACEHOLDER, Item, ItemForm, ItemKind
from amts_tui.books.typography import is_punctuation

_TOKEN: Final = re.compile(rf"{PLACEHOLDER.pattern}|.", re.DOTALL)


def seat_emphasis(text: str, items: Sequence[Item]) -> str:
    """A masked text in which every pair of emphasis marks is read as one.

    Blanks at the inner edges go outside, and so does punctuation that keeps a mark from being seen; where a
    protected item does, a blank is put outside. A pair around nothing is taken out.
    """
    by_name = {item.placeholder: item for item in items}
    # Inner pairs open after outer ones: from the last to the first, an emptied pair leaves nothing behind.
    for item in reversed(items):
        closing = f"{{<{item.number}}}"
        if item.form is ItemForm.OPEN and item.kind is ItemKind.EMPHASIS and closing in by_name:
            text = _seated(text, item, closing, by_name)
    return text


def _seated(text: str, item: Item, closing: str, by_name: Mapping[str, Item]) -> str:
    head, opening, rest = text.partition(item.placeholder)
    middle, found, tail = rest.partition(closing)
    if not found:
        return text
    before, inner, after = (_TOKEN.findall(part) for part in (head, middle, tail))
    front = _Edge(by_name, item.raw, backwards=False)
    back = _Edge(by_name, item.raw, backwards=True)
    front.clear(before, inner)
    after.reverse()
    inner.reverse()
    back.clear(after, inner)
    if inner:
        back.part(after, inner)
        inner.reverse()
        front.part(before, inner)
        inner = [opening, *inner, closing]
    return "".join([*before, *inner, *reversed(after)])


class _Edge:
    """One end of a pair: tokens outside, the nearest last, and inside, the nearest first."""

    def __init__(self, by_name: Mapping[str, Item], raw: str, *, backwards: bool) -> None:
        self._by_name = by_name
        self._intraword = not raw.startswith("_")
        self._backwards = backwards

    def clear(self, outer: list[str], inner: list[str]) -> None:
        """Moves out what may not stand at the edge."""
        while inner and (inner[0].isspace() or (self._is_loose(outer, inner) and len(inner[0]) == 1)):
            token = inner.pop(0)
            if not (token.isspace() and self._last(outer).isspace()):
                outer.append(token)

    def part(self, outer: list[str], inner: list[str]) -> None:
        """Puts a blank outside where the mark would not be seen without one."""
        touching = outer and self._is_mark(outer[-1], ItemForm.OPEN if self._backwards else ItemForm.CLOSE)
        word = self._is_word(self._last(outer))
        if touching or self._is_loose(outer, inner) or (word and not self._intraword):
            outer.append(" ")

    def _is_loose(self, outer: list[str], inner: list[str]) -> bool:
        """Whether a mark between the two leans on the outside."""
        return self._is_word(self._last(outer)) and is_punctuation(self._first(inner))

    def _last(self, outer: list[str]) -> str:
        return self._visible(reversed(outer), first=self._backwards)

    def _first(self, inner: list[str]) -> str:
        return self._visible(inner, first=not self._backwards)

    def _visible(self, tokens: Iterable[str], *, first: bool) -> str:
        """The character that a mark touches; other emphasis marks are one run with it."""
        for token in tokens:
            item = self._by_name.get(token)
            if item is None:
                return token
            if item.kind is not ItemKind.EMPHASIS:
                return item.raw[0 if first else -1]
        return " "

    def _is_mark(self, token: str, form: ItemForm) -> bool:
        item = self._by_name.get(token)
        return item is not None and item.kind is ItemKind.EMPHASIS and item.form is form

    def _is_word(self, character: str) -> bool:
        return not character.isspace() and not is_punctuation(character)
