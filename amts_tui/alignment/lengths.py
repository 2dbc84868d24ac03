"""The length of a translation given the length of its source (after Gale and Church 1993, section 3)."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.floating]

_CAP = 25.0
_STEP = 0.01
_TAIL = np.array([min(_CAP, -math.log(max(math.erfc(x * _STEP / math.sqrt(2)), 1e-300))) for x in range(801)])
_WIDE = ((0x2E80, 0xA4CF), (0xAC00, 0xD7AF), (0xF900, 0xFAFF), (0xFF00, 0xFFEF), (0x20000, 0x3FFFF))
_WIDE_WEIGHT = 3
_PORTION = 1_000_000
_FEWEST = 8
_PRIOR_WEIGHT = 12
_PRIOR_VARIANCE = 6.0
_LEAST_VARIANCE = 1.5


def lengths_of(texts: Sequence[str]) -> NDArray[np.float64]:
    """For each text its characters without blanks, a CJK character or syllable counted as three; at least
    1.
    """
    ends = np.cumsum([len(text) for text in texts], dtype=np.int64)
    sums = np.zeros(len(texts) + 1)
    for first, last in _portions(ends):
        joined = "".join(texts[first:last]).encode("utf-32-le", "surrogatepass")
        before = int(ends[first - 1]) if first else 0
        total = np.concatenate(([0], np.cumsum(_weighed(np.frombuffer(joined, dtype=np.uint32)))))
        sums[first + 1 : last + 1] = sums[first] + total[ends[first:last] - before]
    return np.maximum(1.0, np.diff(sums))


def _portions(ends: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Runs of texts of bounded size together."""
    first = 0
    while first < len(ends):
        before = int(ends[first - 1]) if first else 0
        last = max(first + 1, int(np.searchsorted(ends, before + _PORTION)))
        yield first, last
        first = last


def _weighed(codes: NDArray[np.uint32]) -> NDArray[np.int64]:
    weights = np.ones(len(codes), dtype=np.int64)
    for low, high in _WIDE:
        weights[(codes >= low) & (codes <= high)] = _WIDE_WEIGHT
    weights[(codes <= 32) | (codes == 0x3000)] = 0
    return weights


@dataclass(frozen=True, slots=True)
class LengthModel:
    """`ratio` is target length per source length, `variance` that of a target character count per
    character.
    """

    ratio: float
    variance: float

    @classmethod
    def initial(cls, source: Floats, target: Floats) -> LengthModel:
        """From the total lengths alone; a lopsided pair (one side mostly missing) is held near the
        plausible.
        """
        total_source, total_target = float(source.sum()), float(target.sum())
        ratio = (total_target + 200) / (total_source + 200)
        return cls(min(max(ratio, 0.4), 2.5), _PRIOR_VARIANCE)

    def refitted(self, pairs: Sequence[tuple[float, float]]) -> LengthModel:
        """Fitted robustly (medians) to the (source, target) lengths of 1-1 beads; few pairs move it
        little.
        """
        if len(pairs) < _FEWEST:
            return self
        lengths = np.asarray(pairs, dtype=np.float64)
        source, target = lengths[:, 0], lengths[:, 1]
        weight = len(pairs) / (len(pairs) + _PRIOR_WEIGHT)
        fitted = float(np.exp(np.median(np.log(target / source))))
        ratio = fitted**weight * self.ratio ** (1 - weight)
        deviation = (target - ratio * source) / np.sqrt((ratio * source + target) / 2)
        spread = (1.4826 * float(np.median(np.abs(deviation)))) ** 2
        variance = weight * spread + (1 - weight) * self.variance
        return LengthModel(ratio, max(variance, _LEAST_VARIANCE))

    def cost(self, source: Floats, target: Floats) -> Floats:
        """Minus the logarithm of the two-sided Gaussian tail, at most 25."""
        expected = self.ratio * source
        deviation = np.abs(target - expected) / np.sqrt(self.variance * (expected + target) / 2 + 1e-9)
        place = np.minimum(deviation / _STEP, len(_TAIL) - 1.001)
        below = place.astype(np.int32)
        share = place - below
        return np.asarray(_TAIL[below] * (1 - share) + _TAIL[below + 1] * share)
