"""Making a project: the file `amts.toml` beside the books."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from amts_tui import project as projects
from amts_tui.books.formats import SUFFIXES
from amts_tui.corpus.files import write_atomically
from amts_tui.errors import AmtsError
from amts_tui.workbench.languages import checked
from amts_tui.workbench.places import Found, find_books

_MANY_ALONE = 0.2
"""The share of documents without a counterpart from which on that is worth a word."""


@dataclass(frozen=True, slots=True)
class PathPairs:
    """How many documents of a target book have the path of a source document, and how many on each side have
    no counterpart.
    """

    paired: int
    only_source: int
    only_target: int


@dataclass(frozen=True, slots=True)
class NewProject:
    """What `create` wrote. `documents` counts each book's documents by language, `pairs` by target those
    whose paths agree; `found` tells the layout if it was detected, `others` those that would fit as well,
    `excluded` what was left out of the books, `warnings` what looks wrong.
    """

    root: Path
    documents: dict[str, int]
    found: str
    others: tuple[str, ...]
    pairs: dict[str, PathPairs]
    excluded: tuple[str, ...]
    warnings: tuple[str, ...]


def create(folder: Path, source: tuple[str, Path | None], targets: dict[str, Path | None]) -> NewProject:
    """Writes `amts.toml` in a folder for books whose paths are given (also `PATH@REVISION`) or, without any
    path, detected.

    Raises AmtsError for an existing project, an unknown language code, or a book without documents.
    """
    made, found = _looked(folder, source, targets)
    settings = {
        lang: {"path": found.paths[lang], "suffix": place.suffix, "exclude": place.exclude}
        for lang, place in found.places.items()
    }
    write_project(
        folder,
        projects.SourceTable.model_validate({"lang": source[0]} | settings[source[0]]),
        {lang: projects.TargetTable.model_validate(settings[lang]) for lang in targets},
    )
    return made


def look(folder: Path, source: tuple[str, Path | None], targets: dict[str, Path | None]) -> NewProject:
    """What `create` would find, without writing anything. Raises AmtsError as it does."""
    return _looked(folder, source, targets)[0]


def _looked(
    folder: Path, source: tuple[str, Path | None], targets: dict[str, Path | None]
) -> tuple[NewProject, Found]:
    paths = check_new(folder, source, targets)
    found = find_books(folder, source[0], paths)
    if len({(found.paths[lang], found.places[lang].suffix) for lang in paths}) < len(paths):
        raise AmtsError("two languages name the same book", remedy="give each language a folder of its own")
    for lang, documents in found.documents.items():
        if not documents:
            raise AmtsError(
                f"the {lang} book has no documents",
                where=str(folder / found.paths[lang]),
                remedy=f"correct its path; names of documents end in {', '.join(SUFFIXES)}",
            )
    pairs = {lang: _path_pairs(found.documents[source[0]], found.documents[lang]) for lang in targets}
    counts = {lang: len(found.documents[lang]) for lang in paths}
    warnings = (*found.left_out, *_warnings(source[0], pairs))
    made = NewProject(folder.resolve(), counts, found.found, found.others, pairs, _excluded(found), warnings)
    return made, found


def check_new(
    folder: Path, source: tuple[str, Path | None], targets: Mapping[str, Path | None]
) -> dict[str, Path | None]:
    """The paths of all books by language. Raises AmtsError for an existing project, an unknown language code,
    no target, or a language that is named twice.
    """
    file = folder / projects.FILE_NAME
    if file.exists():
        raise AmtsError(
            "there is a project already", where=str(file), remedy="edit it, or choose another folder"
        )
    if not targets:
        raise AmtsError("a project needs a target book", remedy="say --target zh=PATH")
    paths = {checked(lang): path for lang, path in [source, *targets.items()]}
    if len(paths) != len(targets) + 1:
        raise AmtsError(f"{source[0]} cannot be source and target at once", remedy="correct the languages")
    return paths


def write_project(
    folder: Path, source: projects.SourceTable, targets: dict[str, projects.TargetTable]
) -> None:
    """Writes `amts.toml`, and keeps out of git what should not be in it."""
    text = projects.render(folder.resolve().name, source, targets)
    write_atomically(folder / projects.FILE_NAME, text)
    ignore_work_folder(folder)


def _path_pairs(source: list[str], target: list[str]) -> PathPairs:
    paired = len(set(source) & set(target))
    return PathPairs(paired, len(source) - paired, len(target) - paired)


def _excluded(found: Found) -> tuple[str, ...]:
    patterns = (pattern for place in found.places.values() for pattern in place.exclude)
    return tuple(dict.fromkeys(pattern.removeprefix("/") for pattern in patterns))


def _warnings(source: str, pairs: Mapping[str, PathPairs]) -> list[str]:
    said = []
    for lang, count in pairs.items():
        smaller = count.paired + min(count.only_source, count.only_target)
        if not count.paired:
            said.append(
                f"{lang}: 0 of {smaller} paths agree with those of the {source} book: is it the right folder?"
            )
        elif count.paired < (1 - _MANY_ALONE) * smaller:
            said.append(
                f"{lang}: only {count.paired} of {smaller} paths agree with those of the {source} book:"
                " `amts documents list` shows the others"
            )
    return said


def ignore_work_folder(folder: Path) -> None:
    """Keeps what can be rebuilt, and what a killed process leaves half written, out of the maintainers'
    repository.
    """
    ignore = folder / ".gitignore"
    text = ignore.read_text(encoding="utf-8") if ignore.exists() else ""
    wanted = (f"{projects.WORK_FOLDER}/", f"{projects.DATA_FOLDER}/**/.*.part")
    missing = [line for line in wanted if line not in text.split("\n")]
    if missing:
        joint = "" if not text or text.endswith("\n") else "\n"
        write_atomically(ignore, "\n".join([f"{text}{joint}{missing[0]}", *missing[1:], ""]))
