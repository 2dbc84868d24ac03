"""Pieces of units (clauses): whether each finds its like inside the bead or rather next to it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from amts_tui.alignment.features.members import greatest, members, summed
from amts_tui.alignment.features.sides import Around, Columns, Floats, Local

_NEXT = 2
_SLACK = 0.02
_HEAVY = 20


@dataclass(frozen=True, slots=True)
class _View:
    """One side's pieces in each candidate: the best likeness inside on the mean and at worst, and how much
    better it is outside: on the mean, at most, in tokens, as a share of the pieces, at either end.
    """

    inside: Floats
    least: Floats
    leak: Floats
    most: Floats
    weight: Floats
    share: Floats
    edges: Floats


def partners(side: Around, other: Around) -> Floats:
    """For each piece of a side and each unit of the other the best cosine with that unit or its pieces."""
    products = side.pieces.vectors @ other.pieces.vectors.T
    best = np.maximum.reduceat(products, other.pieces.first[:-1], axis=1)
    return np.maximum(best, side.pieces.vectors @ other.units.T)


def columns(left: Local, right: Local, size: Floats, best: tuple[Floats, Floats]) -> Columns:
    """`best` is `partners` of both sides."""
    one, two = _view(left, right, best[0]), _view(right, left, best[1])
    inside = (one.inside + two.inside) / 2
    return {
        "pieces.inside": inside,
        "pieces.inside_size": inside * size,
        "pieces.least": np.minimum(one.least, two.least),
        "pieces.leak": one.leak + two.leak,
        "pieces.most": np.maximum(one.most, two.most),
        "pieces.both": np.minimum(one.most, two.most),
        "pieces.weight": one.weight + two.weight,
        "pieces.share": one.share + two.share,
        "pieces.edge": np.maximum(0, np.maximum(one.edges, two.edges).max(axis=1)),
        "pieces.edges": np.maximum(0, one.edges).sum(axis=1) + np.maximum(0, two.edges).sum(axis=1),
    }


def _view(side: Local, other: Local, best: Floats) -> _View:
    count = len(side.start)
    owner, piece = members(side.pieces.first, side.start, side.end)
    places, there = other.inside()
    inside = np.einsum("ij,ij->i", side.pieces.vectors[piece], other.runs[other.run[owner]])
    for offset in range(places.shape[1]):
        rows = np.flatnonzero(there[owner, offset])
        inside[rows] = np.maximum(inside[rows], best[piece[rows], places[owner[rows], offset]])
    places, there = other.near(_NEXT, _NEXT)
    outside = np.where(there[owner], best[piece[:, None], places[owner]], -1.0).max(axis=1)
    outside = np.where(there[owner].any(axis=1), outside, 0.0)
    leak = np.maximum(0, outside - inside)
    tokens = side.pieces.sizes[piece]
    all_tokens = summed(owner, tokens, count)
    weights = tokens / all_tokens[owner]
    starts = np.searchsorted(owner, np.arange(count))
    ends = np.append(starts[1:], len(owner)) - 1
    further = outside - inside
    return _View(
        summed(owner, inside * weights, count),
        -greatest(owner, -inside, count),
        summed(owner, leak * weights, count),
        greatest(owner, leak, count),
        summed(owner, leak * np.minimum(tokens, _HEAVY), count) / _HEAVY,
        summed(owner, (leak > _SLACK) * weights, count),
        np.stack([further[starts], further[ends]], axis=1),
    )
