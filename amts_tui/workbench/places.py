"""Where the books of a new project are: as the paths say, or detected."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from amts_tui.books.book import Book
from amts_tui.books.detection import Layout, Place, catalogues, documents_at, layouts, settle
from amts_tui.books.layout import Listing, about_repository, documents_among, loose_count, misnamed_error
from amts_tui.books.revisions import Revision, split_place
from amts_tui.books.trees import Folder, Tree, open_tree
from amts_tui.errors import AmtsError

_SHOWN = 3
_REPOSITORY = ("LICENSE", "LICENCE", "CHANGELOG", "CONTRIBUTING", "CODE_OF_CONDUCT")


@dataclass(frozen=True, slots=True)
class Found:
    """The books of a project: `paths` as the project file holds them, what is where, the finding in words,
    what is wrong with files that were left out, and other layouts that fit, with how to choose them.
    """

    paths: dict[str, str]
    places: dict[str, Place]
    documents: dict[str, list[str]]
    found: str
    left_out: tuple[str, ...]
    others: tuple[str, ...] = ()


def find_books(folder: Path, source: str, paths: Mapping[str, Path | None]) -> Found:
    """The books whose paths are given (a folder, or `PATH@REVISION`), or that are detected in the one place
    that all share, else in `folder`. Raises AmtsError for a path that does not exist or no layout.
    """
    given = {str(path) for path in paths.values() if path is not None}
    if not given or (len(given) == 1 and None not in paths.values()):
        root = next(iter(given), str(folder))
        tree = _opened(root, "the books")
        fitting = layouts(tree.names(), source, [lang for lang in paths if lang != source])
        if not fitting:
            raise _nothing_found(tree, root, paths, source)
        best, *others = fitting
        roots, trees = dict.fromkeys(paths, root), dict.fromkeys(paths, tree)
        found = _found(folder, roots, trees, dict(best.places), source, best.found)
        return replace(found, others=tuple(_choice(folder, root, other, source) for other in others))
    roots = {lang: str(folder / lang if path is None else path) for lang, path in paths.items()}
    trees = {lang: _opened(root, f"the {lang} book") for lang, root in roots.items()}
    places = settle({lang: set(documents_among(tree.names())) for lang, tree in trees.items()}, source)
    told = [f"the {lang} book in {place.path}" for lang, place in places.items() if place.path != "."]
    return _found(folder, roots, trees, places, source, ", ".join(told))


def _choice(folder: Path, root: str, layout: Layout, source: str) -> str:
    """A layout in words, with the options that choose it, or where there are none, its settings."""
    if any(place.suffix or place.exclude for place in layout.places.values()):
        tables = []
        for lang in sorted(layout.places, key=lambda lang: lang != source):
            place = layout.places[lang]
            settings = {"path": _stored(folder, root, place.path), "suffix": place.suffix}
            values = [f'{name} = "{value}"' for name, value in settings.items() if value]
            values += [f"exclude = {json.dumps(place.exclude, ensure_ascii=False)}"] if place.exclude else []
            tables.append(f"{lang} {', '.join(values)}")
        return f"{layout.found} (in amts.toml: {'; '.join(tables)})"
    split = split_place(Path(), root)
    base, revision = (Path(root), "") if split is None else (split[0], f"@{split[1]}")
    options = (
        f"--{'source' if lang == source else 'target'} {lang}={(base / place.path).as_posix()}{revision}"
        for lang, place in layout.places.items()
    )
    return f"{layout.found} ({' '.join(options)})"


def _opened(root: str, what: str) -> Tree:
    tree = open_tree(Path(), root)
    if isinstance(tree, Folder) and not tree.root.is_dir():
        raise AmtsError("no such folder", where=root, remedy=f"correct the path of {what}")
    return tree


def _nothing_found(tree: Tree, root: str, paths: Mapping[str, Path | None], source: str) -> AmtsError:
    targets = [lang for lang in paths if lang != source]
    folder = catalogues(tree.names(), targets)
    if folder is not None:
        return AmtsError(
            f"no layout found in {root}, but gettext catalogues (.po) in {folder}",
            remedy=f"make the books from them: --from {Path(root, folder).as_posix()}",
        )
    tops = {name.partition("/")[0] for name in tree.names()}
    missing = next((lang for lang in paths if lang not in tops), source)
    return AmtsError(f"no layout found in {root}: where is the {missing} book?", remedy=f"say {missing}=PATH")


def _found(
    folder: Path,
    roots: Mapping[str, str],
    trees: Mapping[str, Tree],
    places: dict[str, Place],
    source: str,
    words: str,
) -> Found:
    places = {lang: _without_about(trees[lang], place) for lang, place in places.items()}
    paths = {lang: _stored(folder, roots[lang], place.path) for lang, place in places.items()}
    loose: bool | None = None
    documents: dict[str, list[str]] = {}
    left_out: list[str] = []
    passed_over: list[set[str]] = []
    for lang in [source, *(lang for lang in places if lang != source)]:
        shared = tuple(
            other.suffix
            for name, other in places.items()
            if name != lang and other.suffix and paths[name] == paths[lang]
        )
        place = places[lang]
        listing = Listing(place.suffix, shared, exclude=place.exclude, loose=loose)
        book = Book(lang, open_tree(folder, paths[lang]), listing)
        documents[lang], misnamed = book.listed()
        left_out += [str(misnamed_error(book.place(name))) for name in misnamed]
        loose = loose_count(documents[source])
        everything = Book(lang, book.tree, replace(listing, loose=True)).listed()[0]
        passed_over.append(set(everything) - set(documents[lang]))
    left_out += _in_loose_formats(sorted(set.intersection(*passed_over)))
    return Found(paths, places, documents, words, tuple(left_out))


def _in_loose_formats(names: list[str]) -> list[str]:
    """What to say of files in HTML or plain text that stand in all books and count in none."""
    if not names:
        return []
    shown = ", ".join(names[:_SHOWN]) + (", ..." if len(names) > _SHOWN else "")
    return [
        f"in each book {len(names)} in HTML or plain text left out ({shown}): they count only in books of"
        ' nothing else; with `documents = ["**"]` in each table of amts.toml they are read'
    ]


def _without_about(tree: Tree, place: Place) -> Place:
    """At the root of a repository, the files about it are no chapters."""
    if place.path != "." or not _is_repository(tree):
        return place
    about = about_repository(documents_at(tree.names(), {"": place}, ""))
    return replace(place, exclude=(*place.exclude, *(f"/{name}" for name in about)))


def _is_repository(tree: Tree) -> bool:
    if isinstance(tree, Revision):
        return not tree.folder
    if isinstance(tree, Folder) and (tree.root / ".git").exists():
        return True
    return any("/" not in name and name.partition(".")[0] in _REPOSITORY for name in tree.names())


def _stored(folder: Path, root: str, place: str) -> str:
    """The path of a book as the project file in `folder` holds it."""
    split = split_place(Path(), root)
    base, revision = (Path(root), "") if split is None else (split[0], f"@{split[1]}")
    relative = os.path.relpath((base / place).resolve(), folder.resolve())
    return Path(relative).as_posix() + revision
