"""What speaks against the beads of an alignment: features far from what is usual, and the likeliest other
bead.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from amts_tui.alignment.features.members import members
from amts_tui.alignment.search import Bead
from amts_tui.corpus.doubts import NO_DOUBTS, Alternative, Doubts, Reason

Floats: TypeAlias = NDArray[np.floating]
Ints: TypeAlias = NDArray[np.int64]
Flags: TypeAlias = NDArray[np.bool_]

_LEAST_SHARE = 0.05


class Rated(NamedTuple):
    """A bead of the best path with the probability that it is right, and what speaks against it."""

    bead: Bead
    confidence: float
    doubts: Doubts = NO_DOUBTS


class _Sign(NamedTuple):
    """A feature that gives a reason above a limit, or below one; for beads with two sides or for units
    alone.
    """

    reason: Reason
    feature: str
    above: float = np.inf
    below: float = -np.inf
    alone: bool = False


# The limits are where beads of the development sets are wrong about twice as often as on the mean or more;
# the order is by how often.
_SIGNS = (
    _Sign(Reason.LONGER, "longer", above=4.0),
    _Sign(Reason.SHORTER, "shorter", above=4.0),
    _Sign(Reason.NEIGHBOURS, "margin.lead", below=0.1),
    _Sign(Reason.PIECE, "pieces.leak", above=0.1),
    _Sign(Reason.NUMBERS, "numbers.different", above=0.5),
    _Sign(Reason.MARKS, "marks.final_question", above=0.5),
    _Sign(Reason.MARKS, "marks.final_exclamation", above=0.5),
    _Sign(Reason.WORDS, "words.cover", below=-0.15),
    _Sign(Reason.SIMILARITY, "margin.place", below=-2.0),
    _Sign(Reason.PARTNER, "missing.pieces", above=0.5, alone=True),
    _Sign(Reason.PARTNER, "missing.words", above=0.0, alone=True),
)


def doubts(
    edges: Ints, shares: Floats, chosen: Sequence[int], sure: Floats, columns: Mapping[str, Floats]
) -> list[Doubts]:
    """For each bead of the path `chosen` what speaks against it.

    `edges` are all candidates and `shares` their probabilities; `sure` are the chosen beads' confidences and
    `columns` their features, of which some may be missing; `longer` and `shorter` are the costs of lengths
    above and below the expected.
    """
    beads = edges[list(chosen)]
    alone = (beads[:, 0] == beads[:, 1]) | (beads[:, 2] == beads[:, 3])
    found = [_fits(sign, columns[sign.feature], alone) for sign in _SIGNS if sign.feature in columns]
    reasons = [sign.reason for sign in _SIGNS if sign.feature in columns]
    others = _alternatives(edges, shares, chosen, sure)
    table = np.array(found).reshape(len(reasons), len(beads)).T
    return [
        Doubts(tuple(dict.fromkeys(reasons[n] for n in np.flatnonzero(row))), other)
        for row, other in zip(table, others, strict=True)
    ]


def signed(cost: Floats, source: Floats, target: Floats, ratio: float) -> dict[str, Floats]:
    """The columns `longer` and `shorter`, from the cost of the lengths of both sides; `ratio` is the usual
    target length per source length.
    """
    over = target > ratio * source
    return {"longer": np.where(over, cost, 0.0), "shorter": np.where(over, 0.0, cost)}


def _fits(sign: _Sign, values: Floats, alone: Flags) -> Flags:
    return np.asarray(((values > sign.above) | (values < sign.below)) & (alone == sign.alone))


def _alternatives(
    edges: Ints, shares: Floats, chosen: Sequence[int], sure: Floats
) -> list[Alternative | None]:
    """For each chosen edge the likeliest rival with its part of what the chosen one's confidence leaves."""
    found: list[Alternative | None] = []
    for own, rival, confidence in zip(
        chosen, best_rivals(edges, shares, chosen).tolist(), sure.tolist(), strict=True
    ):
        share = _part(float(shares[rival]), float(shares[own])) * (1 - confidence) if rival >= 0 else 0.0
        if share < _LEAST_SHARE:
            found.append(None)
            continue
        begin, end, first, last = (edges[rival] - edges[own]).tolist()
        found.append(Alternative((begin, end), (first, last), round(share, 3)))
    return found


def _part(rival: float, own: float) -> float:
    return min(1.0, rival / max(1 - own, 1e-9))


def best_rivals(edges: Ints, shares: Floats, chosen: Sequence[int]) -> Ints:
    """For each chosen edge the likeliest of the others that have a unit in common with it; -1 if there are
    none.

    No two of the chosen have one in common.
    """
    best = np.full(len(chosen), -1, dtype=np.int64)
    others = np.setdiff1d(np.arange(len(edges)), chosen)
    beads: list[Ints] = []
    rivals: list[Ints] = []
    for low, high in ((0, 1), (2, 3)):
        first = np.arange(int(edges[:, high].max(initial=0)) + 1)
        bead, unit = members(first, edges[list(chosen), low], edges[list(chosen), high])
        bead_of = np.full(len(first), -1, dtype=np.int64)
        bead_of[unit] = bead
        rival, unit = members(first, edges[others, low], edges[others, high])
        beads.append(bead_of[unit])
        rivals.append(others[rival])
    bead, rival = np.concatenate(beads), np.concatenate(rivals)
    order = np.lexsort((-rival, shares[rival], bead))
    last = order[np.flatnonzero(np.diff(bead[order], append=-2))]
    held = last[bead[last] >= 0]
    best[bead[held]] = rival[held]
    return best
