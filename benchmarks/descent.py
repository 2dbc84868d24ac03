"""The two optimisers that training needs: L-BFGS (Nocedal and Wright 2006, algorithm 7.4) and Newton's method
for the logistic model.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]

_MEMORY = 8
_ENOUGH = 1e-4
_SHORTEST = 1e-6


def lowest(
    value: Callable[[Floats], tuple[float, Floats]], at: Floats, *, steps: int, least: float
) -> Floats:
    """Where `value`, which also returns its gradient, is lowest; ends when a step
    gains less than a share `least`.
    """
    now, gradient = value(at)
    moves: list[tuple[Floats, Floats]] = []
    for _ in range(steps):
        direction = _direction(gradient, moves)
        slope = float(gradient @ direction)
        if slope >= 0:
            moves, direction, slope = [], -gradient, -float(gradient @ gradient)
        length = 1.0
        then, further = value(at + length * direction)
        while then > now + _ENOUGH * length * slope and length > _SHORTEST:
            length /= 2
            then, further = value(at + length * direction)
        step, turn = length * direction, further - gradient
        if step @ turn > 0:
            moves = [*moves, (step, turn)][-_MEMORY:]
        gained = now - then
        at, now, gradient = at + step, then, further
        if abs(gained) < least * abs(now):
            break
    return at


def _direction(gradient: Floats, moves: list[tuple[Floats, Floats]]) -> Floats:
    rest = gradient.copy()
    shares = []
    for step, turn in reversed(moves):
        share = (step @ rest) / (step @ turn)
        rest -= share * turn
        shares.append(share)
    if moves:
        step, turn = moves[-1]
        rest *= (step @ turn) / (turn @ turn)
    else:
        rest /= max(1.0, float(np.linalg.norm(rest)))
    for (step, turn), share in zip(moves, reversed(shares), strict=True):
        rest += step * (share - (turn @ rest) / (step @ turn))
    return -rest


def logistic(signs: Floats, right: NDArray[np.bool_], counts: Floats, *, ridge: float = 1.0) -> Floats:
    """Weights of a logistic model of `right` (k) by `signs` (k, names); each counts `counts` (k)."""
    weights = np.zeros(signs.shape[1])
    for _ in range(30):
        sure = 1 / (1 + np.exp(-signs @ weights))
        slope = signs.T @ (counts * (sure - right)) + ridge * weights
        bend = (signs * (counts * sure * (1 - sure))[:, None]).T @ signs + ridge * np.eye(len(weights))
        weights -= np.linalg.solve(bend, slope)
    return weights
