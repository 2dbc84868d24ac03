from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from amts_tui.corpus import operations as ops
from amts_tui.corpus.doubts import NO_DOUBTS
from amts_tui.corpus.model import SIDES, Bead, BeadUnit, Mark, Status
from amts_tui.corpus.renewal import FixedPoint, Run, finish, plan_renewal
from amts_tui.errors import AmtsError
from tests.corpus.acts import CROSSING, REMARKS, STRUCTURAL, act
from tests.corpus.build import carried, documents, id_maker, layout, many, pairs, side_units, units

Link = tuple[Run, Run, float]


def renew(old, source, target, align, new_id, *, keep_untouched=True):  # type: ignore[no-untyped-def]
    """A renewal in one go: `align` gets the fixed points."""
    plan = plan_renewal(old, source, target, keep_untouched=keep_untouched)
    return finish(plan, [(*link, NO_DOUBTS) for link in align(plan.fixed)], new_id)


class Aligner:
    """Links one to one between the fixed points that it honours; keeps what it was told."""

    def __init__(self, source: int, target: int, *, honours: bool = True) -> None:
        self.counts = (source, target)
        self.honours = honours
        self.points: list[FixedPoint] = []

    def __call__(self, points: Sequence[FixedPoint]) -> list[Link]:
        self.points = list(points)
        both = sorted((s, t) for s, t in points if s and t) if self.honours else []
        links: list[Link] = []
        i = j = 0
        alone = (
            {run for point in points if not (point[0] and point[1]) for run in point}
            if self.honours
            else set()
        )
        for s, t in [*both, ((self.counts[0],), (self.counts[1],))]:
            rows = [n for n in range(i, s[0]) if (n,) not in alone]
            columns = [n for n in range(j, t[0]) if (n,) not in alone]
            paired = min(len(rows), len(columns))
            stretch: list[Link] = [((a,), (b,), 0.7) for a, b in zip(rows, columns, strict=False)]
            stretch += [((n,), (), 0.1) for n in range(i, s[0]) if n not in rows[:paired]]
            stretch += [((), (n,), 0.1) for n in range(j, t[0]) if n not in columns[:paired]]
            links += stretch
            if s[0] < self.counts[0]:
                links.append((s, t, 1.0))
            i, j = s[-1] + 1, t[-1] + 1
        return links


@st.composite
def monotone_links(draw: st.DrawFn, source: int, target: int) -> list[Link]:
    links: list[Link] = []
    i = j = 0
    while i < source or j < target:
        s = draw(st.integers(0, min(3, source - i)))
        t = draw(st.integers(0 if s else min(1, target - j), min(3, target - j)))
        if s or t:
            links.append((tuple(range(i, i + s)), tuple(range(j, j + t)), 0.3))
        i, j = i + s, j + t
    return links


def side(beads: Sequence[Bead], which: str) -> list[BeadUnit]:
    """The units of a side in the order of the file."""
    found = side_units(beads, "source" if which == "source" else "target")
    return sorted(found, key=lambda unit: unit.segment)


def everything_once(beads: Sequence[Bead], source: Sequence[BeadUnit], target: Sequence[BeadUnit]) -> bool:
    return all(
        Counter(unit.key for unit in side_units(beads, which)) == Counter(unit.key for unit in there)
        for which, there in zip(SIDES, (source, target), strict=True)
    )


EDITS = st.lists(
    st.tuples(st.sampled_from(["delete", "insert", "edit", "double", "move"]), st.integers(0, 30)), max_size=4
)


def edited(texts: list[str], edits: list[tuple[str, int]]) -> list[str]:
    texts = list(texts)
    for kind, place in edits:
        at = place % (len(texts) + 1)
        if kind == "insert" or not texts:
            texts.insert(at, f"Newly written {place}.")
            continue
        at %= len(texts)
        if kind == "delete":
            del texts[at]
        elif kind == "edit":
            texts[at] = texts[at][:-1] + " now."
        elif kind == "double":
            texts.insert(at, texts[at])
        else:
            texts.append(texts.pop(at))
    return texts


@given(st.data(), documents(), EDITS, EDITS, st.booleans())
def test_every_unit_is_in_exactly_one_bead_and_no_touched_bead_vanishes(
    data: st.DataObject,
    beads: list[Bead],
    source_edits: list[tuple[str, int]],
    target_edits: list[tuple[str, int]],
    keep_untouched: bool,
) -> None:
    new_id = id_maker(beads)
    for _ in range(data.draw(st.integers(0, 3))):
        kind = data.draw(st.sampled_from(STRUCTURAL + CROSSING + REMARKS))
        try:
            beads = carried(beads, act(data.draw, kind, beads, new_id))
        except AmtsError:
            continue
    texts = [
        [unit.raw if unit.in_file is None else unit.in_file for unit in side(beads, which)] for which in SIDES
    ]
    source, target = units(edited(texts[0], source_edits)), units(edited(texts[1], target_edits))
    align: Callable[[Sequence[FixedPoint]], Sequence[Link]] = Aligner(len(source), len(target))
    if data.draw(st.booleans()):
        drawn = data.draw(monotone_links(len(source), len(target)))
        align = lambda _points: drawn  # noqa: E731
    renewal = renew(beads, source, target, align, new_id, keep_untouched=keep_untouched)
    assert everything_once(renewal.beads, source, target)
    assert len({bead.id for bead in renewal.beads}) == len(renewal.beads)
    after = {bead.id: bead for bead in renewal.beads}
    lost = {bead.id for bead in renewal.lost}
    for bead in beads:
        if bead.touched:
            units_left = sum(len(after[bead.id].side(which)) for which in SIDES) if bead.id in after else 0
            assert (units_left < len(bead.source) + len(bead.target)) == (bead.id in lost)
        if bead.touched and bead.id in after:
            kept = after[bead.id]
            assert (kept.status, kept.note) == (bead.status, bead.note)
            assert kept.marks | {Mark.STALE} == bead.marks | {Mark.STALE}
            written = [unit.raw for unit in bead.target if unit.in_file is not None]
            assert (
                Mark.STALE in kept.marks or [u.raw for u in kept.target if u.in_file is not None] == written
            )


@given(documents())
def test_fixed_points_neither_cross_nor_meet(beads: list[Bead]) -> None:
    assume(len(beads) > 2)
    shuffled = carried(beads, ops.pair(beads, [beads[0].id, beads[-1].id]))
    source, target = side(beads, "source"), side(beads, "target")
    aligner = Aligner(len(source), len(target))
    renew(shuffled, source, target, aligner, id_maker(beads))
    for which in (0, 1):
        used = [index for point in aligner.points for index in point[which]]
        assert len(set(used)) == len(used)
        assert all(run == tuple(range(run[0], run[-1] + 1)) for p in aligner.points if (run := p[which]))
    both = sorted(point for point in aligner.points if point[0] and point[1])
    assert [t for _, t in both] == sorted(t for _, t in both)


def test_nothing_changed_gives_the_same_beads() -> None:
    beads = pairs(5)
    beads = carried(beads, ops.confirm(beads, ["b2"]))
    source, target = side(beads, "source"), side(beads, "target")
    renewal = renew(beads, source, target, Aligner(5, 5), id_maker(beads))
    assert list(renewal.beads) == beads
    assert (renewal.lost, renewal.kept) == ((), 5)


@pytest.mark.parametrize("honours", [True, False])
def test_ids_are_stable_when_all_is_aligned_again(honours: bool) -> None:
    beads = pairs(6)
    beads = carried(beads, ops.merge(beads, "b2", "b3"))
    source, target = side(beads, "source"), side(beads, "target")
    renewal = renew(
        beads, source, target, Aligner(6, 6, honours=honours), id_maker(beads), keep_untouched=False
    )
    assert layout(renewal.beads) == layout(beads)
    assert [bead.confidence for bead in renewal.beads if not bead.touched] == [0.7] * 4
    assert renewal.kept == 1


def test_ids_stay_apart_when_a_repeated_sentence_comes_in_above() -> None:
    texts = ["Yes.", "The gradient points uphill.", "A network has many layers."]
    beads = [
        Bead(f"b{n}", (s,), (t,)) for n, (s, t) in enumerate(zip(units(texts), units(texts), strict=True))
    ]
    new = units([texts[1], "Yes.", texts[2], "Yes."])
    renewal = renew(beads, new, new, Aligner(4, 4), id_maker(beads))
    assert len({bead.id for bead in renewal.beads}) == 4
    assert everything_once(renewal.beads, new, new)


def test_an_untouched_unit_that_stood_alone_finds_its_new_counterpart() -> None:
    source = units(["The gradient points uphill.", "A network has many layers."])
    target = units(["Der Gradient zeigt bergauf."])
    beads = [Bead("b0", (source[0],), (target[0],)), Bead("b1", (source[1],), ())]
    new = units(["Der Gradient zeigt bergauf.", "Ein Netz hat viele Schichten."])
    renewal = renew(beads, source, new, Aligner(2, 2), id_maker(beads))
    assert [bead.shape for bead in renewal.beads] == ["1:1", "1:1"]
    same = renew(beads, source, target, Aligner(2, 1), id_maker(beads))
    assert [bead.id for bead in same.beads] == ["b0", "b1"]


def test_a_confirmed_unit_that_stood_alone_stays_alone() -> None:
    source, target = units(["Only in the source.", "A network."]), units(["Ein Netz."])
    beads = [Bead("b0", (source[0],), (), status=Status.CONFIRMED), Bead("b1", (source[1],), (target[0],))]
    new = units(["Eine neue Zeile.", "Ein Netz."])
    for honours in (True, False):
        renewal = renew(beads, source, new, Aligner(2, 2, honours=honours), id_maker(beads))
        assert next(bead for bead in renewal.beads if bead.id == "b0").shape == "1:0"


def test_crossing_touched_beads_survive_a_renewal() -> None:
    beads = pairs(8)
    beads = carried(beads, ops.swap(beads, "b1", "b2"))
    beads = carried(beads, ops.pair(beads, ["b4", "b6"]))
    source, target = side(beads, "source"), side(beads, "target")
    changed = units(["Put in front.", *(unit.raw for unit in source)])
    for honours in (True, False):
        align = Aligner(9, 8, honours=honours)
        renewal = renew(beads, changed, target, align, id_maker(beads))
        after = {bead.id: bead for bead in renewal.beads}
        for bead in beads:
            if bead.touched:
                assert [u.raw for u in after[bead.id].source] == [u.raw for u in bead.source]
                assert after[bead.id].target == bead.target
        assert everything_once(renewal.beads, changed, target)


def test_a_clone_that_knows_only_the_touched_beads_tells_repeated_sentences_apart() -> None:
    texts = ["Yes.", "The gradient points uphill.", "Yes.", "A network has many layers.", "Yes."]
    whole = units(texts)
    swapped = [
        Bead("a", (whole[1],), (whole[3],), status=Status.EDITED),
        Bead("b", (whole[3],), (whole[2],), status=Status.EDITED),
        Bead("c", (whole[4],), (whole[4],), note="the last"),
    ]
    after = {bead.id: bead for bead in renew(swapped, whole, whole, Aligner(5, 5), id_maker(swapped)).beads}
    assert [after[bead.id] for bead in swapped] == swapped


def test_a_lost_bead_gives_its_other_side_back() -> None:
    beads = pairs(3)
    beads = carried(beads, ops.confirm(beads, ["b1"]))
    source = units([unit.raw for n, unit in enumerate(side(beads, "source")) if n != 1])
    target = side(beads, "target")
    renewal = renew(beads, source, target, Aligner(2, 3), id_maker(beads))
    assert [bead.id for bead in renewal.lost] == ["b1"]
    assert everything_once(renewal.beads, source, target)
    assert "b1" not in {bead.id for bead in renewal.beads}


def test_twenty_thousand_beads_are_renewed_quickly() -> None:
    beads = [replace(bead, note="n") if n % 3 == 0 else bead for n, bead in enumerate(many(20_000))]
    source, target = side(beads, "source"), side(beads, "target")
    new = [
        replace(unit, key=f"x{unit.key}", text=unit.text + " Now.") if n % 10 == 0 else unit
        for n, unit in enumerate(source)
    ]
    started = time.perf_counter()
    renewal = renew(beads, new, target, Aligner(20_000, 20_000), id_maker(beads))
    assert time.perf_counter() - started < 20
    assert len(renewal.beads) == 20_000
    assert sum(Mark.STALE in bead.marks for bead in renewal.beads) == 667
