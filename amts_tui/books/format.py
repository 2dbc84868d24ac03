"""What a kind of text and a kind of container must be able to do for the program to read and write it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol, runtime_checkable

from amts_tui.books.model import Block, BlockKind, Item, ItemForm, ItemKind, Segment
from amts_tui.books.options import ReadingOptions
from amts_tui.errors import AmtsError

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


class Token(NamedTuple):
    """An inline item in a raw text: its span, its form and kind; `mate` is the start of the other half of a
    pair, else -1.
    """

    start: int
    end: int
    form: ItemForm
    kind: ItemKind
    mate: int = -1


class TextFormat(Protocol):
    """A kind of text: where its blocks and inline items are, and how a translation is made safe for it."""

    @property
    def name(self) -> str:
        """What `Part.format` calls it."""

    @property
    def strict(self) -> bool:
        """Whether half a pair of tags breaks the whole file, as it does in XML."""

    def scan(self, text: str, options: ReadingOptions) -> Sequence[FoundBlock]:
        """The blocks of `text` in order, without overlap; together they cover all but white space.

        Takes time linear in the text and raises nothing, whatever the text is.
        """

    def find_items(self, raw: str) -> Iterable[Token]:
        """The inline items of the raw text of a segment, in order and without overlap; each pair has both
        halves.
        """

    def tidy(self, text: str, block: Block, items: Sequence[Item]) -> str:
        """A translated masked text in the form that its block needs."""

    def escapes(self, text: str) -> Sequence[str]:
        """Ways to write a masked text, the plainest first, each safer than the one before; none if nothing
        makes it safe.
        """


class Fit(NamedTuple):
    """What new text for a segment changes: the stretch `[start, end)` of the whole text becomes `before`,
    the segment's new text `raw`, `after`.
    """

    start: int
    end: int
    before: str
    raw: str
    after: str

    @classmethod
    def only(cls, segment: Segment, raw: str) -> Fit:
        """Nothing but the segment's own text becomes `raw`."""
        return cls(segment.start, segment.end, "", raw, "")


@runtime_checkable
class Fitting(Protocol):
    """What a kind of text has besides if what stands around a segment depends on the segment's text."""

    def fit(self, text: str, block: Block, segment: Segment, raw: str) -> Fit | None:
        """What changes in the document's `text` if `raw` replaces a segment, such as the underline of a title
        with it; None if there is no room for `raw`.
        """

    def space(self, text: str, items: Sequence[Item]) -> str:
        """A masked text with what its items need around them to be seen as markup between letters."""


class Fault(NamedTuple):
    """A place in the texts of a container that its file cannot hold: the number of the text, the offset in
    it, the file inside the container, and the reason.
    """

    text: int
    offset: int
    where: str
    reason: str


class Unwritable(AmtsError):
    """A container's file cannot hold some of its new texts; `faults` says which places."""

    def __init__(self, faults: Sequence[Fault], *, remedy: str) -> None:
        super().__init__(faults[0].reason, where=faults[0].where, remedy=remedy)
        self.faults = tuple(faults)


class Container(Protocol):
    """A kind of file that holds its texts wrapped up: a notebook, a zip archive."""

    def unpack(self, data: bytes, where: str) -> Sequence[tuple[str, str, str]]:
        """The texts in reading order: name, text, name of the text's format. Raises AmtsError that names
        `where`.
        """

    def pack(self, data: bytes, texts: Sequence[str], where: str) -> bytes:
        """The file `data` with `texts` in place of those that `unpack` gives; all else byte for byte, and
        `data` itself where nothing differs.

        Raises Unwritable, with all faults that are found at once, if the file cannot hold a text.
        """
