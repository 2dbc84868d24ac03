"""What works on single files, without a project: extraction, the round trip, aligning two files."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from amts_tui import project as projects
from amts_tui.books.formats import SUFFIXES
from amts_tui.books.inline import unmask
from amts_tui.books.model import Document, Segment
from amts_tui.books.options import DEFAULT_OPTIONS, ReadingOptions
from amts_tui.books.reading import read_document
from amts_tui.books.writing import splice
from amts_tui.errors import AmtsError
from amts_tui.workbench.languages import checked


def extract(path: Path, lang: str) -> dict[str, Any]:
    """The blocks, segments and units of a file as `amts extract` prints them, read as its project says."""
    document = read_document(path, lang=checked(lang), options=_reading_at(path))
    return {
        "file": str(path),
        "lang": lang,
        "blocks": [
            {
                "kind": block.kind.value,
                "start": block.start,
                "end": block.end,
                "translatable": block.translatable,
                "raw": document.raw(block),
                "segments": [_segment_value(segment) for segment in block.segments],
            }
            for block in document.blocks
        ],
    }


def _reading_at(path: Path) -> ReadingOptions:
    """How the project around a file reads its books; the defaults outside a project."""
    folders = path.absolute().parents
    root = next((folder for folder in folders if (folder / projects.FILE_NAME).is_file()), None)
    return projects.load(root).reading if root else DEFAULT_OPTIONS


def _segment_value(segment: Segment) -> dict[str, Any]:
    units = [{"text": unit.text, "start": unit.start, "end": unit.end} for unit in segment.units]
    return {"text": segment.text, "units": units}


@dataclass(frozen=True, slots=True)
class Difference:
    """The first character at which a file read and put back differs from itself."""

    file: str
    offset: int


@dataclass(frozen=True, slots=True)
class RoundTrip:
    """The outcome over many files; `unreadable` names those that are no text, with the reason."""

    files: int
    identical: int
    differences: tuple[Difference, ...]
    unreadable: tuple[str, ...]


def roundtrip(
    paths: Sequence[Path], progress: Callable[[int, int], None] = lambda _done, _all: None
) -> RoundTrip:
    """Reads every Markdown file, masks and unmasks each segment, splices all of them back, and compares."""
    files = [file for path in paths for file in _book_files(path)]
    differences: list[Difference] = []
    unreadable: list[str] = []
    for done, file in enumerate(files):
        progress(done, len(files))
        try:
            document = read_document(file, lang="en", empty_ok=True)
        except AmtsError as error:
            unreadable.append(str(error))
            continue
        offset = _first_difference(document.data, _put_back(document))
        if offset is not None:
            differences.append(Difference(str(file), offset))
    identical = len(files) - len(differences) - len(unreadable)
    return RoundTrip(len(files), identical, tuple(differences), tuple(unreadable))


def _put_back(document: Document) -> bytes:
    segments = document.segments()
    for segment in segments:
        if unmask(segment.text, segment.items, segment.breaks) != document.raw(segment):
            return document.text[: segment.start].encode("utf-8")
    return splice(document, {number: segment.text for number, segment in enumerate(segments)}).data


def _first_difference(left: bytes, right: bytes) -> int | None:
    if left == right:
        return None
    return next(
        (n for n, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right))
    )


def _unlisted(error: OSError) -> None:
    message = f"cannot be listed: {error.strerror}"
    raise AmtsError(message, where=str(error.filename), remedy="check its permissions") from None


def _book_files(path: Path) -> Iterator[Path]:
    if path.is_dir():
        files = (
            Path(folder, name) for folder, _, names in os.walk(path, onerror=_unlisted) for name in names
        )
        found = sorted(file for file in files if file.suffix.lower() in SUFFIXES and file.is_file())
        if not found:
            raise AmtsError(
                "no files that can be read", where=str(path), remedy="name a file or another folder"
            )
        yield from found
    elif path.exists():
        yield path
    else:
        raise AmtsError("no such file or folder", where=str(path), remedy="correct the path")
