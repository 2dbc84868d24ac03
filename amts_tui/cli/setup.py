"""`amts init`: making a project."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from amts_tui.cli.output import counted, put, say, show, shown_path
from amts_tui.errors import AmtsError
from amts_tui.workbench import setup
from amts_tui.workbench.from_pairs import create_from_pairs
from amts_tui.workbench.languages import sentence_notes


def register(app: typer.Typer) -> None:
    """Adds the commands of this group."""
    app.command("init")(init)


def init(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="Where amts.toml goes: your repository's root.")
    ],
    source: Annotated[
        str,
        typer.Option(metavar="LANG[=PATH]", help="The source book, such as en=book/en or en=../book@v1.0."),
    ],
    target: Annotated[
        list[str], typer.Option(metavar="LANG[=PATH]", help="A target book, such as zh=book/zh; repeatable.")
    ],
    from_: Annotated[
        list[str] | None,
        typer.Option(
            "--from",
            metavar="F",
            help="Make the books of pairs: TMX, XLIFF, PO, CSV, TSV, JSONL, Moses; repeatable.",
        ),
    ] = None,
    confirmed: Annotated[
        bool, typer.Option("--confirmed", help="With --from: take all pairs for reviewed.")
    ] = False,
) -> None:
    """Make a project: write DIR/amts.toml for a source book and its translations.

    Without paths the layout is detected: a folder for each language, or translations beside their source.
    With --from, the books are written too: a document for each that the pairs come from.
    """
    books = dict(_book(text) for text in target)
    if len(books) != len(target):
        raise AmtsError("the same target language twice", remedy="one --target for each language")
    source_lang, source_path = _book(source)
    if from_:
        if source_path is not None or any(books.values()):
            raise AmtsError("--from writes the books itself", remedy="name the languages without paths")
        _from_pairs(folder, source_lang, list(books), from_, confirmed=confirmed)
    elif confirmed:
        raise AmtsError("--confirmed is about pairs", remedy="add --from F")
    else:
        _from_books(folder, (source_lang, source_path), books)
    for line in sentence_notes(source_lang, *books):
        say(f"note: {line}")


def _from_books(folder: Path, source: tuple[str, Path | None], targets: dict[str, Path | None]) -> None:
    made = setup.create(folder, source, targets)

    def table() -> None:
        _put_documents(made.root, made.documents)
        if made.found:
            put(f"Found: {made.found}")
        for other in made.others:
            put(f"Would fit too: {other}")
        if made.excluded:
            put(f"Left out: {', '.join(made.excluded)}")
        for lang, pairs in made.pairs.items():
            paired = counted(pairs.paired, "document")
            put(f"{lang}: {paired} paired by path{_alone(source[0], lang, pairs)}")
        for line in made.warnings:
            say(f"amts: {line}")
        put("Next: `amts align`, then `amts`")

    value = {
        "project": str(made.root),
        "documents": made.documents,
        "layout": made.found or None,
        "other_layouts": list(made.others),
        "excluded": list(made.excluded),
        "pairs": {lang: asdict(pairs) for lang, pairs in made.pairs.items()},
        "warnings": list(made.warnings),
    }
    show(value, table)


def _from_pairs(folder: Path, source: str, targets: list[str], files: list[str], *, confirmed: bool) -> None:
    made = create_from_pairs(folder, source, targets, files, confirmed=confirmed)

    def table() -> None:
        _put_documents(made.root, made.documents)
        put(f"{counted(made.pairs, 'pair')}: {made.confirmed:,} confirmed, {made.unsettled:,} unfinished")
        for reason, count in made.left_out.items():
            put(f"Left out: {counted(count, 'pair')}: {reason}")
        put("Next: `amts`")

    value = {
        "project": str(made.root),
        "documents": made.documents,
        "beads": {"pairs": made.pairs, "confirmed": made.confirmed, "unfinished": made.unsettled},
        "left_out": made.left_out,
    }
    show(value, table)


def _put_documents(root: Path, documents: dict[str, int]) -> None:
    books = ", ".join(f"{lang} {counted(count, 'document')}" for lang, count in documents.items())
    put(f"{shown_path(root / 'amts.toml')}: {books}")


def _alone(source: str, target: str, pairs: setup.PathPairs) -> str:
    counts = {source: pairs.only_source, target: pairs.only_target}
    told = " and ".join(f"{count} in {lang}" for lang, count in counts.items() if count)
    return f", {told} without a counterpart: see `amts documents list`" if told else ""


def _book(text: str) -> tuple[str, Path | None]:
    lang, separator, path = text.partition("=")
    if separator and not path:
        raise AmtsError(f"--source/--target {text}: no path after =", remedy=f"say {lang}=PATH")
    return lang, Path(path) if separator else None
