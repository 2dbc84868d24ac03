"""`amts align` and `amts align-files`."""

from __future__ import annotations

from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from amts_tui.cli.context import open_workbench
from amts_tui.cli.output import Progress, counted, put, rows, say, show, shown_path
from amts_tui.workbench import aligning, pairs_of_files
from amts_tui.workbench.executors import workers


class Mode(StrEnum):
    """How closely the aligner looks."""

    QUICK = "quick"
    THOROUGH = "thorough"


Similarity = Annotated[
    str,
    typer.Option(
        metavar="default|lexical|NAME", help="How likeness is measured; NAME: a sentence-transformers model."
    ),
]
ModeOption = Annotated[
    Mode, typer.Option(help="thorough: twice, the second time with the words learned; quick: once.")
]


def register(app: typer.Typer) -> None:
    """Adds the commands of this group."""
    app.command("align")(align)
    app.command("align-files")(align_files)


def align(
    target: Annotated[list[str] | None, typer.Option(help="Only these targets; repeatable.")] = None,
    document: Annotated[list[str] | None, typer.Option(metavar="GLOB", help="Only these documents.")] = None,
    similarity: Similarity = "default",
    mode: ModeOption = Mode.THOROUGH,
    jobs: Annotated[int, typer.Option("--jobs", metavar="N", help="Align in N processes.")] = 1,
    scheduler: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Align on the dask cluster of this scheduler.")
    ] = "",
    again: Annotated[
        bool, typer.Option("--again", help="Also what is up to date; touched beads stay.")
    ] = False,
) -> None:
    """Align what is new or changed; beads that a person touched stay as they are."""
    summaries = []
    with open_workbench() as workbench, workers(jobs, scheduler) as executor:
        for pipeline in workbench.chosen_pipelines(target or ()):
            progress = Progress(f"align {pipeline.name}")
            try:
                summary = aligning.align(
                    workbench,
                    pipeline,
                    document or (),
                    similarity=similarity,
                    mode=mode.value,
                    again=again,
                    threads=1 if jobs > 1 else 2,
                    executor=executor,
                    progress=progress,
                )
            except KeyboardInterrupt:
                progress.end()
                say("note: what has been aligned is kept; align again to go on")
                raise
            finally:
                progress.end()
            summaries.append((pipeline, summary))
    value: dict[str, Any] = {
        "documents": [done for _, summary in summaries for done in summary.aligned],
        "up_to_date": sum(summary.up_to_date for _, summary in summaries),
        "failed": [line for _, summary in summaries for line in summary.failed],
        "notes": list(
            dict.fromkeys(line for _, done in summaries for line in (*done.notes, *done.passed_over))
        ),
        "crossings": [
            {"pipeline": pipeline.name, **asdict(one)}
            for pipeline, summary in summaries
            for one in summary.crossings
        ],
    }

    def table() -> None:
        for pipeline, summary in summaries:
            beads = sum(done.beads for done in summary.aligned)
            put(
                f"{pipeline.name}: {counted(len(summary.aligned), 'document')} aligned"
                f" ({counted(beads, 'bead')}), {summary.up_to_date} up to date"
            )

    show(value, table)
    for line in (*value["notes"], *(one for _, summary in summaries for one in summary.crossings)):
        say(f"note: {line}")
    for line in value["failed"]:
        say(f"amts: {line}")
    if value["failed"]:
        raise typer.Exit(2)


def align_files(
    source_lang: Annotated[str, typer.Option(help="Language of SRC.")],
    target_lang: Annotated[str, typer.Option(help="Language of TGT.")],
    source: Annotated[Path | None, typer.Argument(metavar="SRC", help="The source file.")] = None,
    target: Annotated[Path | None, typer.Argument(metavar="TGT", help="Its translation.")] = None,
    segmented: Annotated[bool, typer.Option("--segmented", help="One unit a line, as it stands.")] = False,
    similarity: Similarity = "default",
    mode: ModeOption = Mode.THOROUGH,
    output: Annotated[Path | None, typer.Option("-o", metavar="F", help="Write the JSON here.")] = None,
    pairs: Annotated[
        Path | None, typer.Option(metavar="LIST.tsv", help="Many: SRC<TAB>TGT[<TAB>NAME] a line.")
    ] = None,
    output_dir: Annotated[
        Path | None, typer.Option(metavar="D", help="Where NAME.json of --pairs go.")
    ] = None,
) -> None:
    """Align two files, or many, without a project."""
    settings = pairs_of_files.Settings(source_lang, target_lang, segmented, similarity, mode.value)
    progress = Progress("align")
    try:
        if pairs is not None:
            many = pairs_of_files.align_list(pairs, output_dir, settings, progress)
            notes, failed = many.notes, many.failed
            show(
                {"written": many.written, "failed": many.failed},
                lambda: put(f"{len(many.written)} files written"),
            )
        else:
            one = pairs_of_files.align_two(source, target, settings)
            notes, failed = one.notes, ()
            if output is not None:
                pairs_of_files.write(output, one.value)
            show(one.value, lambda: _beads_table(one.value, output))
    finally:
        progress.end()
    for line in notes:
        say(f"note: {line}")
    for line in failed:
        say(f"amts: {line}")
    if failed:
        raise typer.Exit(2)


def _beads_table(value: dict[str, Any], output: Path | None) -> None:
    if output is not None:
        put(f"{shown_path(output)}: {counted(len(value['beads']), 'bead')}")
        return
    units = value["units"]
    rows(
        ["conf", "source", "target"],
        (
            [
                f"{bead['confidence']:.2f}",
                " ".join(units["source"][i] for i in bead["source"]) or "-",
                " ".join(units["target"][j] for j in bead["target"]) or "-",
            ]
            for bead in value["beads"]
        ),
    )
