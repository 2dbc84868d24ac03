"""Lists of attributes in brackets: `[quote, Name, Work]`, `image::a.png[Alt text, title="A title"]`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from amts_tui.books.format import Span

_ATTRIBUTE = re.compile(
    r"\s*(?:(?P<name>[\w-]+)\s*=\s*)?"
    r"(?:\"(?P<double>(?:[^\"\\]|\\.)*)\"\s*(?=,|$)|'(?P<single>(?:[^'\\]|\\.)*)'\s*(?=,|$)|(?P<bare>[^,]*))"
    r"(?:,|$)"
)
_DIMENSION = re.compile(r"(?:[0-9.]+(?:%|[a-z]{2})?)?$")
_STYLE_END = re.compile(r"[.#%]")


class Attribute(NamedTuple):
    """One attribute: its name ("" by position), its value's span without quotes, and with them."""

    name: str
    value: Span
    quoted: Span


def read_attributes(text: str, start: int, end: int) -> Iterator[Attribute]:
    """The attributes in `text[start:end]`, which lies between the brackets."""
    piece = text[start:end]
    position = 0
    while position < len(piece) and (match := _ATTRIBUTE.match(piece, position)):
        group = next((name for name in ("double", "single") if match[name] is not None), "bare")
        first, last = match.span(group)
        whole = (first - 1, last + 1)
        if group == "bare":
            last = first + len(match["bare"].rstrip())
            whole = (first, last)
        yield Attribute(
            match["name"] or "", (start + first, start + last), (start + whole[0], start + whole[1])
        )
        position = match.end()


@dataclass(frozen=True, slots=True)
class Style:
    """What the attribute lines above a block say of it; `name` is its style, `second` what stands second in
    the list (a language).
    """

    name: str = ""
    second: str = ""
    options: frozenset[str] = frozenset()
    named: tuple[tuple[str, str], ...] = ()

    def value(self, name: str) -> str:
        """The value of a named attribute; "" if it is not there."""
        return dict(self.named).get(name, "")


def style_of(text: str, attributes: Sequence[Attribute], before: Style) -> Style:
    """The style of a block after one more line of attributes above it."""
    by_place = [text[slice(*entry.value)] for entry in attributes if not entry.name]
    first = by_place[0] if by_place else ""
    name = _STYLE_END.split(first, maxsplit=1)[0].strip()
    options = {part.split("#")[0].split(".")[0] for part in first.split("%")[1:]}
    named = [(entry.name, text[slice(*entry.value)]) for entry in attributes if entry.name]
    for key, value in named:
        if key in ("options", "opts"):
            options.update(word.strip() for word in value.split(","))
    return Style(
        name or before.name,
        by_place[1].strip() if name and len(by_place) > 1 else before.second,
        before.options | options,
        (*before.named, *named),
    )


def alternative_text(text: str, attributes: Sequence[Attribute]) -> Span | None:
    """The text in place of a picture: the first of its attributes, and what follows a comma in it that can be
    no width.
    """
    if not attributes or attributes[0].name:
        return None
    start, end = attributes[0].value
    if attributes[0].quoted == attributes[0].value:
        for entry in attributes[1:]:
            if entry.name or entry.quoted != entry.value or _DIMENSION.match(text, *entry.value):
                break
            end = entry.value[1]
    return (start, end) if start < end else None
