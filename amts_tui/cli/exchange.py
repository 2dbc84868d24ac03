"""`amts export`: the pairs as files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from amts_tui.cli.context import Target, one_target, open_workbench
from amts_tui.cli.output import counted, put, say, show, shown_path
from amts_tui.workbench.exporting import ExportRequest, FileFormat, Form, Granularity, Selection, export
from amts_tui.workbench.types import Status


def register(app: typer.Typer) -> None:
    """Adds the commands of this group."""
    app.command("export")(export_command)


def export_command(
    file_format: Annotated[FileFormat, typer.Option("--format", help="The file format.")],
    output: Annotated[Path, typer.Option("-o", metavar="F", help="The file to write.")],
    target: Target = None,
    form: Annotated[
        Form, typer.Option("--for", help="For people and tools, or what Amazon Translate accepts.")
    ] = Form.EXCHANGE,
    granularity: Annotated[
        Granularity, typer.Option(help="Sentence or paragraph pairs.")
    ] = Granularity.SENTENCE,
    status: Annotated[
        list[Status] | None, typer.Option(help="Only beads of this status; repeatable.")
    ] = None,
    min_confidence: Annotated[
        float, typer.Option(min=0, max=1, help="Leave out less sure beads that nobody settled, 0 to 1.")
    ] = 0.0,
    document: Annotated[list[str] | None, typer.Option(metavar="GLOB", help="Only these documents.")] = None,
    exclude: Annotated[
        list[str] | None, typer.Option(metavar="GLOB", help="Without these documents.")
    ] = None,
    reverse: Annotated[
        bool, typer.Option("--reverse", help="From the target language to the source language.")
    ] = False,
    report: Annotated[
        Path | None, typer.Option(metavar="F", help="What was left out and why, as JSONL.")
    ] = None,
) -> None:
    """Write pairs of sentences or paragraphs to a file."""
    selection = Selection(min_confidence=min_confidence)
    if status:
        selection = Selection(frozenset(status), min_confidence)
    request = ExportRequest(
        output, file_format, form, granularity, selection, tuple(document or ()), tuple(exclude or ()), report
    )
    with open_workbench() as workbench:
        written = export(workbench, workbench.pipeline(one_target(target), reverse=reverse), request)
    value = {"written": written.written, "left_out": len(written.left_out)}
    show(
        value,
        lambda: put(
            f"{shown_path(output)}: {counted(written.written, 'pair')}, {len(written.left_out)} left out"
        ),
    )
    if not written.written:
        say("note: no pair fits: the file holds none")
    if written.left_out and report is None:
        say("note: --report F lists what was left out and why")
    for warning in written.warnings[:10]:
        say(f"note: {warning.document} {warning.id}: {warning.reason}")
