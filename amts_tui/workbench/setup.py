"""Making a project: the file `amts.toml` beside the books."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from amts_tui import project as projects
from amts_tui.books import layout
from amts_tui.corpus.files import write_atomically
from amts_tui.errors import AmtsError
from amts_tui.workbench.languages import checked


@dataclass(frozen=True, slots=True)
class NewProject:
    """What `create` wrote; `documents` counts each book's documents by language."""

    root: Path
    documents: dict[str, int]


def create(folder: Path, source: tuple[str, Path | None], targets: dict[str, Path | None]) -> NewProject:
    """Writes `amts.toml` in a folder for books whose paths are given, or found in sub-folders named by the
    language code.

    Raises AmtsError for an existing project, an unknown language code, or a book without documents.
    """
    file = folder / projects.FILE_NAME
    if file.exists():
        raise AmtsError(
            "there is a project already", where=str(file), remedy="edit it, or choose another folder"
        )
    if not targets:
        raise AmtsError("a project needs a target book", remedy="say --target zh=PATH")
    paths = {checked(lang): _book(folder, lang, path) for lang, path in [source, *targets.items()]}
    if len(paths) != len(targets) + 1:
        raise AmtsError(f"{source[0]} cannot be source and target at once", remedy="correct the languages")
    documents = {lang: len(layout.list_documents(path)) for lang, path in paths.items()}
    for lang, count in documents.items():
        if not count:
            raise AmtsError(
                f"the {lang} book has no Markdown documents",
                where=str(paths[lang]),
                remedy="correct its path",
            )
    stored = {lang: Path(os.path.relpath(path, folder.resolve())).as_posix() for lang, path in paths.items()}
    text = projects.render(
        folder.resolve().name, (source[0], stored[source[0]]), {lang: stored[lang] for lang in targets}, {}
    )
    write_atomically(file, text)
    ignore_work_folder(folder)
    return NewProject(folder.resolve(), documents)


def _book(folder: Path, lang: str, path: Path | None) -> Path:
    if path is None:
        path = folder / lang
        if not path.is_dir():
            raise AmtsError(
                f"no folder {lang}/ in {folder}: where is the {lang} book?", remedy=f"say {lang}=PATH"
            )
    if not path.is_dir():
        raise AmtsError("no such folder", where=str(path), remedy=f"correct the path of the {lang} book")
    return path.resolve()


def ignore_work_folder(folder: Path) -> None:
    """Keeps what can be rebuilt out of the maintainers' repository."""
    ignore = folder / ".gitignore"
    line = f"{projects.WORK_FOLDER}/"
    text = ignore.read_text(encoding="utf-8") if ignore.exists() else ""
    if line not in text.split("\n"):
        joint = "" if not text or text.endswith("\n") else "\n"
        write_atomically(ignore, f"{text}{joint}{line}\n")
