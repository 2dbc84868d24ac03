"""How many processors the products of matrices take."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from threadpoolctl import ThreadpoolController

USUAL = 2
"""What one process takes unless told otherwise."""


@contextmanager
def limited(threads: int = USUAL) -> Iterator[None]:
    """Within the block numpy's products use that many threads at most, in the whole process."""
    with _controller().limit(limits=threads, user_api="blas"):
        yield


@lru_cache(maxsize=1)
def _controller() -> ThreadpoolController:
    import numpy  # noqa: F401 - only a library that is loaded can be limited
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()
