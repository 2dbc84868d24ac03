"""`amts` and `amts open`: the workbench on a project."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from amts_tui.cli.context import invocation, open_in, open_workbench
from amts_tui.errors import AmtsError
from amts_tui.workbench.session import Workbench, has_project


def register(app: typer.Typer) -> None:
    """Adds the commands of this group."""
    app.command("open")(open_folder)


def open_folder(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The project's folder.")],
    read_only: Annotated[bool, typer.Option("--read-only", help="Look, but change nothing.")] = False,
) -> None:
    """Open the workbench on the project in DIR."""
    with open_in(folder, read_only=read_only) as workbench:
        _need_terminal()
        _run(workbench)


def open_here() -> None:
    """Opens the workbench on the project of this call; without one, on the start screen."""
    if invocation().project is None and not has_project(Path()):
        _need_terminal()
        _run(None)
        return
    with open_workbench() as workbench:
        _need_terminal()
        _run(workbench)


def _need_terminal() -> None:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise AmtsError("the workbench needs a terminal", remedy="see `amts --help` for the commands")


def _run(workbench: Workbench | None) -> None:
    from amts_tui.tui.app import run_workbench

    run_workbench(workbench)
