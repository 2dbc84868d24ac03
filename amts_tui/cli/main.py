"""The entry point of `amts`: global options, dispatch, and errors as one line with the right exit status."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Any, cast

import typer
from typer.main import get_command

from amts_tui.cli import (
    align,
    books,
    curation,
    demo,
    exchange,
    jobs,
    local,
    scores,
    setup,
    workbench,
    write_back,
)
from amts_tui.cli.context import take_global_options, tell_troubles
from amts_tui.cli.output import put, say, show
from amts_tui.cli.process import prepare_process
from amts_tui.errors import AmtsError
from amts_tui.workbench import environment

# Typer carries its own copy of click in some versions: its usage errors are reached through a name that it
# exports.
_USAGE_ERROR = cast("type[Exception]", typer.BadParameter.__mro__[1])

EPILOG = "Every command takes --project DIR (else the nearest amts.toml upwards counts) and --json."

app = typer.Typer(
    name="amts",
    help="A terminal workbench for maintainers of translated books. Without a command it opens.",
    epilog=EPILOG,
    add_completion=False,
    invoke_without_command=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.callback()
def _start(
    context: typer.Context,
    version: bool = typer.Option(False, "--version", help="Print the version and leave."),
    web: workbench.Web = False,
) -> None:
    if version:
        facts = environment.facts()
        show(facts, lambda: put("\n".join(f"{name} {value}" for name, value in facts.items())))
        raise typer.Exit
    if context.invoked_subcommand is None:
        workbench.open_here(web=web)


for _group in (setup, books, align, curation, exchange, jobs, scores, demo, local, write_back, workbench):
    _group.register(app)


def run(arguments: Sequence[str] | None = None) -> None:
    """Runs `amts` with the given arguments (else the process's own) and ends the process with the exit
    status.
    """
    prepare_process()
    sys.exit(main(sys.argv[1:] if arguments is None else arguments))


def main(arguments: Sequence[str]) -> int:
    """Runs `amts` and returns the exit status."""
    try:
        return _outcome(arguments)
    except BrokenPipeError:
        # The reader of our output has gone: the rest of it must not fail when the process ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _outcome(arguments: Sequence[str]) -> int:
    try:
        status = _call(take_global_options(arguments))
        sys.stdout.flush()
        return 2 if tell_troubles() and status == 0 else status
    except _USAGE_ERROR as error:
        say(_usage_line(error))
        return 2
    except AmtsError as error:
        say(f"amts: {error}")
        return 2
    except (KeyboardInterrupt, typer.Abort):
        say("amts: interrupted")
        return 130
    except BrokenPipeError:
        raise
    except OSError as error:
        place = error.filename or "the result"
        say(f"amts: {place}: {error.strerror or error} (check the path, its rights and the free space)")
        return 2


def _call(arguments: list[str]) -> int:
    """Runs the command. Typer's `main` would make statuses of its own of interrupts and broken pipes."""
    command = get_command(app)
    try:
        with command.make_context("amts", arguments) as context:
            command.invoke(context)
    except typer.Exit as ended:
        return ended.exit_code
    return 0


def _usage_line(error: Any) -> str:
    command = error.ctx.command_path if error.ctx else "amts"
    message = " ".join(error.format_message().replace("Value error, ", "").split())
    return f"amts: {message} (see `{command} --help`)"


if __name__ == "__main__":
    run()
