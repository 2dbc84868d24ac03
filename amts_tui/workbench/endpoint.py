"""The local endpoint: serving it for other programs, and running one inside the demo."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from amts_tui.local_aws.server import ROLE_ARN, LocalEndpoint, serve_forever

__all__ = ["ROLE_ARN", "embedded", "serve"]


def serve(port: int, speed: float, ready: Callable[[str, Mapping[str, str]], None]) -> None:
    """Serves on 127.0.0.1 until interrupted; `ready` gets the address and the variables for AWS clients.

    Raises AmtsError if the port is taken or the extra `local` is not installed.
    """
    serve_forever(
        port,
        speed,
        lambda endpoint: ready(endpoint.url, endpoint.environment()),
        threading.Event().wait,
    )


@contextmanager
def embedded(speed: float) -> Iterator[LocalEndpoint]:
    """Runs an endpoint in this process and points every AWS client of this process at it."""
    with LocalEndpoint(speed=speed) as endpoint:
        before = dict(os.environ)
        os.environ.pop("AWS_PROFILE", None)
        os.environ.pop("AWS_SESSION_TOKEN", None)
        os.environ.update(endpoint.environment())
        try:
            yield endpoint
        finally:
            os.environ.clear()
            os.environ.update(before)
