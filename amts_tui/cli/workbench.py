"""`amts` and `amts open`: the workbench on a project."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from amts_tui.cli.context import invocation, open_in, open_workbench
from amts_tui.cli.web import serve
from amts_tui.errors import AmtsError
from amts_tui.workbench.session import Workbench, has_project

Web = Annotated[bool, typer.Option("--web", help="In a browser on this machine (extra: web).")]

_IN_BROWSER = "TEXTUAL_DRIVER"
"""Set by textual-serve, which speaks with the program through pipes."""


def register(app: typer.Typer) -> None:
    """Adds the commands of this group."""
    app.command("open")(open_folder)


def open_folder(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The project's folder.")],
    read_only: Annotated[bool, typer.Option("--read-only", help="Look, but change nothing.")] = False,
    web: Web = False,
) -> None:
    """Open the workbench on the project in DIR."""
    if web:
        with open_in(folder, read_only=True):
            pass
        serve(["open", str(folder.resolve()), *(["--read-only"] if read_only else [])])
        return
    with open_in(folder, read_only=read_only) as workbench:
        _need_terminal()
        _run(workbench)


def open_here(*, web: bool = False) -> None:
    """Opens the workbench on the project of this call; without one, on the start screen."""
    if web:
        named = invocation().project
        serve([] if named is None else ["--project", str(named.resolve())])
        return
    if invocation().project is None and not has_project(Path()):
        _need_terminal()
        _run(None)
        return
    with open_workbench() as workbench:
        _need_terminal()
        _run(workbench)


def _need_terminal() -> None:
    if os.environ.get(_IN_BROWSER) is None and not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise AmtsError("the workbench needs a terminal", remedy="see `amts --help` for the commands")


def _run(workbench: Workbench | None) -> None:
    from amts_tui.tui.app import run_workbench

    run_workbench(workbench)
