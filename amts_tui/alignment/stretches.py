"""One document pair from evidence to links: the stretches between fixed beads, searched and rated."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from amts_tui.alignment.band import Band, Point, around
from amts_tui.alignment.chain import first_band
from amts_tui.alignment.closer import Closer, rated
from amts_tui.alignment.features.table import Usual
from amts_tui.alignment.lattice import Lattice
from amts_tui.alignment.lengths import LengthModel, lengths_of
from amts_tui.alignment.model import Fixed, Link
from amts_tui.alignment.reasons import Rated, doubts, signed
from amts_tui.alignment.scores import Costs, Evidence, Factor
from amts_tui.alignment.search import Bead, best

Flags: TypeAlias = NDArray[np.bool_]
Weigh: TypeAlias = Callable[[Closer, Costs, Band, Sequence[Bead], Usual], list[Rated]]

_LEAST = 1e-3
_ROWS, _COLUMNS = 10, 14
_WIDE_ROWS, _WIDE_COLUMNS = 20, 30


class _Stretch:
    """The units between two fixed beads; `source` and `target` are the indices of its first units."""

    def __init__(self, costs: Costs, source: int, target: int, near: Sequence[Link]) -> None:
        self._costs = costs
        self._source = source
        self._target = target
        self._band = self._near(near) if near else first_band(costs)
        self._beads: list[Bead] = []

    def _near(self, links: Sequence[Link]) -> Band:
        n, m = self._costs.size
        both = (link for link in links if link.source and link.target)
        points = ((link.source[0] - self._source, link.target[0] - self._target) for link in both)
        within = [(i, j) for i, j in points if 0 <= i < n and 0 <= j < m]
        return around(within, n, m, rows=_WIDE_ROWS, columns=_WIDE_COLUMNS)

    def search(self, lengths: LengthModel) -> list[Point]:
        """A first search; the 1-1 pairs that it finds, as unit indices of the document."""
        self._costs.lengths = lengths
        self._beads = best(self._costs, self._band)
        ones = (bead for bead in self._beads if bead[1] - bead[0] == 1 and bead[3] - bead[2] == 1)
        return [(self._source + bead[0], self._target + bead[2]) for bead in ones]

    def rated(self, lengths: LengthModel, usual: Usual | None, weigh: Weigh) -> list[Link]:
        """The final search, close around the first, with confidences and doubts."""
        self._costs.lengths = lengths
        i, j = self._source, self._target
        return [
            Link(tuple(range(i + a, i + b)), tuple(range(j + c, j + d)), sure, why)
            for (a, b, c, d), sure, why in self._weighed(usual, weigh)
        ]

    def _weighed(self, usual: Usual | None, weigh: Weigh) -> list[Rated]:
        costs, band = self._costs, self._narrowed()
        if usual and costs.evidence.closer and all(costs.size):
            return weigh(costs.evidence.closer, costs, band, self._beads, usual)
        beads = best(costs, band)
        heat = costs.weights.temperature
        lattice = Lattice.of(costs, band, beads, heat=heat, least=_LEAST)
        return _rated(costs, lattice, beads)

    def _narrowed(self) -> Band:
        points = [(bead[0], bead[2]) for bead in self._beads if bead[0] < bead[1] and bead[2] < bead[3]]
        return around(points, *self._costs.size, rows=_ROWS, columns=_COLUMNS)


def _rated(costs: Costs, lattice: Lattice, beads: Sequence[Bead]) -> list[Rated]:
    """The beads of a path with what the search alone can say of them."""
    chosen = lattice.places(beads)
    shares = np.minimum(1.0, np.exp(lattice.shares))
    source, target = costs.extent(lattice.edges[chosen])
    columns = signed(costs.lengths.cost(source, target), source, target, costs.lengths.ratio)
    why = doubts(lattice.edges, shares, chosen, shares[chosen], columns)
    return [Rated(*one) for one in zip(beads, shares[chosen].tolist(), why, strict=True)]


def links(
    evidence: Evidence,
    source: Sequence[str],
    target: Sequence[str],
    *,
    factors: Sequence[Factor] = (),
    landmarks: Mapping[Point, float] | None = None,
    fixed: Sequence[Fixed] = (),
    near: Sequence[Link] = (),
    weigh: Weigh = rated,
) -> list[Link]:
    """Every unit of both texts in one link, in order.

    `fixed` (checked) come back as they are: those with two sides cut the texts into stretches, the units of
    the others may not be matched. `near` are links of an earlier alignment, around which alone is searched.
    `weigh` takes the closer look where the evidence allows one.
    """
    source_lengths = lengths_of(source)
    target_lengths = lengths_of(target)
    one_sided = [bead for bead in fixed if not (bead.source and bead.target)]
    alone_source = _flags(len(source), [i for bead in one_sided for i in bead.source])
    alone_target = _flags(len(target), [j for bead in one_sided for j in bead.target])
    cuts = [bead for bead in fixed if bead.source and bead.target]
    stretches = []
    i = j = 0
    for cut in (*cuts, Fixed((len(source),), (len(target),))):
        rows, columns = slice(i, cut.source[0]), slice(j, cut.target[0])
        costs = Costs(
            evidence.part(rows, columns),
            (source_lengths[rows], target_lengths[columns]),
            (alone_source[rows], alone_target[columns]),
            [factor.part(rows, columns) for factor in factors],
            _within(landmarks or {}, rows, columns),
        )
        stretches.append(_Stretch(costs, i, j, near))
        i, j = cut.source[-1] + 1, cut.target[-1] + 1
    lengths = LengthModel.initial(source_lengths, target_lengths)
    ones = [(cut.source[0], cut.target[0]) for cut in cuts if len(cut.source) == len(cut.target) == 1]
    for stretch in stretches:
        ones += stretch.search(lengths)
    lengths = lengths.refitted([(source_lengths[i], target_lengths[j]) for i, j in ones])
    usual = evidence.closer.usual(lengths, ones) if evidence.closer else None
    found: list[Link] = []
    for number, stretch in enumerate(stretches):
        found += stretch.rated(lengths, usual, weigh)
        if number < len(cuts):
            found.append(Link(cuts[number].source, cuts[number].target, 1.0))
    return _joined(found, one_sided)


def _within(landmarks: Mapping[Point, float], rows: slice, columns: slice) -> dict[Point, float]:
    return {
        (i - rows.start, j - columns.start): saving
        for (i, j), saving in landmarks.items()
        if rows.start <= i <= rows.stop and columns.start <= j <= columns.stop
    }


def _flags(count: int, marked: Sequence[int]) -> Flags:
    flags = np.zeros(count, dtype=np.bool_)
    flags[list(marked)] = True
    return flags


def _joined(found: Sequence[Link], one_sided: Sequence[Fixed]) -> list[Link]:
    """The links with each one-sided fixed bead in one piece again."""
    first_source = {bead.source[0]: bead for bead in one_sided if bead.source}
    first_target = {bead.target[0]: bead for bead in one_sided if bead.target}
    inside = {("source", i) for bead in one_sided for i in bead.source[1:]}
    inside |= {("target", j) for bead in one_sided for j in bead.target[1:]}
    joined = []
    for link in found:
        bead = None
        if not link.target:
            bead = first_source.get(link.source[0])
            if ("source", link.source[0]) in inside:
                continue
        elif not link.source:
            bead = first_target.get(link.target[0])
            if ("target", link.target[0]) in inside:
                continue
        joined.append(Link(bead.source, bead.target, 1.0) if bead else link)
    return joined
