"""How a repository keeps its books: a tree for each language, or translations beside their source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from amts_tui.books.layout import Listing, list_documents

ORIGIN_SUFFIX = "_origin"
"""What the D2L repositories put behind the name of a source document that lies beside its translation."""

_FOLDERS = (".", "docs", "content", "i18n", "book", "books", "src", "translations", "locale")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a book is: its folder relative to the repository, and what its documents' names end in before the
    last suffix.
    """

    path: str
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """A layout that fits: the place of each language's book, and the finding in words."""

    places: dict[str, Place]
    found: str


def detect(root: Path, source: str, targets: Sequence[str]) -> Layout | None:
    """The first layout in which every language has documents; None if none fits.

    Tried in turn: a folder for each language (also below `docs/`, `i18n/` and the like), `name.en.md` beside
    `name.es.md`, `name.md` beside `name.es.md`, and `name_origin.md` beside `name.md`.
    """
    langs = [source, *targets]
    return next(
        (layout for layout in _candidates(source, targets) if _fits(root, layout, langs)),
        None,
    )


def _candidates(source: str, targets: Sequence[str]) -> Iterator[Layout]:
    langs = [source, *targets]
    for folder in _FOLDERS:
        prefix = "" if folder == "." else f"{folder}/"
        yield Layout(
            {lang: Place(f"{prefix}{lang}") for lang in langs}, f"a folder {prefix}LANG for each language"
        )
    beside = {lang: Place(".", f".{lang}") for lang in langs}
    yield Layout(beside, "name.LANG.md for each language")
    yield Layout(beside | {source: Place(".")}, "name.md with name.LANG.md beside it")
    if len(targets) == 1:
        origin = {source: Place(".", ORIGIN_SUFFIX), targets[0]: Place(".")}
        yield Layout(origin, f"name{ORIGIN_SUFFIX}.md with its translation name.md beside it")


def _fits(root: Path, layout: Layout, langs: Sequence[str]) -> bool:
    return all(documents_at(root, layout.places, lang) for lang in langs)


def documents_at(root: Path, places: dict[str, Place], lang: str) -> list[str]:
    """The documents of a language's book; none if its folder is missing.

    Where books share a folder, what the others' suffixes claim is not counted.
    """
    place = places[lang]
    folder = (root / place.path).resolve()
    if not folder.is_dir():
        return []
    others = tuple(
        other.suffix
        for name, other in places.items()
        if name != lang and (root / other.path).resolve() == folder and other.suffix
    )
    return list_documents(folder, Listing(place.suffix, others))
