"""`amts local`: the local endpoint for any AWS client."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import typer

from amts_tui.cli.output import put, say, show
from amts_tui.workbench import endpoint


def register(app: typer.Typer) -> None:
    """Adds the commands of this group."""
    app.command("local")(local)


def local(
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes any free port.")] = 4570,
    speed: Annotated[float, typer.Option(help="How many times faster than the clock jobs run.")] = 1.0,
    bucket: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Make this bucket at the start; repeatable.")
    ] = None,
) -> None:
    """Serve an Amazon Translate over a local S3 on 127.0.0.1, for any AWS client."""

    def ready(url: str, environment: Mapping[str, str]) -> None:
        def table() -> None:
            for name, value in environment.items():
                put(f"export {name}={value}")

        show({"url": url, "environment": dict(environment)}, table)
        say(f"amts: the local endpoint answers at {url}; Control-C ends it")

    endpoint.serve(port, speed, bucket or (), ready)
