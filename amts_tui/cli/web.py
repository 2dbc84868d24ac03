"""The workbench in a browser of this machine, through textual-serve."""

from __future__ import annotations

import importlib.util
import shlex
import socket
import sys
from collections.abc import Sequence

from amts_tui.cli.output import say
from amts_tui.errors import AmtsError

HOST = "127.0.0.1"
"""Nobody is asked for a name or a password: only this machine may come in."""

_FIRST_PORT = 8000
_PORTS = 100


def serve(arguments: Sequence[str]) -> None:
    """Serves `amts` with these arguments to browsers on this machine until it is interrupted; each tab runs
    a process of its own.

    Raises AmtsError if the extra `web` is not installed.
    """
    if importlib.util.find_spec("textual_serve") is None:
        raise AmtsError(
            "the workbench in a browser needs textual-serve", remedy="pip install 'amts-tui[web]'"
        )
    from textual_serve.server import Server

    port = free_port()
    say(f"amts: http://{HOST}:{port} on this machine only; Control-C ends it")
    Server(shlex.join([sys.executable, "-m", "amts_tui.cli.main", *arguments]), HOST, port, "amts").serve()


def free_port() -> int:
    """The first free port of this machine from 8000 on. Raises AmtsError if there is none among a hundred."""
    for port in range(_FIRST_PORT, _FIRST_PORT + _PORTS):
        with socket.socket() as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                listener.bind((HOST, port))
            except OSError:
                continue
            return port
    raise AmtsError(f"no port is free from {_FIRST_PORT} on", remedy="end another server")
