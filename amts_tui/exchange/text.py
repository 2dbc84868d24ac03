"""One side of a pair: its units joined on one line and rendered."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from amts_tui.books.inline import file_text, join_lines, plain_text
from amts_tui.books.model import PLACEHOLDER, Item, ItemForm
from amts_tui.corpus.model import BeadUnit
from amts_tui.exchange.model import Form, Inline

_LINE_BREAKS: Final = re.compile(r"[ \t]*[\r\n]+[ \t]*")


def side_text(units: Sequence[BeadUnit], form: Form) -> str:
    """The units' text in the form, joined as lines of a paragraph are: by a space, or nothing in CJK."""
    text, items = join_units(units)
    return _one_line(plain_text(text, items) if form is Form.AMAZON else file_text(text, items)).strip()


def side_inline(units: Sequence[BeadUnit]) -> Inline:
    """The text of `side_text` in the exchange form with its items in place, numbered through from 1."""
    text, items = join_units(units)
    return tuple(part for part in _parts(text.strip(), items) if part != "")


def join_units(units: Sequence[BeadUnit]) -> tuple[str, tuple[Item, ...]]:
    """One masked text of several, with their items numbered through from 1 in the order of the text."""
    opened: dict[tuple[int, int], int] = {}
    items: list[Item] = []
    lines: list[str] = []
    for unit in units:
        line: list[str] = []
        for part in _parts(unit.text, unit.items):
            if isinstance(part, Item):
                number = _new_number(part, (unit.segment, part.number), opened, len(items) + 1)
                items.append(replace(part, number=number, raw=_one_line(part.raw)))
                line.append(items[-1].placeholder)
            else:
                line.append(part)
        lines.append("".join(line))
    return join_lines("\n".join(lines), items), tuple(items)


def _new_number(item: Item, place: tuple[int, int], opened: dict[tuple[int, int], int], free: int) -> int:
    """A number of its own, but for what closes a pair that an earlier unit of the segment may have opened.

    An edited text counts its items anew, so only what is still open tells which one is meant.
    """
    if item.form is ItemForm.CLOSE:
        return opened.pop(place, free)
    if item.form is ItemForm.OPEN:
        opened[place] = free
    return free


def _parts(text: str, items: Sequence[Item]) -> Iterator[str | Item]:
    by_placeholder = {item.placeholder: item for item in items}
    end = 0
    for match in PLACEHOLDER.finditer(text):
        yield text[end : match.start()]
        yield by_placeholder.get(match.group(), match.group())
        end = match.end()
    yield text[end:]


def _one_line(text: str) -> str:
    return _LINE_BREAKS.sub(" ", text)
