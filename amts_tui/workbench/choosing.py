"""Choosing documents by globs over their paths."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase

from amts_tui.errors import AmtsError


def matches(path: str, globs: Sequence[str]) -> bool:
    """Whether a document path fits one of the globs; a glob without a special character also means the
    folder of that name.
    """
    return any(fnmatchcase(path, glob) or path.startswith(f"{glob.rstrip('/')}/") for glob in globs)


def chosen(paths: Iterable[str], globs: Sequence[str], excluded: Sequence[str] = ()) -> list[str]:
    """The paths that fit a glob (all of them without globs) and no excluded one. Raises AmtsError if a glob
    fits nothing.
    """
    every = list(paths)
    for glob in globs:
        if not any(matches(path, [glob]) for path in every):
            near = f"the book has e.g. {every[0]}" if every else "the book has no documents"
            raise AmtsError(f"no document fits {glob!r}", remedy=near)
    return [path for path in every if (not globs or matches(path, globs)) and not matches(path, excluded)]
