"""The closer look: the beads that the search thinks possible, weighed by trained weights."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from amts_tui.alignment.band import Band
from amts_tui.alignment.crf import Graph, parts
from amts_tui.alignment.features.marks import Marks
from amts_tui.alignment.features.sides import Reading
from amts_tui.alignment.features.table import Usual, table
from amts_tui.alignment.features.words import both_numbers, both_words
from amts_tui.alignment.lattice import Lattice
from amts_tui.alignment.lengths import LengthModel, lengths_of
from amts_tui.alignment.lexicon import Lexicon
from amts_tui.alignment.reasons import Rated, doubts, signed
from amts_tui.alignment.scores import Costs
from amts_tui.alignment.search import Bead
from amts_tui.alignment.spans import Spans
from amts_tui.alignment.windows import Side

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]

HEAT = 0.7
LEAST = 1e-4
_STRUCTURE = 1.0
_TINY = 1e-6
_LEAST_SPREAD = 0.05
_LARGE = 3
_USUALLY_LARGE = 0.03
_PRIOR = 30


@dataclass(frozen=True, slots=True)
class Closer:
    """Both texts as the features need them; `cover` is the usual share of words that a bead's other side
    reaches.
    """

    source: Reading
    target: Reading
    cover: float

    @classmethod
    def of(
        cls,
        texts: tuple[Sequence[str], Sequence[str]],
        sides: tuple[Side, Side],
        spans: tuple[Spans, Spans],
        lexicon: Lexicon,
        cover: float,
    ) -> Closer:
        """From the units of both texts."""
        words = both_words(*texts, lexicon.forward, lexicon.backward)
        numbers = both_numbers(*texts)
        readings = [
            Reading(
                lengths_of(units),
                sides[k],
                spans[k],
                Marks.of(units),
                words[k],
                numbers[k],
            )
            for k, units in enumerate(texts)
        ]
        return cls(readings[0], readings[1], cover)

    def part(self, source: slice, target: slice) -> Closer:
        """The same for a stretch of both sides."""
        return Closer(self.source.part(source), self.target.part(target), self.cover)

    def usual(self, lengths: LengthModel, ones: Sequence[tuple[int, int]]) -> Usual:
        """What is usual in these texts, given their 1-1 beads as (source unit, target unit)."""
        cosines = [float(self.source.side.units[i] @ self.target.side.units[j]) for i, j in ones] or [0.5]
        middle = float(np.median(cosines))
        spread = 1.4826 * float(np.median(np.abs(np.array(cosines) - middle)))
        return Usual(lengths, (middle, max(_LEAST_SPREAD, spread)), self.cover)

    def features(self, edges: Ints, usual: Usual, names: tuple[str, ...]) -> NDArray[np.floating]:
        """Shape (edges, names)."""
        return table(self.source, self.target, edges, usual, names)


@dataclass(frozen=True, slots=True)
class Weights:
    """Trained weights: one a feature, `further` for going on a run of missing units, and those of
    `calibration`.
    """

    names: tuple[str, ...]
    values: Floats
    further: float
    calibration: Mapping[str, float]


@lru_cache(maxsize=1)
def trained() -> Weights:
    """The weights that travel with the package."""
    stored = json.loads((files("amts_tui.alignment") / "weights.json").read_text(encoding="utf-8"))
    names = tuple(stored["weights"])
    values = np.array([stored["weights"][name] for name in names], dtype=np.float64)
    return Weights(names, values, stored["further"], stored["calibration"])


def rated(closer: Closer, costs: Costs, band: Band, path: Sequence[Bead], usual: Usual) -> list[Rated]:
    """The best beads of the band, in order, each with the probability that it is right, and its doubts."""
    weights = trained()
    lattice = Lattice.of(costs, band, path, heat=HEAT, least=LEAST)
    features = closer.features(lattice.edges, usual, weights.names)
    scores = features @ weights.values
    scores -= _STRUCTURE * lattice.extra
    graph = Graph.of(parts(lattice.size, lattice.edges))
    _, shares, _ = graph.shares(scores, weights.further)
    chosen = [edge for part in graph.best(scores, weights.further) for edge in part]
    signs = calibration_signs(lattice.edges, shares, lattice.shares, chosen)
    logits = sum(weights.calibration[name] * values for name, values in signs.items())
    sure = 1 / (1 + np.exp(-np.asarray(logits)))
    columns = dict(zip(weights.names, features[chosen].T, strict=True))
    columns |= signed(columns["length"], *costs.extent(lattice.edges[chosen]), usual.lengths.ratio)
    why = doubts(lattice.edges, shares, chosen, sure, columns)
    beads = [tuple(bead) for bead in lattice.edges[chosen].tolist()]
    return [Rated((i, k, j, m), float(p), d) for (i, k, j, m), p, d in zip(beads, sure, why, strict=True)]


def calibration_signs(edges: Ints, shares: Floats, first: Floats, chosen: Sequence[int]) -> dict[str, Floats]:
    """What tells how far the shares of the chosen edges can be trusted: the share itself, that of its best
    rival, that in the search (`first`, a logarithm), its shape, and how freely the text was translated (the
    tenths of its beads that have more than three units).
    """
    rows, columns = (edges[:, 1] - edges[:, 0])[chosen], (edges[:, 3] - edges[:, 2])[chosen]
    missing = (rows == 0) | (columns == 0)
    large = float(((rows + columns > _LARGE) & ~missing).sum())
    return {
        "always": np.ones(len(chosen)),
        "share": _logit(shares[chosen]),
        "rival": np.log(_rivals(edges, shares)[chosen] + 1e-3),
        "search": _logit(np.exp(first[chosen])),
        "one": ((rows == 1) & (columns == 1)).astype(float),
        "missing": missing.astype(float),
        "large": np.full(len(chosen), 10 * (large + _USUALLY_LARGE * _PRIOR) / (len(chosen) + _PRIOR)),
    }


def _rivals(edges: Ints, shares: Floats) -> Floats:
    """For each edge the greatest share of another one that has a unit in common with it on either side."""
    best = np.zeros(len(edges))
    for low, high in ((0, 1), (2, 3)):
        counts = edges[:, high] - edges[:, low]
        owner = np.repeat(np.arange(len(edges)), counts)
        unit = np.arange(len(owner)) + np.repeat(edges[:, low] - (np.cumsum(counts) - counts), counts)
        order = np.lexsort((shares[owner], unit))
        last = np.flatnonzero(np.diff(unit[order], append=-1))
        units = int(unit.max(initial=-1)) + 1
        top, second, winner = np.zeros(units), np.zeros(units), np.full(units, -1)
        top[unit[order[last]]] = shares[owner[order[last]]]
        winner[unit[order[last]]] = owner[order[last]]
        below = last[np.diff(last, prepend=-1) > 1]
        second[unit[order[below]]] = shares[owner[order[below - 1]]]
        rival = np.where(winner[unit] == owner, second[unit], top[unit])
        np.maximum.at(best, owner, rival)
    return best


def _logit(share: Floats) -> Floats:
    held = np.clip(share, _TINY, 1 - _TINY)
    return np.asarray(np.log(held / (1 - held)))
