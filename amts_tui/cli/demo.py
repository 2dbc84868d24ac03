"""`amts demo`: the whole job on a sample book, without an account."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from amts_tui.cli.output import Progress, put, rows, say, show, shown_path
from amts_tui.workbench import demo as sample
from amts_tui.workbench.session import Workbench


def register(app: typer.Typer) -> None:
    """Adds the commands of this group."""
    app.command("demo")(demo)


def demo(
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="Where the demo lives; kept.")] = Path(
        "amts-demo"
    ),
    headless: Annotated[
        bool, typer.Option("--headless", help="Run the whole job unattended and print the scores.")
    ] = False,
) -> None:
    """Try amts on a sample book: the workbench, or without a terminal the whole main job."""
    sample.prepare(folder)
    watched = not headless and sys.stdin.isatty() and sys.stdout.isatty()
    with Workbench.open(folder) as workbench, sample.service(watched=watched):
        progress = Progress("align")
        try:
            sample.align_all(workbench, progress)
        finally:
            progress.end()
        if watched:
            from amts_tui.tui.app import run_workbench

            run_workbench(workbench)
            return
        found = sample.main_job(workbench, say)

    def table() -> None:
        rows(
            ["target", "chapter", "held-out document", *sample.COLUMNS],
            (
                [row.target, row.chapter, row.document, *(row.bleu[name] for name in sample.COLUMNS)]
                for row in found
            ),
            right=range(3, 6),
        )
        put("BLEU, 0 to 100: without parallel data, with sentence pairs, with paragraph pairs.")
        put(
            "Translated by the local endpoint's example-based translator: not neural,"
            " and not of Amazon's quality."
        )
        put(f"Look at it yourself: amts open {shown_path(folder)}")

    show([row.value() for row in found if row.chapter != "total"], table)
