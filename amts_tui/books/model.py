"""What a reader finds in a file: blocks, segments, units and inline items, as spans of the untouched text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

from amts_tui.books.options import DEFAULT_OPTIONS, ReadingOptions

PLACEHOLDER = re.compile(r"\{[0-9]+\}|\{[0-9]+>\}|\{<[0-9]+\}")
"""A placeholder of any form."""


class BlockKind(StrEnum):
    """Kinds of block, as `amts extract` names them."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    LIST_ITEM = "list_item"
    TABLE_CELL = "table_cell"
    CAPTION = "caption"
    QUOTE = "quote"
    IMAGE = "image"
    CODE = "code"
    MATH = "math"
    DIRECTIVE = "directive"
    HTML = "html"
    COMMENT = "comment"
    FRONT_MATTER = "front_matter"
    OTHER = "other"


class ItemKind(StrEnum):
    """What a placeholder stands for."""

    CODE = "code"
    MATH = "math"
    ROLE = "role"  # :numref:`…`, :cite:`…`, …
    LINK = "link"  # pair: the text stays, the target is protected
    IMAGE = "image"  # an image inside a line of text
    URL = "url"
    ENTITY = "entity"
    HTML = "html"
    EMPHASIS = "emphasis"  # pair
    SLIDE = "slide"  # pair: d2lbook's [**…**], (**…**), [~~…~~], (~~…~~)
    ESCAPE = "escape"  # backslash escapes, hard line breaks
    LITERAL = "literal"  # text that looks like a placeholder


class ItemForm(StrEnum):
    """How a placeholder is written: `{n}`, `{n>}` or `{<n}`."""

    SINGLE = "single"
    OPEN = "open"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Item:
    """An inline item behind a placeholder; `raw` is the exact text of the file that it replaces."""

    number: int
    form: ItemForm
    kind: ItemKind
    raw: str

    @property
    def placeholder(self) -> str:
        """The placeholder as it stands in a masked text."""
        if self.form is ItemForm.OPEN:
            return f"{{{self.number}>}}"
        if self.form is ItemForm.CLOSE:
            return f"{{<{self.number}}}"
        return f"{{{self.number}}}"

    @property
    def core(self) -> str:
        """`raw` without the escaped blanks that reStructuredText needs between markup and letters."""
        return self.raw.removeprefix("\\ ").removesuffix("\\ ")


@dataclass(frozen=True, slots=True)
class Unit:
    """One sentence of a segment.

    `text` is masked, soft line breaks joined (a space; nothing between CJK characters); `start` and `end` are
    characters of the document's decoded text, outer white space excluded; `items` are those whose
    placeholders occur in `text`.
    """

    text: str
    start: int
    end: int
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Segment:
    """The translatable text of one block (a table cell, a caption and an item are blocks of their own).

    `text` is masked and keeps each soft line break as one newline character; `breaks` holds, for each of
    these newlines in order, what stands in the file at that place (newline with the indentation, quote marks
    or trailing blanks around it), so that unmasking gives the file's own text back.
    """

    text: str
    start: int
    end: int
    items: tuple[Item, ...] = ()
    breaks: tuple[str, ...] = ()
    units: tuple[Unit, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A block with its span; `start`/`end` exclude outer white space and include list and heading marks.

    `level` is the heading level or the depth of a list item (from 1), 0 elsewhere. `name` is a directive's
    own name (`label`, `begin_tab`, `eqlabel`, `width`, …), a fence's info string, or empty. `within`
    names the enclosing container (a tab, a quote, …) or is empty.
    """

    kind: BlockKind
    start: int
    end: int
    translatable: bool
    segments: tuple[Segment, ...] = ()
    level: int = 0
    name: str = ""
    within: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a document's text that is read by itself: the whole text of a Markdown file, a cell of a
    notebook, a page of an EPUB. `format` names its `TextFormat`; what lies between parts is white space.
    """

    name: str
    start: int
    end: int
    format: str


@dataclass(frozen=True, slots=True)
class Document:
    """One file of a book, read: the decoded text, untouched, its blocks in order, and the bytes that it came
    from.

    The text of a container is that of its parts in reading order.
    """

    path: str
    lang: str
    text: str
    blocks: tuple[Block, ...] = ()
    parts: tuple[Part, ...] = ()
    options: ReadingOptions = DEFAULT_OPTIONS
    data: bytes = field(default=b"", repr=False)

    def raw(self, span: Block | Segment | Unit) -> str:
        """The file's own text of a block, segment or unit."""
        return self.text[span.start : span.end]

    def segments(self) -> tuple[Segment, ...]:
        """All segments in order; their index is the segment's ordinal in the document."""
        return tuple(segment for block in self.blocks for segment in block.segments)
