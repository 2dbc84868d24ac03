"""All features of all candidate beads of a stretch, block by block."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from amts_tui.alignment.features import fragments, likeness, marks, missing
from amts_tui.alignment.features.sides import Around, Columns, Floats, Ints, Local, Reading
from amts_tui.alignment.features.words import Words, cover
from amts_tui.alignment.lengths import LengthModel

_SHAPES = {(1, 1): "11", (1, 2): "12", (2, 1): "21", (2, 2): "22", (1, 3): "13", (3, 1): "31"}
_KINDS = (*(f"shape.{name}" for name in _SHAPES.values()), "shape.14", "shape.41", "shape.large")
NAMES = (
    "length",
    "length.capped",
    "length.several",
    "like.ones",
    "like.run",
    "like.run_size",
    "margin.lead",
    "margin.lead_size",
    "margin.place",
    "margin.place_size",
    "margin.ratio",
    "margin.ratio_size",
    "marks.brackets",
    "marks.colons",
    "marks.commas",
    "marks.exclamations",
    "marks.final_colon",
    "marks.final_exclamation",
    "marks.final_question",
    "marks.final_stop",
    "marks.parity",
    "marks.questions",
    "marks.quotes",
    "marks.semicolons",
    "missing",
    "missing.closest",
    "missing.length",
    "missing.pieces",
    "missing.source",
    "missing.target",
    "missing.unlike",
    "missing.words",
    "numbers.different",
    "numbers.same",
    "pieces.both",
    "pieces.edge",
    "pieces.edges",
    "pieces.inside",
    "pieces.inside_size",
    "pieces.leak",
    "pieces.least",
    "pieces.most",
    "pieces.share",
    "pieces.weight",
    "shape.11",
    "shape.12",
    "shape.13",
    "shape.14",
    "shape.21",
    "shape.22",
    "shape.31",
    "shape.41",
    "shape.excess",
    "shape.large",
    "shape.size",
    "words.cover",
    "words.cover_size",
    "words.gain",
)
"""All features, in the order of their columns in training."""
_BLOCK = 1_500
_AROUND = 3
_LONG_COST = 4.0


@dataclass(frozen=True, slots=True)
class Usual:
    """What is usual in the document: the length model, middle and spread of the cosines of its 1-1 beads,
    and the share of the words of a bead that its other side reaches.
    """

    lengths: LengthModel
    cosine: tuple[float, float]
    cover: float


def table(source: Reading, target: Reading, edges: Ints, usual: Usual, names: tuple[str, ...]) -> Floats:
    """Shape (edges, names); 0 where a feature does not apply. Edges are in the order of their start."""
    rows = np.zeros((len(edges), len(names)), dtype=np.float32)
    place = {name: number for number, name in enumerate(names)}
    both = (edges[:, 1] > edges[:, 0]) & (edges[:, 3] > edges[:, 2])
    gone = edges[:, 3] == edges[:, 2]
    for start in range(0, len(edges), _BLOCK):
        block = slice(start, start + _BLOCK)
        pair = _Block.of(source, target, edges[block], usual)
        for chosen, columns in (
            (both, _beads),
            (gone, _missing_source),
            (~both & ~gone, _missing_target),
        ):
            which = start + np.flatnonzero(chosen[block])
            if len(which):
                for name, values in columns(pair, edges[which]).items():
                    if name in place:
                        rows[which, place[name]] = values
    return rows


@dataclass(frozen=True, slots=True)
class _Block:
    """Both texts around some candidates, and for each side `fragments.partners`."""

    texts: tuple[Reading, Reading]
    around: tuple[Around, Around]
    best: tuple[Floats, Floats]
    usual: Usual

    @classmethod
    def of(cls, source: Reading, target: Reading, edges: Ints, usual: Usual) -> _Block:
        left = Around.of(source, int(edges[:, 0].min()), int(edges[:, 1].max()))
        right = Around.of(target, int(edges[:, 2].min()), int(edges[:, 3].max()))
        best = fragments.partners(left, right), fragments.partners(right, left)
        return cls((source, target), (left, right), best, usual)

    def local(self, side: int, edges: Ints) -> Local:
        """One side of some of the candidates."""
        return Local.of(self.texts[side], self.around[side], edges[:, 2 * side], edges[:, 2 * side + 1])


def _beads(block: _Block, beads: Ints) -> Columns:
    (source, target), usual = block.texts, block.usual
    left, right = block.local(0, beads), block.local(1, beads)
    a, b = beads[:, 1] - beads[:, 0], beads[:, 3] - beads[:, 2]
    size = (a * b) ** 0.45
    return {
        **_shape(a, b, size),
        **_length(source, target, beads, usual.lengths),
        **likeness.columns(left, right, size, usual.cosine),
        **marks.columns(source.marks, target.marks, beads),
        **_words(source.words, target.words, beads, size, usual.cover),
        **_numbers(source.numbers, target.numbers, beads),
        **fragments.columns(left, right, size, block.best),
    }


def _shape(a: Ints, b: Ints, size: Floats) -> Columns:
    kind = np.where(a == 1, "shape.14", np.where(b == 1, "shape.41", "shape.large"))
    for (rows, columns), name in _SHAPES.items():
        kind = np.where((a == rows) & (b == columns), f"shape.{name}", kind)
    found: Columns = {name: (kind == name).astype(float) for name in _KINDS}
    return {**found, "shape.excess": np.maximum(0, a + b - 4).astype(float), "shape.size": size}


def _length(source: Reading, target: Reading, beads: Ints, model: LengthModel) -> Columns:
    left, right = (np.concatenate(([0], np.cumsum(reading.lengths))) for reading in (source, target))
    cost = model.cost(left[beads[:, 1]] - left[beads[:, 0]], right[beads[:, 3]] - right[beads[:, 2]])
    several = (beads[:, 1] - beads[:, 0]) + (beads[:, 3] - beads[:, 2]) > 2
    return {"length": cost, "length.several": cost * several, "length.capped": np.minimum(cost, _LONG_COST)}


def _words(source: Words, target: Words, beads: Ints, size: Floats, usual: float) -> Columns:
    there = cover(source, target, (beads[:, 0], beads[:, 2]), (beads[:, 1], beads[:, 3]))
    back = cover(target, source, (beads[:, 2], beads[:, 0]), (beads[:, 3], beads[:, 1]))
    known = (there.words > 0) & (back.words > 0)
    share = (there.found / np.maximum(1, there.words) + back.found / np.maximum(1, back.words)) / 2
    over = np.where(known, share - usual, 0)
    gain = np.minimum(there.gain, back.gain)
    return {
        "words.cover": over,
        "words.cover_size": over * size,
        "words.gain": np.where(known & np.isfinite(gain), gain, 0),
    }


def _numbers(source: Words, target: Words, beads: Ints) -> Columns:
    there = cover(source, target, (beads[:, 0], beads[:, 2]), (beads[:, 1], beads[:, 3]))
    back = cover(target, source, (beads[:, 2], beads[:, 0]), (beads[:, 3], beads[:, 1]))
    different = (there.words - there.found) + (back.words - back.found)
    return {"numbers.same": np.minimum(3, there.found), "numbers.different": np.minimum(4, different)}


def _missing_source(block: _Block, edges: Ints) -> Columns:
    lengths = block.texts[0].lengths[edges[:, 0]]
    return {"missing.source": np.ones(len(edges)), **_missing(block, 0, edges, lengths)}


def _missing_target(block: _Block, edges: Ints) -> Columns:
    lengths = block.texts[1].lengths[edges[:, 2]] / block.usual.lengths.ratio
    return {"missing.target": np.ones(len(edges)), **_missing(block, 1, edges, lengths)}


def _missing(block: _Block, side: int, edges: Ints, lengths: Floats) -> Columns:
    own, other = block.texts[side], block.texts[1 - side]
    unit, place = edges[:, 2 * side], edges[:, 2 - 2 * side]
    low, high = np.maximum(0, place - _AROUND), np.minimum(len(other.lengths), place + _AROUND)
    words = cover(other.words, own.words, (low, unit), (high, unit + 1))
    covered = np.where(words.words > 0, words.found / np.maximum(1, words.words) - block.usual.cover, 0)
    local = block.local(side, edges), block.local(1 - side, edges)
    return {
        "missing": np.ones(len(edges)),
        **missing.columns(*local, block.best[side], lengths, covered),
    }
