from __future__ import annotations

import time
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from amts_tui.corpus import operations as ops
from amts_tui.corpus.model import SIDES, Bead, Mark, Side, Status
from amts_tui.corpus.shaping import was_shifted
from amts_tui.errors import AmtsError, NotFound
from tests.corpus.acts import CROSSING, SIDE, STRUCTURAL, act
from tests.corpus.build import (
    carried,
    document,
    documents,
    id_maker,
    layout,
    many,
    pairs,
    side_units,
    units,
    with_status,
)


@given(st.data(), documents(), st.sampled_from(STRUCTURAL))
def test_structural_operations_leave_each_side_as_it_reads(
    data: st.DataObject, beads: list[Bead], kind: str
) -> None:
    try:
        changes = act(data.draw, kind, beads, id_maker(beads))
    except AmtsError:
        assume(False)
    after = carried(beads, changes)
    assert ops.check_structure(beads, after)
    for side in SIDES:
        assert side_units(after, side) == side_units(beads, side)


@given(st.data(), documents(), st.sampled_from(STRUCTURAL + CROSSING))
def test_no_operation_loses_a_note_a_mark_or_a_unit_or_leaves_an_empty_bead(
    data: st.DataObject, beads: list[Bead], kind: str
) -> None:
    try:
        changes = act(data.draw, kind, beads, id_maker(beads))
    except AmtsError:
        assume(False)
    after = carried(beads, changes)
    for side in SIDES:
        assert Counter(side_units(after, side)) == Counter(side_units(beads, side))
    assert all(bead.source or bead.target for bead in after)
    assert len({bead.id for bead in after}) == len(after)
    notes = sorted(line for bead in after for line in bead.note.split("\n"))
    assert sorted(filter(None, notes)) == sorted(bead.note for bead in beads if bead.note)
    by_id = {bead.id: bead for bead in after}
    for bead in beads:
        texts = set(bead.source + bead.target)
        heirs = [by_id[bead.id]] if bead.id in by_id else [b for b in after if texts & {*b.source, *b.target}]
        assert any(bead.marks <= heir.marks for heir in heirs)


@given(st.data(), documents(), st.sampled_from(STRUCTURAL + CROSSING))
def test_what_a_person_shaped_is_edited_and_the_rest_is_not_touched(
    data: st.DataObject, beads: list[Bead], kind: str
) -> None:
    try:
        changes = act(data.draw, kind, beads, id_maker(beads))
    except AmtsError:
        assume(False)
    before = {bead.id: bead for bead in beads}
    for bead in carried(beads, changes):
        old = before.get(bead.id)
        if old is not None and (old.source, old.target) == (bead.source, bead.target):
            assert bead == old
        else:
            assert bead.status in (Status.EDITED, Status.EXCLUDED) or was_shifted(bead)


@given(st.data(), documents(), st.sampled_from(STRUCTURAL + CROSSING))
def test_the_inverse_takes_every_operation_back(data: st.DataObject, beads: list[Bead], kind: str) -> None:
    try:
        changes = act(data.draw, kind, beads, id_maker(beads))
    except AmtsError:
        assume(False)
    after = carried(beads, changes)
    assert carried(after, [change.inverse() for change in reversed(changes)]) == beads
    ops.apply_all(after, [change.inverse() for change in reversed(changes)])
    assert after == beads


@given(st.data(), documents(), SIDE)
def test_closing_a_gap_restores_the_layout(data: st.DataObject, drawn: list[Bead], side: Side) -> None:
    beads = [replace(bead, status=Status.AUTO) if bead.status is Status.EDITED else bead for bead in drawn]
    bead = data.draw(st.sampled_from(beads))
    assume(bead.source and bead.target)
    opened = carried(beads, ops.gap(beads, bead.id, side, id_maker(beads)))
    assert opened[ops.position(opened, bead.id)].side(side) == ()
    assert layout(carried(opened, ops.close_gap(opened, bead.id, side))) == layout(beads)


def test_merge_keeps_the_first_id_and_joins_what_people_said() -> None:
    beads = pairs(4)
    beads[1] = replace(beads[1], note="first", marks=frozenset({Mark.FLAG}))
    beads[2] = replace(beads[2], note="second", marks=frozenset({Mark.BOOKMARK}), confidence=0.1)
    after = carried(beads, ops.merge(beads, "b2", "b1"))
    assert [bead.id for bead in after] == ["b0", "b1", "b3"]
    assert after[1].note == "first\nsecond"
    assert after[1].marks == {Mark.FLAG, Mark.BOOKMARK}
    assert (after[1].status, after[1].shape, after[1].confidence) == (Status.EDITED, "2:2", 0.1)


def test_merging_one_side_hands_over_the_note_of_a_bead_that_it_empties() -> None:
    beads = document([(1, 1), (0, 1), (1, 1)])
    beads[1] = replace(beads[1], note="why alone?", marks=frozenset({Mark.FLAG}))
    after = carried(beads, ops.merge(beads, "b0", "b1", "target"))
    assert [(bead.id, bead.shape, bead.note) for bead in after] == [
        ("b0", "1:2", "why alone?"),
        ("b2", "1:1", ""),
    ]
    assert Mark.FLAG in after[0].marks


def test_merging_one_side_leaves_the_rest_where_it_was() -> None:
    beads = pairs(2)
    beads[1] = replace(beads[1], note="stays")
    after = carried(beads, ops.merge(beads, "b0", "b1", "target"))
    assert [(bead.shape, bead.note) for bead in after] == [("1:2", ""), ("1:0", "stays")]


@pytest.mark.parametrize("excluded", ["b0", "b1"])
def test_excluded_text_stays_excluded_in_a_merge(excluded: str) -> None:
    beads = with_status(pairs(2), **{excluded: Status.EXCLUDED})
    assert carried(beads, ops.merge(beads, "b0", "b1"))[0].status is Status.EXCLUDED


def test_split_keeps_the_id_the_note_and_the_marks_in_the_first_part() -> None:
    beads = document([(2, 2)])
    beads[0] = replace(beads[0], note="n", marks=frozenset({Mark.FLAG, Mark.STALE}))
    first, second = carried(beads, ops.split(beads, "b0", 1, 1, id_maker(beads)))
    assert (first.id, first.note, first.marks) == ("b0", "n", {Mark.FLAG, Mark.STALE})
    assert second.id != "b0"
    assert (second.note, second.marks, second.status) == ("", {Mark.STALE}, Status.EDITED)


@pytest.mark.parametrize(("source", "target"), [(0, 0), (2, 2), (3, 1), (-1, 1), (1, 3)])
def test_split_refuses_what_leaves_nothing_or_is_not_there(source: int, target: int) -> None:
    beads = document([(2, 2)])
    with pytest.raises(AmtsError):
        ops.split(beads, "b0", source, target, id_maker())


def test_move_pushes_over_and_hands_over_the_note_of_a_bead_that_it_empties() -> None:
    beads = document([(1, 1), (0, 1), (1, 1)])
    beads[1] = replace(beads[1], note="belongs up")
    up = carried(beads, ops.move(beads, "b1", "up", "target", id_maker(beads)))
    assert [(b.id, b.shape, b.note) for b in up] == [("b0", "1:2", "belongs up"), ("b2", "1:1", "")]
    down = carried(beads, ops.move(beads, "b1", "down", "target", id_maker(beads)))
    assert [(b.id, b.shape, b.note) for b in down] == [("b0", "1:1", ""), ("b2", "1:2", "belongs up")]
    assert down[1].target[0] == beads[1].target[0]


@pytest.mark.parametrize(("direction", "shapes"), [("up", ["1:0", "0:1"]), ("down", ["0:1", "1:0"])])
def test_a_move_past_the_document_makes_a_bead_of_its_own(direction: str, shapes: list[str]) -> None:
    beads = pairs(1)
    after = carried(beads, ops.move(beads, "b0", direction, "source", id_maker(beads)))
    assert [bead.shape for bead in after] == shapes
    alone = document([(1, 0)])
    with pytest.raises(AmtsError, match="alone"):
        ops.move(alone, "b0", direction, "source", id_maker(alone))


def test_a_gap_is_taken_up_by_the_next_empty_cell() -> None:
    beads = document([(1, 1), (1, 1), (1, 0), (1, 1)])
    after = carried(beads, ops.gap(beads, "b0", "target", id_maker(beads)))
    assert [bead.shape for bead in after] == ["1:0", "1:1", "1:1", "1:1"]
    assert after[3] == beads[3]


@pytest.mark.parametrize("status", [Status.CONFIRMED, Status.EDITED, Status.EXCLUDED])
@pytest.mark.parametrize("shape", [(1, 1), (1, 0)])
def test_a_gap_stops_at_what_a_person_has_settled(status: Status, shape: tuple[int, int]) -> None:
    beads = with_status(document([(1, 1), (1, 1), shape, (1, 1)]), b2=status)
    after = carried(beads, ops.gap(beads, "b0", "target", id_maker(beads)))
    assert [bead.shape for bead in after[:3]] == ["1:0", "1:1", "0:1"]
    assert after[3:] == beads[2:]


def test_what_a_gap_shifts_is_not_settled_and_no_surer_than_what_it_was() -> None:
    beads = [replace(bead, confidence=n / 10) for n, bead in enumerate(pairs(4), start=5)]
    beads[2] = replace(beads[2], marks=frozenset({Mark.FLAG}), note="n")
    opened = carried(beads, ops.gap(beads, "b0", "target", id_maker(beads)))
    assert [bead.status for bead in opened] == [Status.EDITED, *[Status.AUTO] * 4]
    assert [bead.confidence for bead in opened] == [0.5, 0.5, 0.6, 0.7, 0.0]
    assert [was_shifted(bead) for bead in opened] == [False, True, True, True, True]
    assert (opened[2].marks, opened[2].note) == ({Mark.FLAG}, "n")
    closed = carried(opened, ops.close_gap(opened, "b0", "target"))
    assert [bead.status for bead in closed] == [Status.EDITED, *[Status.AUTO] * 3]


def test_closing_a_gap_moves_nothing_that_a_person_has_shaped() -> None:
    beads = with_status(document([(1, 0), (1, 1), (1, 1)]), b2=Status.EDITED)
    after = carried(beads, ops.close_gap(beads, "b0", "target"))
    assert [bead.shape for bead in after] == ["1:1", "1:0", "1:1"]
    assert after[2] == beads[2]


def test_a_gap_hands_over_the_note_of_a_bead_that_it_empties() -> None:
    beads = document([(0, 1), (1, 1)])
    beads[0] = replace(beads[0], note="n")
    after = carried(beads, ops.gap(beads, "b0", "target", id_maker(beads)))
    assert (after[0].id, after[0].note) == ("b1", "n")
    with pytest.raises(AmtsError, match="alone"):
        ops.gap(document([(1, 1), (0, 1)]), "b1", "target", id_maker())


def test_closing_a_gap_leaves_the_cell_that_was_empty_anyway() -> None:
    beads = document([(1, 0), (1, 1), (1, 0)])
    after = carried(beads, ops.close_gap(beads, "b0", "target"))
    assert [bead.shape for bead in after] == ["1:1", "1:0", "1:0"]
    assert after[2] == beads[2]


def test_closing_a_gap_hands_over_the_note_of_the_bead_that_it_empties() -> None:
    beads = document([(1, 0), (0, 1)])
    beads[1] = replace(beads[1], note="n")
    (only,) = carried(beads, ops.close_gap(beads, "b0", "target"))
    assert (only.id, only.shape, only.note) == ("b0", "1:1", "n")


def test_close_gap_refuses_a_full_cell_and_a_settled_neighbour() -> None:
    beads = with_status(document([(1, 1), (1, 0), (1, 1)]), b2=Status.CONFIRMED)
    with pytest.raises(AmtsError, match="no gap"):
        ops.close_gap(beads, "b0", "target")
    with pytest.raises(AmtsError, match="nothing below"):
        ops.close_gap(beads, "b1", "target")


def test_swap_and_pair_reach_over_others() -> None:
    beads = pairs(4)
    swapped = carried(beads, ops.swap(beads, "b3", "b0"))
    assert [b.target for b in swapped] == [beads[n].target for n in (3, 1, 2, 0)]
    beads[2] = replace(beads[2], note="n")
    paired = carried(beads, ops.pair(beads, ["b2", "b0"]))
    assert [(b.id, b.shape, b.note) for b in paired] == [
        ("b0", "2:2", "n"),
        ("b1", "1:1", ""),
        ("b3", "1:1", ""),
    ]


def test_swap_and_pair_refuse_what_makes_no_sense() -> None:
    beads = document([(1, 1), (0, 1), (1, 0), (1, 0)])
    for first, second in [("b0", "b0"), ("b1", "b2"), ("b2", "b3")]:
        with pytest.raises(AmtsError):
            ops.swap(beads, first, second)
    with pytest.raises(AmtsError):
        ops.pair(beads, ["b0", "b0"])


def test_an_edited_text_keeps_the_files_text_and_returns_to_it() -> None:
    beads = document([(1, 2)])
    (edited,) = carried(beads, ops.edit_text(beads, "b0", 1, "A `new`\ntext. ", "a.md"))
    unit = edited.target[1]
    assert (unit.raw, unit.in_file, unit.key) == ("A `new` text.", "Target number 1.", beads[0].target[1].key)
    assert unit.text == "A {1} text."
    (back,) = carried([edited], ops.edit_text([edited], "b0", 1, "Target number 1.", "a.md"))
    assert back.target[1].in_file is None
    assert back.status is Status.EDITED


def test_an_edit_that_changes_nothing_is_no_change() -> None:
    beads = [Bead("b0", tuple(units(["Run `a`."])), tuple(units(["Corre `a`."])))]
    assert ops.edit_text(beads, "b0", 0, "Corre `a`.", "a.md") == []


@pytest.mark.parametrize(("unit", "text"), [(0, " \n"), (1, "x"), (-1, "x"), (0, "bad \udc80 byte")])
def test_edit_text_refuses_an_empty_text_a_missing_unit_and_broken_bytes(unit: int, text: str) -> None:
    with pytest.raises(AmtsError):
        ops.edit_text(pairs(1), "b0", unit, text, "a.md")


def test_a_note_of_broken_bytes_is_refused() -> None:
    with pytest.raises(AmtsError):
        ops.note(pairs(1), "b0", "bad \udc80 byte")


def test_confirming_settles_stale_and_can_be_taken_back() -> None:
    beads = [replace(bead, marks=frozenset({Mark.STALE, Mark.FLAG})) for bead in pairs(2)]
    confirmed = carried(beads, ops.confirm(beads, ["b1", "b0"]))
    assert [(b.status, b.marks) for b in confirmed] == [(Status.CONFIRMED, {Mark.FLAG})] * 2
    released = carried(confirmed, ops.confirm(confirmed, ["b0"], off=True))
    assert [b.status for b in released] == [Status.AUTO, Status.CONFIRMED]


def test_taking_a_confirmation_back_leaves_edited_text_and_exclusion() -> None:
    beads = pairs(2)
    beads = carried(beads, ops.edit_text(beads, "b0", 0, "Mine.", "a.md"))
    beads = carried(beads, [*ops.confirm(beads, ["b0"]), *ops.exclude(beads, ["b1"])])
    assert [b.status for b in carried(beads, ops.confirm(beads, ["b0", "b1"], off=True))] == [
        Status.EDITED,
        Status.EXCLUDED,
    ]


def test_exclude_and_marks_go_on_and_off() -> None:
    beads = pairs(3)
    beads = carried(beads, ops.exclude(beads, ["b0", "b2"]))
    assert [b.status for b in beads] == [Status.EXCLUDED, Status.AUTO, Status.EXCLUDED]
    beads = carried(beads, ops.exclude(beads, ["b0", "b1"], off=True))
    assert [b.status for b in beads] == [Status.EDITED, Status.AUTO, Status.EXCLUDED]
    beads = carried(beads, ops.mark(beads, ["b1", "b1"], Mark.FLAG))
    assert beads[1].marks == {Mark.FLAG}
    assert ops.mark(beads, ["b1"], Mark.FLAG) == []
    assert carried(beads, ops.mark(beads, ["b1"], Mark.FLAG, off=True))[1].marks == frozenset()


def test_an_unknown_bead_is_named() -> None:
    with pytest.raises(NotFound, match="nowhere"):
        ops.confirm(pairs(2), ["b0", "nowhere"])
    with pytest.raises(NotFound, match="nowhere"):
        ops.merge(pairs(2), "b0", "nowhere")
    with pytest.raises(AmtsError, match="neighbouring"):
        ops.merge(pairs(3), "b0", "b2")


def test_apply_refuses_beads_that_have_changed_since() -> None:
    beads = pairs(4)
    (change,) = ops.merge(beads, "b1", "b2")
    noted = carried(beads, ops.note(beads, "b2", "n"))
    gone = [bead for bead in beads if bead.id != "b1"]
    between = [*beads[:2], *document([(3, 0)]), *beads[2:]]
    for state in (noted, gone, between):
        kept = list(state)
        with pytest.raises(AmtsError, match="changed since"):
            ops.apply(state, change)
        assert state == kept
    with pytest.raises(AmtsError, match="changed since"):
        ops.apply(gone, ops.Change("b1", (), tuple(document([(3, 0)]))))


def test_a_change_finds_its_run_when_the_bead_in_front_is_gone() -> None:
    beads = pairs(4)
    (change,) = ops.confirm(beads, ["b2"])
    assert ops.apply(beads[2:], change) == 0


def test_operations_on_a_hundred_thousand_beads_take_no_time() -> None:
    beads = many(100_000)
    started = time.perf_counter()
    for n in range(99_900, 99_920, 2):
        ops.apply(beads, ops.merge(beads, f"b{n}", f"b{n + 1}")[0])
    changes = ops.confirm(beads, [bead.id for bead in beads[::5]])
    assert len(changes) == 19_998
    after = list(beads)
    assert ops.apply_all(after, changes) == 0
    assert ops.apply_all(after, [change.inverse() for change in reversed(changes)]) == 0
    assert after == beads
    assert time.perf_counter() - started < 20


def test_apply_all_does_all_or_nothing() -> None:
    beads = pairs(3)
    state = list(beads)
    changes = [*ops.note(beads, "b2", "n"), *ops.confirm(beads, ["b2"])]
    with pytest.raises(AmtsError, match="changed since"):
        ops.apply_all(state, changes)
    assert state == beads
    assert ops.apply_all(state, changes[:1]) == 2
