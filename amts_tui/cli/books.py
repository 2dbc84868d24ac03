"""`amts extract`, `amts roundtrip`, `amts documents`: what is read from the files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from amts_tui.cli.context import Target, one_target, open_workbench
from amts_tui.cli.output import Progress, put, rows, say, show
from amts_tui.errors import AmtsError
from amts_tui.workbench import files, pairing


def register(app: typer.Typer) -> None:
    """Adds the commands of this group."""
    app.command("extract")(extract)
    app.command("roundtrip")(roundtrip)
    documents = typer.Typer(help="The documents of the project and their state.", rich_markup_mode=None)
    documents.command("list")(list_documents)
    documents.command("pair")(pair_documents)
    documents.command("unpair")(unpair_document)
    app.add_typer(documents, name="documents")


def extract(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A Markdown file.")],
    lang: Annotated[str, typer.Option(help="Its language.")] = "en",
) -> None:
    """Show the blocks, segments and sentences of a file."""
    value = files.extract(file, lang)

    def table() -> None:
        for block in value["blocks"]:
            put(f"{block['start']:>8}  {block['kind']}{'' if block['translatable'] else '  (kept as it is)'}")
            for segment in block["segments"]:
                for unit in segment["units"]:
                    put(f"            {unit['text']}")

    show(value, table)


def roundtrip(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH…", help="Files and folders of Markdown.")],
) -> None:
    """Read files, put them back, compare: exit status 1 if a byte differs."""
    progress = Progress("read")
    result = files.roundtrip(paths, progress)
    progress.end()
    value = {"files": result.files, "identical": result.identical, "differences": result.differences}

    def table() -> None:
        put(f"{result.identical} of {result.files} files identical")
        for difference in result.differences:
            put(f"{difference.file}: differs at character {difference.offset}")

    show(value, table)
    for line in result.unreadable:
        say(f"amts: {line}")
    if result.unreadable:
        raise typer.Exit(2)
    if result.differences:
        raise typer.Exit(1)


def list_documents(
    target: Annotated[list[str] | None, typer.Option(help="Only these targets; repeatable.")] = None,
) -> None:
    """List the documents with their state: aligned, changed, new, no target, no source."""
    with open_workbench() as workbench:
        listing = [
            {
                "pipeline": pipeline.name,
                "document": state.path,
                "target_document": state.target_path,
                "chapter": state.chapter,
                "state": state.state,
                "beads": state.tally.beads if state.tally else 0,
                "confirmed": state.tally.confirmed if state.tally else 0,
                "edited": state.tally.edited if state.tally else 0,
                "doubtful": state.tally.doubtful if state.tally else 0,
            }
            for pipeline in workbench.chosen_pipelines(target or ())
            for state in workbench.documents(pipeline)
        ]
    header = ["pipeline", "document", "state", "beads", "confirmed", "edited", "doubtful"]
    show(
        listing, lambda: rows(header, ([row[name] for name in header] for row in listing), right=range(3, 7))
    )
    if not listing:
        raise AmtsError("the books have no documents", remedy="check the paths in amts.toml")


SourceDocument = Annotated[str, typer.Argument(metavar="SRC_DOC", help="Its path in the source book.")]


def pair_documents(
    source: SourceDocument,
    translation: Annotated[
        str, typer.Argument(metavar="TGT_DOC", help="Its translation in the target book.")
    ],
    target: Target = None,
) -> None:
    """Say which target document translates a source document, where the paths do not tell."""
    with open_workbench() as workbench:
        pipeline = workbench.pipeline(one_target(target))
        pairing.pair(workbench, pipeline, source, translation)
    value = {"pipeline": pipeline.name, "document": source, "target_document": translation}
    show(value, lambda: put(f"{pipeline.name}: {source} with {translation}; next: `amts align`"))


def unpair_document(source: SourceDocument, target: Target = None) -> None:
    """Say that a source document has no translation, whatever the paths say."""
    with open_workbench() as workbench:
        pipeline = workbench.pipeline(one_target(target))
        pairing.unpair(workbench, pipeline, source)
    value = {"pipeline": pipeline.name, "document": source, "target_document": None}
    show(value, lambda: put(f"{pipeline.name}: {source} has no translation"))
