"""`amts extract`, `amts roundtrip`, `amts documents`: what is read from the files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Annotated, Any

import typer

from amts_tui.cli.context import Target, one_target, open_workbench
from amts_tui.cli.output import Progress, confirmed, counted, put, rows, say, show, visible
from amts_tui.errors import AmtsError
from amts_tui.workbench import files, pairing
from amts_tui.workbench.languages import sentence_notes
from amts_tui.workbench.pairing import How
from amts_tui.workbench.session import DocumentState, Pipeline, Workbench


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
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file of any format that is read.")],
    lang: Annotated[str, typer.Option(help="Its language.")] = "en",
) -> None:
    """Show the blocks, segments and sentences of a file."""
    value = files.extract(file, lang)

    def table() -> None:
        for block in value["blocks"]:
            put(f"{block['start']:>8}  {block['kind']}{'' if block['translatable'] else '  (kept as it is)'}")
            for segment in block["segments"]:
                for unit in segment["units"]:
                    put(f"            {visible(unit['text'])}")

    show(value, table)
    for line in sentence_notes(lang):
        say(f"note: {line}")


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
    """List the documents with their state (aligned, changed, new, no target, no source, own: said to have no
    source), their partners, and the best guess for those without.
    """
    with open_workbench() as workbench:
        listing = [
            row
            for pipeline in workbench.chosen_pipelines(target or ())
            for row in _listed(workbench, pipeline)
        ]
    counts = ["beads", "confirmed", "edited", "doubtful"]
    header = ["pipeline", "document", "state", *counts, "~wrong", "partner"]
    lines = [
        [
            *(str(row[name]) for name in ("pipeline", "document", "state", *counts)),
            f"{row['expected_wrong']:.1f}" if row["beads"] else "",
            _partner_in_words(row),
        ]
        for row in listing
    ]
    shown = len(header) if any(line[-1] for line in lines) else len(header) - 1
    show(
        [{name: value for name, value in row.items() if name != "words"} for row in listing],
        lambda: rows(header[:shown], (line[:shown] for line in lines), right=range(3, 8)),
    )
    for line in (*_not_by_path(listing), *_expectations(listing)):
        say(line)
    if not listing:
        raise AmtsError("the books have no documents", remedy="check the paths in amts.toml")


def _not_by_path(listing: Sequence[dict[str, Any]]) -> Iterator[str]:
    """For each pipeline how many documents are paired by something else than their paths."""
    words = {How.HAND: "by hand", How.FOUND: "by what their texts share"}
    for pipeline, rows_of in groupby(listing, lambda row: row["pipeline"]):
        counts = Counter(row["paired"] for row in rows_of)
        told = [f"{counts[how]} {word}" for how, word in words.items() if counts[how]]
        if told:
            pairs = counted(sum(counts[how] for how in (*words, How.PATH)), "pair")
            yield f"{pipeline}: of {pairs} of documents {' and '.join(told)}, the others by their paths"


def _expectations(listing: Sequence[dict[str, Any]]) -> Iterator[str]:
    """For each pipeline with beads how many of them are probably wrong."""
    for pipeline, rows_of in groupby(listing, lambda row: row["pipeline"]):
        tallies = [(row["beads"], row["expected_wrong"]) for row in rows_of]
        beads, wrong = sum(count for count, _ in tallies), sum(share for _, share in tallies)
        if beads:
            yield f"{pipeline}: about {wrong:.0f} of {counted(beads, 'bead')} are probably wrong"


def _listed(workbench: Workbench, pipeline: Pipeline) -> Iterator[dict[str, Any]]:
    entries = {(entry.source, entry.target): entry for entry in pairing.overview(workbench, pipeline)}
    own = [entry.target for entry in entries.values() if entry.how is How.OWN and entry.target]
    listed = workbench.documents(pipeline)
    listed += [DocumentState(path, path, workbench.chapter(path), "own", None) for path in own]
    for state in listed:
        alone = None if state.state in ("no source", "own") else state.path
        entry = entries[alone, state.target_path]
        yield {
            "pipeline": pipeline.name,
            "document": state.path,
            "target_document": state.target_path,
            "chapter": state.chapter,
            "state": state.state,
            "beads": state.tally.beads if state.tally else 0,
            "confirmed": state.tally.confirmed if state.tally else 0,
            "edited": state.tally.edited if state.tally else 0,
            "doubtful": state.tally.doubtful if state.tally else 0,
            "expected_wrong": round(state.tally.expected_wrong, 2) if state.tally else 0.0,
            "paired": entry.how,
            "reason": entry.reason,
            "parts": entry.parts,
            "guess": entry.guess,
            "words": entry.words,
        }


def _partner_in_words(row: dict[str, Any]) -> str:
    other = row["target_document"] if row["target_document"] != row["document"] else None
    return ": ".join(part for part in (other, row["words"]) if part)


def pair_documents(
    source: Annotated[
        str | None, typer.Argument(metavar="SRC_DOC", help="Its path in the source book.")
    ] = None,
    translation: Annotated[
        str | None, typer.Argument(metavar="TGT_DOC", help="Its translation in the target book.")
    ] = None,
    target: Target = None,
    guesses: Annotated[
        bool, typer.Option("--guesses", help="Accept the likely guesses of `amts documents list`.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Say which target document translates a source document, where the paths do not tell."""
    if guesses == (source is not None) or (source is None) != (translation is None):
        raise AmtsError("which documents?", remedy="name both, SRC_DOC TGT_DOC, or neither with --guesses")
    with open_workbench() as workbench:
        pipeline = workbench.pipeline(one_target(target))
        if source is None or translation is None:
            _accept_guesses(workbench, pipeline, yes=yes)
            return
        pairing.pair(workbench, pipeline, source, translation)
    value = {"pipeline": pipeline.name, "document": source, "target_document": translation}
    show(value, lambda: put(f"{pipeline.name}: {source} with {translation}; next: `amts align`"))


def _accept_guesses(workbench: Workbench, pipeline: Pipeline, *, yes: bool) -> None:
    likely = pairing.likely_guesses(pairing.overview(workbench, pipeline))
    for guess in likely:
        say(f"{guess.source} with {guess.target}: {guess.reason}")
    if likely and confirmed(f"Pair {counted(len(likely), 'document')}?", yes=yes):
        pairing.accept(workbench, pipeline, [(guess.source, guess.target) for guess in likely])
    else:
        likely = []
    value = [
        {"pipeline": pipeline.name, "document": guess.source, "target_document": guess.target}
        for guess in likely
    ]
    show(value, lambda: put(f"{pipeline.name}: {counted(len(likely), 'document')} paired"))


def unpair_document(
    source: Annotated[str, typer.Argument(metavar="SRC_DOC", help="Its path in the source book, or -.")],
    partner: Annotated[
        str | None,
        typer.Argument(
            metavar="[TGT_DOC]", help="Its partner so far, if you want that checked; after -: the document."
        ),
    ] = None,
    target: Target = None,
) -> None:
    """Say that a source document has no translation, or (- TGT_DOC) a target document no source, whatever
    the paths say.
    """
    if source == pairing.NO_SOURCE and partner is None:
        raise AmtsError("which document has no source?", remedy="say - TGT_DOC")
    with open_workbench() as workbench:
        pipeline = workbench.pipeline(one_target(target))
        if source == pairing.NO_SOURCE and partner is not None:
            pairing.call_own(workbench, pipeline, partner)
            value = {"pipeline": pipeline.name, "document": None, "target_document": partner}
            told = f"{partner} has no source"
        else:
            pairing.unpair(workbench, pipeline, source, partner)
            value = {"pipeline": pipeline.name, "document": source, "target_document": None}
            told = f"{source} has no translation"
    show(value, lambda: put(f"{pipeline.name}: {told}"))
