"""Where the files of a book are: in a folder, or in a git repository at a revision."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from amts_tui.books.layout import walk
from amts_tui.books.reading import read_bytes
from amts_tui.books.revisions import open_revision, split_place
from amts_tui.errors import AmtsError


class Tree(Protocol):
    """The files of a book. Names are relative paths with `/`; two trees are equal if they are the same
    place.
    """

    def names(self) -> Iterable[str]:
        """The names of all files but hidden and built ones. Raises AmtsError if they cannot be listed."""

    def has(self, name: str) -> bool:
        """Whether there is such a file."""

    def read(self, name: str) -> bytes:
        """The bytes of a file. Raises AmtsError for one that is not there or cannot be read."""

    def place(self, name: str) -> str:
        """What to call a file in messages."""

    def file(self, name: str) -> Path:
        """The file on disk. Raises AmtsError where there is none that could be written."""

    def close(self) -> None:
        """Gives back what reading has taken."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder on disk, as it is now."""

    root: Path

    def names(self) -> Iterable[str]:
        """See `Tree`."""
        if not self.root.is_dir():
            raise AmtsError("no such folder", where=str(self.root), remedy="correct the path of the book")
        return walk(self.root)

    def has(self, name: str) -> bool:
        """See `Tree`."""
        return self.file(name).is_file()

    def read(self, name: str) -> bytes:
        """See `Tree`."""
        return read_bytes(self.file(name))

    def place(self, name: str) -> str:
        """See `Tree`."""
        return str(self.file(name))

    def file(self, name: str) -> Path:
        """See `Tree`."""
        return self.root / name

    def close(self) -> None:
        """Nothing was taken."""


def open_tree(base: Path, path: str) -> Tree:
    """The tree that a project file in `base` names: a folder, or `path@rev`. Raises AmtsError for a revision
    that cannot be had; a folder need not exist.
    """
    place = split_place(base, path)
    return Folder((base / path).resolve()) if place is None else open_revision(*place)
