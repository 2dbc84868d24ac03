"""The containers that the scanner is in: list items, quotes, tabs, fences that hold prose, divisions."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto


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
    """An open container; `indent` is the column at which its content begins, `mark` the fence of it.

    Of a container that is not held by indentation, `indent` is that of the container around it.
    """

    form: Form
    name: str
    indent: int = 0
    mark: str = ""

    @property
    def by_indent(self) -> bool:
        return self.form in (Form.ITEM, Form.INDENTED)


class Containers:
    """The open containers, innermost last. What lies in a quote knows nothing of what is around it."""

    def __init__(self) -> None:
        self._stack: list[Container] = []
        self.quotes = 0
        self.items = 0

    @property
    def innermost(self) -> Container | None:
        return self._stack[-1] if self._stack else None

    def open(self, container: Container) -> None:
        self._stack.append(container)
        self.quotes += container.form is Form.QUOTE
        self.items += container.form is Form.ITEM

    def _pop(self) -> None:
        container = self._stack.pop()
        self.quotes -= container.form is Form.QUOTE
        self.items -= container.form is Form.ITEM

    def set_quotes(self, depth: int) -> None:
        """Open or close quotes until there are `depth` of them."""
        while self.quotes < depth:
            self.open(Container(Form.QUOTE, "quote"))
        while self.quotes > depth:
            self._pop()

    def dedent(self, indent: int) -> None:
        """Close the list items and indented containers whose content begins to the right of `indent`."""
        while self._stack and self._stack[-1].by_indent and self._stack[-1].indent > indent:
            self._pop()

    def base(self, indent: int) -> int:
        """The column at which the content begins of the container that a line so indented lies in."""
        for container in reversed(self._stack):
            if container.form is Form.QUOTE:
                return 0
            if container.indent <= indent:
                return container.indent
        return 0

    def close(self, form: Form) -> None:
        """Close the innermost container of this form in this quote, if there is one, with all inside it."""
        if self._find(form):
            while self._stack[-1].form is not form:
                self._pop()
            self._pop()

    def closed_by(self, fence: str) -> bool:
        """Whether a line with this fence closes a fence that holds prose."""
        container = self._find(Form.FENCE)
        return container is not None and fence.startswith(container.mark)

    def within(self, skip: Form | None = None) -> str:
        """The name of the innermost container, those of the form `skip` passed over; "" if there is none."""
        for container in reversed(self._stack):
            if container.form is not skip:
                return container.name
        return ""

    def _find(self, form: Form) -> Container | None:
        for container in reversed(self._stack):
            if container.form is form:
                return container
            if container.form is Form.QUOTE:
                return None
        return None
