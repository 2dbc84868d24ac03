"""`amts write-back`: edited texts into the book's files."""

from __future__ import annotations

from collections.abc import Sequence
from glob import escape
from typing import Annotated

import typer

from amts_tui.cli.context import open_workbench
from amts_tui.cli.output import counted, put, say, show, visible
from amts_tui.workbench.types import AmtsError
from amts_tui.workbench.write_back import Report, WrittenBack, waiting, write_back


def register(app: typer.Typer) -> None:
    """Adds the commands of this group."""
    app.command("write-back")(write_back_command)


def write_back_command(
    document: Annotated[list[str] | None, typer.Option(metavar="GLOB", help="Only these documents.")] = None,
    target: Annotated[list[str] | None, typer.Option(help="Only these targets; repeatable.")] = None,
) -> None:
    """Write edited target texts into the book's files; the old files are kept in .amts/backup.

    Exit status 1 if a text was refused, or has lost or doubled a formula, code, a link or the like.
    """
    with open_workbench() as workbench:
        done: list[WrittenBack] = []
        failed: list[str] = []
        for pipeline in workbench.chosen_pipelines(target or ()):
            for name in waiting(workbench, pipeline, document or ()):
                try:
                    done += write_back(workbench, pipeline, [escape(name.document)])
                except AmtsError as error:
                    failed.append(str(error))

    def table() -> None:
        for result in done:
            put(f"{result.document}: {counted(result.written, 'text')} written")
        if not done and not failed:
            put("no edited text waits to be written")

    show(done, table)
    refused = _say("refused", [one for result in done for one in result.refused])
    damaged = _say("damaged", [one for result in done for one in result.damaged])
    _say("note", [one for result in done for one in result.notes])
    for line in failed:
        say(f"amts: {line}")
    if failed:
        raise typer.Exit(2)
    if refused or damaged:
        raise typer.Exit(1)


def _say(what: str, reports: Sequence[Report]) -> bool:
    """Tells of texts on stderr; whether there are any."""
    for report in reports:
        say(f"amts: {what}: {visible(str(report))}")
    return bool(reports)
