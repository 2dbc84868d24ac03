"""What the scanner hands over: blocks as spans, and the containers they lie in."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto

from amts_tui.books.model import BlockKind

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class FoundBlock:
    """A block as offsets into the text; `spans` are its translatable stretches, marks excluded."""

    kind: BlockKind
    start: int
    end: int
    spans: tuple[Span, ...] = ()
    level: int = 0
    name: str = ""
    within: str = ""


class Form(Enum):
    """How a container holds its content: by indentation, by quote marks, or until a closing line."""

    ITEM = auto()
    INDENTED = auto()
    QUOTE = auto()
    FENCE = auto()
    DIVISION = auto()
    TAB = auto()


@dataclass(frozen=True, slots=True)
class Container:
    """An open container; `indent` is the column at which its content begins, `mark` the fence that opened it."""

    form: Form
    name: str
    indent: int = 0
    mark: str = ""

    @property
    def by_indent(self) -> bool:
        return self.form in (Form.ITEM, Form.INDENTED)


@dataclass(slots=True)
class Paragraph:
    """A paragraph while its lines are being collected: for each line its mark, first character and end."""

    kind: BlockKind
    start: int
    level: int
    within: str
    lines: list[tuple[int, int, int]] = field(default_factory=list)

    @property
    def content(self) -> Span:
        return self.lines[0][1], self.lines[-1][2]
