"""What a paragraph of Word consists of for a translator: text with its formatting, items, wrappers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from amts_tui.books.docx.properties import RunFormat

DEEPEST: Final = 20
"""How far wrappers and fields are looked into; what is deeper stays as it is."""


@dataclass(frozen=True, slots=True)
class Text:
    """Text in one formatting; tab and newline are what Word calls a tab and a line break. `xml` is a run that
    holds it alone.
    """

    value: str
    format: RunFormat
    xml: str
    code: bool = False


@dataclass(frozen=True, slots=True)
class Single:
    """Something that stays as it is; `name` is what the notation calls it, `key` tells it from others of the
    name, `shown` is what a reader sees of it.

    An `edge` is not shown at the ends of a paragraph. `mark` is the part that it plays in a field: `begin`,
    `instruction`, `separate` or `end`.
    """

    name: str
    key: str
    xml: str
    shown: str = ""
    edge: bool = False
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Wrapper:
    """Something around other atoms: a link, a content control, an insertion."""

    name: str
    opening: str
    closing: str
    children: tuple[Atom, ...]

    @property
    def key(self) -> str:
        """What tells it from others of the name."""
        return self.opening + self.closing

    @property
    def xml(self) -> str:
        """The whole of it."""
        return self.opening + "".join(atom.xml for atom in self.children) + self.closing


Atom: TypeAlias = Text | Single | Wrapper


def words(atoms: Iterable[Atom]) -> str:
    """The text of atoms."""
    return "".join(_words(atom) for atom in atoms)


def _words(atom: Atom) -> str:
    match atom:
        case Text():
            return atom.value
        case Wrapper():
            return words(atom.children)
        case Single():
            return atom.shown if atom.mark != "instruction" else ""


def scopes(atoms: Sequence[Atom]) -> Iterator[Sequence[Atom]]:
    """The atoms of a paragraph, and those of each wrapper in it."""
    yield atoms
    for atom in atoms:
        if isinstance(atom, Wrapper):
            yield from scopes(atom.children)


def in_order(atoms: Iterable[Atom]) -> Iterator[Atom]:
    """The atoms of a paragraph, each wrapper followed by what is in it, as they are read."""
    for atom in atoms:
        yield atom
        if isinstance(atom, Wrapper):
            yield from in_order(atom.children)


def gathered(atoms: Sequence[Atom]) -> list[Atom]:
    """Atoms with each field as one, and each run of code as one."""
    return _with_codes(_with_fields(atoms))


def _with_fields(atoms: Sequence[Atom]) -> list[Atom]:
    """A field that begins and ends here becomes an item, or a link if that is what it makes."""
    levels: list[list[Atom]] = [[]]
    too_deep = 0
    for atom in atoms:
        mark = atom.mark if isinstance(atom, Single) else ""
        if mark == "begin" and len(levels) <= DEEPEST:
            levels.append([atom])
        elif mark in ("begin", "end") and (mark == "begin" or too_deep):
            too_deep += 1 if mark == "begin" else -1
            levels[-1].append(atom)
        elif mark == "end" and len(levels) > 1:
            field = levels.pop()
            levels[-1].append(_field([*field, atom]))
        else:
            levels[-1].append(atom)
    return [atom for level in levels for atom in level]


def _field(atoms: Sequence[Atom]) -> Atom:
    marks = [atom.mark if isinstance(atom, Single) else "" for atom in atoms]
    xml = "".join(atom.xml for atom in atoms)
    if "separate" not in marks:
        return Single("field", xml, xml)
    place = marks.index("separate")
    said = "".join(atom.shown for atom in atoms[:place] if isinstance(atom, Single))
    if is_link(said):
        opening = "".join(atom.xml for atom in atoms[: place + 1])
        return Wrapper("a", opening, atoms[-1].xml, tuple(_with_codes(atoms[place + 1 : -1])))
    return Single("field", xml, xml, words(atoms[place + 1 : -1]))


def is_link(instruction: str) -> bool:
    """Whether a field's instruction makes a link of its result."""
    return instruction.split()[:1] == ["HYPERLINK"]


def _with_codes(atoms: Sequence[Atom]) -> list[Atom]:
    """Neighbouring texts in a formatting for code become one item."""
    result: list[Atom] = []
    code: list[Text] = []
    for atom in [*atoms, None]:
        if isinstance(atom, Text) and atom.code:
            code.append(atom)
            continue
        if code and words(code).strip():
            xml = "".join(text.xml for text in code)
            result.append(Single("code", xml, xml, words(code)))
        else:
            result += code
        code = []
        if atom is not None:
            result.append(atom)
    return result
