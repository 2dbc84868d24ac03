"""How far the aligner's confidence holds in one book: what people who looked at its beads have found."""

from __future__ import annotations

from collections.abc import Iterable
from math import exp, log
from typing import NamedTuple

_PRIOR_VARIANCE = 0.1
_MOST = 2.0
_STEPS = 20
_TINY = 1e-4


class Look(NamedTuple):
    """A bead that a person has looked at: the confidence that it had, and whether it was right."""

    confidence: float
    right: bool


def offset(looks: Iterable[Look]) -> float:
    """What to add to the log-odds of the book's other beads, -2 to 2.

    The likeliest offset of a logistic regression whose slope is one (Platt 1999), under a normal prior around
    0: a few looks move it little, and looks that went as the confidence had it not at all.
    """
    seen = [(_odds(look.confidence), look.right) for look in looks]
    found = 0.0
    for _ in range(_STEPS):
        chances = [_chance(odds + found) for odds, _ in seen]
        slope = sum(right - chance for (_, right), chance in zip(seen, chances, strict=True))
        slope -= found / _PRIOR_VARIANCE
        curve = sum(chance * (1 - chance) for chance in chances) + 1 / _PRIOR_VARIANCE
        found = min(max(found + slope / curve, -_MOST), _MOST)
    return found


def trusted(confidence: float, offset: float) -> float:
    """The confidence with the book's offset."""
    return _chance(_odds(confidence) + offset) if offset else confidence


def _odds(confidence: float) -> float:
    held = min(max(confidence, _TINY), 1 - _TINY)
    return log(held / (1 - held))


def _chance(odds: float) -> float:
    return 1 / (1 + exp(-odds))
