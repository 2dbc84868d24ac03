"""How alike the two sides of a bead are, by themselves and against their neighbours."""

from __future__ import annotations

import numpy as np

from amts_tui.alignment.features.sides import REACH, Columns, Floats, Local

_RIVALS = 3
_FLOOR = 0.2


def columns(left: Local, right: Local, size: Floats, usual_ones: tuple[float, float]) -> Columns:
    """`size` grows with the bead; `usual_ones` are middle and spread of the cosines of 1-1 beads."""
    cosine = np.einsum("ij,ij->i", left.runs[left.run], right.runs[right.run])
    usual = ((left.runs @ right.mean)[left.run] + (right.runs @ left.mean)[right.run]) / 2
    unlike = (1 - cosine) / np.maximum(1 - usual, _FLOOR)
    rivals = (_rivals(left, right, usual) + _rivals(right, left, usual)) / 2
    beside = (1 - cosine) / np.maximum(1 - rivals, _FLOOR)
    place = np.clip((cosine - usual_ones[0]) / usual_ones[1], -4, 3)
    ones = (left.end - left.start == 1) & (right.end - right.start == 1)
    return {
        "like.run": unlike,
        "like.run_size": unlike * size,
        "like.ones": unlike * ones,
        "margin.lead": cosine - rivals,
        "margin.lead_size": (cosine - rivals) * size,
        "margin.ratio": beside,
        "margin.ratio_size": beside * size,
        "margin.place": place,
        "margin.place_size": place * size,
    }


def _rivals(side: Local, other: Local, usual: Floats) -> Floats:
    """The mean likeness of the run to the units just outside the bead that are most like it."""
    products = side.runs @ other.units.T
    places, there = other.near(REACH, REACH)
    values = np.where(there, products[side.run[:, None], places], -np.inf)
    best = np.partition(values, -_RIVALS, axis=1)[:, -_RIVALS:]
    found = np.isfinite(best)
    count = found.sum(axis=1)
    return np.where(count, np.where(found, best, 0).sum(axis=1) / np.maximum(count, 1), usual)
