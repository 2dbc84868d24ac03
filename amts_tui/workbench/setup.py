"""Making a project: the file `amts.toml` beside the books."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from amts_tui import project as projects
from amts_tui.books.detection import Layout, Place, detect, documents_at
from amts_tui.corpus.files import write_atomically
from amts_tui.errors import AmtsError
from amts_tui.workbench.languages import checked


@dataclass(frozen=True, slots=True)
class NewProject:
    """What `create` wrote; `documents` counts each book's documents by language, `found` tells the layout if
    it was detected.
    """

    root: Path
    documents: dict[str, int]
    found: str


def create(folder: Path, source: tuple[str, Path | None], targets: dict[str, Path | None]) -> NewProject:
    """Writes `amts.toml` in a folder for books whose paths are given or, without any path, detected.

    Raises AmtsError for an existing project, an unknown language code, or a book without documents.
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
    layout = _layout(folder, source[0], paths)
    if len(set(layout.places.values())) < len(paths):
        raise AmtsError("two languages name the same book", remedy="give each language a folder of its own")
    documents = {lang: len(documents_at(folder, layout.places, lang)) for lang in paths}
    for lang, count in documents.items():
        if not count:
            raise AmtsError(
                f"the {lang} book has no Markdown documents",
                where=str(folder / layout.places[lang].path),
                remedy="correct its path",
            )
    text = projects.render(
        folder.resolve().name,
        (source[0], layout.places[source[0]].path),
        {lang: layout.places[lang].path for lang in targets},
        {lang: place.suffix for lang, place in layout.places.items()},
    )
    write_atomically(file, text)
    ignore_work_folder(folder)
    return NewProject(folder.resolve(), documents, layout.found)


def _layout(folder: Path, source: str, paths: dict[str, Path | None]) -> Layout:
    """Where the books are: detected in the folder that all share, or as the paths say."""
    given = {path.resolve() for path in paths.values() if path is not None}
    if not given or (len(given) == 1 and None not in paths.values()):
        root = next(iter(given), folder.resolve())
        if not root.is_dir():
            raise AmtsError("no such folder", where=str(root), remedy="correct the path of the books")
        found = detect(root, source, [lang for lang in paths if lang != source])
        if found is None:
            missing = next((lang for lang in paths if not (root / lang).is_dir()), source)
            raise AmtsError(
                f"no layout found in {root}: where is the {missing} book?", remedy=f"say {missing}=PATH"
            )
        return Layout(
            {
                lang: Place(_relative(root / place.path, folder), place.suffix)
                for lang, place in found.places.items()
            },
            found.found,
        )
    return Layout(
        {lang: Place(_relative(_book(folder, lang, path), folder)) for lang, path in paths.items()}, ""
    )


def _relative(path: Path, folder: Path) -> str:
    return Path(os.path.relpath(path.resolve(), folder.resolve())).as_posix()


def _book(folder: Path, lang: str, path: Path | None) -> Path:
    path = folder / lang if path is None else path
    if not path.is_dir():
        raise AmtsError("no such folder", where=str(path), remedy=f"correct the path of the {lang} book")
    return path


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
