"""The content of a paragraph as a line in the notation.

Whatever numbers and plain formatting are, they depend on what the paragraph holds and not on the order or
length of its texts, so that a translation is shown as it was typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from amts_tui.books.docx import notation
from amts_tui.books.docx.atoms import Atom, Single, Text, Wrapper, scopes
from amts_tui.books.docx.properties import RunFormat
from amts_tui.books.model import ItemForm

_DIGITS = re.compile(r"([0-9]{1,9})")
_WITH_CONTENT = frozenset({"math", "field", "code"})

Rest: TypeAlias = frozenset[str]


@dataclass(frozen=True, slots=True)
class Names:
    """What the items of a paragraph and its formattings are called."""

    items: dict[tuple[str, str], str]
    rests: dict[Rest, str]

    @classmethod
    def of(cls, content: Sequence[Atom]) -> Names:
        """The names for what a paragraph holds."""
        keys: dict[str, set[str]] = {}
        rests: set[Rest] = set()
        for scope in scopes(content):
            rests |= {atom.format.rest for atom in scope if isinstance(atom, Text)} - {
                base_format(scope).rest
            }
            for atom in scope:
                if not isinstance(atom, Text):
                    keys.setdefault(atom.name, set()).add(atom.key)
        items = {
            (name, key): f"{name}{number}"
            for name, found in keys.items()
            for number, key in enumerate(sorted(found, key=_natural), 1)
        }
        in_order = sorted(rests, key=sorted)
        return cls(items, {rest: f"r{number}" for number, rest in enumerate(in_order, 1)})

    def item(self, atom: Single | Wrapper) -> str:
        """What an item or a wrapper is called."""
        return self.items[atom.name, atom.key]


def _natural(key: str) -> list[tuple[int, str]]:
    """Sorts `2` before `10`."""
    return [(int(part), "") if index % 2 else (0, part) for index, part in enumerate(_DIGITS.split(key))]


def base_format(scope: Iterable[Atom]) -> RunFormat:
    """What all texts of a scope have in common, which needs no tags."""
    formats = [atom.format for atom in scope if isinstance(atom, Text)]
    if not formats:
        return RunFormat()
    rest = frozenset.intersection(*(one.rest for one in formats))
    toggles = frozenset.intersection(*(one.toggles for one in formats))
    return RunFormat(rest, toggles)


def render(content: Sequence[Atom]) -> str:
    """The text of a paragraph in the notation; "" if there is nothing to see."""
    line = _render(content, Names.of(content))
    return line if notation.plain(line).strip() or notation.shown_kinds(line) else ""


def _render(scope: Sequence[Atom], names: Names) -> str:
    base = base_format(scope)
    out: list[str] = []
    tags: list[str] = []
    waiting: list[str] = []
    pieces: list[str] = []
    for atom in scope:
        if not isinstance(atom, Text):
            waiting.append(_item(atom, names))
            continue
        if not atom.value:
            continue
        wanted = _tags(atom.format, base, names)
        if waiting or wanted != tags:
            shared = _shared(tags, wanted)
            out += [_spelled(pieces), *_closing(tags[shared:]), *waiting]
            out += [f"<{tag}>" for tag in wanted[shared:]]
            tags, waiting, pieces = wanted, [], []
        pieces.append(atom.value)
    return "".join([*out, _spelled(pieces), *_closing(tags), *waiting])


def _tags(own: RunFormat, base: RunFormat, names: Names) -> list[str]:
    rest = [] if own.rest == base.rest else [names.rests[own.rest]]
    return rest + [toggle for toggle in notation.TOGGLES if toggle in own.toggles - base.toggles]


def _shared(tags: Sequence[str], wanted: Sequence[str]) -> int:
    count = 0
    for one, other in zip(tags, wanted, strict=False):
        if one != other:
            break
        count += 1
    return count


def _closing(tags: Sequence[str]) -> list[str]:
    return [f"</{tag}>" for tag in reversed(tags)]


def _spelled(pieces: Sequence[str]) -> str:
    return notation.literal("".join(pieces)).replace("\t", "<tab/>").replace("\n", "<br/>")


def _item(atom: Single | Wrapper, names: Names) -> str:
    name = names.item(atom)
    if isinstance(atom, Wrapper):
        return f"<{name}>{_render(atom.children, names)}</{name}>"
    return notation.full(name, atom.shown) if atom.name in _WITH_CONTENT else f"<{name}/>"


class Stretch(NamedTuple):
    """Text with the tags that it stands in, or an item or an end of a wrapper (`text` is "")."""

    text: str
    tags: frozenset[str]
    item: str = ""
    form: ItemForm | None = None


def stretches(text: str) -> list[Stretch]:
    """A paragraph's text in the notation as what it means: tags count as far as the wrapper that they stand
    in, neighbours with the same tags are one.
    """
    found: list[Stretch] = []
    tags: list[list[str]] = [[]]
    pieces: list[str] = []
    own: frozenset[str] = frozenset()
    for form, value in (*notation.events(text), (ItemForm.SINGLE, "")):
        is_item = form is ItemForm.SINGLE or (form is not None and value[0] in "aw")
        inside = frozenset(tags[-1])
        if pieces and (is_item or (form is None and inside != own)):
            found.append(Stretch("".join(pieces), own))
            pieces = []
        if form is None:
            own = inside
            pieces.append(value)
        elif is_item:
            if value:
                found.append(Stretch("", frozenset(), value, form))
            if form is ItemForm.OPEN:
                tags.append([])
            elif form is ItemForm.CLOSE:
                tags.pop()
        elif form is ItemForm.OPEN:
            tags[-1].append(value)
        else:
            tags[-1].remove(value)
    return found
