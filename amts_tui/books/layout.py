"""Where the documents of a book lie: the walk over its folder and the chapter of a document."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from amts_tui.books.formats import SUFFIXES
from amts_tui.errors import AmtsError

_SKIPPED = frozenset({"_build", "amts-data", "node_modules", "__pycache__"})


def list_documents(
    root: Path,
    *,
    suffixes: tuple[str, ...] = SUFFIXES,
    suffix: str = "",
    other_suffixes: tuple[str, ...] = (),
) -> list[str]:
    """The documents of the book at `root`: paths relative to it with `/`, sorted. Hidden and built folders
    are passed over.

    With `suffix` (`_origin`) only the files whose name ends so before its last suffix count, and are named
    without it, so that source and target beside each other get the same name; files with one of
    `other_suffixes` are left out. Raises AmtsError if `root` is no folder.
    """
    if not root.is_dir():
        raise AmtsError("no such folder", where=str(root), remedy="check the path of the book in amts.toml")
    names = []
    for name in _walk(root):
        stem, dot, ending = name.rpartition(".")
        if f"{dot}{ending}" not in suffixes or not stem.endswith(suffix) or stem.endswith("/"):
            continue
        if any(stem.endswith(other) for other in other_suffixes if other != suffix):
            continue
        names.append(stem.removesuffix(suffix) + dot + ending)
    return sorted(names)


def document_file(root: Path, document: str, *, suffix: str = "") -> Path:
    """The file of a document as `list_documents` names it."""
    path = root / document
    return path.with_name(f"{path.stem}{suffix}{path.suffix}")


def chapter_of(path: str, depth: int = 1) -> str:
    """The chapter of a document: its first `depth` folders, "." for a document at the root."""
    folders = path.split("/")[:-1]
    return "/".join(folders[:depth]) or "."


def _walk(root: Path) -> Iterator[str]:
    """Relative paths of all files; links to folders are followed, but each real folder is entered once."""
    seen: set[str] = set()
    waiting = [(str(root), "")]
    while waiting:
        folder, prefix = waiting.pop()
        real = os.path.realpath(folder)
        if real in seen:
            continue
        seen.add(real)
        with os.scandir(folder) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                if entry.name.startswith(".") or entry.name in _SKIPPED:
                    continue
                if entry.is_dir():
                    waiting.append((entry.path, f"{prefix}{entry.name}/"))
                elif entry.is_file():
                    yield prefix + entry.name
