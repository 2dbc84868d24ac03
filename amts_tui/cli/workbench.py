"""`amts` and `amts open`: the workbench on a project."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from amts_tui.cli.context import invocation
from amts_tui.errors import AmtsError


def register(app: typer.Typer) -> None:
    """Adds the commands of this group."""
    app.command("open")(open_folder)


def open_folder(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The project's folder.")],
    read_only: Annotated[bool, typer.Option("--read-only", help="Look, but change nothing.")] = False,
) -> None:
    """Open the workbench on the project in DIR."""
    _run(folder, read_only=read_only)


def open_here() -> None:
    """Opens the workbench on the project of this call; without one, on the start screen."""
    folder = invocation().project
    if folder is not None:
        _run(folder, read_only=False)
        return
    from amts_tui.workbench.session import has_project

    _run(Path() if has_project(Path()) else None, read_only=False)


def _run(folder: Path | None, *, read_only: bool) -> None:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise AmtsError("the workbench needs a terminal", remedy="see `amts --help` for the commands")
    from amts_tui.tui.app import run_workbench
    from amts_tui.workbench.session import Workbench

    if folder is None:
        run_workbench(None)
        return
    with Workbench.open(folder, read_only=read_only) as workbench:
        run_workbench(workbench)
