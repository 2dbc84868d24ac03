"""One document pair from evidence to links: the stretches between fixed beads, searched and rated."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from amts_tui.alignment.band import Band, Point, around
from amts_tui.alignment.chain import first_band, widened
from amts_tui.alignment.closer import Closer, rated
from amts_tui.alignment.features.table import Usual
from amts_tui.alignment.lattice import Lattice
from amts_tui.alignment.lengths import LengthModel, lengths_of
from amts_tui.alignment.model import Fixed, Link
from amts_tui.alignment.pieces import pieces
from amts_tui.alignment.reasons import Rated, doubts, signed
from amts_tui.alignment.scores import Costs, Evidence, Factor
from amts_tui.alignment.search import Bead, best

Flags: TypeAlias = NDArray[np.bool_]
Weigh: TypeAlias = Callable[[Closer, Costs, Band, Sequence[Bead], Usual], list[Rated]]

UNKNOWN = 0.5
"""The confidence of a bead that nothing is known of."""
_LEAST = 1e-3
_ROWS, _COLUMNS = 10, 14
_WIDE_ROWS, _WIDE_COLUMNS = 20, 30


@dataclass(frozen=True, slots=True)
class _Texts:
    """Both texts and all that is known of them; `lengths` and `alone` are given for either side."""

    evidence: Evidence
    lengths: tuple[NDArray[np.float64], NDArray[np.float64]]
    alone: tuple[Flags, Flags]
    factors: Sequence[Factor]
    landmarks: Mapping[Point, float]

    def costs(self, rows: slice, columns: slice) -> Costs:
        """What beads cost within a stretch of both sides."""
        landmarks = {
            (i - rows.start, j - columns.start): saving
            for (i, j), saving in self.landmarks.items()
            if rows.start <= i <= rows.stop and columns.start <= j <= columns.stop
        }
        return Costs(
            self.evidence.part(rows, columns),
            (self.lengths[0][rows], self.lengths[1][columns]),
            (self.alone[0][rows], self.alone[1][columns]),
            [factor.part(rows, columns) for factor in self.factors],
            landmarks,
        )


def _searched(
    texts: _Texts, rows: slice, columns: slice, near: Sequence[Link], model: LengthModel
) -> list[Bead]:
    """The beads that a first search finds between two fixed beads, counted from the start of the texts."""
    costs = texts.costs(rows, columns)
    costs.lengths = model
    band = _near(near, rows, columns) if near else first_band(costs)
    if near and costs.evidence.closer is None:
        band = widened(band, first_band(costs))  # words learned since may show what lengths hid
    i, j = rows.start, columns.start
    return [(i + a, i + b, j + c, j + d) for a, b, c, d in best(costs, band)]


def _near(links: Sequence[Link], rows: slice, columns: slice) -> Band:
    n, m = rows.stop - rows.start, columns.stop - columns.start
    both = (link for link in links if link.source and link.target)
    points = ((link.source[0] - rows.start, link.target[0] - columns.start) for link in both)
    within = [(i, j) for i, j in points if 0 <= i < n and 0 <= j < m]
    return around(within, n, m, rows=_WIDE_ROWS, columns=_WIDE_COLUMNS)


def _looked_at(
    texts: _Texts, beads: Sequence[Bead], model: LengthModel, usual: Usual | None, weigh: Weigh
) -> list[Link]:
    """The final search, close around the beads of the first, with confidences and doubts."""
    i, j = beads[0][0], beads[0][2]
    costs = texts.costs(slice(i, beads[-1][1]), slice(j, beads[-1][3]))
    costs.lengths = model
    path = [(a - i, b - i, c - j, d - j) for a, b, c, d in beads]
    points = [(a, c) for a, b, c, d in path if a < b and c < d]
    band = around(points, *costs.size, rows=_ROWS, columns=_COLUMNS)
    if usual and costs.evidence.closer and all(costs.size):
        found = weigh(costs.evidence.closer, costs, band, path, usual)
    else:
        path = best(costs, band)
        heat = costs.weights.temperature
        found = _rated(costs, Lattice.of(costs, band, path, heat=heat, least=_LEAST), path)
    return [
        Link(tuple(range(i + a, i + b)), tuple(range(j + c, j + d)), sure, why)
        for (a, b, c, d), sure, why in found
    ]


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
    draft: bool = False,
    weigh: Weigh = rated,
) -> list[Link]:
    """Every unit of both texts in one link, in order.

    `fixed` (checked) come back as they are: those with two sides cut the texts into stretches, the units of
    the others may not be matched. `near` are links of an earlier alignment, around which alone is searched.
    With `draft` the first search is all, and nothing is known of the beads' confidence. `weigh` takes the
    closer look where the evidence allows one.
    """
    lengths = lengths_of(source), lengths_of(target)
    one_sided = [bead for bead in fixed if not (bead.source and bead.target)]
    alone = (
        _flags(len(source), [i for bead in one_sided for i in bead.source]),
        _flags(len(target), [j for bead in one_sided for j in bead.target]),
    )
    texts = _Texts(evidence, lengths, alone, factors, landmarks or {})
    cuts = [bead for bead in fixed if bead.source and bead.target]
    model = LengthModel.initial(*lengths)
    paths = []
    i = j = 0
    for cut in (*cuts, Fixed((len(source),), (len(target),))):
        between = (i, j) != (cut.source[0], cut.target[0])
        rows, columns = slice(i, cut.source[0]), slice(j, cut.target[0])
        paths.append(_searched(texts, rows, columns, near, model) if between else [])
        i, j = cut.source[-1] + 1, cut.target[-1] + 1
    ones = [(cut.source[0], cut.target[0]) for cut in cuts if len(cut.source) == len(cut.target) == 1]
    ones += [(a, c) for path in paths for a, b, c, d in path if b - a == d - c == 1]
    model = model.refitted([(lengths[0][i], lengths[1][j]) for i, j in ones])
    usual = evidence.closer.usual(model, ones) if evidence.closer else None
    found: list[Link] = []
    for number, path in enumerate(paths):
        for beads in pieces(path):
            found += _drafted(beads) if draft else _looked_at(texts, beads, model, usual, weigh)
        if number < len(cuts):
            found.append(Link(cuts[number].source, cuts[number].target, 1.0))
    return _joined(found, one_sided)


def _drafted(beads: Sequence[Bead]) -> list[Link]:
    return [Link(tuple(range(a, b)), tuple(range(c, d)), UNKNOWN) for a, b, c, d in beads]


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
