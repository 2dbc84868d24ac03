"""Members (pieces, words) of runs of units, and what they come to for each run."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.floating]
Ints: TypeAlias = NDArray[np.int64]


def members(first: Ints, start: Ints, end: Ints) -> tuple[Ints, Ints]:
    """The members of the runs start..end of units whose members begin at `first`: run number and member."""
    begins = first[start]
    counts = first[end] - begins
    owner = np.repeat(np.arange(len(counts)), counts)
    return owner, np.arange(len(owner)) + np.repeat(begins - (np.cumsum(counts) - counts), counts)


def summed(owner: Ints, values: NDArray[np.generic], count: int) -> Floats:
    """The sum of the values of each of `count` owners."""
    return np.bincount(owner, values, minlength=count).astype(np.float64)


def greatest(owner: Ints, values: Floats, count: int) -> Floats:
    """The greatest value of each of `count` owners (each has one, and they come in order)."""
    return np.maximum.reduceat(values, np.searchsorted(owner, np.arange(count)))
