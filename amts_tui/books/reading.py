"""Reading a file of a book: strict UTF-8, line breaks and byte order mark untouched, as blocks, segments and
units.
"""

from __future__ import annotations

import codecs
from pathlib import Path

from amts_tui.books.inline import has_prose, mask
from amts_tui.books.markdown import FoundBlock, scan
from amts_tui.books.model import Block, Document, Segment
from amts_tui.books.units import find_units
from amts_tui.errors import AmtsError

_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_TO_UTF8 = "convert it to UTF-8"


def read_text(path: Path, *, empty_ok: bool = False) -> str:
    """The text of a file, every character as it stands there; a byte order mark stays as U+FEFF.

    Raises AmtsError, with the file and if possible the line, for a file that is missing, a folder,
    unreadable, binary, not UTF-8, or empty (nothing but white space) unless `empty_ok`.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise AmtsError("no such file", where=str(path), remedy="check the path") from None
    except IsADirectoryError:
        raise AmtsError("this is a folder", where=str(path), remedy="name a file in it") from None
    except OSError as error:
        reason = error.strerror or "unreadable"
        raise AmtsError(
            f"cannot be read: {reason}", where=str(path), remedy="check its permissions"
        ) from None
    text = decode(data, where=str(path))
    if not empty_ok and not text.strip("\ufeff \t\r\n"):
        raise AmtsError("the file is empty", where=str(path), remedy="name a file with text")
    return text


def decode(data: bytes, *, where: str) -> str:
    """Bytes of a text file as text; raises AmtsError that names `where` and the line of the first byte that
    is not UTF-8 text.
    """
    if data.startswith(_WIDE_MARKS):
        raise AmtsError("the file is in UTF-16 or UTF-32", where=where, remedy=_TO_UTF8)
    nul = data.find(b"\0")
    if nul != -1:
        line = data.count(b"\n", 0, nul) + 1
        raise AmtsError(
            "this is a binary file (it holds NUL bytes)", where=f"{where}:{line}", remedy="name a text file"
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        byte = data[error.start]
        message = f"the file is not UTF-8 (byte 0x{byte:02x})"
        raise AmtsError(message, where=f"{where}:{line}", remedy=_TO_UTF8) from None


def read_document(path: Path, *, lang: str, name: str | None = None, empty_ok: bool = False) -> Document:
    """Read a Markdown file; `name` is the path to show for it (default: `path`). Raises AmtsError as
    `read_text` does.
    """
    return parse(read_text(path, empty_ok=empty_ok), path=name or str(path), lang=lang)


def parse(text: str, *, path: str, lang: str, sentences: bool = True) -> Document:
    """The document that a Markdown text makes; without `sentences` the segments have no units, which is much
    faster.
    """
    blocks = tuple(_block(text, found, lang if sentences else None) for found in scan(text))
    return Document(path, lang, text, blocks)


def _block(text: str, found: FoundBlock, lang: str | None) -> Block:
    segments = tuple(segment for span in found.spans if (segment := _segment(text, *span, lang)))
    return Block(
        found.kind, found.start, found.end, bool(segments), segments, found.level, found.name, found.within
    )


def _segment(text: str, start: int, end: int, lang: str | None) -> Segment | None:
    """The segment of a stretch of text; None if there is no prose in it."""
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    piece = piece.strip()
    masked, items, breaks = mask(piece)
    if not has_prose(masked):
        return None
    units = find_units(masked, items, breaks, start=start, lang=lang) if lang else ()
    return Segment(masked, start, start + len(piece), items, breaks, units)
