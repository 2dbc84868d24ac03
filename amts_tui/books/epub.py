"""EPUB: the pages of a book in reading order, its tables of contents and its title, spliced inside the
archive; every file that does not change keeps its compressed bytes.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from amts_tui.books.epub_package import XmlFault, read_package, xml_fault
from amts_tui.books.format import Fault, FoundBlock, Token, Unwritable
from amts_tui.books.html import XHTML
from amts_tui.books.html.tokens import Kind, Markup, find_markup
from amts_tui.books.model import Block, BlockKind, Item
from amts_tui.books.options import ReadingOptions
from amts_tui.books.zip_parts import read_entries, replace_entries
from amts_tui.errors import AmtsError

LARGEST_TEXT: Final = 256 * 2**20
"""Bytes that all texts of an EPUB may have together."""

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"<\?xml[^>]*?\sencoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
_REMEDY = "write characters for entities such as &nbsp;, and close each tag"
_PROSE: Final = frozenset({"text", "title", "description"})


@dataclass(frozen=True, slots=True)
class EpubIndex:
    """The old table of contents and the package document: the titles in them are prose, and what describes
    the book.
    """

    name: str = "epub-index"
    strict: bool = True

    def scan(self, text: str, options: ReadingOptions) -> Sequence[FoundBlock]:  # noqa: ARG002
        """A block for each title or description, one for each stretch between."""
        found: list[FoundBlock] = []
        position = 0
        markups = find_markup(text, xml=True)
        for opening, closing in pairwise(markups):
            if not _holds_prose(opening, closing) or not text[opening.end : closing.start].strip():
                continue
            found += _stretch(text, position, opening.start)
            kind = BlockKind.HEADING if opening.name != "description" else BlockKind.PARAGRAPH
            span = (opening.end, closing.start)
            found.append(FoundBlock(kind, opening.start, closing.end, (span,), name=opening.name))
            position = closing.end
        return [*found, *_stretch(text, position, len(text))]

    def find_items(self, raw: str) -> Iterator[Token]:
        """As in a page."""
        return XHTML.find_items(raw)

    def tidy(self, text: str, block: Block, items: Sequence[Item]) -> str:
        """As in a page."""
        return XHTML.tidy(text, block, items)

    def escapes(self, text: str) -> Sequence[str]:
        """As in a page."""
        return XHTML.escapes(text)


EPUB_INDEX = EpubIndex()


@dataclass(frozen=True, slots=True)
class Epub:
    """The archive, unpacked into its pages, tables of contents and package document."""

    def unpack(self, data: bytes, where: str) -> Sequence[tuple[str, str, str]]:
        """The pages in reading order, then those that it leaves out, the old table of contents, the package
        document.
        """
        return [(name, text, form) for name, text, form, _ in _texts(data, where)]

    def pack(self, data: bytes, texts: Sequence[str], where: str) -> bytes:
        """The archive with `texts`; each that changed is checked to be well-formed, if it was.

        Raises Unwritable for texts that are so no more.
        """
        changed: dict[str, bytes] = {}
        faults: list[Fault] = []
        for number, ((name, own, _, encoding), text) in enumerate(
            zip(_texts(data, where), texts, strict=True)
        ):
            if text == own:
                continue
            changed[name] = text.encode(encoding, "xmlcharrefreplace")
            fault = xml_fault(changed[name])
            if fault and not xml_fault(own.encode(encoding)):
                reason = f"with it the page would be no well-formed XML: {fault.reason}"
                faults.append(Fault(number, _offset(text, fault), f"{where}:{name}", reason))
        if faults:
            raise Unwritable(faults, remedy=_REMEDY)
        return replace_entries(data, changed, where) if changed else data


EPUB = Epub()


def _texts(data: bytes, where: str) -> list[tuple[str, str, str, str]]:
    """The texts of an EPUB: name, text, name of the format, encoding."""
    entries = read_entries(data, where)
    package = read_package(entries, where)
    names = [(name, XHTML.name) for name in package.pages]
    names += [(name, EPUB_INDEX.name) for name in (*package.contents, package.document)]
    texts = []
    size = 0
    for name, form in names:
        content = entries[name]
        size += len(content)
        if size > LARGEST_TEXT:
            raise AmtsError("the EPUB is too large", where=where, remedy="split it")
        text, encoding = _decode(content, f"{where}:{name}")
        texts.append((name, text, form, encoding))
    return texts


def _decode(data: bytes, where: str) -> tuple[str, str]:
    """An XML text and its encoding, of which it gives back the same bytes. A byte order mark stays in the
    text.
    """
    declared = _DECLARED.match(data[:1024])
    encoding = declared[1].decode("ascii").lower() if declared else "utf-8"
    encoding = next((name for mark, name in _BOMS if data.startswith(mark)), encoding)
    try:
        text = data.decode(encoding)
        if text.encode(encoding) == data:
            return text, encoding
        reason = "does not give the same bytes back"
    except LookupError:
        reason = "is unknown"
    except UnicodeError:
        reason = "is not that of its bytes"
    raise AmtsError(f"its encoding ({encoding}) {reason}", where=where, remedy="convert the page to UTF-8")


def _offset(text: str, fault: XmlFault) -> int:
    """Where in a text a fault has begun; its place is that behind what is wrong."""
    start = 0
    for _ in range(fault.line - 1):
        start = text.find("\n", start) + 1
    return max(0, start + fault.column - 2)


def _holds_prose(opening: Markup, closing: Markup) -> bool:
    tags = opening.kind is closing.kind is Kind.TAG
    return (
        tags
        and opening.name == closing.name
        and opening.name in _PROSE
        and not opening.closing
        and closing.closing
    )


def _stretch(text: str, start: int, end: int) -> list[FoundBlock]:
    """The block of what is between two titles, if it is more than white space."""
    piece = text[start:end]
    first, last = start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
    return [FoundBlock(BlockKind.OTHER, first, last, name="index")] if first < last else []
