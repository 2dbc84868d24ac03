"""What speaks for a unit without a partner: nothing like it stands near its place in the other text."""

from __future__ import annotations

import numpy as np

from amts_tui.alignment.features.members import members
from amts_tui.alignment.features.sides import Columns, Floats, Local

_NEAR = 3


def columns(side: Local, other: Local, best: Floats, lengths: Floats, covered: Floats) -> Columns:
    """For units of `side` (runs of one) that would be missing at a place of `other` (empty runs).

    `best` is `fragments.partners`, `lengths` are the units' (in source characters), `covered` the share of
    their words that the surroundings reach, against what is usual.
    """
    places, there = other.near(_NEAR, _NEAR)
    products = np.einsum("ij,ikj->ik", side.units[side.start], other.units[places])
    closest = np.where(there, products, -1.0).max(axis=1, initial=-1.0)
    closest = np.where(there.any(axis=1), closest, 0.0)
    usual = side.units[side.start] @ other.mean
    owner, piece = members(side.pieces.first, side.start, side.end)
    found = np.where(there[owner], best[piece[:, None], places[owner]], -1.0).max(axis=1)
    found = np.where(there[owner].any(axis=1), found, 0.0)
    tokens = side.pieces.sizes[piece]
    count = len(side.start)
    inside = np.bincount(owner, found * tokens, minlength=count) / np.bincount(owner, tokens, minlength=count)
    return {
        "missing.closest": closest - usual,
        "missing.unlike": (1 - closest) / np.maximum(1 - usual, 0.2),
        "missing.length": np.log(lengths),
        "missing.pieces": inside,
        "missing.words": covered,
    }
