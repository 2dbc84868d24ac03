from __future__ import annotations

import random
import time
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amts_tui.corpus import operations as ops
from amts_tui.corpus.model import SIDES, Bead, Mark, Status
from amts_tui.corpus.overlay import changes_between, overlay
from amts_tui.corpus.sequences import gaps
from tests.corpus.build import carried, document, documents, id_maker, many, pairs, side_units


@given(documents(), documents(), st.integers(0, 100))
def test_changes_between_lead_from_one_state_to_the_other_and_back(
    old: list[Bead], other: list[Bead], seed: int
) -> None:
    draw = random.Random(seed)
    new = [bead for bead in old if draw.random() < 0.7]
    new += [replace(bead, id=f"n{bead.id}") for bead in other]
    new = [replace(bead, note="x") if draw.random() < 0.3 else bead for bead in new]
    if draw.random() < 0.5:
        draw.shuffle(new)
    changes = changes_between(old, new)
    assert carried(old, changes) == new
    assert carried(new, [change.inverse() for change in reversed(changes)]) == old
    state = list(old)
    ops.apply_all(state, changes)
    assert state == new


def test_equal_states_need_no_change_and_apart_changes_stay_apart() -> None:
    beads = pairs(6)
    assert changes_between(beads, list(beads)) == []
    new = carried(beads, [*ops.note(beads, "b4", "n"), *ops.note(beads, "b1", "n")])
    assert [change.before for change in changes_between(beads, new)] == [(beads[4],), (beads[1],)]


@given(st.data(), documents())
def test_an_overlay_loses_no_unit_and_doubles_none(data: st.DataObject, beads: list[Bead]) -> None:
    shuffled = {side: data.draw(st.permutations(side_units(beads, side))) for side in SIDES}
    curated: list[Bead] = []
    for n in range(data.draw(st.integers(0, 4))):
        source, target = (
            tuple(shuffled[side].pop() for _ in range(min(n % 2 + 1, len(shuffled[side])))) for side in SIDES
        )
        name = data.draw(st.sampled_from([f"new{n}", *(bead.id for bead in beads)]))
        if (source or target) and name not in {bead.id for bead in curated}:
            curated.append(Bead(name, source, target, 1.0, Status.CONFIRMED))
        else:
            shuffled["source"] += source
            shuffled["target"] += target
    result = overlay(beads, curated, id_maker([*beads, *curated]))
    for side in SIDES:
        assert Counter(side_units(result, side)) == Counter(side_units(beads, side))
    assert len({bead.id for bead in result}) == len(result)
    assert [
        bead for bead in result if replace(bead, note="") in curated and bead.status is Status.CONFIRMED
    ] or not curated
    for bead in curated:
        (found,) = (b for b in result if b.id == bead.id)
        assert (found.source, found.target, found.status) == (bead.source, bead.target, bead.status)


def test_a_touched_bead_that_loses_units_is_stale_and_one_that_loses_all_leaves_its_note() -> None:
    beads = document([(2, 1), (1, 1)])
    beads[0] = replace(beads[0], status=Status.CONFIRMED)
    beads[1] = replace(beads[1], note="mine")
    curated = [
        Bead("c", (beads[0].source[1], *beads[1].source), beads[1].target, 1.0, Status.EDITED, note="theirs")
    ]
    first, second = overlay(beads, curated, id_maker(beads))
    assert (first.id, first.shape, first.marks) == ("b0", "1:1", {Mark.STALE})
    assert (second.id, second.note) == ("c", "theirs\nmine")


def test_a_new_version_of_a_bead_releases_what_it_no_longer_holds() -> None:
    beads = document([(2, 2)])
    curated = [replace(beads[0], source=beads[0].source[:1], target=beads[0].target[:1], note="split")]
    first, rest = overlay(beads, curated, id_maker(beads))
    assert first == curated[0]
    assert rest.id != "b0"
    assert (rest.status, rest.shape) == (Status.AUTO, "1:1")


@pytest.mark.parametrize("count", [0, 2])
def test_beads_without_a_place_follow_the_one_before_them(count: int) -> None:
    beads = pairs(count)
    known = beads[:1]
    strangers = [Bead(f"x{n}", (replace(pairs(1)[0].source[0], key=f"k{n}"),), ()) for n in range(3)]
    result = overlay(beads, [*known, *strangers], id_maker(beads))
    assert [bead.id for bead in result] == [b.id for b in known] + ["x0", "x1", "x2"] + [
        b.id for b in beads[1:]
    ]


def test_changes_of_twenty_thousand_beads_are_found_quickly() -> None:
    old = many(20_000)
    every_other = [replace(bead, note="x") if n % 2 else bead for n, bead in enumerate(old)]
    started = time.perf_counter()
    assert len(changes_between(old, every_other)) == 10_000
    assert len(changes_between(old, old[10_000:] + old[:10_000])) == 1
    overlay([], old, id_maker())
    assert time.perf_counter() - started < 20
    assert list(gaps([], 0, 0)) == []


def test_crossing_beads_stand_where_their_source_stands() -> None:
    beads = pairs(5)
    swapped = carried(beads, ops.swap(beads, "b0", "b4"))
    curated = [bead for bead in swapped if bead.touched]
    assert overlay(beads, curated, id_maker(beads)) == swapped
