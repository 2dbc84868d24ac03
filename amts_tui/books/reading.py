"""Reading a file of a book: strict UTF-8, line breaks and byte order mark untouched, as blocks, segments and
units.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from amts_tui.books.decoding import check_size, decode
from amts_tui.books.format import FoundBlock, TextFormat
from amts_tui.books.formats import container_of, format_named, format_of, in_dialect
from amts_tui.books.inline import has_prose, mask
from amts_tui.books.model import Block, Document, Part, Segment
from amts_tui.books.options import DEFAULT_OPTIONS, ReadingOptions
from amts_tui.books.sentence_cache import SentenceCache
from amts_tui.books.units import with_units
from amts_tui.errors import AmtsError

_LARGEST = 1_000_000_000  # bytes; an archive may hold many pictures


def read_bytes(path: Path) -> bytes:
    """The bytes of a file. Raises AmtsError for one that is missing, a folder, a pipe or device, unreadable,
    or too large.
    """
    try:
        state = path.stat()
        if S_ISDIR(state.st_mode):
            raise AmtsError("this is a folder", where=str(path), remedy="name a file in it")
        if not S_ISREG(state.st_mode):
            raise AmtsError("this is a pipe or a device", where=str(path), remedy="name a file")
        check_size(state.st_size, _LARGEST, str(path))
        return path.read_bytes()
    except FileNotFoundError:
        told = "this is a link to a file that is not there" if path.is_symlink() else "no such file"
        raise AmtsError(told, where=str(path), remedy="check the path") from None
    except OSError as error:
        reason = error.strerror or "unreadable"
        raise AmtsError(
            f"cannot be read: {reason}", where=str(path), remedy="check its permissions"
        ) from None


def read_text(path: Path, *, empty_ok: bool = False) -> str:
    """The text of a text file, every character as it stands there; a byte order mark stays as U+FEFF.

    Raises AmtsError as `read_bytes` does, and, with the line if possible, for a file that is binary, not
    UTF-8, or empty (nothing but white space) unless `empty_ok`.
    """
    text = decode(read_bytes(path), where=str(path))
    if not empty_ok:
        check_not_empty(text, str(path))
    return text


def check_not_empty(text: str, where: str) -> None:
    """Raises AmtsError that names `where` for a text of nothing but white space."""
    if not text.strip("\ufeff \t\r\n"):
        raise AmtsError("the file is empty", where=where, remedy="name a file with text")


def read_document(
    path: Path,
    *,
    lang: str,
    name: str | None = None,
    empty_ok: bool = False,
    options: ReadingOptions = DEFAULT_OPTIONS,
) -> Document:
    """Read a file of a book, whose suffix tells its format; `name` is the path to show for it (default:
    `path`). Raises AmtsError for a file that is missing, unreadable, damaged, no text where text is due, or
    empty unless `empty_ok`.
    """
    document = parse_bytes(
        read_bytes(path), path=name or str(path), lang=lang, options=options, where=str(path)
    )
    if not empty_ok:
        check_not_empty(document.text, str(path))
    return document


def parse_bytes(
    data: bytes,
    *,
    path: str,
    lang: str,
    options: ReadingOptions = DEFAULT_OPTIONS,
    where: str = "",
    sentences: bool = True,
    kept: SentenceCache | None = None,
) -> Document:
    """The document that the bytes of a file make; the suffix of `path` tells the format. What `kept` holds of
    its sentences is not found again. Raises AmtsError that names `where` (default: `path`).
    """
    where = where or path
    container = container_of(path)
    if container is None:
        text = decode(data, where=where)
        return _document([("", text, format_of(path))], path, lang, options, data, sentences, kept)
    unpacked = container.unpack(data, where)
    texts = [(name, text, format_named(form)) for name, text, form in unpacked]
    return _document(texts, path, lang, options, data, sentences, kept)


def parse(
    text: str, *, path: str, lang: str, options: ReadingOptions = DEFAULT_OPTIONS, sentences: bool = True
) -> Document:
    """The document that a text makes; without `sentences` the segments have no units, which is much
    faster.
    """
    return _document([("", text, format_of(path))], path, lang, options, text.encode("utf-8"), sentences)


PART_JOINT = "\n\n"
"""What stands between the parts of a document in its text."""


def _document(
    texts: Sequence[tuple[str, str, TextFormat]],
    path: str,
    lang: str,
    options: ReadingOptions,
    data: bytes,
    sentences: bool,
    kept: SentenceCache | None = None,
) -> Document:
    joined = PART_JOINT.join(text for _, text, _ in texts)
    parts: list[Part] = []
    blocks: list[Block] = []
    start = 0
    for name, text, form in in_dialect(texts, options):
        parts.append(Part(name, start, start + len(text), form.name))
        finder = _Finder(joined, start, form)
        blocks += [finder.block(found) for found in form.scan(text, options)]
        start += len(text) + len(PART_JOINT)
    found = with_units(blocks, lang, options, kept) if sentences else blocks
    return Document(path, lang, joined, tuple(found), tuple(parts), options, data)


@dataclass(frozen=True, slots=True)
class _Finder:
    """Makes blocks, without their units, of what is found in the part at `offset`."""

    text: str
    offset: int
    form: TextFormat

    def block(self, found: FoundBlock) -> Block:
        segments = tuple(segment for span in found.spans if (segment := self._segment(*span)))
        start, end = found.start + self.offset, found.end + self.offset
        return Block(found.kind, start, end, bool(segments), segments, found.level, found.name, found.within)

    def _segment(self, start: int, end: int) -> Segment | None:
        """The segment of a stretch of the part's text; None if there is no prose in it."""
        start += self.offset
        piece = self.text[start : end + self.offset]
        start += len(piece) - len(piece.lstrip())
        piece = piece.strip()
        masked, items, breaks = mask(piece, self.form.find_items)
        if not has_prose(masked):
            return None
        return Segment(masked, start, start + len(piece), items, breaks)
