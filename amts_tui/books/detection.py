"""How a repository keeps its books: a tree for each language, translations in a folder of their own, or
beside their source.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product
from typing import Final

from amts_tui.books.layout import Listing, documents_among, is_about
from amts_tui.books.spellings import distance, language_of

ORIGIN_SUFFIX: Final = "_origin"
"""What the D2L repositories put behind the name of a source document that lies beside its translation."""

_BOOK_FOLDERS: Final = ("docs", "content", "book", "books", "src", "source", "text", "website/docs")
_TRANSLATIONS: Final = frozenset(
    {
        "i18n",
        "_i18n",
        "l10n",
        "lang",
        "langs",
        "languages",
        "locale",
        "locales",
        "translation",
        "translations",
    }
)
_DOCUSAURUS: Final = "docusaurus-plugin-content-docs/current"
_CATALOGUE: Final = re.compile(r"(.*?)([^/]+)/LC_MESSAGES/.*\.po|(.*/)?([^/]+)\.po")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a book is in a tree: its folder, what its documents' names end in before the last suffix, and
    patterns of what lies there and is none of its documents.
    """

    path: str
    suffix: str = ""
    exclude: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """A layout that fits: the place of each language's book, and the finding in words."""

    places: Mapping[str, Place]
    found: str


@dataclass(frozen=True, slots=True)
class _Candidate:
    """`sure`: the folders say by their names what they are, even if no document has its like in both."""

    layout: Layout
    sure: bool = False


def detect(names: Iterable[str], source: str, targets: Sequence[str]) -> Layout | None:
    """The layout of a tree with these files in which the most documents have one path in all languages; None
    if none fits.

    Known are a folder for each language wherever it lies (`docs/en`, `docs/zh_CN`), a source with its
    translations in folders inside it or beside it (`docs/` and `docs/es/`, `docs/` and `i18n/es/`, that of
    Docusaurus too), `name.en.md` beside `name.es.md`, `name.md` beside `name.es.md`, and `name_origin.md`
    beside `name.md`.
    """
    return next(iter(layouts(names, source, targets)), None)


def layouts(names: Iterable[str], source: str, targets: Sequence[str]) -> list[Layout]:
    """The layouts that fit a tree, as `detect` knows them, the best first; after it those alone in which at
    least half as many documents have one path in all languages.
    """
    tree = _Tree(frozenset(documents_among(names)))
    found: list[tuple[int, Layout]] = []
    for candidate in _candidates(tree, source, list(targets)):
        count = tree.agreeing(candidate.layout, source)
        places = candidate.layout.places
        if count >= (0 if candidate.sure else 1) and all(places != other.places for _, other in found):
            found.append((count, candidate.layout))
    found.sort(key=lambda one: -one[0])
    return [layout for count, layout in found if 2 * count >= found[0][0]]


def documents_at(documents: Iterable[str], places: Mapping[str, Place], lang: str) -> set[str]:
    """The documents of a language's book among those of the tree that holds all the places.

    Where books share a folder, what the others' suffixes claim is not counted.
    """
    place = places[lang]
    prefix = "" if place.path == "." else f"{place.path}/"
    below = (name.removeprefix(prefix) for name in documents if name.startswith(prefix))
    others = tuple(
        other.suffix for name, other in places.items() if name != lang and other.path == place.path
    )
    listing = Listing(place.suffix, tuple(filter(None, others)), exclude=place.exclude, loose=True)
    return set(documents_among(below, listing))


def settle(documents: Mapping[str, Set[str]], source: str) -> dict[str, Place]:
    """The places of books each of which has a tree of its own, given the documents of these trees: the whole
    tree, unless hardly any path agrees, and more agree in a folder of it (`docs/`, one named after the
    language). A target tree that holds its own sources (`name_origin.md`) is without them. Where each tree
    holds all the books (a repository at two revisions), a language's own one counts.
    """
    targets = [lang for lang in documents if lang != source]
    layouts = {lang: detect(found, source, targets) for lang, found in documents.items()}
    if all(layouts.values()):
        return {lang: _by_itself(layout, lang) for lang, layout in layouts.items() if layout}
    places: dict[str, Place] = {lang: _whole(found, lang == source) for lang, found in documents.items()}
    trees = {lang: _Tree(frozenset(found)) for lang, found in documents.items()}
    for target in places:
        if target == source or _agree_well(trees, places, source, target):
            continue
        pairs = product(
            [places[source], *trees[source].book_folders(source)],
            [places[target], *trees[target].book_folders(target)],
        )
        best = max(pairs, key=lambda pair: len(trees[source].at(pair[0]) & trees[target].at(pair[1])))
        places |= {source: best[0], target: best[1]}
    return places


def catalogues(names: Iterable[str], targets: Sequence[str]) -> str | None:
    """The folder of the gettext catalogues (`.po`) of a target language, as Sphinx and others keep them."""
    for name in names:
        match = _CATALOGUE.fullmatch(name)
        if match and any(distance(match[2] or match[4], lang) is not None for lang in targets):
            return f"{match[1]}{match[2]}/LC_MESSAGES" if match[2] else (match[3] or "./").rstrip("/")
    return None


def _by_itself(layout: Layout, lang: str) -> Place:
    """The place of a language where the others of its tree do not count."""
    place = layout.places[lang]
    beside = (
        f"*{other.suffix}.*"
        for name, other in layout.places.items()
        if name != lang and other.path == place.path and other.suffix and not place.suffix
    )
    return replace(place, exclude=(*place.exclude, *beside))


def _whole(documents: Set[str], is_source: bool) -> Place:
    origins = any(name.rpartition(".")[0].endswith(ORIGIN_SUFFIX) for name in documents)
    return Place(".", exclude=(f"*{ORIGIN_SUFFIX}.*",) if origins and not is_source else ())


def _agree_well(trees: Mapping[str, _Tree], places: Mapping[str, Place], source: str, target: str) -> bool:
    left, right = trees[source].at(places[source]), trees[target].at(places[target])
    return 2 * len(left & right) >= min(len(left), len(right))


@dataclass(frozen=True)
class _Tree:
    """The documents of a tree, and what its folders and names say about languages."""

    documents: frozenset[str]

    @cached_property
    def folders(self) -> list[str]:
        """All folders that hold documents, at any depth, the shallow ones first."""
        found: set[str] = set()
        for name in self.documents:
            parts = name.split("/")[:-1]
            found.update("/".join(parts[:depth]) for depth in range(1, len(parts) + 1))
        return sorted(found, key=lambda folder: (folder.count("/"), folder))

    @cached_property
    def by_language(self) -> dict[str, list[str]]:
        """The folders that are named after a language, by the folder above them ("" for the root)."""
        found: dict[str, list[str]] = {}
        for folder in self.folders:
            above, _, name = folder.rpartition("/")
            if language_of(name):
                found.setdefault(above, []).append(name)
        return found

    @cached_property
    def endings(self) -> set[str]:
        """What the names of documents end in that name a language: `.es`, `_zh-CN`."""
        found: set[str] = set()
        for name in self.documents:
            match = re.search(r"[^/]([._-][A-Za-z]{2,3}(?:[-_][A-Za-z]{2,4})?)\.\w+$", name)
            if match and language_of(match[1][1:]):
                found.add(match[1])
        return found

    def has_beside(self, ending: str) -> bool:
        """Whether documents with an ending lie beside some of the same name without it."""
        plain = (name.replace(f"{ending}.", ".") for name in self.documents if f"{ending}." in name)
        return any(name in self.documents for name in plain)

    def at(self, place: Place) -> set[str]:
        """The documents at one place."""
        return documents_at(self.documents, {"": place}, "")

    def agreeing(self, layout: Layout, source: str) -> int:
        """How many documents the books of a layout have in common, over all targets; -1 if one is empty."""
        books = {lang: documents_at(self.documents, layout.places, lang) for lang in layout.places}
        if not all(books.values()):
            return -1
        shared = (books[source] & books[lang] for lang in books if lang != source)
        return sum(not is_about(name) for both in shared for name in both)

    def book_folders(self, lang: str) -> list[Place]:
        """Where in a tree of its own a book may be."""
        return [
            Place(folder)
            for folder in self.folders
            if folder.count("/") < 3
            and (folder in _BOOK_FOLDERS or distance(folder.rpartition("/")[2], lang) is not None)
        ]


def _candidates(tree: _Tree, source: str, targets: list[str]) -> Iterator[_Candidate]:
    for above, names in tree.by_language.items():
        spelled = {lang: _nearest(names, lang) for lang in [source, *targets]}
        if all(spelled[target] for target in targets):
            folders = {lang: _joined(above, name) for lang, name in spelled.items() if name}
            if source in folders:
                yield _Candidate(_siblings(above, folders), sure=True)
            else:
                yield from _source_elsewhere(tree, source, above, folders)
    yield from _beside(tree, source, targets)
    if len(targets) == 1:
        origin = {source: Place(".", ORIGIN_SUFFIX), targets[0]: Place(".")}
        yield _Candidate(Layout(origin, f"name{ORIGIN_SUFFIX}.md with its translation name.md beside it"))


def _siblings(above: str, folders: Mapping[str, str]) -> Layout:
    spelled = "".join(
        f", {lang} in {folder}" for lang, folder in folders.items() if folder != _joined(above, lang)
    )
    places = {lang: Place(folder) for lang, folder in folders.items()}
    return Layout(places, f"a folder {_joined(above, 'LANG')} for each language{spelled}")


def _source_elsewhere(
    tree: _Tree, source: str, above: str, folders: Mapping[str, str]
) -> Iterator[_Candidate]:
    """Layouts with folders for the translations alone."""
    parent, _, last = above.rpartition("/")
    if last in _TRANSLATIONS:
        plugin = {lang: f"{folder}/{_DOCUSAURUS}" for lang, folder in folders.items()}
        if all(folder in tree.folders for folder in plugin.values()):
            for root in (parent, parent.rpartition("/")[0]):
                yield _apart(tree, source, Place(_joined(root, "docs")), plugin, sure=True)
        for folder in _BOOK_FOLDERS:
            yield _apart(tree, source, Place(_joined(parent, folder)), folders)
        yield _apart(tree, source, Place(parent or ".", exclude=(f"{last}/",)), folders)
    inside = tree.at(Place(above or "."))
    others = tuple(
        f"{name}/"
        for name in tree.by_language[above]
        if _joined(above, name) in folders.values() or inside & tree.at(Place(_joined(above, name)))
    )
    yield _apart(tree, source, Place(above or ".", exclude=others), folders)


def _apart(
    tree: _Tree, source: str, place: Place, folders: Mapping[str, str], *, sure: bool = False
) -> _Candidate:
    kept = tuple(
        pattern for pattern in place.exclude if _joined(place.path, pattern.rstrip("/")) in tree.folders
    )
    places = {source: Place(place.path, exclude=kept)} | {
        lang: Place(folder) for lang, folder in folders.items()
    }
    where = "the root" if place.path == "." else place.path
    translations = ", ".join(folders.values())
    return _Candidate(Layout(places, f"{source} in {where}, its translations in {translations}"), sure)


def _beside(tree: _Tree, source: str, targets: Sequence[str]) -> Iterator[_Candidate]:
    """Layouts with the language in the names of the files."""
    for mark in "._-":
        endings = [ending[1:] for ending in sorted(tree.endings) if ending[0] == mark]
        spelled = {lang: _nearest(endings, lang) for lang in [source, *targets]}
        if not all(spelled[target] for target in targets):
            continue
        suffixes = {lang: f"{mark}{name}" for lang, name in spelled.items() if name}
        root = _common_root(tree, {suffixes[target] for target in targets})
        places = {lang: Place(root, suffix) for lang, suffix in suffixes.items()}
        if source in places:
            yield _Candidate(Layout(places, f"name{mark}LANG for each language, before the suffix"))
        others = {f"{mark}{ending}" for ending in endings}.difference(suffixes.values())
        exclude = tuple(sorted(f"*{ending}.*" for ending in others if tree.has_beside(ending)))
        places = places | {source: Place(root, exclude=exclude)}
        yield _Candidate(Layout(places, f"name{mark}LANG beside name, before the suffix"))


def _common_root(tree: _Tree, suffixes: Set[str]) -> str:
    """The folder for books that holds all translated documents, else the root."""
    translated = [
        name
        for name in tree.documents
        if any(name.rpartition(".")[0].endswith(suffix) for suffix in suffixes) and not is_about(name)
    ]
    folders = (folder for folder in _BOOK_FOLDERS if all(n.startswith(f"{folder}/") for n in translated))
    return next(folders, ".") if translated else "."


def _nearest(names: Sequence[str], lang: str) -> str | None:
    """The name that spells a language best."""
    known = [(far, name) for name in names if (far := distance(name, lang)) is not None]
    return min(known)[1] if known else None


def _joined(above: str, name: str) -> str:
    return f"{above}/{name}" if above not in ("", ".") else name
