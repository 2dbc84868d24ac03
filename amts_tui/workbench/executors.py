"""Where documents are aligned: here, in other processes, on a cluster."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import active_children, get_context

from amts_tui.errors import AmtsError


@contextmanager
def workers(jobs: int = 1, scheduler: str = "") -> Iterator[Executor | None]:
    """What runs tasks in `jobs` processes, or on the dask cluster at the address `scheduler`; None for
    neither.

    Processes are ended at once when the block is left by an exception. Raises AmtsError for a wrong number,
    without the extra `cluster`, and when the cluster cannot be reached.
    """
    if jobs < 1:
        raise AmtsError(f"{jobs} processes cannot align anything", remedy="say --jobs 1 or more")
    if scheduler:
        with _cluster(scheduler) as executor:
            yield executor
    elif jobs == 1:
        yield None
    else:
        with _processes(jobs) as executor:
            yield executor


@contextmanager
def _processes(jobs: int) -> Iterator[Executor]:
    others = set(active_children())
    # Not forked: this process may have threads, whose locks a copy would inherit.
    pool = ProcessPoolExecutor(jobs, get_context("spawn"), _begin)
    try:
        yield pool
    except BaseException:
        for process in set(active_children()) - others:
            process.terminate()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _begin() -> None:
    """Leaves interrupts to the parent, and the other processors to the other processes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Read when numpy is loaded, which the first task does.
    for library in ("OPENBLAS", "OMP", "MKL"):
        os.environ.setdefault(f"{library}_NUM_THREADS", "1")


@contextmanager
def _cluster(scheduler: str) -> Iterator[Executor]:
    try:
        from distributed import Client
    except ImportError as error:
        raise AmtsError(
            "a scheduler needs dask and distributed",
            remedy="install them with: pip install 'amts-tui[cluster]'",
        ) from error
    try:
        client = Client(scheduler, set_as_default=False)
    except (OSError, ValueError) as error:
        raise AmtsError(
            f"no dask scheduler answers at {scheduler}", remedy="start one with: dask scheduler"
        ) from error
    with client:
        yield client.get_executor()
