"""The local endpoint: serving it for other programs, and running one inside the demo."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from amts_tui.local_aws.server import ROLE_ARN, LocalEndpoint, serve_forever

__all__ = ["ROLE_ARN", "embedded", "serve"]


def serve(
    port: int, speed: float, buckets: Sequence[str], ready: Callable[[str, Mapping[str, str]], None]
) -> None:
    """Serves on 127.0.0.1 until interrupted, with these buckets from the start; `ready` gets the address and
    the variables for AWS clients.

    Raises AmtsError if a bucket's name is not valid, the port is taken or the extra `local` is not installed.
    """
    serve_forever(
        port,
        speed,
        lambda endpoint: ready(endpoint.url, endpoint.environment()),
        threading.Event().wait,
        buckets,
    )


@contextmanager
def embedded(speed: float, buckets: Sequence[str]) -> Iterator[LocalEndpoint]:
    """Runs an endpoint with these buckets and points every AWS client of this process at it."""
    with LocalEndpoint(speed=speed, buckets=buckets) as endpoint:
        before = dict(os.environ)
        os.environ.pop("AWS_PROFILE", None)
        os.environ.pop("AWS_SESSION_TOKEN", None)
        os.environ.update(endpoint.environment())
        try:
            yield endpoint
        finally:
            os.environ.clear()
            os.environ.update(before)
