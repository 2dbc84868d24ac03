"""Which files of a book's tree are its documents, and the chapter of a document."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from amts_tui.books.formats import SUFFIXES
from amts_tui.books.globs import fits
from amts_tui.errors import AmtsError

_SKIPPED: Final = frozenset({"_build", "amts-data", "node_modules", "__pycache__"})
_LOOSE: Final = frozenset({".txt", ".text", ".html", ".htm", ".xhtml"})
"""What lies beside the documents of many books and is none: lists of requirements, built pages."""
_FIRM: Final = frozenset(SUFFIXES) - _LOOSE - {".epub", ".docx"}
_ABOUT: Final = frozenset(
    {"README", "LICENSE", "LICENCE", "NOTICE", "CHANGELOG", "CHANGES", "CONTRIBUTING", "CONTRIBUTORS"}
    | {
        "AUTHORS",
        "MAINTAINERS",
        "CODE_OF_CONDUCT",
        "SECURITY",
        "SUPPORT",
        "INFO",
        "STYLE_GUIDE",
        "TERMINOLOGY",
    }
)


@dataclass(frozen=True, slots=True)
class Listing:
    """Which files of a tree are documents.

    With `suffix` (`_origin`) only files whose name ends so before its last suffix, which are then named
    without it, so that source and target beside each other have one name; none with one of
    `other_suffixes`. `documents` and `exclude` are patterns over the documents' paths. `loose` tells whether
    `.txt` and `.html` files count where `documents` does not say so; None: if the tree has no document in
    Markdown, reStructuredText, AsciiDoc or a notebook.
    """

    suffix: str = ""
    other_suffixes: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    loose: bool | None = None


PLAIN: Final = Listing()


def list_documents(root: Path, listing: Listing = PLAIN) -> list[str]:
    """The documents of the book in a folder: paths relative to it with `/`, sorted. Hidden and built folders
    are passed over. Raises AmtsError if `root` is no folder.
    """
    if not root.is_dir():
        raise AmtsError("no such folder", where=str(root), remedy="check the path of the book in amts.toml")
    return documents_among(walk(root), listing)


def documents_among(names: Iterable[str], listing: Listing = PLAIN) -> list[str]:
    """The documents among the files of a tree, sorted."""
    return listed(names, listing)[0]


def listed(names: Iterable[str], listing: Listing = PLAIN) -> tuple[list[str], list[str]]:
    """The documents among the files of a tree, sorted, and what would be one if its name were UTF-8."""
    found: list[str] = []
    misnamed: list[str] = []
    for name in _candidates(names, listing):
        (found if _is_utf8(name) else misnamed).append(name)
    if not listing.documents and not (loose_count(found) if listing.loose is None else listing.loose):
        found = [name for name in found if suffix_of(name) not in _LOOSE]
    return sorted(found), sorted(misnamed)


def loose_count(documents: Iterable[str]) -> bool:
    """Whether `.txt` and `.html` files are documents among these: nothing but what is about the repository
    (`README.md`) is written in a format for books.
    """
    return not any(suffix_of(name) in _FIRM and not is_about(name) for name in documents)


def about_repository(documents: Collection[str]) -> list[str]:
    """Those documents that are about the repository rather than part of the book: `README.md`, `LICENSE.md`
    and the like at its root.

    None where all are, or where a table of contents (`SUMMARY.md`) makes the README the first page.
    """
    about = [name for name in documents if is_about(name) and "/" not in name]
    return [] if len(about) == len(documents) or "SUMMARY.md" in documents else about


def is_about(name: str) -> bool:
    """Whether a file is by its name about the repository: `README.md`, `README.zh-CN.md`."""
    return name.rpartition("/")[2].partition(".")[0] in _ABOUT


def _candidates(names: Iterable[str], listing: Listing) -> Iterator[str]:
    others = tuple(other for other in listing.other_suffixes if other != listing.suffix)
    for name in names:
        stem, dot, ending = name.rpartition(".")
        if f"{dot}{ending}".lower() not in SUFFIXES or not stem or stem.endswith("/"):
            continue
        if not stem.endswith(listing.suffix) or any(stem.endswith(other) for other in others):
            continue
        document = stem.removesuffix(listing.suffix) + dot + ending
        if listing.documents and not fits(document, listing.documents):
            continue
        if not fits(document, listing.exclude):
            yield document


def misnamed_error(place: str) -> AmtsError:
    """What is wrong with a file whose name is not UTF-8."""
    shown = os.fsencode(place).decode("utf-8", "backslashreplace")
    return AmtsError("the name of this file is not UTF-8", where=shown, remedy="rename it")


def _is_utf8(name: str) -> bool:
    """Whether a name can be written down; the bytes of one that is not UTF-8 are surrogates in it."""
    return not any("\ud800" <= char <= "\udfff" for char in name)


def suffix_of(name: str) -> str:
    """The last suffix of a file's name, in lower case, with its dot; empty without one."""
    stem, dot, ending = name.rpartition("/")[2].rpartition(".")
    return f"{dot}{ending}".lower() if stem else ""


def file_name(document: str, suffix: str) -> str:
    """The file of a document in its tree, as a listing with this suffix names documents."""
    stem, dot, ending = document.rpartition(".")
    return f"{stem}{suffix}{dot}{ending}"


def chapter_of(path: str, depth: int = 1) -> str:
    """The chapter of a document: its first `depth` folders, "." for a document at the root."""
    folders = path.split("/")[:-1]
    return "/".join(folders[:depth]) or "."


def passed_over(name: str) -> bool:
    """Whether a path leads through a hidden or built folder, or to a hidden file."""
    return any(part.startswith(".") or part in _SKIPPED for part in name.split("/"))


def walk(root: Path) -> Iterator[str]:
    """Relative paths of all files that are not passed over; links to folders are followed, but each real
    folder is entered once.
    """
    seen: set[str] = set()
    waiting = [(str(root), "")]
    while waiting:
        folder, prefix = waiting.pop()
        real = os.path.realpath(folder)
        if real in seen:
            continue
        seen.add(real)
        for name, is_folder in _entries(folder):
            if is_folder:
                waiting.append((f"{folder}/{name}", f"{prefix}{name}/"))
            else:
                yield prefix + name


def _entries(folder: str) -> list[tuple[str, bool]]:
    """The folders and files in a folder by name, and whether each is a folder. Pipes, devices and links that
    lead nowhere are neither.
    """
    found: list[tuple[str, bool]] = []
    try:
        for path in sorted(Path(folder).iterdir()):
            if not passed_over(path.name) and (path.is_dir() or path.is_file()):
                found.append((path.name, path.is_dir()))
    except OSError as error:
        reason = error.strerror or "unreadable"
        raise AmtsError(f"cannot be listed: {reason}", where=folder, remedy="check its permissions") from None
    return found
