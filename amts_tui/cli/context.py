"""What holds for every command: the project's folder and the form of the result. Accepted before and after
the command's name.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from amts_tui.errors import AmtsError
from amts_tui.workbench.session import Workbench, is_project

Target = Annotated[list[str] | None, typer.Option(metavar="LANG", help="The target language.")]
"""Of commands that take one target; a list, so that a second one is seen."""


@dataclass(frozen=True, slots=True)
class Invocation:
    """The global options of one call."""

    project: Path | None = None
    json: bool = False


_opened: ContextVar[Workbench | None] = ContextVar("opened", default=None)
_told_troubles: ContextVar[list[str]] = ContextVar("told_troubles")
_current: ContextVar[Invocation] = ContextVar("invocation")


def invocation() -> Invocation:
    """The global options of this call."""
    return _current.get(Invocation())


def take_global_options(arguments: Sequence[str]) -> list[str]:
    """Stores `--project DIR` and `--json` wherever they stand (before a `--`) and returns the other
    arguments.
    """
    _opened.set(None)
    _told_troubles.set([])
    rest: list[str] = []
    project: Path | None = None
    as_json = False
    pending = list(arguments)
    while pending:
        argument = pending.pop(0)
        if argument == "--":
            rest += [argument, *pending]
            break
        if argument == "--json":
            as_json = True
        elif argument == "--project":
            project = _folder(pending.pop(0) if pending else "")
        elif argument.startswith("--project="):
            project = _folder(argument.partition("=")[2])
        else:
            rest.append(argument)
    _current.set(Invocation(project, as_json))
    return rest


def _folder(name: str) -> Path:
    if not name or name.startswith("-"):
        raise AmtsError("--project needs a folder", remedy="--project DIR")
    return Path(name)


def one_target(targets: list[str] | None) -> str | None:
    """The target of a command that takes one: of two, none must be dropped in silence."""
    if targets and len(targets) > 1:
        raise AmtsError("this command takes one target", remedy="run it once for each")
    return targets[0] if targets else None


def open_workbench() -> Workbench:
    """The project of this call: the one that is named, else the nearest one upwards."""
    named = invocation().project
    return _told(Workbench.open(Path())) if named is None else open_in(named)


def open_in(folder: Path, *, read_only: bool = False) -> Workbench:
    """The project in just this folder: a misspelt name must not open another project above."""
    if not is_project(folder):
        raise AmtsError(
            "there is no amts.toml",
            where=str(folder),
            remedy="correct the folder, or make a project: amts init",
        )
    return _told(Workbench.open(folder, read_only=read_only))


def _told(workbench: Workbench) -> Workbench:
    _opened.set(workbench)
    tell_troubles()
    return workbench


def tell_troubles() -> bool:
    """Tells what is wrong with files of the project of this call, each once; whether anything is, which
    counts as unusable input.
    """
    workbench, told = _opened.get(), _told_troubles.get()
    for trouble in workbench.troubles.values() if workbench else ():
        if trouble not in told:
            print(f"amts: {trouble}", file=sys.stderr)  # noqa: T201
            told.append(trouble)
    return bool(told)
