"""`amts init`: making a project."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from amts_tui.cli.output import counted, put, say, show, shown_path
from amts_tui.errors import AmtsError
from amts_tui.workbench import setup
from amts_tui.workbench.languages import sentence_notes


def register(app: typer.Typer) -> None:
    """Adds the commands of this group."""
    app.command("init")(init)


def init(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="Where amts.toml goes: your repository's root.")
    ],
    source: Annotated[str, typer.Option(metavar="LANG[=PATH]", help="The source book, such as en=book/en.")],
    target: Annotated[
        list[str], typer.Option(metavar="LANG[=PATH]", help="A target book, such as zh=book/zh; repeatable.")
    ],
) -> None:
    """Make a project: write DIR/amts.toml for a source book and its translations.

    Without paths the layout is detected: a folder for each language, or translations beside their source.
    """
    targets = dict(_book(text) for text in target)
    if len(targets) != len(target):
        raise AmtsError("the same target language twice", remedy="one --target for each language")
    source_lang, source_path = _book(source)
    made = setup.create(folder, (source_lang, source_path), targets)

    def table() -> None:
        books = ", ".join(f"{lang} {count} documents" for lang, count in made.documents.items())
        put(f"{shown_path(made.root / 'amts.toml')}: {books}")
        if made.found:
            put(f"Found: {made.found}")
        if made.excluded:
            put(f"Left out: {', '.join(made.excluded)}")
        for lang, pairs in made.pairs.items():
            paired = counted(pairs.paired, "document")
            put(f"{lang}: {paired} paired by path{_alone(source_lang, lang, pairs)}")
        for line in made.warnings:
            say(f"amts: {line}")
        put("Next: `amts align`, then `amts`")

    value = {
        "project": str(made.root),
        "documents": made.documents,
        "layout": made.found or None,
        "excluded": list(made.excluded),
        "pairs": {lang: asdict(pairs) for lang, pairs in made.pairs.items()},
        "warnings": list(made.warnings),
    }
    show(value, table)
    for line in sentence_notes(source_lang, *targets):
        say(f"note: {line}")


def _alone(source: str, target: str, pairs: setup.PathPairs) -> str:
    counts = {source: pairs.only_source, target: pairs.only_target}
    told = " and ".join(f"{count} in {lang}" for lang, count in counts.items() if count)
    return f", {told} without a counterpart" if told else ""


def _book(text: str) -> tuple[str, Path | None]:
    lang, separator, path = text.partition("=")
    if separator and not path:
        raise AmtsError(f"--source/--target {text}: no path after =", remedy=f"say {lang}=PATH")
    return lang, Path(path) if separator else None
